"""The words and sentences that scores count, split from the text alone, so that all systems are measured alike.

A word is a run of letters and digits; punctuation and quotation marks never count. No system's own tokens are used. A
word belongs to a span if they share a character.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from attribution.records import Manner, Span

DIRECT_SHARE = 0.8
"""Content with at least this share of its words in quotation marks is direct."""

FUNCTION_WORDS = frozenset("a an and as at by for from in of on or s that the these this those to with 's".split())
"""Articles, prepositions and conjunctions: sharing only these does not make a source partly right."""

_WORD = re.compile(r"[^\W_]+")
_LINE = re.compile(r"[^\r\n]+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9$])")
_WORD_AT_END = re.compile(r"([\w.]*\w)[.!?…]+[\"”’')\]]*\s+$")
_INITIALS = re.compile(r"[A-Z](?:\.[A-Z])*")
_DOUBLE_MARK = re.compile(r"[\"“”„‟〝〞]|``|''")
_ONLY_OPENING = frozenset(("“", "``", "„", "〝"))
_ONLY_CLOSING = frozenset(("”", "''", "〞"))
_BEFORE_OPENING = " \t\xa0([—-"
_AFTER_OPENING = "[$'‘.…"
_ABBREVIATIONS = frozenset(
    """
    a.m adm ala apr ariz ark aug calif capt cmdr co col colo conn corp d.c dec del det dr e.g etc feb fla ga gen gov
    govs hon i.e ill inc ind jan jr jul jun kan ky la lt ltd maj mar mass md mich minn miss mo mont mr mrs ms neb nev
    no nov oct okla ore p.m pa ph.d pres prof rep reps rev sen sens sep sept sgt sr st supt tenn tex u.k u.n u.s va vs
    vt wash wis wyo
    """.split()
)


class ScoredText:
    """A text split into words (numbered from 0) and sentences (sets of word numbers)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = [Span(*match.span()) for match in _WORD.finditer(text)]
        self._starts = [word.start for word in self.words]
        self._ends = [word.end for word in self.words]
        self.sentences = [words for span in _sentences(text) if (words := self.words_in([span]))]
        self.quoted = self.words_in(quoted_spans(text))
        self.function_words = frozenset(
            number for number, word in enumerate(self.words) if text[word.start : word.end].lower() in FUNCTION_WORDS
        )

    def words_in(self, spans: Iterable[Span]) -> frozenset[int]:
        """The numbers of the words that share a character with the spans."""
        found: set[int] = set()
        for span in spans:
            if span.start < span.end:
                found.update(range(bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)))
        return frozenset(found)

    def manner(self, content: frozenset[int]) -> Manner | None:
        """Whether the words of a content are quoted: most (direct), some (mixed) or none; None if there are no words.

        Decided from double quotation marks alone, because the corpora compared with have no others.
        """
        if not content:
            return None
        share = len(content & self.quoted) / len(content)
        if share >= DIRECT_SHARE:
            return Manner.DIRECT
        return Manner.MIXED if share else Manner.INDIRECT


def quoted_spans(text: str) -> list[Span]:
    """The text between double quotation marks, line by line, marks included.

    An unclosed quotation runs to the end of its line, as when each paragraph of a long quotation opens with a mark.
    """
    spans: list[Span] = []
    for line in _LINE.finditer(text):
        opened: int | None = None
        for match in _DOUBLE_MARK.finditer(text, *line.span()):
            mark = match.group()
            if opened is None:
                if mark not in _ONLY_CLOSING or _opens(text, line.start(), *match.span()):
                    opened = match.start()
            elif mark not in _ONLY_OPENING:
                spans.append(Span(opened, match.end()))
                opened = None
        if opened is not None:
            spans.append(Span(opened, line.end()))
    return spans


def _opens(text: str, line_start: int, start: int, end: int) -> bool:
    """Whether a closing mark is where only an opening one makes sense (sloppy texts)."""
    after = text[end : end + 1]
    return (
        (start == line_start or text[start - 1] in _BEFORE_OPENING)
        and bool(after)
        and (after.isalnum() or after in _AFTER_OPENING)
    )


def _sentences(text: str) -> Iterator[Span]:
    """Lines, cut after a full stop, question or exclamation mark before a capital, not after an abbreviation."""
    for line in _LINE.finditer(text):
        start = line.start()
        for match in _SENTENCE_END.finditer(text, *line.span()):
            if _abbreviates(text, start, match):
                continue
            yield Span(start, match.end())
            start = match.end()
        if text[start : line.end()].strip():
            yield Span(start, line.end())


def _abbreviates(text: str, start: int, match: re.Match[str]) -> bool:
    end = match.group()
    last = _WORD_AT_END.search(text, start, match.end())
    if last is None or end[0] != "." or not end[1:2].isspace():
        return False
    return last[1].lower() in _ABBREVIATIONS or _INITIALS.fullmatch(last[1]) is not None
