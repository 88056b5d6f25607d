"""Which labels of a draft are speakers, and what each speaker does.

A label proves nothing by itself (*Cost: six euros*, *Thunder: Host the Lakers*). Labels are taken for speakers where
questions and answers take turns, or where names recur and what follows them is speech.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from attribution.ingest.labels import Label, Role, is_personal_name
from attribution.ingest.text_words import index_of_words
from attribution.ingest.turn_lines import ADDRESSED, OURSELVES, QUESTION, SELF, Line, without_quotations, words_of
from attribution.records import BlockKind

SPEECH_SHARE = 0.5
"""Share of the labelled blocks that must address somebody, ask or speak of the speaker for them to be speech."""

ASKING_SHARE = 0.6
"""Share of a speaker's turns that must end in a question for the speaker to be the one who asks."""

SHORTEST_ANSWER = 4
"""Words of an answer behind a name that is told to speak only once."""


class _Part(NamedTuple):
    """A labelled turn: the label, and the words behind it; ``marked`` is a label with a colon or of a letter."""

    number: int
    label: Label
    words: str
    marked: bool


def _parts(text: str, lines: Sequence[Line]) -> list[_Part]:
    labelled = [number for number, line in enumerate(lines) if line.label is not None]
    found = []
    for number, following in pairwise([*labelled, len(lines)]):
        label = lines[number].label
        if label is None:
            continue
        words = text[label.end : lines[number].block.span.end].strip()
        if not words and number + 1 < following and lines[number + 1].block.kind is not BlockKind.HEADLINE:
            words = words_of(text, lines[number + 1])
        found.append(_Part(number, label, words, text[label.end - 1] == ":" or label.letter))
    return found


def accepted_labels(text: str, lines: Sequence[Line]) -> dict[int, Role]:
    """The lines whose labels are speakers, and each speaker's role; empty for a draft that is no exchange."""
    parts = [part for part in _parts(text, lines) if part.words]
    accepted = _questions_and_answers(text, parts)
    keys = _recurring(text, parts) | _asked_once(text, parts)
    if not accepted and not keys:
        return {}
    if accepted:
        # Within an exchange whoever else has a label speaks, too: MR. HALE: Objection.
        first, last = accepted[0].number, accepted[-1].number
        keys |= {
            part.label.key
            for part in parts
            if part.label.role is None and first < part.number <= last + 1 and _is_somebody(text, part)
        }
    roles = _roles(parts)
    numbers = {part.number for part in accepted}
    return {part.number: roles[part.label.key] for part in parts if part.number in numbers or part.label.key in keys}


def _questions_and_answers(text: str, parts: Sequence[_Part]) -> list[_Part]:
    """The turns that *Q* and *A* or their like open, where a question is followed by another's words at least once."""
    if not any(
        first.label.role == "asks"
        and second.label.role != "asks"
        and (first.label.letter or QUESTION.search(first.words))
        and (second.label.letter or not _is_glued(text, first.label))
        for first, second in pairwise(parts)
    ):
        return []
    return [part for part in parts if part.label.role is not None]


def _is_glued(text: str, label: Label) -> bool:
    """Whether a *Q* lost what stood between it and its question."""
    return label.letter and text[label.end - 1].isalpha()


def _recurring(text: str, parts: Sequence[_Part]) -> set[str]:
    """The keys of names that recur as the labels of speech, with those beside them that speak only once."""
    marked = [part for part in parts if part.marked and not part.label.letter]
    return _recurring_keys(marked, strict=False) or _recurring_keys(
        [part for part in parts if not part.label.letter and _is_somebody(text, part)], strict=True
    )


def _is_somebody(text: str, part: _Part) -> bool:
    """Whether a label, with a colon or without, is sure to be a person."""
    if part.marked or part.label.role is not None:
        return True
    name = text[part.label.speaker.start : part.label.speaker.end]
    return is_personal_name(name) or (len(name.split()) == 1 and _is_told_of(text, part.label))


def _recurring_keys(named: Sequence[_Part], *, strict: bool) -> set[str]:
    counts = Counter(part.label.key for part in named)
    again = {key for key, count in counts.items() if count > 1}
    if not again or len(counts) < 2 or (len(again) < 2 and (strict or len(named) < 4)):
        return set()
    speech = [part for part in named if part.label.key in again]
    # The labels of a hearing leave no doubt of what they are: THE COURT, Mrs Hale.
    called = sum(part.label.role is not None or part.label.titled for part in speech)
    share = SPEECH_SHARE / 2 if 2 * called > len(speech) else SPEECH_SHARE
    if sum(map(_is_speech, speech)) < share * len(speech):
        return set()
    themselves = [part for part in speech if SELF.search(without_quotations(part.words))]
    if strict and (len(named) < 4 or len(themselves) < SPEECH_SHARE * len(speech)):
        return set()
    first, last = speech[0].number, speech[-1].number
    return again | {part.label.key for part in named if first - 2 <= part.number <= last + 2}


def _is_speech(part: _Part) -> bool:
    words = without_quotations(part.words)
    return bool(SELF.search(words) or OURSELVES.search(words) or ADDRESSED.search(words) or QUESTION.search(part.words))


def _asked_once(text: str, parts: Sequence[_Part]) -> set[str]:
    """The keys of two names, one asking and one answering right behind, of whom the draft elsewhere tells."""
    found: set[str] = set()
    for first, second in pairwise(parts):
        if not (first.marked and second.marked):
            continue
        if first.label.role is None and second.label.role is None and first.label.key != second.label.key:
            asks = QUESTION.search(first.words) and not QUESTION.search(second.words)
            told = any(_is_told_of(text, part.label) for part in (first, second))
            if asks and told and second.number - first.number <= 2 and len(second.words.split()) >= SHORTEST_ANSWER:
                found |= {first.label.key, second.label.key}
    return found


def _is_told_of(text: str, label: Label) -> bool:
    """Whether the draft names who the label is, outside of labels."""
    name = text[label.speaker.start : label.speaker.end]
    last = name.split()[-1]
    shown = last.capitalize() if last.isupper() and len(last) > 3 else last
    return index_of_words(text).is_within_sentence(shown, "", ":(")


def _roles(parts: Sequence[_Part]) -> dict[str, Role]:
    """What each speaker does: whoever mostly asks questions, while others do not, asks."""
    turns: dict[str, list[bool]] = {}
    told: dict[str, Role] = {}
    for part in parts:
        turns.setdefault(part.label.key, []).append(QUESTION.search(part.words) is not None)
        if part.label.role in ("asks", "answers"):
            told[part.label.key] = part.label.role
    shares = {key: sum(asked) / len(asked) for key, asked in turns.items()}
    others_answer = any(share < ASKING_SHARE for share in shares.values())
    return {
        key: told.get(key) or ("asks" if share >= ASKING_SHARE and others_answer else "speaks")
        for key, share in shares.items()
    }
