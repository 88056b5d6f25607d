"""Configuration: a newsroom's settings, from ``.attrib.toml``, ``attrib.toml`` or ``pyproject.toml``.

This module reads texts; ``session.configuration`` finds the files. Every error is one line with file, line, and the
most similar key that exists.
"""

from __future__ import annotations

import difflib
import fnmatch
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import partial
from pathlib import PurePosixPath
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from attribution.linting.rule import Rule, Severity
from attribution.linting.rules import RULES
from attribution.linting.selection import rules_of
from attribution.linting.settings import Settings
from attribution.records import AttribError, BlockKind
from attribution.scoring import check_marks

DOTFILE, PLAIN, PYPROJECT = ".attrib.toml", "attrib.toml", "pyproject.toml"

FILES = (DOTFILE, PLAIN, PYPROJECT)
"""Files that may hold a configuration; in a folder the first that does is used."""


class FailOn(StrEnum):
    """The lowest severity that makes the command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of this severity makes the command fail."""
        return self is not FailOn.NEVER and severity.rank >= Severity(self.value).rank


Names = tuple[str, ...]


Glob = Annotated[str, Meta(min_length=1)]


class Configuration(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """All settings of a newsroom, with their defaults.

    Paths are as written; ``origin`` is the file they are relative to. The descriptions are part of the contract:
    ``attrib schema config`` gives them to editors.
    """

    extend: Annotated[
        str | None, Meta(description="Another configuration file, whose keys apply where this one sets nothing.")
    ] = None
    rules: Annotated[
        Names, Meta(description="Rules of your own: folders and files, relative to this one, and installed packages.")
    ] = ()
    select: Annotated[
        Names | None, Meta(description="Rules to run instead of all stable ones: identifiers, families or names.")
    ] = None
    extend_select: Annotated[Names, Meta(description="Rules to run in addition.")] = ()
    ignore: Annotated[Names, Meta(description="Rules not to run.")] = ()
    preview: Annotated[bool, Meta(description="Whether preview rules run, which are wrong more often.")] = False
    severities: Annotated[
        dict[str, Severity],
        Meta(description="Severities that replace the rules' own, by identifier, family or name."),
    ] = {}
    severity: Annotated[Severity, Meta(description="The lowest severity that is reported.")] = Severity.INFO
    fail_on: Annotated[FailOn, Meta(description="The lowest severity that makes attrib lint exit with 1.")] = (
        FailOn.WARNING
    )
    extend_safe_fixes: Annotated[
        Names, Meta(description="Rules whose suggested fixes attrib lint --fix makes as well.")
    ] = ()
    extend_unsafe_fixes: Annotated[Names, Meta(description="Rules whose safe fixes are only suggested.")] = ()
    own_outlets: Annotated[Names, Meta(description="The paper's own names, which are no source.")] = ()
    ignore_marks: Annotated[Names, Meta(description="Marks of exposure for which no source is asked (LIM703).")] = ()
    ignore_blocks: Annotated[
        tuple[BlockKind, ...], Meta(description="Kinds of blocks in which nothing is reported.")
    ] = ()
    ignore_patterns: Annotated[
        Names, Meta(description="Regular expressions; nothing is reported on words that one of them matches.")
    ] = ()
    lexicons: Annotated[Names, Meta(description="Folders of words that are added to the built-in ones.")] = ()
    baseline: Annotated[str | None, Meta(description="A file of findings not to report.")] = None
    exclude: Annotated[Names, Meta(description="Globs of drafts to skip.")] = ()
    per_file_ignores: Annotated[dict[Glob, Names], Meta(description="Rules not to run, by glob.")] = {}
    per_file_severities: Annotated[
        dict[Glob, dict[str, Severity]], Meta(description="Severities of rules, by glob.")
    ] = {}
    per_file_thresholds: Annotated[
        dict[Glob, dict[str, Any]], Meta(description="Thresholds of the built-in rules, by glob.")
    ] = {}
    thresholds: Annotated[dict[str, Any], Meta(description="Thresholds of the built-in rules.")] = {}
    origin: str = ""

    def settings(self, path: str | None = None) -> Settings:
        """The settings of the rules; for a draft with its path, which is relative to the configuration's folder."""
        thresholds = dict(self.thresholds)
        for glob, table in self.per_file_thresholds.items():
            if path is not None and fits(glob, path):
                thresholds.update(table)
        return msgspec.convert({**thresholds, "own-outlets": list(self.own_outlets)}, Settings)

    def ignores_for(self, path: str) -> Names:
        """The rules not to run on a draft, whose path is relative to the configuration's folder."""
        return tuple(word for glob, words in self.per_file_ignores.items() if fits(glob, path) for word in words)

    def severities_for(self, path: str) -> dict[str, Severity]:
        """The severities that apply to a draft; those of its globs override the general ones."""
        found = dict(self.severities)
        for glob, table in self.per_file_severities.items():
            if fits(glob, path):
                found.update(table)
        return found


KEYS = tuple(field for field in Configuration.__struct_encode_fields__ if field != "origin")
"""The keys that a configuration may hold."""

THRESHOLDS = tuple(field for field in Settings.__struct_encode_fields__ if field != "own-outlets")
"""The keys of the table ``thresholds``."""


def fits(glob: str, path: str) -> bool:
    """Whether a path matches a glob: as a whole, by a folder that contains it, or by its name alone."""
    path = path.replace("\\", "/")
    if fnmatch.fnmatchcase(path, glob) or fnmatch.fnmatchcase(path, glob.rstrip("/") + "/*"):
        return True
    return "/" not in glob and fnmatch.fnmatchcase(PurePosixPath(path).name, glob)


def table_of(text: str, path: str) -> dict[str, Any] | None:
    """The configuration table of a file, as written; None if there is none. Raises AttribError if it cannot be read.

    ``pyproject.toml`` holds it in ``[tool.attrib]``, a file of any other name at its top level.
    """
    name = PurePosixPath(path.replace("\\", "/")).name
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(text, path, error) from error
    except RecursionError:
        raise AttribError(f"{path}: is nested too deeply; a configuration has tables in tables at most") from None
    if name != PYPROJECT:
        return table
    tool = table.get("tool", {})
    found = tool.get("attrib") if isinstance(tool, dict) else None
    if found is not None and not isinstance(found, dict):
        raise AttribError(f"{path}:{_line(text, ('tool', 'attrib'))}: attrib is not a table; write [tool.attrib]")
    return found


def read_configuration(table: Mapping[str, Any], text: str, path: str, known: Sequence[Rule] = RULES) -> Configuration:
    """The configuration in a file's table; ``text`` is the file's text, to find the line of an error.

    ``known`` are the rules that there are. Raises AttribError for an unknown key, a value of the wrong type, a word
    that does not select a rule, a name that is no mark of exposure, and a pattern that is no regular expression.
    """
    file = _File(text, path)
    for keys, word in _texts((), table):
        if "\0" in word:
            raise file.error(keys, f"{keys[-1]} holds a NUL character; remove it")
    for key in table:
        if key not in KEYS:
            raise file.unknown((key,), KEYS)
    values = dict(table)
    for key, value in table.items():
        values[key] = file.converted((key,), value, _TYPES[key])
    by_glob = values.get("per-file-thresholds", {})
    for keys, table in (
        (("thresholds",), values.get("thresholds", {})),
        *((("per-file-thresholds", glob), thresholds) for glob, thresholds in by_glob.items()),
    ):
        for name, value in table.items():
            if name not in THRESHOLDS:
                raise file.unknown((*keys, name), THRESHOLDS)
            file.converted((*keys, name), value, _SETTINGS_TYPES[name])
    found = Configuration(**{key.replace("-", "_"): value for key, value in values.items()}, origin=path)
    _check_rules(found, file, known)
    for name in found.ignore_marks:
        file.checked(check_marks, [name], ("ignore-marks",), name)
    for pattern in found.ignore_patterns:
        file.checked(_check_pattern, pattern, ("ignore-patterns",), pattern)
    return found


def over(table: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration table laid over the one that it extends: its keys take precedence, tables are merged."""
    joined = dict(base)
    for key, value in table.items():
        before = joined.get(key)
        joined[key] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    return joined


def configuration_toml(configuration: Configuration) -> str:
    """The configuration in force, in the form of a ``.attrib.toml``."""
    import tomlkit

    document = tomlkit.document()
    tables: dict[str, dict[str, Any]] = {}
    settings = msgspec.to_builtins(configuration.settings())
    for key in KEYS:
        value = msgspec.to_builtins(getattr(configuration, key.replace("-", "_")))
        if key == "thresholds":
            value = {name: settings[name] for name in THRESHOLDS}
        if isinstance(value, dict):
            tables[key] = value
        elif value is None:
            document.add(tomlkit.comment(f"{key} is not set"))
        elif key != "extend":
            document.add(key, tomlkit.item(value))
    for key, entries in tables.items():
        table = tomlkit.table()
        for name, value in entries.items():
            if value is None:
                table.add(tomlkit.comment(f"{name} is not set"))
            elif isinstance(value, dict):
                inner = tomlkit.inline_table()
                inner.update(value)
                table.add(name, inner)
            else:
                table.add(name, value)
        document.add(tomlkit.nl())
        document.add(key, table)
    return tomlkit.dumps(document)


# --- Mistakes ---------------------------------------------------------------------------------------------------------

_TYPES: dict[str, Any] = {
    field.encode_name: field.type for field in msgspec.structs.fields(Configuration) if field.name != "origin"
}
_SETTINGS_TYPES: dict[str, Any] = {field.encode_name: field.type for field in msgspec.structs.fields(Settings)}

_EXPECTED = {
    "extend": "takes the name of a file",
    "baseline": "takes the name of a file",
    "preview": "takes true or false",
    "severity": "takes error, warning or info",
    "fail-on": "takes error, warning, info or never",
    "severities": "takes a table of rules and severities (error, warning, info)",
    "per-file-ignores": "takes a table of globs and lists of rules",
    "per-file-severities": "takes a table of globs and tables of rules and severities (error, warning, info)",
    "per-file-thresholds": "takes a table of globs and tables of names and numbers",
    "thresholds": "takes a table of names and numbers",
    "ignore-blocks": f"takes a list of {', '.join(BlockKind)}",
}
_EXPECTED_INSIDE = {
    "severities": "takes error, warning or info",
    "per-file-ignores": "takes a list of rules",
    "per-file-severities": "takes a table of rules and severities (error, warning, info)",
}
"""The same for the entries of these tables."""

_SEVERITY = "takes error, warning or info"
_WORDS = "takes a list of words"

Keys = tuple[str, ...]
"""The keys that lead to a value, from the outermost table of the configuration."""


class _File:
    """The text of a configuration file, to name the line of a mistake in it."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        name = PurePosixPath(path.replace("\\", "/")).name
        self._above: Keys = ("tool", "attrib") if name == PYPROJECT else ()

    def error(self, keys: Keys, cause: str, word: str | None = None) -> AttribError:
        """The error that a value is wrong; ``word`` is the part of the value that is."""
        return AttribError(f"{self.path}:{_line(self.text, (*self._above, *keys), word)}: {cause}")

    def unknown(self, keys: Keys, known: Sequence[str]) -> AttribError:
        """The error that there is no such key, with the most similar one."""
        near = difflib.get_close_matches(keys[-1], known, n=1)
        hint = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(known)}"
        return self.error(keys, f'there is no key "{keys[-1]}"; {hint}')

    def converted(self, keys: Keys, value: Any, kind: Any) -> Any:
        """The value as its type; AttribError at the innermost value that is wrong."""
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError:
            inside, wrong, expected = _innermost(keys, value)
            raise self.error(inside, f"{inside[-1]} {expected}, not {_shown(wrong)}") from None

    def checked(self, check: Callable[[Any], object], given: Any, keys: Keys, word: str) -> None:
        """Raise what ``check`` raises, with the line of the word."""
        try:
            check(given)
        except AttribError as error:
            raise self.error(keys, str(error), word) from None


def _texts(keys: Keys, value: Any) -> Iterator[tuple[Keys, str]]:
    """The texts in a value, keys of tables included, each with the keys that lead to it."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(keys, item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield (*keys, key), key
            yield from _texts((*keys, key), item)


def _innermost(keys: Keys, value: Any) -> tuple[Keys, Any, str]:
    """The keys of the innermost value that is wrong in a value that is, that value, and what is expected there."""
    outer = keys[0]
    if outer in ("thresholds", "per-file-thresholds") and keys[-1] in _SETTINGS_TYPES:
        is_count = "Count" in str(_SETTINGS_TYPES[keys[-1]]) or "int" in str(_SETTINGS_TYPES[keys[-1]])
        return keys, value, "takes " + ("a whole number, 0 or more" if is_count else "a number from 0 to 1")
    expected = _EXPECTED.get(outer, _WORDS)
    if outer not in _EXPECTED_INSIDE or not isinstance(value, dict):
        return keys, value, expected
    kinds = {"severities": Severity, "per-file-ignores": Names, "per-file-severities": dict[str, Severity]}
    for name, entry in value.items():
        if _fails(entry, kinds[outer]):
            if outer == "per-file-severities" and isinstance(entry, dict):
                word, level = next((word, level) for word, level in entry.items() if _fails(level, Severity))
                return (*keys, name, word), level, _SEVERITY
            return (*keys, name), entry, _EXPECTED_INSIDE[outer]
    return keys, value, expected


def _fails(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return True
    return False


def _check_rules(configuration: Configuration, file: _File, known: Sequence[Rule]) -> None:
    words: list[tuple[Keys, str]] = []
    for key in ("select", "extend-select", "ignore", "extend-safe-fixes", "extend-unsafe-fixes", "severities"):
        words += [((key,), word) for word in getattr(configuration, key.replace("-", "_")) or ()]
    for glob, names in configuration.per_file_ignores.items():
        words += [(("per-file-ignores", glob), word) for word in names]
    for glob, table in configuration.per_file_severities.items():
        words += [(("per-file-severities", glob), word) for word in table]
    for keys, word in words:
        file.checked(partial(rules_of, known=known), word, keys, word)


def _check_pattern(pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise AttribError(f"{_shown(pattern)} is no regular expression ({error})") from error


def _shown(value: Any) -> str:
    """A value as TOML has it in one line, shortened."""
    import tomlkit

    if isinstance(value, dict):
        shown = "{" + ", ".join(f"{name} = {_shown(nested)}" for name, nested in value.items()) + "}"
    elif isinstance(value, list):
        shown = "[" + ", ".join(map(_shown, value)) + "]"
    else:
        shown = tomlkit.item(value).as_string()
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _syntax_error(text: str, path: str, error: tomllib.TOMLDecodeError) -> AttribError:
    """The error that a text is not TOML, with its line; what is missing at the end is reported there."""
    found = re.search(r"^(?P<cause>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", str(error))
    if found is None:
        return AttribError(f"{path}: is not valid TOML ({error}); correct it")
    line = int(found["line"] or text.rstrip().count("\n") + 1)
    if "\n" in found["cause"]:
        return AttribError(f"{path}:{line}: is not valid TOML; correct it")
    return AttribError(f"{path}:{line}: is not valid TOML ({found['cause']}); correct it")


def _line(text: str, keys: Keys, word: str | None = None) -> int:
    """The line (from 1) where the value of these keys begins, or in it the line that has a word.

    No reader of TOML tells lines. But a value begins in the line after the longest beginning of the file that is TOML
    and does not have it yet.
    """
    lines = text.splitlines(keepends=True)
    begin = 0
    for number in range(1, len(lines) + 1):
        try:
            table = tomllib.loads("".join(lines[:number]))
        except tomllib.TOMLDecodeError:
            continue
        if _has(table, keys, word):
            there = (place for place in range(begin, number) if word and word in lines[place].partition("#")[0])
            return next(there, begin) + 1
        begin = number
    return 1


def _has(table: Any, keys: Keys, word: str | None) -> bool:
    """Whether a table has these keys, and at their end the word, if there is one."""
    for key in keys:
        if not isinstance(table, dict) or key not in table:
            return False
        table = table[key]
    return word is None or not isinstance(table, dict | list) or word in table
