"""Finds sentences and words.

Sentence ends are decided in ``boundaries``, with the tables that NLTK's trainer for Punkt (Kiss and Strunk 2006)
learned. Words are those of NLTK's tokenizer, adjusted to the parser's training data, the tokens of Universal
Dependencies English (EWT, GUM; https://universaldependencies.org/en/). They depend only on the text between two white
spaces, so each such chunk is tokenized once and cached.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from typing import Any, Literal

import msgspec

from attribution.lexicon import Entry, Words
from attribution.parsing.boundaries import ANY_LOWER, WITHIN_UPPER, Abbreviations, Boundaries
from attribution.parsing.windows import LONGEST, window_bounds
from attribution.records import AttribError, BlockKind, Draft, Span
from attribution.resources import lexicon_folder, model_folder

SEGMENTER_FILE = "segmenter.json"
ABBREVIATIONS_FILE = "abbreviations.toml"

_NO_RUNNING_TEXT = (BlockKind.HEADLINE, BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.SPEAKER)
"""Blocks in which every sentence but the last ends with a mark."""


class SegmenterParameters(msgspec.Struct, frozen=True):
    """The parameters that ``scripts/train_segmenter.py`` learned.

    ``abbreviations`` (lower case, without the last full stop) to ``orthographic_context`` (bit flags for each word
    type) are Punkt's parameters. ``joined_prefixes`` stay with the word after their hyphen. ``fused_words`` are
    contractions without an apostrophe, with the offsets of their later words. ``boundary_weights`` are the weights of
    named features of possible sentence ends, see ``boundaries``.
    """

    abbreviations: tuple[str, ...]
    sentence_starters: tuple[str, ...]
    orthographic_context: dict[str, int]
    joined_prefixes: tuple[str, ...]
    fused_words: dict[str, tuple[int, ...]]
    boundary_bias: float
    boundary_weights: dict[str, float]


class Abbreviation(Entry, frozen=True, kw_only=True):
    """abbreviations.toml: an abbreviation whose full stop need not end a sentence."""

    words: Words
    position: Literal["before-name", "before-number", "any"]
    ordinary_word: bool = False
    courtesy: bool = False


def segment(draft: Draft) -> list[tuple[int, list[Span]]]:
    """Give the draft's sentences in text order, each with the index of its block and the spans of its words.

    Words are non-empty, in order and without white space; together they cover every character of the blocks except
    white space and footnote marks. No sentence crosses a block. One that is longer than the parser can read at once,
    such as a list of two thousand words, is cut at its safest points (``windows``).
    """
    boundaries = _boundaries()
    found: list[tuple[int, list[Span]]] = []
    unmarked = without_footnote_marks(draft.text)
    _tokenize(unmarked)
    for index, block in enumerate(draft.blocks):
        text = unmarked[block.span.start : block.span.end]
        for start, end in boundaries.sentences(text, block.kind in _NO_RUNNING_TEXT):
            words = _words(text, start, end, block.span.start)
            if len(words) > LONGEST:
                bounds = window_bounds([draft.text[word.start : word.end] for word in words])
                found += [(index, words[first:last]) for first, last in bounds]
            else:
                found.append((index, words))
    return found


_FOOTNOTE_MARK = re.compile(
    r"""
    (?<=[\w.,;:!?…"'”’)\]])(?:\[(?:\d{1,3}|[a-z]|\^[^\]\s]{1,20}|note\ \d{1,3}|citation\ needed)\])+   # clean.[1]
    | (?<=[a-z"'”’][.!?…]|[.!?…]["'”’])\(\d{1,2}\)(?=\s+["“‘]?[A-Z]|\s*$)                                # clean.(1)
    | (?<=[.,;:!?…"'”’)])(?:[¹²³⁰⁴-⁹]{1,3}|[†‡])(?!\w)                                                # clean.¹
    | (?<=[^\W\d_]{4})(?<!metre)(?<!metres)(?<!meter)(?<!meters)(?<!miles)(?<!feet)(?<!inches)(?<!yards)
      (?:[¹²³⁰⁴-⁹]{1,3}|[†‡])(?!\w)                                                                  # clean¹
    """,
    re.VERBOSE,
)


_FIRST_OF_MARK = re.compile(r"[\[(¹²³⁰⁴-⁹†‡]")
"""The characters that a footnote mark begins with: found much faster than what must stand before them."""


def without_footnote_marks(text: str) -> str:
    """The text with the footnote marks that are attached to a word or stop replaced by spaces."""
    parts: list[str] = []
    end = 0
    for first in _FIRST_OF_MARK.finditer(text):
        mark = _FOOTNOTE_MARK.match(text, first.start()) if first.start() >= end else None
        if mark is not None:
            parts += (text[end : mark.start()], " " * len(mark[0]))
            end = mark.end()
    return "".join([*parts, text[end:]])


@cache
def segmenter_parameters() -> SegmenterParameters:
    """Give the embedded segmenter's learned parameters; AttribError if the file is missing or broken."""
    path = model_folder() / SEGMENTER_FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=SegmenterParameters)
    except (OSError, msgspec.DecodeError) as error:
        raise AttribError(f"{path}: the segmenter's parameters cannot be read: {error}") from error


@cache
def read_abbreviations() -> tuple[Abbreviation, ...]:
    """Give the newsroom's abbreviations; AttribError if the file is missing or an entry is wrong."""
    path = lexicon_folder() / ABBREVIATIONS_FILE
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return tuple(msgspec.convert(entry, Abbreviation) for entry in table["abbreviation"])
    except (OSError, KeyError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise AttribError(f"{path}: the abbreviations cannot be read: {error}") from error


@cache
def _abbreviations() -> Abbreviations:
    entries = read_abbreviations()
    return Abbreviations(
        frozenset(entry.words for entry in entries),
        frozenset(entry.words for entry in entries if entry.position == "before-name"),
        frozenset(entry.words for entry in entries if entry.position == "before-number"),
        frozenset(entry.words for entry in entries if entry.ordinary_word),
        frozenset(entry.words for entry in entries if entry.courtesy),
    )


def boundaries_of(known: SegmenterParameters) -> Boundaries:
    """Give the sentence splitter for these parameters and the newsroom's abbreviations."""
    listed = frozenset(
        part.removesuffix(".").lower()
        for entry in read_abbreviations()
        if entry.position != "before-number" and not entry.ordinary_word
        for part in entry.words.split()
    )
    return Boundaries(
        frozenset(known.abbreviations) | listed,
        frozenset(known.sentence_starters),
        known.orthographic_context,
        _abbreviations(),
        known.boundary_bias,
        known.boundary_weights,
    )


@cache
def _boundaries() -> Boundaries:
    return boundaries_of(segmenter_parameters())


def is_seen_in_lower_case(word: str) -> bool:
    """Whether the word, given in any case, is often written in lower case."""
    return bool(segmenter_parameters().orthographic_context.get(word.lower(), 0) & ANY_LOWER)


def is_lower_case_word(word: str) -> bool:
    """Whether the word is hardly ever capitalised, except at the start of a sentence."""
    context = segmenter_parameters().orthographic_context.get(word.lower(), 0)
    return bool(context & ANY_LOWER) and not context & WITHIN_UPPER


# Words.

# Strings that stay one word, whatever they contain.
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
CLOSING = "\"'’”)]}»›"
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
_DOTTED = re.compile(r"(?<!\S)[\"'“‘(\[«]*((?:[^\W\d_]++(?:['’][^\W\d_]*+)?\.)+)(?=[\"'’”)\]»]*(?:\s|$)|-)")
_INITIAL = re.compile(r"(?:[A-Z]\.-?)+$")
_FUSED = re.compile(r"(?<![\w'’-])[A-Za-z]+(?![\w'’-])")


@cache
def _word_tokenizer() -> Any:
    from attribution.parsing.nltk_parts import part_of_nltk

    return part_of_nltk("nltk.tokenize.destructive").NLTKWordTokenizer()


LONGEST_CHUNK = 500
"""Text without white space is cut after this many characters, whatever it is."""

_CHUNK = re.compile(rf"\S{{1,{LONGEST_CHUNK}}}")
_CACHED_CHUNKS = 50_000


def _words(text: str, start: int, end: int, offset: int) -> list[Span]:
    """The words of a sentence of a text, as spans; ``offset`` is added to their positions in the text."""
    words: list[Span] = []
    last = start + len(text[start:end].rstrip(CLOSING + " "))
    for match in _CHUNK.finditer(text, start, end):
        left, right = match.span()
        place = left + offset
        for cut in _cuts(match[0], right >= last):
            words.append(Span(place, left + offset + cut))
            place = left + offset + cut
        words.append(Span(place, right + offset))
    return words


# NLTK's pattern for a text's last full stop.
_FINAL_STOP = re.compile(r"(?<=[^.])(\.)[\])}>\"'»”’]*$")

_CONTRACTIONS = frozenset({"cannot", "gimme", "gonna", "gotta", "lemme", "wanna"})
"""Words of plain letters that NLTK's tokenizer cuts; it cuts no others."""

_nltk_cuts: dict[str, frozenset[int]] = {}
"""The cuts of NLTK's tokenizer in chunks seen so far that are no plain words; they depend on the chunk alone."""


def _is_plain_word(chunk: str) -> bool:
    """Whether NLTK leaves the chunk as it is, as it does with most."""
    return chunk.isalpha() and chunk.isascii() and chunk.lower() not in _CONTRACTIONS


def _tokenize(text: str) -> None:
    """Have NLTK tokenize the new chunks of a text all at once, which is many times faster than one by one."""
    if len(_nltk_cuts) > _CACHED_CHUNKS:
        _nltk_cuts.clear()
    unseen = [chunk for chunk in set(text.split()) - _nltk_cuts.keys() if not _is_plain_word(chunk)]
    new = sorted({part for chunk in unseen for part in _CHUNK.findall(chunk)})
    # NLTK loses count of quotation marks if some have two characters.
    chunks = [chunk for chunk in new if "''" not in chunk and "``" not in chunk]
    # NLTK splits off only the sentence's last full stop; the word added here stands for the last word.
    cuts = _tokenized(" ".join([*chunks, "x"])) if chunks else []
    if cuts is None:
        chunks = []
    for chunk in new if not chunks else set(new).difference(chunks):
        alone = _tokenized(chunk + " x")
        if alone is None:  # NLTK lost its place; make every mark a token of its own
            alone = [place for match in re.finditer(r"[^\w\s]", chunk) for place in match.span()]
        _nltk_cuts[chunk] = frozenset(alone)
    if not cuts:
        return
    start, position = 0, 0
    for chunk in chunks:
        first = position
        while position < len(cuts) and cuts[position] <= start + len(chunk):
            position += 1
        _nltk_cuts[chunk] = frozenset(cut - start for cut in cuts[first:position])
        start += len(chunk) + 1


def _tokenized(text: str) -> list[int] | None:
    """Where NLTK's words of a text begin and end, in text order; None if NLTK cannot tell."""
    try:
        return [place for span in _word_tokenizer().span_tokenize(text) for place in span]
    except ValueError:
        return None


@lru_cache(_CACHED_CHUNKS)
def _cuts(chunk: str, is_last: bool) -> tuple[int, ...]:
    """Where the words in the text between two white spaces begin, except the first.

    ``is_last`` means that only closing marks follow in the sentence.
    """
    fused = segmenter_parameters().fused_words
    if _is_plain_word(chunk):
        return fused.get(chunk.lower(), ())
    if chunk not in _nltk_cuts:
        _tokenize(chunk)
    cuts = set(_nltk_cuts[chunk])
    final = _FINAL_STOP.search(chunk) if is_last else None
    if final is not None:
        cuts.update(final.span(1))
        if chunk[final.start(1) - 1] == "'":  # "the other rules'."
            cuts.add(final.start(1) - 1)
    if not chunk.isalpha():
        _adjust(chunk, is_last, cuts)
    for match in _FUSED.finditer(chunk):
        cuts.update(match.start() + place for place in fused.get(match[0].lower(), ()))
    for match in () if chunk.isalpha() else _WHOLE.finditer(chunk):
        cuts.difference_update(range(match.start() + 1, match.end()))
        cuts.update(match.span())
    return tuple(sorted(cut for cut in cuts if 0 < cut < len(chunk)))


def _adjust(chunk: str, is_last: bool, cuts: set[int]) -> None:
    """Adjust NLTK's cuts to the tokens of Universal Dependencies."""
    for match in _WITHIN_WORD.finditer(chunk):  # NLTK splits O’Neill at a curly apostrophe
        cuts.difference_update((match.start() + 1, match.start() + 2))
    for match in _CUTS.finditer(chunk if is_last else chunk + " "):
        cuts.update(match.span())
    for match in _CLITICS.finditer(chunk):
        cuts.difference_update(range(match.start() + 1, match.end()))
        cuts.update(match.span())
    _keep_prefixes(chunk, cuts)
    _keep_abbreviations(chunk, is_last, cuts)


def _keep_prefixes(chunk: str, cuts: set[int]) -> None:
    """Undo the cuts at the hyphen after a prefix (*anti-war*, *re-elected*)."""
    for match in _PREFIXED.finditer(chunk):
        if match[1].lower() in segmenter_parameters().joined_prefixes:
            cuts.difference_update((match.end() - 1, match.end()))


def _keep_abbreviations(chunk: str, is_last: bool, cuts: set[int]) -> None:
    """Keep the full stop with an abbreviation, even at the end of the sentence, and split it from other words."""
    match = _DOTTED.match(chunk)
    if match is None:
        return
    known = _abbreviations()
    word, end = match[1], match.end(1)
    is_last = is_last and not chunk[end:].strip(CLOSING)
    if word == "etc." and is_last:  # the only one that UD English splits
        cuts.add(end - 1)
    elif (
        word in known.all and not (word in known.before_number and is_last) and not (word in known.ordinary and is_last)
    ):
        cuts.discard(end - 1)
    elif _INITIAL.match(word) or word[:-1].lower() in segmenter_parameters().abbreviations:
        if not is_last or len(word) > 2:
            cuts.discard(end - 1)
    elif "." not in word[:-1] and (len(word) > 2 or word == "I."):
        cuts.add(end - 1)
    cuts.add(end)
