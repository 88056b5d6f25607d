"""Escaping for every kind of output: what a draft says, and what its file is called, can only ever be read.

Drafts come from anywhere, and reports go to terminals, CI logs, spreadsheets, browsers and other programs. Each of
these obeys some text: control sequences, ``::commands::`` at the start of a line, formulas, markup, characters that
turn the direction of what stands around them. There is a function for each kind of output, and all writers use it. A
character that must not be written as it is becomes U+FFFD, so that readers see that something was there.

==========================  ========================================================================================
output                      function
==========================  ========================================================================================
terminal                    ``for_terminal`` for every piece of text, ``without_commands`` for the whole
line of plain text, XML     ``one_line``; ``path_in_line`` for a path that a line begins with
lines of plain text         ``plain_lines``
workflow command (GitHub)   ``workflow_data`` for the message, ``workflow_property`` for the rest
CSV                         ``csv_cell``
JSON                        ``json_text`` for what was serialised
URI                         ``path_in_uri``
HTML                        autoescaping of the templates; ``without_hidden`` and ``TURNING`` for what it lets through
==========================  ========================================================================================
"""

from __future__ import annotations

import re
from typing import TypeVar
from urllib.parse import quote

CellType = TypeVar("CellType")

REPLACEMENT = "\ufffd"

TURNING_NAMES = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
"""Characters that turn the direction of the text around them (Unicode Standard Annex 9)."""

TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

_HIDDEN = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
"""Controls, lone surrogates and characters that are none: neither XML nor HTML nor a terminal can show them."""

_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
_OTHER_BREAKS = re.compile("[\t\v\f\x85\u2028\u2029]")
_SPACES = re.compile(r"[^\S\u00a0]+")
_NOT_IN_LINE = re.compile(f"[{_HIDDEN}{TURNING.pattern[1:-1]}]")
_NOT_IN_PAGE = re.compile(f"[{_HIDDEN}\x0b\r\x85]")
_NOT_IN_JSON = re.compile(f"[\x7f-\x9f\u2028\u2029\ufeff\ufdd0-\ufdef\ufffe\uffff{TURNING.pattern[1:-1]}]")
_SURROGATES = re.compile("[\ud800-\udfff]")

_COMMAND_IN_LINE = re.compile(r"#(?=#\w*\[)")
"""GitHub and Azure read ``##[command]`` and ``##vso[command]`` anywhere in a line, TeamCity ``##teamcity[``."""

_COMMAND_IN_FRONT = re.compile(r"^((?:[^\S\n]|\x1b\[[0-9;]*m)*):(?=:)", re.MULTILINE)
"""GitHub reads ``::command::`` at the start of a line, white space aside."""

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
"""What a spreadsheet takes for a formula (OWASP, *CSV Injection*)."""

_TYPOGRAPHY = str.maketrans(
    {"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "--", "…": "...", "\u00a0": " "}
    | {"‹": "<", "›": ">", "·": "-", "−": "-", "←": "<-", "→": "->"}
)
"""ASCII stand-ins, for terminals that have no other characters."""


def one_line(text: str) -> str:
    """The text on one line of plain text or in XML: nothing in it breaks, hides, turns or commands anything."""
    return _COMMAND_IN_LINE.sub("# ", _NOT_IN_LINE.sub(REPLACEMENT, _BREAKS.sub(" ", text)))


def for_terminal(text: str, encoding: str) -> str:
    """The text on one line of a terminal with this encoding, white space as single spaces."""
    if text.isascii() and text.isprintable() and "  " not in text and "#" not in text:
        return text
    shown = _SPACES.sub(" ", one_line(text.replace("\ufeff", "")))
    try:
        shown.encode(encoding)
    except LookupError:
        return _in(shown, "ascii")
    except UnicodeEncodeError:
        return _in(shown, encoding)
    return shown


def _in(text: str, encoding: str) -> str:
    return text.translate(_TYPOGRAPHY).encode(encoding, "replace").decode(encoding)


def without_commands(text: str) -> str:
    """Lines of plain text, with or without colours, none of which begins as a command to a CI runner."""
    return _COMMAND_IN_FRONT.sub(r"\1: ", text)


def plain_lines(text: str) -> str:
    """Lines of plain text of which none breaks, hides, turns or commands anything."""
    return without_commands("\n".join(map(one_line, text.split("\n"))))


def path_in_line(path: str) -> str:
    """A path for the beginning of a line; one that reads as a command begins with ``./``, which is the same file."""
    shown = one_line(path)
    return f"./{shown}" if shown.lstrip().startswith(("::", "##")) else shown


def workflow_data(text: str) -> str:
    """The message of a GitHub workflow command."""
    kept = _NOT_IN_LINE.sub(REPLACEMENT, _OTHER_BREAKS.sub(" ", text))
    return kept.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def workflow_property(text: str) -> str:
    """A property of a GitHub workflow command: a path, a title."""
    return workflow_data(text).replace(":", "%3A").replace(",", "%2C")


def csv_cell(value: CellType) -> CellType | str:
    """A cell of a table that spreadsheets open; text that they would take for a formula gets an apostrophe in front."""
    if not isinstance(value, str):
        return value
    shown = one_line(value)
    return f"'{shown}" if _FORMULA.match(value) else shown


def json_text(text: str) -> str:
    """Serialised JSON in which characters that a terminal obeys stand as escapes; lone surrogates are replaced."""
    return _NOT_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", encodable(text))


def encodable(text: str) -> str:
    """The text without lone surrogates, which UTF-8 cannot write; a name of a file that is not UTF-8 has some."""
    return _SURROGATES.sub(REPLACEMENT, text)


def path_in_uri(path: str) -> str:
    """The path as a URI reference; bytes of a file name that are not UTF-8 stay what they are."""
    return quote(path, errors="surrogateescape")


def without_hidden(text: str) -> str:
    """The text without characters that no page can carry (controls, lone surrogates)."""
    return _NOT_IN_PAGE.sub(REPLACEMENT, text)
