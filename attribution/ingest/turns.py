"""Turns of speech: interviews, transcripts and lists of voices, told from other text by how their blocks follow.

A label proves nothing by itself (*Cost: six euros*, *Thunder: Host the Lakers*). Labels are taken for speakers where
questions and answers take turns, where names recur and what follows them is speech, or where the items of a list give
names with roles and statements. Of a question set in bold type only the company tells whether it is asked of somebody
(*you*, answered with *I*) or put by the paper itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from attribution.ingest.labels import Label, Role, is_name_like, is_personal_name, label_alone, label_at
from attribution.ingest.reading import Mark, MarkKind, trimmed
from attribution.ingest.shapes import ends_sentence, is_byline, is_caption, is_date, is_end_mark
from attribution.records import Block, BlockKind, Span

SPEECH_SHARE = 0.5
"""Share of the labelled blocks that must address somebody, ask or speak of the speaker for them to be speech."""

ASKING_SHARE = 0.6
"""Share of a speaker's turns that must end in a question for the speaker to be the one who asks."""

FEWEST_QUESTIONS = 2
"""Questions in bold type that make an interview."""

FEWEST_PLAIN_QUESTIONS = 3
"""Questions on lines of their own that make an interview where no markup sets them apart."""

MOST_REPORTED = 1 / 6
"""Share of the paragraphs of an interview from which on somebody's words are reported in too many."""

TRANSCRIPT_SHARE = 0.4
"""Share of the paragraphs from the first label to the last that have one for the draft to be a transcript throughout;
else it is an article that gives parts of an exchange."""

SHORTEST_STATEMENT = 4
"""Words of a statement behind a name in a list."""

_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|‘[^’]*’")
_SELF = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")
_OURSELVES = re.compile(r"\b(?:[Ww]e|[Uu]s|[Oo]ur|[Oo]urs)\b")
_ADDRESSED = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_THIRD = re.compile(r"\b(?:he|she|his|her)\b", re.IGNORECASE)
_QUESTION = re.compile(r"\?[\"'”’)\]]*$")
_REPORTED = re.compile(
    r"\b(?:he|she|they|[A-Z]\w+) (?:said|says|told|asked|added)\b|\b(?:said|says) (?:he|she|they|[A-Z]\w+)"
)
_STAGE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CLOSING_NOTE = re.compile(
    r"(?:this|the) (?:interview|conversation|transcript|discussion|exchange|q&a)\b.{0,40}\b(?:was|were|has|have|is)\b|"
    r"follow\b.{0,60}@|.{0,80}\b(?:share|comments?) below\b|"
    r"(?:interview|questions|transcript)(?: and \w+)? by\b|as told to\b|thanks?(?: you)?,? [A-Z][\w ]{0,30}[!.]$",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(
    r"\b(?:interview\w*|q ?& ?a|(?:talk|spoke|speak|chat|sat down|sit)(?:s|ed|ing)?\b.{0,30}\b(?:to|with)|"
    r"in conversation|ask(?:s|ed)? (?:him|her|them|[A-Z]\w+)|told us|tells us|to say)\b",
    re.IGNORECASE,
)
_OPENERS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BLOCK_QUOTE)


class _Line(NamedTuple):
    """A block, or a piece of one behind a line break, with the label it may open with and whether it is a question.

    ``alone`` says that the label is all of the line. ``asked`` is a question set apart by type. ``whole`` counts the
    block that the line is a piece of.
    """

    block: Block
    whole: int
    label: Label | None = None
    alone: bool = False
    asked: bool = False
    cut: bool = False


def lay_out_turns(text: str, blocks: Sequence[Block], marks: Sequence[Mark]) -> tuple[Block, ...]:
    """Give the blocks with labels, questions and turns told apart, each turn with who speaks it."""
    lines = list(_lines(text, blocks, marks))
    accepted = _accepted_labels(text, lines)
    if accepted:
        return tuple(_with_turns(text, lines, accepted, marks))
    asked = _asked_by_type(text, lines)
    if asked:
        return tuple(_with_answers(text, lines, asked | _prompts(text, lines, asked, marks), marks))
    listed = _listed(text, lines)
    if listed:
        return tuple(_with_statements(text, lines, listed))
    return tuple(blocks)


def opens_turn(text: str, line: Span) -> bool:
    """Whether a line of plain text may open a turn, so that it is not joined to the line before."""
    label = label_at(text, line.start, line.end)
    return label is not None and not _is_other(text[line.start : line.end]) and is_name_like(text, label)


# --- Lines and their labels -------------------------------------------------------------------------------------------


def _lines(text: str, blocks: Sequence[Block], marks: Sequence[Mark]) -> Iterator[_Line]:
    """Yield the blocks, parted where a label or a question in bold type shows that a new turn begins within."""
    breaks = [mark.span.start for mark in marks if mark.kind is MarkKind.BREAK]
    emphasis = [mark.span for mark in marks if mark.kind is MarkKind.EMPHASIS]
    terms = [mark.span for mark in marks if mark.kind is MarkKind.TERM]
    for number, block in enumerate(blocks):
        start = block.span.start
        cut = False
        within = [place for place in breaks if start < place < block.span.end]
        for place in (*within, block.span.end):
            piece = trimmed(text, Span(start, place))
            bold = _bold_start(text, piece, emphasis)
            if bold is not None and _QUESTION.search(text[bold.start : bold.end]) and bold.end < piece.end:
                yield _line(text, block, number, bold, emphasis, terms, cut=cut)
                piece, cut = trimmed(text, Span(bold.end, piece.end)), True
            if place < block.span.end and not _parts_turns(text, piece, place, block.span.end, emphasis):
                continue
            yield _line(text, block, number, piece, emphasis, terms, cut=cut)
            start, cut = place, True


def _parts_turns(text: str, piece: Span, place: int, end: int, emphasis: Sequence[Span]) -> bool:
    """Whether a line break parts two turns: a label follows, or a question or name in bold type goes before."""
    if label_at(text, place, end) is not None:
        return True
    bold = _bold_start(text, Span(place, end), emphasis)
    if bold is not None and _QUESTION.search(text[bold.start : bold.end]):
        return True
    return _is_within(piece, emphasis) or _ends_label(text, piece)


def _ends_label(text: str, piece: Span) -> bool:
    label = label_at(text, piece.start, piece.end)
    return label is not None and label.end == piece.end


def _bold_start(text: str, piece: Span, emphasis: Sequence[Span]) -> Span | None:
    """The words in bold or italic type that a piece opens with."""
    found = [span for span in emphasis if span.start == piece.start and span.end <= piece.end]
    return trimmed(text, max(found)) if found else None


def _is_within(piece: Span, spans: Sequence[Span]) -> bool:
    return any(span.covers(piece) for span in spans)


def _line(
    text: str,
    block: Block,
    whole: int,
    piece: Span,
    emphasis: Sequence[Span],
    terms: Sequence[Span],
    *,
    cut: bool,
) -> _Line:
    words = text[piece.start : piece.end]
    block = msgspec.structs.replace(block, span=piece)
    if block.speaker is not None or _is_other(words):
        return _Line(block, whole, cut=cut)
    is_term = _is_within(piece, terms)
    apart = is_term or block.kind is BlockKind.HEADLINE or _is_within(piece, emphasis)
    label = label_at(text, piece.start, piece.end) if block.kind in _OPENERS else None
    alone = label is not None and label.end == piece.end
    if label is None and block.kind in (*_OPENERS, BlockKind.HEADLINE):
        bold = _bold_start(text, piece, emphasis)
        label = label_alone(text, piece.start, piece.end)
        alone = label is not None
        if label is None and bold is not None and bold.end < piece.end:
            label = label_alone(text, bold.start, bold.end)
    if label is not None and not is_name_like(text, label):
        label, alone = None, False
    asked = apart and label is None and _QUESTION.search(words) is not None
    return _Line(block, whole, label, alone, asked, cut)


def _is_other(words: str) -> bool:
    """Whether a line is a caption, byline, date or ornament, whose labels name nobody who speaks."""
    return is_caption(words) or is_byline(words) or is_date(words) or is_end_mark(words)


# --- Which labels are speakers ----------------------------------------------------------------------------------------


class _Part(NamedTuple):
    """A labelled turn: the label, and the words behind it; ``marked`` is a label with a colon or of a letter."""

    number: int
    label: Label
    words: str
    marked: bool


def _parts(text: str, lines: Sequence[_Line]) -> list[_Part]:
    labelled = [number for number, line in enumerate(lines) if line.label is not None]
    found = []
    for number, following in pairwise([*labelled, len(lines)]):
        label = lines[number].label
        if label is None:
            continue
        words = text[label.end : lines[number].block.span.end].strip()
        if not words and number + 1 < following and lines[number + 1].block.kind is not BlockKind.HEADLINE:
            words = _words(text, lines[number + 1])
        found.append(_Part(number, label, words, text[label.end - 1] == ":" or label.letter))
    return found


def _accepted_labels(text: str, lines: Sequence[_Line]) -> dict[int, Role]:
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
    return {part.number: roles[part.label.key] for part in parts if part in accepted or part.label.key in keys}


def _questions_and_answers(text: str, parts: Sequence[_Part]) -> list[_Part]:
    """The turns that *Q* and *A* or their like open, where a question is followed by another's words at least once."""
    if not any(
        first.label.role == "asks"
        and second.label.role != "asks"
        and (first.label.letter or _QUESTION.search(first.words))
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
    themselves = [part for part in speech if _SELF.search(_unquoted(part.words))]
    if strict and (len(named) < 4 or len(themselves) < SPEECH_SHARE * len(speech)):
        return set()
    first, last = speech[0].number, speech[-1].number
    return again | {part.label.key for part in named if first - 2 <= part.number <= last + 2}


def _is_speech(part: _Part) -> bool:
    words = _unquoted(part.words)
    return bool(
        _SELF.search(words) or _OURSELVES.search(words) or _ADDRESSED.search(words) or _QUESTION.search(part.words)
    )


def _asked_once(text: str, parts: Sequence[_Part]) -> set[str]:
    """The keys of two names, one asking and one answering right behind, of whom the draft elsewhere tells."""
    found: set[str] = set()
    for first, second in pairwise(parts):
        if not (first.marked and second.marked):
            continue
        if first.label.role is None and second.label.role is None and first.label.key != second.label.key:
            asks = _QUESTION.search(first.words) and not _QUESTION.search(second.words)
            told = any(_is_told_of(text, part.label) for part in (first, second))
            if asks and told and second.number - first.number <= 2 and len(second.words.split()) >= SHORTEST_STATEMENT:
                found |= {first.label.key, second.label.key}
    return found


def _is_told_of(text: str, label: Label) -> bool:
    """Whether the draft names who the label is, outside of labels."""
    name = text[label.speaker.start : label.speaker.end]
    last = name.split()[-1]
    shown = last.capitalize() if last.isupper() and len(last) > 3 else last
    return re.search(rf"\w+\s+{re.escape(shown)}\b(?!\s*(?::|\())", text) is not None


def _roles(parts: Sequence[_Part]) -> dict[str, Role]:
    """What each speaker does: whoever mostly asks questions, while others do not, asks."""
    turns: dict[str, list[bool]] = {}
    told: dict[str, Role] = {}
    for part in parts:
        turns.setdefault(part.label.key, []).append(_QUESTION.search(part.words) is not None)
        if part.label.role in ("asks", "answers"):
            told[part.label.key] = part.label.role
    shares = {key: sum(asked) / len(asked) for key, asked in turns.items()}
    others_answer = any(share < ASKING_SHARE for share in shares.values())
    return {
        key: told.get(key) or ("asks" if share >= ASKING_SHARE and others_answer else "speaks")
        for key, share in shares.items()
    }


def _with_turns(text: str, lines: Sequence[_Line], accepted: dict[int, Role], marks: Sequence[Mark]) -> Iterator[Block]:
    """Yield the blocks, each accepted label one of its own, and what follows up to the next a turn of its speaker."""
    names = _names(text, [lines[number] for number in accepted]) | _introduced(text, lines[: min(accepted)])
    turns = _turns(text, lines, sorted(accepted), names, marks)

    def parted(number: int, line: _Line) -> Iterator[Block] | None:
        start = turns.get(number)
        label = None if start is None else lines[start].label
        if start is None or label is None or (number != start and _STAGE.fullmatch(_words(text, line))):
            return None
        labelled = label if number == start else None
        return _behind_label(text, line, labelled, lambda span: _turn(line.block, span, label.speaker, accepted[start]))

    yield from _laid_out(lines, parted)


def _behind_label(text: str, line: _Line, label: Label | None, statement: Callable[[Span], Block]) -> Iterator[Block]:
    """Yield the label that a line opens with, if any, as a block of its own, and what follows it as a statement."""
    span = line.block.span
    if label is not None:
        yield Block(BlockKind.SPEAKER, Span(span.start, label.end), section=line.block.section)
        span = trimmed(text, Span(label.end, span.end))
    if len(span):
        yield statement(span)


def _laid_out(lines: Sequence[_Line], parted: Callable[[int, _Line], Iterator[Block] | None]) -> Iterator[Block]:
    """Yield the blocks that ``parted`` makes of lines; pieces of a block for which it gives None are joined again."""
    waiting: list[_Line] = []
    for number, line in enumerate(lines):
        blocks = parted(number, line)
        if blocks is not None or not line.cut:
            yield from _joined(waiting)
            waiting = []
        if blocks is None:
            waiting.append(line)
        else:
            yield from blocks
    yield from _joined(waiting)


def _turns(
    text: str,
    lines: Sequence[_Line],
    starts: Sequence[int],
    names: frozenset[str],
    marks: Sequence[Mark],
    *,
    by_type: bool = False,
) -> dict[int, int]:
    """The line at which the turn of each line began, for those that are part of one.

    In a transcript a turn reaches to the next. In an article that gives parts of an exchange, a paragraph without a
    label is still the speaker's only in the first or second person. So it is behind the last label, unless no more
    follows there than stands between two labels. Answers between questions that are told ``by_type`` may be long, but
    do not call whoever gives them by name.
    """
    dense = len(starts) >= TRANSCRIPT_SHARE * sum(
        line.block.kind in _OPENERS for line in lines[starts[0] : starts[-1] + 1]
    )
    rules = [mark.span.start for mark in marks if mark.kind is MarkKind.RULE]
    emphasis = [mark.span for mark in marks if mark.kind is MarkKind.EMPHASIS]
    found: dict[int, int] = {}
    longest = 1
    for start, following in pairwise([*starts, len(lines)]):
        found[start] = start
        run = []
        free = start + int(lines[start].alone or lines[start].asked)
        for number in range(start + 1, following):
            behind = start == starts[-1] and number > free
            before = lines[number - 1].block.span.end
            if _ends_turn(text, lines[number], rules, before) or (
                behind and _is_outro(text, lines[number], names, emphasis)
            ):
                break
            run.append(number)
        whole = dense or (by_type and not any(_is_outro(text, lines[number], names, ()) for number in run))
        trusted = whole and (start != starts[-1] or len([number for number in run if number > free]) <= longest)
        for number in run:
            if not (trusted or number <= free or lines[number].cut or _goes_on(_words(text, lines[number]))):
                break
            found[number] = start
        longest = max(longest, len(run))
    return found


def _goes_on(words: str) -> bool:
    """Whether a paragraph without a label is in the first or second person: the speaker's still, not the paper's."""
    unquoted = _unquoted(words)
    return any(pattern.search(unquoted) is not None for pattern in (_SELF, _OURSELVES, _ADDRESSED))


def _turn(block: Block, span: Span, speaker: Span | None, role: Role) -> Block:
    kind = BlockKind.QUESTION if role == "asks" else BlockKind.TURN
    return Block(kind, span, None if role == "asks" else speaker, block.section)


def _joined(lines: Sequence[_Line]) -> Iterator[Block]:
    """Yield the block that the pieces of one block make when nothing parts them."""
    for number, line in enumerate(lines):
        if number and lines[number - 1].whole == line.whole:
            continue
        end = max(other.block.span.end for other in lines[number:] if other.whole == line.whole)
        yield msgspec.structs.replace(line.block, span=Span(line.block.span.start, end))


def _ends_turn(text: str, line: _Line, rules: Sequence[int], before: int) -> bool:
    """Whether a block is no part of the turn before it: a heading, a caption or byline, or what follows a rule."""
    if line.block.kind not in _OPENERS or line.block.speaker is not None:
        return True
    words = _words(text, line)
    return (
        _is_other(words)
        or any(before <= place <= line.block.span.start for place in rules)
        or _CLOSING_NOTE.match(words.lstrip("*_([ ")) is not None
    )


def _is_outro(text: str, line: _Line, names: frozenset[str], emphasis: Sequence[Span]) -> bool:
    """Whether a block behind the last turn is the paper's own again: set in italics, or telling of the speakers."""
    if _is_within(line.block.span, emphasis):
        return True
    words = set(re.findall(r"\w+", _unquoted(_words(text, line))))
    return bool(words & names)


def _introduced(text: str, lines: Sequence[_Line]) -> frozenset[str]:
    """The last words of the full names in the paragraphs before an exchange."""
    words = " ".join(_words(text, line) for line in lines if not is_byline(_words(text, line)))
    names = re.findall(r"\b[A-Z][\w’'-]+ (?:[A-Z][\w’'-]+ ?){1,2}", words)
    return frozenset(re.sub(r"[’']s$", "", name.split()[-1]) for name in names if is_personal_name(name))


def _names(text: str, lines: Sequence[_Line]) -> frozenset[str]:
    """The last words of the speakers' names as running text has them."""
    found = set()
    for line in lines:
        if line.label is not None and line.label.role is None:
            last = text[line.label.speaker.start : line.label.speaker.end].split()[-1]
            found.add(last.capitalize() if last.isupper() and len(last) > 3 else last)
    return frozenset(found)


# --- Questions set apart by their type --------------------------------------------------------------------------------


def _asked_by_type(text: str, lines: Sequence[_Line]) -> frozenset[int]:
    """The lines that are an interviewer's questions without a label; empty when the paper itself asks and answers."""
    found = [number for number, line in enumerate(lines) if line.asked]
    if len(found) >= FEWEST_QUESTIONS and _are_answered(text, lines, found, strict=False):
        return frozenset(found)
    plain = [
        number
        for number, line in enumerate(lines)
        if line.block.kind is BlockKind.PARAGRAPH and _is_plain_question(_words(text, line))
    ]
    followed = [number for number in plain if number + 1 < len(lines) and number + 1 not in plain]
    if len(followed) < FEWEST_PLAIN_QUESTIONS or len(followed) * 6 < len(lines) - followed[0]:
        return frozenset()
    between = [_unquoted(_words(text, line)) for line in lines[followed[0] :]]
    told = sum(_REPORTED.search(words) is not None for words in between)
    if told >= MOST_REPORTED * len(between) > 0 or not _are_answered(text, lines, followed, strict=True):
        return frozenset()
    return frozenset(followed)


def _prompts(text: str, lines: Sequence[_Line], asked: frozenset[int], marks: Sequence[Mark]) -> frozenset[int]:
    """What the interviewer states between two questions or behind them, set in the questions' own type.

    *It did not end well.* and *Your mother once said you were the quiet one…* are sentences; a crosshead is none.
    """
    emphasis = [mark.span for mark in marks if mark.kind is MarkKind.EMPHASIS]
    first = min(asked)
    headed = lines[first].block.kind is BlockKind.HEADLINE
    if not headed and not _is_within(lines[first].block.span, emphasis):
        return frozenset()
    found = set()
    for number in range(first + 1, len(lines) - 1):
        line, following = lines[number], lines[number + 1]
        apart = _is_within(line.block.span, emphasis)
        is_like = line.block.kind is BlockKind.HEADLINE if headed else apart and line.block.kind in _OPENERS
        answered = following.block.kind in _OPENERS and not _is_within(following.block.span, emphasis)
        words = _words(text, line)
        if is_like and answered and line.label is None and ends_sentence(words) and not words.endswith((":", ";")):
            found.add(number)
    return frozenset(found)


def _is_plain_question(words: str) -> bool:
    return _QUESTION.search(words) is not None and words[0].isupper() and len(re.findall(r"[.!?](?:\s|$)", words)) <= 3


def _are_answered(text: str, lines: Sequence[_Line], asked: Sequence[int], *, strict: bool) -> bool:
    """Whether somebody answers: *I* in the answers, *you* in the questions, or an introduction to an interview."""
    questions = [_words(text, lines[number]) for number in asked]
    answers = []
    for number, following in pairwise([*asked, len(lines)]):
        between = lines[number + 1 : following]
        headed = next((at for at, line in enumerate(between) if line.block.kind is BlockKind.HEADLINE), len(between))
        answers.append(_unquoted(" ".join(_words(text, line) for line in between[: min(headed, 6)])))
    if not all(answers[:-1]):
        return False
    addressed = sum(_ADDRESSED.search(words) is not None for words in questions) / len(questions)
    themselves = sum(_SELF.search(words) is not None for words in answers) / len(answers)
    ours = sum((_SELF.search(words) or _OURSELVES.search(words)) is not None for words in answers) / len(answers)
    heading = lines[asked[0]].block.kind is BlockKind.HEADLINE
    if strict or heading:
        return addressed >= 1 / 3 and themselves >= 1 / 2
    introduced = any(_INTERVIEW.search(_words(text, line)) for line in lines[: asked[0]])
    if introduced and (themselves >= 1 / 3 or (themselves and addressed)):
        return True
    return (addressed >= 1 / 4 and themselves >= 1 / 3) or (introduced and addressed >= 1 / 3 and ours >= 1 / 2)


def _with_answers(text: str, lines: Sequence[_Line], asked: frozenset[int], marks: Sequence[Mark]) -> Iterator[Block]:
    """Yield the blocks with questions and answers told apart; nobody's name stands with the answers."""
    starts = sorted(asked)
    lines = [line._replace(asked=number in asked) for number, line in enumerate(lines)]
    turns = _turns(text, lines, starts, _introduced(text, lines[: starts[0]]), marks, by_type=True)

    def parted(number: int, line: _Line) -> Iterator[Block] | None:
        if number not in turns:
            return None
        return iter([_turn(line.block, line.block.span, None, "asks" if number in asked else "answers")])

    yield from _laid_out(lines, parted)


# --- Lists of voices --------------------------------------------------------------------------------------------------


def _listed(text: str, lines: Sequence[_Line]) -> frozenset[int]:
    """The lines of lists that give a name with a role, or a name alone, and what he or she says."""
    found: list[int] = []
    run: list[int] = []
    for number, line in enumerate(lines):
        if line.block.kind is BlockKind.LIST_ITEM and not line.cut:
            run.append(number)
        else:
            found += _voices(text, lines, run)
            run = []
    return frozenset([*found, *_voices(text, lines, run)])


def _voices(text: str, lines: Sequence[_Line], run: Sequence[int]) -> list[int]:
    """Those items of one list that are statements behind a name."""
    named = []
    personal = told = 0
    for number in run:
        line = lines[number]
        if line.label is None or line.alone or text[line.label.end - 1] not in ":–—-":
            continue
        words = text[line.label.end : line.block.span.end].strip()
        unquoted = _unquoted(words)
        own = bool(_SELF.search(unquoted) or _OURSELVES.search(unquoted)) or words[:1] in ("“", '"')
        personal += own
        told += _THIRD.search(unquoted) is not None
        name = text[line.label.speaker.start : line.label.speaker.end]
        if is_personal_name(name) and _is_statement(words, own=own) and not _THIRD.match(unquoted):
            named.append((number, own or line.label.described))
    return [number for number, speaks in named if speaks and (not told or personal * 2 >= len(named))]


def _is_statement(words: str, *, own: bool) -> bool:
    """Whether what stands behind a name is a sentence; in the speaker's ``own`` words it may be short."""
    return (
        len(words.split()) >= (2 if own else SHORTEST_STATEMENT)
        and ends_sentence(words)
        and any(word.islower() for word in words.split())
    )


def _with_statements(text: str, lines: Sequence[_Line], listed: frozenset[int]) -> Iterator[Block]:
    """Yield the blocks, each listed item as a label and the statement of whoever it names."""

    def parted(number: int, line: _Line) -> Iterator[Block] | None:
        label = line.label
        if number not in listed or label is None:
            return None
        return _behind_label(
            text, line, label, lambda span: Block(BlockKind.LIST_ITEM, span, label.speaker, line.block.section)
        )

    yield from _laid_out(lines, parted)


def _words(text: str, line: _Line) -> str:
    return text[line.block.span.start : line.block.span.end]


def _unquoted(words: str) -> str:
    return _QUOTED.sub(" ", words)
