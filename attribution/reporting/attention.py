"""What to look at in a draft: findings of lint and places that need a source as one list, the gravest first.

``points_of(analysis, findings)`` gives the list, a tuple of ``Point``. It is a pure function; every report shows this
list and none makes its own.

A point is one stretch of the draft, with one or more reasons, each with how to mend it::

    Point(
        kind=PointKind.WEAK_SOURCE,        # what an editor is asked to do there
        gravity=2,                         # 0 to 3
        span=Span(812, 912),               # the words to show: those of a claim, or of a finding
        sentence="s14",                    # the sentence they stand in; None where it is the whole article's
        claims=("c18",),                   # the claims that are in question
        reasons=(
            Reason(Span(840, 856), "“has been accused” does not say by whom", "Say who makes the accusation; …",
                   rule="ATT201", severity="warning"),
            Reason(Span(830, 839), "“Mizintsev” is accused, and …", "Ask for a response, …", rule="DOC604", …),
        ),
        flagged=(Span(830, 839), Span(840, 856)),
    )

A reason's ``message`` has no full stop and names the words found; its ``help`` is a full sentence. ``rule`` and
``severity`` are None where no rule of lint found it. ``flagged`` gives the words that the reasons are about, for a
report that marks them in the text, and ``excerpt`` as much of the draft around them as there is room for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from attribution.index import AnalysisIndex, sentences_over, smallest_claim_at
from attribution.records import Analysis, Claim, Place, Quotation, Span

if TYPE_CHECKING:
    from attribution.linting import Finding


class PointKind(StrEnum):
    """What an editor is asked to do, the most pressing first.

    Give a source; give a better one; say who speaks; mend the wording; or see to something about the whole article.
    """

    NEEDS_SOURCE = "needs-source"
    WEAK_SOURCE = "weak-source"
    SPEAKER_UNCLEAR = "speaker-unclear"
    WORDING = "wording"
    ARTICLE = "article"

    @property
    def order(self) -> int:
        """Where points of this kind stand among points of the same gravity."""
        return list(PointKind).index(self)


class Reason(msgspec.Struct, frozen=True):
    """Why words are to be looked at, and how to mend it; ``rule`` and ``severity`` are those of a lint rule."""

    span: Span
    message: str
    help: str
    rule: str | None = None
    severity: str | None = None


class Point(msgspec.Struct, frozen=True):
    """A stretch of the draft that an editor should look at, with all the reasons for it, the gravest first.

    ``kind`` is that of the most pressing reason. ``gravity`` goes from 0 (a matter of taste) to 3. ``flagged`` are the
    words that the reasons are about, in text order; a reason that holds for several places is told once.
    """

    kind: PointKind
    gravity: int
    span: Span
    sentence: str | None
    claims: tuple[str, ...]
    reasons: tuple[Reason, ...]
    flagged: tuple[Span, ...]


class Excerpt(msgspec.Struct, frozen=True):
    """Words of the draft that show a point; ``cut_before`` and ``cut_after`` tell that their sentence goes on there."""

    span: Span
    cut_before: bool
    cut_after: bool


RULE_KINDS = {
    "ATT203": PointKind.NEEDS_SOURCE,
    "CLM501": PointKind.NEEDS_SOURCE,
    "CLM502": PointKind.NEEDS_SOURCE,
    "CLM503": PointKind.NEEDS_SOURCE,
    "DOC605": PointKind.NEEDS_SOURCE,
    "ATT201": PointKind.WEAK_SOURCE,
    "ATT202": PointKind.WEAK_SOURCE,
    "CLM504": PointKind.WEAK_SOURCE,
    "DOC604": PointKind.WEAK_SOURCE,
    "HDG303": PointKind.WEAK_SOURCE,
    "QUO003": PointKind.WEAK_SOURCE,
    "SRC101": PointKind.WEAK_SOURCE,
    "SRC102": PointKind.WEAK_SOURCE,
    "SRC103": PointKind.WEAK_SOURCE,
    "SRC104": PointKind.WEAK_SOURCE,
    "SRC105": PointKind.WEAK_SOURCE,
    "SRC106": PointKind.WEAK_SOURCE,
    "SRC107": PointKind.WEAK_SOURCE,
    "SRC108": PointKind.WEAK_SOURCE,
    "SRC109": PointKind.WEAK_SOURCE,
    "SRC110": PointKind.WEAK_SOURCE,
    "ATT206": PointKind.SPEAKER_UNCLEAR,
    "ATT207": PointKind.SPEAKER_UNCLEAR,
    "QUO001": PointKind.SPEAKER_UNCLEAR,
    "ATT204": PointKind.WORDING,
    "ATT205": PointKind.WORDING,
    "HDG301": PointKind.WORDING,
    "HDG302": PointKind.WORDING,
    "HDG304": PointKind.WORDING,
    "QUO002": PointKind.WORDING,
    "QUO004": PointKind.WORDING,
    "VRB401": PointKind.WORDING,
    "VRB402": PointKind.WORDING,
    "X001": PointKind.WORDING,
    "X002": PointKind.WORDING,
    "DOC601": PointKind.ARTICLE,
    "DOC602": PointKind.ARTICLE,
    "DOC603": PointKind.ARTICLE,
    "LIM701": PointKind.ARTICLE,
    "LIM702": PointKind.ARTICLE,
    "LIM703": PointKind.ARTICLE,
}
"""What each rule of lint asks of an editor; rules about suppressions find nothing in an analysis.

A newsroom's own rules, which are not in it, ask for other words.
"""

UNBALANCED = "X001"
"""The rule about quotation marks without a partner."""

REPLY_OF_ACCUSED = "DOC604"
"""The rule about an accused who is not heard: who accuses is asked first."""

SEVERITY_GRAVITY = {"error": 2, "warning": 1, "info": 0}


class _Mark(msgspec.Struct, frozen=True):
    """One reason on its way into a point, with the claims, and the quotation whose speaker is unclear, it is about."""

    kind: PointKind
    gravity: int
    reason: Reason
    sentence: str | None
    claims: frozenset[str]
    quotation: str | None = None


def points_of(analysis: Analysis, findings: Iterable[Finding] = ()) -> tuple[Point, ...]:
    """What to look at in the draft, the gravest first, then the most pressing kind, then in text order.

    ``findings`` are those of lint on this analysis; findings without a span (about comments) are left out. Reasons that
    speak of the same words, of the same claim, or of the speaker of the same quotation make one point. Where a finding
    asks for a source, what its claims expose makes it graver.
    """
    claims = AnalysisIndex(analysis).claims
    marks = [*_finding_marks(analysis, findings), *map(_place_mark, analysis.places)]
    marks = [_with_quotation(mark, analysis.quotations) for mark in marks]
    points = [_point(group, claims) for group in _grouped(marks)]
    return tuple(sorted(points, key=lambda point: (-point.gravity, point.kind.order, point.span)))


def _finding_marks(analysis: Analysis, findings: Iterable[Finding]) -> list[_Mark]:
    by_sentence: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in analysis.claims:
        by_sentence[claim.sentence].append(claim)
    grades = {claim.id: claim.exposure.grade for claim in analysis.claims}
    marks = []
    for finding in findings:
        if finding.span is None:
            continue
        kind = RULE_KINDS.get(finding.rule, PointKind.WORDING)
        severity = str(finding.severity)
        reason = Reason(finding.span, finding.message, finding.help, finding.rule, severity)
        about_article = kind is PointKind.ARTICLE
        about = frozenset() if about_article else _claims_of(finding, by_sentence[finding.sentence])
        gravity = max(SEVERITY_GRAVITY[severity], _exposure(kind, about, grades))
        marks.append(_Mark(kind, gravity, reason, None if about_article else finding.sentence, about))
    return marks


def _exposure(kind: PointKind, claims: Iterable[str], grades: Mapping[str, int]) -> int:
    """The highest exposure of the claims if a finding asks for a source; 0 if it is about wording."""
    asks = kind in (PointKind.NEEDS_SOURCE, PointKind.WEAK_SOURCE, PointKind.SPEAKER_UNCLEAR)
    return max((grades[claim] for claim in claims if claim in grades), default=0) if asks else 0


def _claims_of(finding: Finding, here: Sequence[Claim]) -> frozenset[str]:
    """The claims of the finding's sentence that it is about: those it names, or whose source or words it is about."""
    named = {finding.claim} if finding.claim is not None else set()
    if finding.attribution is not None:
        named |= {claim.id for claim in here if finding.attribution in claim.attributions}
    if named or finding.span is None:
        return frozenset(named)
    smallest = smallest_claim_at(finding.span.start, here)
    return frozenset() if smallest is None else frozenset({smallest.id})


def _place_mark(place: Place) -> _Mark:
    reason = Reason(_around(place.spans), place.reason, place.remedy)
    return _Mark(PointKind(place.kind.value), place.grade, reason, place.sentence, frozenset({place.claim}))


def _with_quotation(mark: _Mark, quotations: Sequence[Quotation]) -> _Mark:
    """The mark with the quotation that it is about, if it is about one."""
    if mark.kind is not PointKind.SPEAKER_UNCLEAR and mark.reason.rule != UNBALANCED:
        return mark
    first = Span(mark.reason.span.start, mark.reason.span.start + 1)
    around = (quotation.id for quotation in quotations if any(part.covers(first) for part in quotation.parts))
    return msgspec.structs.replace(mark, quotation=next(around, None))


def _grouped(marks: Sequence[_Mark]) -> list[list[_Mark]]:
    """Marks that share a claim or words, in any number of steps; what is said of the whole article stands alone."""
    group_of = list(range(len(marks)))

    def group(number: int) -> int:
        while group_of[number] != number:
            group_of[number] = group_of[group_of[number]]
            number = group_of[number]
        return number

    for number, other in _same_matters(marks):
        group_of[group(other)] = group(number)
    groups: dict[int, list[_Mark]] = defaultdict(list)
    for number, mark in enumerate(marks):
        groups[group(number)].append(mark)
    return list(groups.values())


def _same_matters(marks: Sequence[_Mark]) -> Iterator[tuple[int, int]]:
    """Pairs of marks, by their numbers, that are about one matter; enough of them to tell all that are."""
    seen: dict[tuple[bool, str], int] = {}
    for number, mark in enumerate(marks):
        for name in (*mark.claims, *([mark.quotation] if mark.quotation is not None else [])):
            yield number, seen.setdefault((mark.kind is PointKind.ARTICLE, name), number)
    for of_article in (False, True):
        last: int | None = None
        numbers = [number for number, mark in enumerate(marks) if (mark.kind is PointKind.ARTICLE) is of_article]
        for number in sorted(numbers, key=lambda number: marks[number].reason.span):
            if last is not None and marks[number].reason.span.overlaps(marks[last].reason.span):
                yield number, last
            if last is None or marks[number].reason.span.end > marks[last].reason.span.end:
                last = number


def _point(marks: Sequence[_Mark], claims: dict[str, Claim]) -> Point:
    ordered = sorted(marks, key=_urgency)
    about = [claims[name] for name in sorted({name for mark in ordered for name in mark.claims}) if name in claims]
    about.sort(key=lambda claim: claim.spans[:1])
    shown = [span for claim in about for span in claim.spans] or [mark.reason.span for mark in ordered]
    return Point(
        kind=min((mark.kind for mark in ordered), key=lambda kind: kind.order),
        gravity=ordered[0].gravity,
        span=_around(shown),
        sentence=ordered[0].sentence,
        claims=tuple(claim.id for claim in about),
        reasons=_reasons(ordered),
        flagged=tuple(sorted({mark.reason.span for mark in ordered})),
    )


def _urgency(mark: _Mark) -> tuple[int, int, bool, Span]:
    """The graver first, then the more pressing kind, then by the words; the reply of an accused last of its kind."""
    return -mark.gravity, mark.kind.order, mark.reason.rule == REPLY_OF_ACCUSED, mark.reason.span


def _reasons(marks: Sequence[_Mark]) -> tuple[Reason, ...]:
    """The distinct reasons of a point; where a rule gives one of a kind, general ones of that kind are left out."""
    rules = {mark.kind for mark in marks if mark.reason.rule is not None}
    told: dict[tuple[str, str], Reason] = {}
    by_kind: dict[PointKind, list[Reason]] = defaultdict(list)
    for mark in marks:
        if mark.reason.rule is None and mark.kind in rules:
            continue
        by_kind[mark.kind].append(mark.reason)
    for kind in sorted(by_kind, key=lambda kind: kind.order):
        for reason in by_kind[kind]:
            told.setdefault((reason.message, reason.help), reason)
    return tuple(told.values())


def _around(spans: Sequence[Span]) -> Span:
    return Span(min(span.start for span in spans), max(span.end for span in spans))


LEAST_CONTEXT = 24
"""Characters before the words in question that an excerpt shows where it has to be cut."""


def excerpt(point: Point, analysis: Analysis, longest: int) -> Excerpt:
    """The words that show a point: its sentence, or as much of it as ``longest`` characters hold, cut between words."""
    wanted = _around([point.span, *point.flagged])
    sentences = [sentence.span for sentence in sentences_over(analysis.sentences, wanted)]
    context = _around(sentences or [wanted])
    shown = context if len(context) <= longest else _window(point, analysis.draft.text, context, wanted, longest)
    return Excerpt(
        shown,
        cut_before=all(sentence.start != shown.start for sentence in sentences),
        cut_after=all(not _is_nearly(sentence.end, shown.end, analysis.draft.text) for sentence in sentences),
    )


def _window(point: Point, text: str, context: Span, wanted: Span, longest: int) -> Span:
    """At most ``longest`` characters of a sentence that hold the words in question, or where they begin."""
    first = point.reasons[0].span
    start = wanted.start
    if min(first.end, first.start + LEAST_CONTEXT) > start + longest:
        start = first.start - LEAST_CONTEXT
    elif len(wanted) < longest // 2:
        start -= longest // 3
    start = context.start if start - context.start <= LEAST_CONTEXT else _word_start(text, start, context.start)
    return Span(start, _word_end(text, start + longest, start, context.end))


def _word_start(text: str, offset: int, least: int) -> int:
    """The start of the first word at or behind the offset."""
    place = max(offset, least)
    while place > least and place < len(text) and not text[place - 1].isspace():
        place += 1
    return place


def _word_end(text: str, offset: int, start: int, most: int) -> int:
    """The end of the last word that ends at or before the offset."""
    place = min(offset, most)
    if place == most:
        return most
    while place > start and not text[place].isspace():
        place -= 1
    while place > start and (text[place - 1].isspace() or text[place - 1] in ",;:–—-"):
        place -= 1
    return place if place > start else min(offset, most)


def _is_nearly(end: int, shown: int, text: str) -> bool:
    """Whether nothing but punctuation lies between the excerpt's end and the sentence's."""
    return shown <= end and not any(character.isalnum() for character in text[shown:end])
