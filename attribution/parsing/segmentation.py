"""Finds sentences and words, with NLTK: Punkt (Kiss and Strunk 2006) and the NLTK word tokenizer.

The spans are then adjusted to what the parser was trained on, the tokens of Universal Dependencies English
(EWT, GUM; https://universaldependencies.org/en/).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, NamedTuple

import msgspec

from attribution.lexicon import Entry, Words
from attribution.records import AttribError, Draft, Span
from attribution.resources import lexicon_folder, model_folder

SEGMENTER_FILE = "segmenter.json"
ABBREVIATIONS_FILE = "abbreviations.toml"


class SegmenterParameters(msgspec.Struct, frozen=True):
    """What ``scripts/train_segmenter.py`` learned.

    ``abbreviations`` (lower case, without the last full stop) to ``orthographic_context`` (bit flags a word type) are
    Punkt's parameters. ``joined_prefixes`` stay with the word after their hyphen. ``fused_words`` are contractions
    without an apostrophe, and where their later words begin.
    """

    abbreviations: tuple[str, ...]
    collocations: tuple[tuple[str, str], ...]
    sentence_starters: tuple[str, ...]
    orthographic_context: dict[str, int]
    joined_prefixes: tuple[str, ...]
    fused_words: dict[str, tuple[int, ...]]


class Abbreviation(Entry, frozen=True, kw_only=True):
    """abbreviations.toml: an abbreviation whose full stop need not end a sentence."""

    words: Words
    position: Literal["before-name", "before-number", "any"]
    ordinary_word: bool = False


class _Words(NamedTuple):
    """What is known of abbreviations, by what is asked of them; all as written, with the full stop."""

    all: frozenset[str]
    before_name: frozenset[str]
    before_number: frozenset[str]
    ordinary: frozenset[str]


def segment(draft: Draft) -> list[tuple[int, list[Span]]]:
    """Give the draft's sentences in text order, each with the index of its block and the spans of its words.

    Words are non-empty, in order, hold no white space, and together cover every character of the blocks that is not
    white space. No sentence crosses a block.
    """
    found: list[tuple[int, list[Span]]] = []
    for index, block in enumerate(draft.blocks):
        text = draft.text[block.span.start : block.span.end]
        for start, end in _sentences(text):
            spans = [
                Span(block.span.start + start + left, block.span.start + start + right)
                for left, right in _words(text[start:end])
            ]
            if spans:
                found.append((index, spans))
    return found


@cache
def segmenter_parameters() -> SegmenterParameters:
    """Give what was learned for the embedded segmenter; AttribError when the file is missing or broken."""
    path = model_folder() / SEGMENTER_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=SegmenterParameters)
    except (OSError, msgspec.DecodeError) as error:
        raise AttribError(f"{path}: the segmenter's parameters cannot be read: {error}") from error


@cache
def read_abbreviations() -> tuple[Abbreviation, ...]:
    """Give the newsroom's abbreviations; AttribError when the file is missing or an entry is wrong."""
    path = lexicon_folder() / ABBREVIATIONS_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(msgspec.convert(entry, Abbreviation) for entry in table["abbreviation"])
    except (OSError, KeyError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise AttribError(f"{path}: the abbreviations cannot be read: {error}") from error


@cache
def _abbreviations() -> _Words:
    entries = read_abbreviations()
    return _Words(
        frozenset(one.words for one in entries),
        frozenset(one.words for one in entries if one.position == "before-name"),
        frozenset(one.words for one in entries if one.position == "before-number"),
        frozenset(one.words for one in entries if one.ordinary_word),
    )


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    known = segmenter_parameters()
    parameters = PunktParameters()
    parameters.abbrev_types.update(known.abbreviations)
    parameters.abbrev_types.update(
        part.removesuffix(".").lower()
        for one in read_abbreviations()
        if one.position != "before-number" and not one.ordinary_word
        for part in one.words.split()
    )
    parameters.collocations.update(known.collocations)
    parameters.sent_starters.update(known.sentence_starters)
    parameters.ortho_context.update(known.orthographic_context)
    return PunktSentenceTokenizer(parameters)


# Sentences.

CLOSING = "\"'’”)]}»›"

# What belongs to the sentence before when a new one seems to begin with it: repeated stops, closing marks, references,
# emoticons.
_TRAILING = re.compile(
    r"((?:\s*(?:[!?.…]+|[\"'’”)\]}»›]+|\[\d+(?:[,–-] ?\d+)*\]|[<>]?[:;=8][-'^o]?[()\[\]DPpoO/\\|*]+)(?=\s|$))+)\s*"
)
_LIST_NUMBER = re.compile(r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})[.)]$")
_LATE_LIST_NUMBER = re.compile(r"(\S+[.!?])\s+(\d{1,2}[.)])$")
_PART_OF_NAME = re.compile(r"[A-Z][\w’']*,? (?:(?:and|of|for|&) )?(?:the )?[A-Z]")
_LAST_WORD = re.compile(r"(\S+?)([\"'’”)\]}»›]*)$")
_NUMBER = re.compile(r"[#(\[]?(?:\d|[IVX]+\b)")
_INITIAL = re.compile(r"(?:[A-Z]\.-?)+$")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Punkt's sentences of a block, without those breaks that no sentence end makes."""
    pending: tuple[int, int] | None = None
    for start, end in _punkt().span_tokenize(text):
        if pending is not None:
            trailing = _TRAILING.match(text, start, end)
            if trailing is not None:
                pending, start = (pending[0], trailing.end(1)), trailing.end()
                if start == end:
                    continue
            number = _LATE_LIST_NUMBER.search(text, *pending)
            if number is not None and number[1] not in _abbreviations().all:  # … of it. 3. The next point
                yield pending[0], number.end(1)
                pending = (number.start(2), end)
                continue
            if _continues(text, pending, start):
                pending = (pending[0], end)
                continue
            yield pending
        pending = (start, end)
    if pending is not None:
        yield pending


def _continues(text: str, previous: tuple[int, int], start: int) -> bool:
    """Whether what follows belongs to the sentence before."""
    sentence = text[previous[0] : previous[1]]
    following = text[start : start + 40].lstrip("\"'“‘(«[")
    first = following[:1]
    last = _LAST_WORD.search(sentence)
    if last is None or not first:
        return False
    known = _abbreviations()
    word, closed = last[1].lstrip("([\"'“‘«"), bool(last[2])
    if first.islower() and text[start].islower():
        # "Is it safe?" she asked; Yahoo! shares fell; and so on ... until the end; but: it ends. so it goes on.
        if closed or word in known.all or re.fullmatch(r"[A-Z]\w+!", word):
            return True
        return word[-1] not in "?!" and (word.endswith("..") or not is_lower_case_word(word.rstrip(".")))
    if _LIST_NUMBER.fullmatch(sentence.strip("([ ")) or re.search(r":\s+\d{1,2}[.)]$", sentence):
        return True
    if closed:
        return False
    if word in known.before_name or " ".join(sentence.split()[-2:]) in known.before_name:
        return True
    if word in known.before_number:
        return _NUMBER.match(following) is not None
    if word in known.all and "." in word[:-1] and _PART_OF_NAME.match(following):  # the U.S. Forest Service
        return following.split()[0].lower() not in segmenter_parameters().sentence_starters
    if re.fullmatch(r"[A-HJ-Z]\.", word) and re.match(r"[A-Z]\.(?!\w)", following):  # A. B. Lee
        return True
    if word in known.ordinary and _NUMBER.match(following):
        return True
    if word in known.ordinary:
        return re.search(r",\s+\S+$", sentence) is not None and not _starts_sentences(following)
    return False


_WORD = re.compile(r"[\w’'-]+")
_LOWER, _WITHIN_UPPER = 1 << 4 | 1 << 5, 1 << 2


def _starts_sentences(following: str) -> bool:
    """Whether the next word is capitalised only because a sentence begins with it."""
    word = _WORD.match(following)
    return word is not None and is_lower_case_word(word[0])


def is_seen_in_lower_case(word: str) -> bool:
    """Whether the word, in whatever case it is given, is one that is often written in lower case."""
    return bool(segmenter_parameters().orthographic_context.get(word.lower(), 0) & _LOWER)


def is_lower_case_word(word: str) -> bool:
    """Whether the word is hardly ever written with a capital, but for a sentence's first letter."""
    context = segmenter_parameters().orthographic_context.get(word.lower(), 0)
    return bool(context & _LOWER) and not context & _WITHIN_UPPER


# Words.

# Pieces that stay one word, whatever they are made of.
_WHOLE = re.compile(
    r"""
    (?:https?|ftp)://[^\s<>"“”]*[^\s<>"“”.,;:!?'’)\]]              # URLs
    | \b(?:www\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|int|info|co|uk|eu|de|fr|ru|ua|io|tv|news)\b/)
      [^\s<>"“”]*[^\s<>"“”.,;:!?'’)\]]
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)*                                 # e-mail
    | (?<![\w&])[@\#](?=\w*[A-Za-z_])\w+                           # names and topics of social media
    | (?<![\w:;=\[(])[<>]?[:;=8][-'^o]?[)(DPp\]\[/\\|*]+(?![\w(])     # emoticons
    | ([-=_~*\#.+<>•])\1+ | [!?]{2,}                               # rules and rows of marks
    | (?<![\w:])\d{1,2}:\d\d(?::\d\d)?(?!\d)                       # times
    | (?<![\w/])\d+/\d+(?:/\d+)?(?![\w/])                          # dates and fractions
    | (?<![\w-])(?:\d-)?(?:\d{3}-)?\d{3}-\d{4}(?![\w-])            # telephone numbers
    | \b(?:US|U\.S\.|A|C|NZ|HK|R|S)\$                               # dollars
    | (?<![\w&])[A-Z]{1,4}&[A-Z]{1,4}(?![\w&])                     # R&D
    | (?<!\w)['’]\d\ds?\b                                          # '90s
    | (?<!\w)['’](?:em|til|cause|bout|round)\b                     # clipped words
    | (?<!\w)['’]n['’](?!\w)
    | (?<!\w)(?:w/o|c/o|n/a|N/A)(?!\w)
    """,
    re.VERBOSE,
)
_CLITICS = re.compile(r"(?<=[^\W_])(?:['’`](?:s|m|d|re|ve|ll)|n['’`]t)(?![\w’'])", re.IGNORECASE)
_WITHIN_WORD = re.compile(r"\w['’]\w+")
_CUTS = re.compile(
    r"""
    (?<=[\w.%)])[-‐‑](?=[\w(“"]) | (?<=\w)[-‐‑](?=\s|$|[,.;)]) | (?<![\w-])[-‐‑](?=[^\W\d])   # hyphens
    | [–—―…•·→]
    | (?<=[^\W\d_])/(?=[^\W\d_]) | (?<=\w)/(?=\s) | (?<=\d)/(?=[^\W\d])
    | (?<=\d)(?=(?:[mbk]n?|tn|mm|cm|km|kg|ft|lbs?|mph|[ap]m|[ap]\.m\.?|AM|PM|[MBK]|MB|GB|Hz|kW|MW|GW)(?!\w))
    | (?<=\d)['’′″"](?=\d) | (?<=\d)[°%‰′″] | °
    | (?<![A-Z])[$£€¥₽₴₹] | (?<=[$£€¥₽₴₹])(?=\d)
    | (?<=[\d\]]),(?=\[) | (?<=\d)\.(?=\s) | (?<=\w)\.(?=\[\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PREFIXED = re.compile(r"(?<![\w-])([A-Za-z]+)[-‐‑](?=[A-Za-z])")
_DOTTED = re.compile(r"(?<!\S)[\"'“‘(\[«]*((?:[^\W\d_]+['’]?[^\W\d_]*\.)+)(?=[\"'’”)\]»]*(?:\s|$)|-)")
_FUSED = re.compile(r"(?<![\w'’-])[A-Za-z]+(?![\w'’-])")


@cache
def _word_tokenizer() -> Any:
    from attribution.parsing.nltk_parts import part_of_nltk

    return part_of_nltk("nltk.tokenize.destructive").NLTKWordTokenizer()


def _words(sentence: str) -> list[tuple[int, int]]:
    """The words of a sentence as offsets in it: the pieces between white space and cuts."""
    cuts: set[int] = set()
    try:
        for start, end in _word_tokenizer().span_tokenize(sentence):
            cuts.update((start, end))
    except ValueError:  # NLTK lost its place; every mark then stands alone
        cuts.update(place for match in re.finditer(r"[^\w\s]", sentence) for place in match.span())
    for match in _WITHIN_WORD.finditer(sentence):  # NLTK parts O’Neill at a curly apostrophe
        cuts.difference_update((match.start() + 1, match.start() + 2))
    for match in _CUTS.finditer(sentence):
        cuts.update(match.span())
    for match in _CLITICS.finditer(sentence):
        cuts.difference_update(range(match.start() + 1, match.end()))
        cuts.update(match.span())
    _keep_prefixes(sentence, cuts)
    _keep_abbreviations(sentence, cuts)
    for match in _FUSED.finditer(sentence):
        for place in segmenter_parameters().fused_words.get(match[0].lower(), ()):
            cuts.add(match.start() + place)
    for match in _WHOLE.finditer(sentence):
        cuts.difference_update(range(match.start() + 1, match.end()))
        cuts.update(match.span())
    words: list[tuple[int, int]] = []
    for match in re.finditer(r"\S+", sentence):
        start = match.start()
        for cut in sorted(cut for cut in cuts if match.start() < cut < match.end()):
            words.append((start, cut))
            start = cut
        words.append((start, match.end()))
    return words


def _keep_prefixes(sentence: str, cuts: set[int]) -> None:
    """Take back the cuts at the hyphen after a prefix (*anti-war*, *re-elected*)."""
    for match in _PREFIXED.finditer(sentence):
        if match[1].lower() in segmenter_parameters().joined_prefixes:
            cuts.difference_update((match.end() - 1, match.end()))


def _keep_abbreviations(sentence: str, cuts: set[int]) -> None:
    """Leave the full stop with an abbreviation, at the end of the sentence too, and part it from other words."""
    known = _abbreviations()
    for match in _DOTTED.finditer(sentence):
        word, end = match[1], match.end(1)
        is_last = not sentence[end:].strip(CLOSING + " ")
        if word == "etc." and is_last:  # the one that UD English parts
            cuts.add(end - 1)
        elif (
            word in known.all
            and not (word in known.before_number and is_last)
            and not (word in known.ordinary and is_last)
        ):
            cuts.discard(end - 1)
        elif _INITIAL.match(word) or word[:-1].lower() in segmenter_parameters().abbreviations:
            if not is_last or len(word) > 2:
                cuts.discard(end - 1)
        elif "." not in word[:-1] and (len(word) > 2 or word == "I."):
            cuts.add(end - 1)
        cuts.add(end)
