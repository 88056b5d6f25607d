"""Decides where sentences end: a log-linear model over named features of the gaps between words.

A gap is a place where a sentence may end: white space after a mark, or before a word that is not in lower case. Each
gap's score is the sum of the weights of its features; a sentence ends where it is above 0. Gillick (2009) does this for
full stops; here it is done for every gap, because on the web many sentences end without a mark. Features describe the
words around the gap, Punkt's tables (Kiss and Strunk 2006) and the sentence so far. ``scripts/train_segmenter.py``
estimates the weights; ``segmenter.json`` holds them by name. The newsroom's abbreviations overrule them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

# Punkt's flags: in which position a word type was seen with a capital or a small first letter.
FIRST_UPPER, WITHIN_UPPER, FIRST_LOWER, WITHIN_LOWER = 1 << 1, 1 << 2, 1 << 4, 1 << 5
ANY_LOWER = FIRST_LOWER | WITHIN_LOWER


class Abbreviations(NamedTuple):
    """The newsroom's abbreviations as written, with the full stop: all of them, and the groups treated specially."""

    all: frozenset[str]
    before_name: frozenset[str]
    before_number: frozenset[str]
    ordinary: frozenset[str]
    courtesy: frozenset[str] = frozenset()

    def kind(self, word: str) -> str:
        """The group of a word given with its full stop: ``any`` for a plain abbreviation, empty for other words."""
        if word not in self.all:
            return ""
        for name, words in zip(self._fields[1:], self[1:], strict=True):
            if word in words:
                return name
        return "any"


class Chunk(NamedTuple):
    """Text between two white spaces, taken apart: opening marks, the word, marks at its end, closing marks."""

    text: str
    opening: str
    word: str
    lower: str
    end: str
    shape: str
    case: str
    is_terminal: bool
    is_starter: bool
    is_abbreviation: bool
    listed: str
    turns_quotation: bool
    brackets: int


class Gap(NamedTuple):
    """A place where a sentence may end: the end offset of the sentence so far, and the offset of the next word."""

    end: int
    next_start: int
    features: list[str]


_CHUNK = re.compile(r"\S+")
_OPENING, _MARKS, _CLOSING = "\"'“‘([{«`*_#", ".!?…:;,-–—~", "\"'’”)]}»›*"
_EMOTICON = re.compile(r"[<>]?[:;=8][-'^o]?[()\[\]DPpoO/\\|*]+$|\^_*\^$|<3$")
_QUOTES = "\"'’”»›"
_OPENING_QUOTES = "\"'“‘«`"


def _ending(marks: str, closing: str) -> str:
    """The class of a chunk's ending: its last stop, then q for a closing quotation mark and b for a bracket."""
    if marks[-1:] in (",", ";", ":"):
        stop = marks[-1]
    elif "?" in marks:
        stop = "?"
    elif "!" in marks:
        stop = "!"
    elif marks.endswith(("..", "…")):
        stop = "..."
    else:
        stop = marks[-2:] if marks.endswith("--") else marks[-1:]
    if any(mark in _QUOTES for mark in closing):
        stop += "q"
    return stop + "b" if any(mark in ")]}" for mark in closing) else stop


def _shape(word: str) -> str:
    first = word[:1]
    if first.isdigit():
        if "/" in word:
            return "date"
        if ":" in word:
            return "time"
        return "number" if word.replace(",", "").replace(".", "").isdigit() else "measure"
    if "@" in word[1:] or "//" in word or word.startswith("www."):
        return "address"
    if not first.isalpha():
        return "mark"
    if len(word) == 1:
        return "I" if word == "I" else "initial" if word.isupper() else "letter"
    if "." in word:
        return "dotted" if word.count(".") * 2 >= len(word) - 1 else "joined"
    if word.isupper():
        return "capitals"
    return "Capital" if first.isupper() else "lower"


def _count(number: int) -> str:
    """Bin a number of chunks."""
    if number < 4:
        return str(number)
    for limit in (6, 12, 25, 45):
        if number <= limit:
            return f"<={limit}"
    return ">45"


_PART_OF_NAME = re.compile(r"[A-Z][\w’']*,? (?:(?:and|of|on|for|&) )?(?:the )?[A-Z]")
_NUMBER = re.compile(r"[#(\[]?(?:\d|[IVX]+\b)")
_ONE_INITIAL = re.compile(r"[A-Z]\.(?!\w)")
_INITIALS = re.compile(r"[A-Z](?:\.-?[A-Z]){1,2}$")
_CACHED_CHUNKS = 50_000

FEWEST_BEFORE = 4
"""Words before initials that may end a sentence before *Mr.*: *In the U.S. Mr. Hale is liked* goes on."""


@dataclass(frozen=True)
class Boundaries:
    """Finds sentences; all its knowledge is passed in.

    ``punkt_abbreviations`` and ``starters`` are in lower case; ``orthography`` holds Punkt's flags for each word type.
    """

    punkt_abbreviations: frozenset[str]
    starters: frozenset[str]
    orthography: Mapping[str, int]
    newsroom: Abbreviations
    bias: float
    weights: Mapping[str, float]
    _chunks: dict[str, Chunk] = field(default_factory=dict, repr=False, compare=False)

    def sentences(self, text: str, only_after_marks: bool = False) -> list[tuple[int, int]]:
        """Give the sentences of a block as offsets into it, without white space at their edges.

        With ``only_after_marks`` a sentence ends only at ``.``, ``!``, ``?`` or ``…``, as in headlines and datelines.
        """
        found: list[tuple[int, int]] = []

        def decide(before: Chunk, features: list[str]) -> bool:
            return (before.is_terminal or not only_after_marks) and self.ends(features)

        start = len(text) - len(text.lstrip())
        for gap, ends in self.gaps(text, decide):
            if ends:
                found.append((start, gap.end))
                start = gap.next_start
        end = len(text.rstrip())
        return [*found, (start, end)] if start < end else found

    def ends(self, features: list[str]) -> bool:
        """Whether a sentence ends at a gap with these features."""
        score, weights = self.bias, self.weights
        for feature in features:
            score += weights.get(feature, 0.0)
        return score > 0

    def gaps(self, text: str, ends: Callable[[Chunk, list[str]], bool] | Collection[int]) -> Iterator[tuple[Gap, bool]]:
        """Yield the gaps of a block that no rule decides, each with whether a sentence ends there.

        ``ends`` decides from the chunk before and the features; in training it is the set of sentence ends (offsets).
        """
        known = self._chunks
        chunks = [known.get(chunk) or self._new_chunk(chunk) for chunk in text.split()]
        if len(chunks) < 2:
            return
        matches = list(_CHUNK.finditer(text))
        block: _Block | None = None
        first, names, in_quotation, brackets = 0, True, False, 0
        for place, (before, after) in enumerate(pairwise(chunks)):
            names = names and before.shape != "lower"
            if before.turns_quotation:
                in_quotation = not in_quotation
            if before.brackets:
                brackets = max(0, brackets + before.brackets)
            if after.shape == "lower" and before.end in ("", ",") and not after.opening:
                continue
            if self._never_ends(chunks, place, text, matches[place + 1].start()):
                continue
            if place - first >= FEWEST_BEFORE and self._always_ends(before, after):
                if callable(ends):
                    yield Gap(matches[place].end(), matches[place + 1].start(), []), True
                first, names, brackets = place + 1, True, 0
                continue
            block = block or _Block(chunks)
            state = _State(first, names, in_quotation, brackets > 0)
            features = self._features(chunks, place, block, state)
            gap = Gap(matches[place].end(), matches[place + 1].start(), features)
            decision = ends(before, features) if callable(ends) else gap.end in ends
            yield gap, decision
            if decision:
                first, names, brackets = place + 1, True, 0

    def _new_chunk(self, text: str) -> Chunk:
        """Take a new chunk apart, and keep it."""
        if len(self._chunks) >= _CACHED_CHUNKS:
            self._chunks.clear()
        chunk = self._chunks[text] = self._taken_apart(text)
        return chunk

    def _taken_apart(self, text: str) -> Chunk:
        if text.isalpha():
            lower = text.lower()
            case, starts, short = self._case(lower), lower in self.starters, lower in self.punkt_abbreviations
            return Chunk(text, "", text, lower, "", _shape(text), case, False, starts, short, "", False, 0)
        if _EMOTICON.match(text):
            return Chunk(text, "", "", text, ":)", "emoticon", "", False, False, False, "", False, 0)
        inner = text.lstrip(_OPENING)
        body = inner.rstrip(_CLOSING)
        word = body.rstrip(_MARKS)
        opening, marks, closing = text[: len(text) - len(inner)], body[len(word) :], inner[len(body) :]
        end, lower = _ending(marks, closing), word.lower()
        quotes = brackets = 0
        for mark in text if opening or closing or not word.isalpha() else "":
            quotes += mark in '"“”'
            brackets += (mark in "([") - (mark in ")]")
        return Chunk(
            text=text,
            opening='"' if any(mark in _OPENING_QUOTES for mark in opening) else opening[:1],
            word=word,
            lower=lower,
            end=end,
            shape=_shape(word) if word else "mark",
            case=self._case(lower),
            is_terminal=end[:1] in (".", "!", "?"),
            is_starter=lower in self.starters,
            is_abbreviation=lower in self.punkt_abbreviations,
            listed=self.newsroom.kind(word + ".") if marks == "." and not closing else "",
            turns_quotation=quotes % 2 == 1,
            brackets=brackets,
        )

    def _case(self, lower: str) -> str:
        """How the word is written mid-sentence: L in lower case, U with a capital, - neither, 0 never seen."""
        known = self.orthography.get(lower, 0)
        return ("L" if known & ANY_LOWER else "") + ("U" if known & WITHIN_UPPER else "") or ("-" if known else "0")

    def _never_ends(self, chunks: list[Chunk], place: int, text: str, next_start: int) -> bool:
        """Whether a fixed rule forbids an end here, whatever the weights: abbreviations, continued quotations."""
        before, after = chunks[place], chunks[place + 1]
        if before.end == ":" and after.opening == '"':  # he said: "It is safe."
            return True
        if after.shape in ("lower", "letter") and not after.opening:
            # "Is it safe?" she asked; Sen. Ortiz (R-Tex.) left; the Jan. fire; Yahoo! shares
            return (
                before.end[-1:] in ("q", "b") or bool(before.listed) or (before.end, before.shape) == ("!", "Capital")
            )
        if before.end == "q" and before.text.endswith(("s'", "s’")):  # the Workers’ Party
            return True
        if before.end != ".":
            return False
        following = text[next_start : next_start + 40].lstrip("\"'“‘(«[")
        two = place > 0 and f"{chunks[place - 1].word}{'.' * (chunks[place - 1].end == '.')} {before.word}."
        title = before.word.rpartition("-")[2] + "."  # then-Sen. Ortiz
        if title in self.newsroom.before_name or two in self.newsroom.before_name:
            return True
        if before.listed in ("before_number", "ordinary") and _NUMBER.match(following):
            return True
        if before.listed == "ordinary":
            comma = place > 0 and chunks[place - 1].end == ","
            return comma and not (after.case == "L" and after.shape == "Capital")
        if before.listed and before.shape == "dotted" and _PART_OF_NAME.match(following):  # the U.S. Forest Service
            return not after.is_starter
        if before.shape == "dotted" and not before.listed and not before.is_abbreviation:  # J.K. Orr
            return _INITIALS.match(before.word) is not None and not after.is_starter and "L" not in after.case
        # A. B. Lee
        return before.shape == "initial" and _ONE_INITIAL.match(following) is not None

    def _always_ends(self, before: Chunk, after: Chunk) -> bool:
        """*He lives in the U.S. Mr. Hale left*: no name goes on with a courtesy title, as it does with *Sen.*"""
        initials = bool(before.listed) and before.shape == "dotted" and before.word[0].isupper()
        return initials and f"{after.word}." in self.newsroom.courtesy

    def _features(self, chunks: list[Chunk], place: int, block: _Block, state: _State) -> list[str]:
        """The names of the features that hold at the gap after ``chunks[place]``."""
        before, after = chunks[place], chunks[place + 1]
        earlier = chunks[place - 1] if place > state.first else None
        second = chunks[place + 2] if place + 2 < len(chunks) else None
        mark = "stop" if before.is_terminal else "mark" if before.end else "none"
        following = after.opening + after.shape
        length = _count(place + 1 - state.first)
        earlier_shape = earlier.shape + earlier.end if earlier else "^"
        next_two = f"{following}{after.end} {second.shape if second else '$'}"
        next_word = "#" if after.shape == "number" else after.lower[:20]
        beginning = chunks[state.first]
        found = [
            f"end={before.end}",
            f"next={following}",
            f"end={before.end} next={following}",
            f"end={before.end} last={before.shape} next={following}",
            f"{mark} last={before.shape}",
            f"{mark} word={before.lower[:20]}",
            f"{mark} next word={next_word}",
            f"{mark} next starter={after.is_starter}",
            f"{mark} length={length}",
            f"{mark} length={length} next={following}",
            f"end={before.end} within={'q' * state.in_quotation}{'b' * state.in_brackets} next={following}",
            f"{mark} earlier={earlier_shape}",
            f"{mark} earlier={earlier_shape} last={before.shape}",
            f"{mark} next two={next_two}",
            f"{mark} last={before.shape} next two={next_two}",
            f"{mark} next end={after.end}",
            f"end={before.end} block style={block.style} next={following}",
            f"{mark} block capitals={block.capitals} next={following}",
            f"{mark} block={block.stops}",
            f"{mark} block={block.stops} capitals={block.capitals} next={following}",
            f"{mark} begins like the last={after.lower == beginning.lower and after.word[:1].isupper()}",
            f"{mark} only names={state.only_names} length={length}",
            f"{mark} only names={state.only_names} last={before.shape} next={following}",
            f"{mark} case={before.case}{before.shape} next case={after.case}{after.shape}",
        ]
        if after.end:
            found.append(f"{mark} next word={next_word}{after.end}")
        if second is not None:
            second_word = "#" if second.shape == "number" else second.lower[:20]
            found.append(f"{mark} next case={after.case}{after.shape} second word={second_word}")
            found.append(f"{mark} next case={after.case}{after.shape} second case={second.case}{second.shape}")
        if mark != "stop":
            third = chunks[place + 3] if place + 3 < len(chunks) else None
            shapes = [
                chunk.opening + chunk.shape + chunk.end if chunk else "$"
                for chunk in (earlier, before, after, second, third)
            ]
            found.append(f"{mark} next stop in={_count(block.next_stop[place])}")
            found.append(f"{mark} words left={_count(len(chunks) - place - 1)}")
            before_word = "#" if before.shape == "number" else before.lower[:20]
            if earlier is not None:
                found.append(f"{mark} words={earlier.lower[:20]} {before_word}")
            if second is not None:
                found.append(f"{mark} next words={next_word} {second.lower[:20]}")
            found.append(f"{mark} word={before_word} next={following}")
            found.append(f"{mark} last={before.shape} next word={next_word}")
            found.append(f"{mark} next three={' '.join(shapes[2:])}")
            found.append(f"{mark} around={' '.join(shapes[:4])}")
            found.append(f"{mark} beginning={beginning.shape}{beginning.end} length={length}")
            found.append(f"{mark} first word={'#' if beginning.shape == 'number' else beginning.lower[:20]}")
        elif before.end == ".":
            kind = f"punkt={before.is_abbreviation} newsroom={before.listed}"
            found.append(f"{kind} next={following}")
            found.append(f"{kind} next case={after.case}")
            if before.word.isalpha():
                found.append(f"letters={min(6, len(before.word))} next={following}")
            if before.is_abbreviation or before.listed or before.shape in ("initial", "dotted"):
                found.append(f"abbreviation, next starter={after.is_starter} case={after.case}")
                found.append(f"{before.shape} abbreviation, next starter={after.is_starter} case={after.case}")
                found.append(f"abbreviation, length={length}")
                found.append(f"abbreviation, earlier={earlier.shape if earlier else '^'} next={following}")
        return found


class _State(NamedTuple):
    """The sentence so far: its first chunk, whether it holds only names and figures, and which pairs are open."""

    first: int
    only_names: bool
    in_quotation: bool
    in_brackets: bool


class _Block:
    """What all gaps of a block share: the distance to the next stop, and the style of the text."""

    def __init__(self, chunks: list[Chunk]) -> None:
        self.next_stop = [0] * len(chunks)
        distance = 99
        for place in range(len(chunks) - 1, -1, -1):
            self.next_stop[place] = distance
            distance = 1 if chunks[place].is_terminal else min(99, distance + 1)
        firsts = [first for chunk in chunks if (first := chunk.word[:1]).isalpha()]
        share = sum(map(str.isupper, firsts)) / max(1, len(firsts))
        self.capitals = "many" if share > 0.6 else "some" if share > 0.3 else "few"
        stops = sum(chunk.is_terminal for chunk in chunks)
        self.stops = f"{'closed' if chunks[-1].is_terminal else 'open'} {min(2, stops)} {_count(len(chunks))}"
        small = large = 0
        for before, after in pairwise(chunks):
            if before.is_terminal and before.shape == "lower":
                small += after.word[:1].islower()
                large += after.word[:1].isupper()
        self.style = "small" if small > large else "mixed" if small else "large" if large else "none"
