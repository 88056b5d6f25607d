"""The page of one article: what to look at, who carries the story, the numbers, and the marked text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from attribution.index import AnalysisIndex
from attribution.linting.rules import find_rule
from attribution.records import Analysis, Claim, Summary
from attribution.reporting import words
from attribution.reporting.attention import Point, PointKind, excerpt, points_of
from attribution.reporting.explained import Measure, measures_of
from attribution.reporting.html.article import article
from attribution.reporting.html.templates import render
from attribution.reporting.ledger import ledger_rows, short_ledger
from attribution.reporting.yardstick import Gauge, Range, gauges_of, load_yardstick, words_of

if TYPE_CHECKING:
    from attribution.linting import Finding

LONGEST = 150
"""Characters of a point's words that the list shows."""


class Advice(msgspec.Struct, frozen=True):
    """A reason to look, how to mend it, and, where a rule found it, the rule, its page, and how it reads well."""

    message: str
    help: str
    rule: str = ""
    good: str = ""
    bad: str = ""
    page: str = ""


class Item(msgspec.Struct, frozen=True):
    """A point as the list shows it; ``where`` is its line and column in the file."""

    number: int
    kind: PointKind
    label: str
    gravity: int
    words: str
    where: str
    advice: tuple[Advice, ...]
    claims: tuple[str, ...]

    @property
    def has_mark(self) -> bool:
        """Whether its words are marked in the text."""
        return self.kind is not PointKind.ARTICLE


class Note(msgspec.Struct, frozen=True):
    """All there is to say of a claim, or of a sentence that attributes something and claims nothing."""

    id: str
    number: int
    words: str
    where: str
    carrier: str
    label: str
    says: str
    hedges: tuple[str, ...]
    measures: tuple[Measure, ...]
    attributions: str
    doubts: str


class Usual(msgspec.Struct, frozen=True):
    """What is usual in a genre: in words, what that says of the article, and where on a line of 100 it begins."""

    words: str
    verdict: str
    low: float
    length: float


class Number(msgspec.Struct, frozen=True):
    """A number of the article: in words, where on a line of 100 it is, and what is usual in any genre and in each."""

    label: str
    value: str
    at: float
    usual: tuple[Usual, ...]


def report_html(analysis: Analysis, *, findings: Sequence[Finding] = (), home: str | None = None) -> str:
    """The report as one HTML file that needs nothing else: no network, no other file.

    ``findings`` are those of lint on the analysis. ``home`` is the address of the index page, for a link back.
    """
    index = AnalysisIndex(analysis, vouching_only=True)
    points = points_of(analysis, findings)
    items = items_of(points, index)
    folder, slash, file = analysis.draft.path.rpartition("/")
    yardstick = load_yardstick()
    return render(
        "report.html.jinja",
        title=f"{headline(items)} – {file}",
        folder=folder + slash,
        file=file,
        home=home or "",
        words=words_of(analysis),
        headline=headline(items),
        counts=words.counts_words(analysis.summary),
        items=items,
        nothing=words.NOTHING_TO_LOOK_AT.removeprefix("Nothing: "),
        kinds=kinds_of(items),
        rows=short_ledger(ledger_rows(analysis)),
        claims=len(analysis.claims),
        nodes=article(index, points),
        notes=notes_of(index),
        problems=[(words.place_named(problem.start, index), problem.message) for problem in analysis.problems],
        numbers=[_number(gauge) for gauge in gauges_of(analysis, len(points))],
        articles=yardstick.articles,
        genres=["any news", *(genre.name for genre in yardstick.genre)],
        unchecked=words.NOT_CHECKED,
    )


def headline(items: Sequence[Item]) -> str:
    """The answer in a few words."""
    return f"{words.count(len(items), 'place')} to look at" if items else "Nothing to look at"


def items_of(points: Sequence[Point], index: AnalysisIndex) -> tuple[Item, ...]:
    """The points as the list shows them, numbered from 1."""
    return tuple(
        Item(
            number,
            point.kind,
            words.POINTS[point.kind],
            point.gravity,
            "" if point.kind is PointKind.ARTICLE else _words_of(point, index),
            words.place_named(point.reasons[0].span.start, index),
            tuple(_advice(reason.message, reason.help, reason.rule) for reason in point.reasons),
            point.claims,
        )
        for number, point in enumerate(points, 1)
    )


def _words_of(point: Point, index: AnalysisIndex) -> str:
    """The words that show the point, on one line; cut where they are many."""
    shown = excerpt(point, index.analysis, LONGEST)
    told = " ".join(index.analysis.draft.text[shown.span.start : shown.span.end].translate(words.INNER_QUOTES).split())
    return "… " * shown.cut_before + told + " …" * shown.cut_after


def _advice(message: str, remedy: str, identifier: str | None) -> Advice:
    rule = find_rule(identifier) if identifier is not None else None
    if rule is None:  # no rule, or a newsroom's own
        return Advice(message, remedy, identifier or "")
    is_short = rule.example_format == "text" and len(rule.good) <= LONGEST and "\n" not in rule.good.strip()
    good, bad = (rule.good, rule.bad) if is_short else ("", "")
    return Advice(message, remedy, rule.id, good, bad, rule.page or "")


def shortened(text: str, longest: int = LONGEST) -> str:
    """The words on one line, cut at a word where they are many."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def kinds_of(items: Sequence[Item]) -> list[tuple[str, str, int]]:
    """The kinds that occur: value, label, and how many points are of it."""
    found = [(kind.value, words.POINTS[kind], sum(item.kind is kind for item in items)) for kind in PointKind]
    return [kind_count for kind_count in found if kind_count[2]]


def shares_of(summary: Summary) -> list[tuple[str, float]]:
    """Who answers for which share of the claims."""
    shares = summary.carriers.shares()
    return [(carrier.value, shares[carrier]) for carrier in words.CARRIERS if shares[carrier]]


def _number(gauge: Gauge) -> Number:
    def told(value: float) -> str:
        return words.percent(value) if gauge.is_share else f"{value:.1f}".removesuffix(".0")

    # A share is told on a line of all claims; a number on one that has room for it.
    scale = 100 if gauge.is_share else 100 / max(gauge.high * 2, gauge.value, 1)
    ranges = (Range(gauge.low, gauge.high), *gauge.ranges)
    return Number(
        words.GAUGES[gauge.name],
        told(gauge.value),
        gauge.value * scale,
        tuple(
            Usual(
                f"{told(usual.low).removesuffix('%')}–{told(usual.high)}",
                "more than most" if gauge.value > usual.high else "less than most" if gauge.value < usual.low else "",
                usual.low * scale,
                (usual.high - usual.low) * scale,
            )
            for usual in ranges
        ),
    )


def notes_of(index: AnalysisIndex) -> tuple[Note, ...]:
    """The notes in text order; a sentence without claims has one when somebody speaks in it."""
    notes: list[Note] = []
    for sentence in index.analysis.sentences:
        claims = index.claims_in(sentence)
        notes += [_claim_note(claim, len(notes) + number, index) for number, claim in enumerate(claims, 1)]
        told = [] if claims else index.claimless(sentence)
        if told:
            notes.append(
                Note(
                    sentence.id,
                    len(notes) + 1,
                    sentence.text,
                    words.place_named(sentence.start, index),
                    "silent",
                    "No claim",
                    "; ".join(words.chain_words(index.ancestry(attribution), index) for attribution in told),
                    (),
                    (),
                    " ".join(attribution.id for attribution in told),
                    "",
                )
            )
    return tuple(notes)


def _claim_note(claim: Claim, number: int, index: AnalysisIndex) -> Note:
    chains = index.chains(claim)
    cues = {span for link in index.provenance(claim) for span in link.cue.spans}
    hedges = [hedge.text for hedge in index.hedges_on(claim) if cues.isdisjoint(hedge.spans)]
    return Note(
        claim.id,
        number,
        claim.text,
        words.place_named(index.start_of(claim), index),
        claim.carrier.value,
        words.capital(words.CARRIERS[claim.carrier].name),
        words.provenance_words(chains, index) if chains else "",
        tuple(dict.fromkeys(hedges)),
        tuple(measures_of(claim, index)),
        " ".join(claim.attributions),
        " ".join([*claim.hedges, *claim.boosters]),
    )
