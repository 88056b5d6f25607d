"""The one list of what to look at: what is merged in it, and in which order it stands."""

from __future__ import annotations

from msgspec.structs import replace

from attribution.linting import RULES, Finding, Severity
from attribution.linting.findings import Position
from attribution.records import Analysis, Span
from attribution.reporting.attention import RULE_KINDS, PointKind, points_of


def finding_at(
    analysis: Analysis,
    rule: str,
    words: str,
    *,
    severity: Severity = Severity.WARNING,
    claim: str | None = None,
    attribution: str | None = None,
) -> Finding:
    """A finding of a rule on words that occur once in the draft."""
    start = analysis.draft.text.index(words)
    span = Span(start, start + len(words))
    sentence = next(one.id for one in analysis.sentences if one.span.covers(Span(start, start + 1)))
    here = Position(start, 1, start + 1)
    return Finding(
        rule=rule,
        name=rule.lower(),
        severity=severity,
        path=analysis.draft.path,
        span=span,
        start=here,
        end=here,
        text=words,
        message=f"{rule} about “{words}”",
        help=f"Mend {words}.",
        sentence=sentence,
        claim=claim,
        attribution=attribution,
        fingerprint="",
    )


def test_every_rule_says_what_it_asks_of_an_editor() -> None:
    about_comments = {"SUP901", "SUP902"}
    assert set(RULE_KINDS) == {rule.id for rule in RULES} - about_comments


def test_a_draft_without_findings_has_nothing_to_look_at(sample: Analysis) -> None:
    assert points_of(sample) == ()


def test_findings_on_one_claim_are_one_point(sample: Analysis) -> None:
    accused = finding_at(sample, "ATT201", "has been accused", attribution="a6")
    unheard = finding_at(sample, "DOC604", "She has", claim="c8")
    (point,) = points_of(sample, [unheard, accused])
    assert point.claims == ("c8",)
    assert point.span == sample.claims[7].spans[0]
    assert [reason.rule for reason in point.reasons] == ["DOC604", "ATT201"]
    assert point.flagged == tuple(sorted((accused.span or Span(0, 0), unheard.span or Span(0, 0))))


def test_a_finding_that_names_no_record_belongs_to_the_claim_it_stands_in(sample: Analysis) -> None:
    (point,) = points_of(sample, [finding_at(sample, "CLM502", "northern docks")])
    assert point.kind is PointKind.NEEDS_SOURCE
    assert point.claims == ("c3",)


def test_a_source_of_several_claims_is_one_point(sample: Analysis) -> None:
    (point,) = points_of(sample, [finding_at(sample, "SRC106", "the Harbour Post", attribution="a4")])
    assert point.claims == ("c6", "c7")


def test_the_whole_article_is_a_point_of_its_own(sample: Analysis) -> None:
    words = "the Harbour Post"
    points = points_of(
        sample, [finding_at(sample, "SRC106", words, attribution="a4"), finding_at(sample, "DOC602", words)]
    )
    assert [point.kind for point in points] == [PointKind.WEAK_SOURCE, PointKind.ARTICLE]
    assert points[1].claims == ()
    assert points[1].sentence is None


def test_the_gravest_come_first_then_what_needs_a_source_then_text_order(sample: Analysis) -> None:
    points = points_of(
        sample,
        [
            finding_at(sample, "VRB401", "said", severity=Severity.INFO),
            finding_at(sample, "HDG303", "Reportedly", attribution="a2"),
            finding_at(sample, "ATT202", "has been accused", attribution="a6"),
            finding_at(sample, "ATT203", "in charge"),
            finding_at(sample, "SRC103", "the Harbour Post", severity=Severity.ERROR, attribution="a4"),
        ],
    )
    assert [point.reasons[0].rule for point in points] == ["SRC103", "ATT203", "HDG303", "ATT202", "VRB401"]
    assert [point.gravity for point in points] == [2, 1, 1, 1, 0]


def test_the_order_of_the_findings_changes_nothing(sample: Analysis) -> None:
    findings = [
        finding_at(sample, "HDG303", "Reportedly", attribution="a2"),
        finding_at(sample, "ATT201", "has been accused", attribution="a6"),
        finding_at(sample, "DOC604", "She has", claim="c8"),
    ]
    assert points_of(sample, findings) == points_of(sample, findings[::-1])


def test_a_quotation_without_a_speaker_is_a_point(unclear: Analysis) -> None:
    points = points_of(unclear)
    assert [point.claims for point in points] == [("c4",), ("c5",)]
    assert {point.kind for point in points} == {PointKind.SPEAKER_UNCLEAR}


def test_a_rule_about_the_same_quotation_speaks_for_it(unclear: Analysis) -> None:
    finding = finding_at(unclear, "QUO001", "We were never asked", severity=Severity.ERROR, claim="c4")
    first, second = points_of(unclear, [finding])
    assert [reason.rule for reason in first.reasons] == ["QUO001"]
    assert first.gravity == 2
    assert second.claims == ("c5",)


def test_a_finding_without_a_place_is_left_out(sample: Analysis) -> None:
    finding = finding_at(sample, "HDG303", "Reportedly")
    assert points_of(sample, [replace(finding, span=None)]) == ()
