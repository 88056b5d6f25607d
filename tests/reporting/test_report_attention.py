"""The one list of what to look at: what is merged in it, and in which order it stands."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from report_findings import finding_at

from attribution.linting import RULES, Severity
from attribution.records import Analysis, Exposure, Span
from attribution.reporting.attention import RULE_KINDS, PointKind, excerpt, points_of


@pytest.fixture
def bare(sample: Analysis) -> Analysis:
    """The sample without places of its own."""
    return replace(sample, places=())


def test_every_rule_says_what_it_asks_of_an_editor() -> None:
    about_comments = {"SUP901", "SUP902"}
    assert set(RULE_KINDS) == {rule.id for rule in RULES} - about_comments


def test_a_rule_of_a_newsroom_asks_for_other_words(bare: Analysis) -> None:
    own = replace(finding_at(bare, "X001", "northern docks"), rule="OWN001")
    (point,) = points_of(bare, [own])
    assert point.kind is PointKind.WORDING


def test_a_draft_without_findings_has_nothing_to_look_at(bare: Analysis) -> None:
    assert points_of(bare) == ()


def test_findings_on_one_claim_are_one_point(bare: Analysis) -> None:
    accused = finding_at(bare, "ATT201", "has been accused", attribution="a6")
    unheard = finding_at(bare, "DOC604", "She has", claim="c8")
    (point,) = points_of(bare, [unheard, accused])
    assert point.claims == ("c8",)
    assert point.span == bare.claims[7].spans[0]
    assert [reason.rule for reason in point.reasons] == ["ATT201", "DOC604"]  # who accuses is asked first
    assert point.flagged == tuple(sorted((accused.span or Span(0, 0), unheard.span or Span(0, 0))))


def test_a_finding_that_names_no_record_belongs_to_the_claim_it_stands_in(bare: Analysis) -> None:
    (point,) = points_of(bare, [finding_at(bare, "CLM502", "northern docks")])
    assert point.kind is PointKind.NEEDS_SOURCE
    assert point.claims == ("c3",)


def test_a_source_of_several_claims_is_one_point(bare: Analysis) -> None:
    (point,) = points_of(bare, [finding_at(bare, "SRC106", "the Harbour Post", attribution="a4")])
    assert point.claims == ("c6", "c7")


def test_the_whole_article_is_a_point_of_its_own(bare: Analysis) -> None:
    words = "the Harbour Post"
    points = points_of(bare, [finding_at(bare, "SRC106", words, attribution="a4"), finding_at(bare, "DOC602", words)])
    assert [point.kind for point in points] == [PointKind.WEAK_SOURCE, PointKind.ARTICLE]
    assert points[1].claims == ()
    assert points[1].sentence is None


def test_the_gravest_come_first_then_what_needs_a_source_then_text_order(bare: Analysis) -> None:
    points = points_of(
        bare,
        [
            finding_at(bare, "VRB401", "said", severity=Severity.INFO),
            finding_at(bare, "HDG303", "Reportedly", attribution="a2"),
            finding_at(bare, "ATT202", "has been accused", attribution="a6"),
            finding_at(bare, "ATT203", "in charge"),
            finding_at(bare, "SRC103", "the Harbour Post", severity=Severity.ERROR, attribution="a4"),
        ],
    )
    assert [point.reasons[0].rule for point in points] == ["SRC103", "ATT203", "HDG303", "ATT202", "VRB401"]
    assert [point.gravity for point in points] == [2, 1, 1, 1, 0]


def test_the_order_of_the_findings_changes_nothing(bare: Analysis) -> None:
    findings = [
        finding_at(bare, "HDG303", "Reportedly", attribution="a2"),
        finding_at(bare, "ATT201", "has been accused", attribution="a6"),
        finding_at(bare, "DOC604", "She has", claim="c8"),
    ]
    assert points_of(bare, findings) == points_of(bare, findings[::-1])


def test_places_in_one_quotation_are_one_point(unclear: Analysis) -> None:
    (quotation,) = unclear.quotations
    (both,) = unclear.places
    place = replace(both, spans=(quotation.parts[0],))
    second = replace(place, claim="c5", sentence="s5", spans=(quotation.parts[1],))
    (point,) = points_of(replace(unclear, places=(place, second)))
    assert point.claims == ("c4", "c5")
    assert point.kind is PointKind.SPEAKER_UNCLEAR
    assert len(point.reasons) == 1
    assert point.flagged == quotation.parts
    apart = tuple(replace(quotation, id=f"q{number}", parts=(part,)) for number, part in enumerate(quotation.parts))
    parted = replace(unclear, places=(place, second), quotations=apart)
    assert [point.claims for point in points_of(parted)] == [("c4",), ("c5",)]


def test_an_open_quotation_mark_belongs_to_the_quotation_whose_speaker_is_unclear(unclear: Analysis) -> None:
    (point,) = points_of(unclear, [finding_at(unclear, "X001", "“We")])
    assert [reason.rule for reason in point.reasons] == [None, "X001"]


def test_a_rule_about_the_same_quotation_speaks_for_it(unclear: Analysis) -> None:
    finding = finding_at(unclear, "QUO001", "We were never asked", severity=Severity.ERROR, claim="c4")
    (point,) = points_of(unclear, [finding])
    assert [reason.rule for reason in point.reasons] == ["QUO001"]
    assert point.gravity == 2


def test_a_finding_without_a_place_is_left_out(bare: Analysis) -> None:
    finding = finding_at(bare, "HDG303", "Reportedly")
    assert points_of(bare, [replace(finding, span=None)]) == ()


def test_a_place_is_a_point(sample: Analysis) -> None:
    (point,) = points_of(sample)
    (place,) = sample.places
    assert (point.kind, point.gravity, point.claims) == (PointKind.NEEDS_SOURCE, place.grade, (place.claim,))
    (reason,) = point.reasons
    assert (reason.message, reason.help, reason.rule) == (place.reason, place.remedy, None)
    assert point.flagged == place.spans


def test_a_finding_of_the_same_kind_speaks_for_a_place(sample: Analysis) -> None:
    (point,) = points_of(sample, [finding_at(sample, "CLM502", "northern docks")])
    assert [reason.rule for reason in point.reasons] == ["CLM502"]
    assert point.gravity == 2


def test_a_short_sentence_is_shown_whole(sample: Analysis) -> None:
    (point,) = points_of(sample)
    shown = excerpt(point, sample, 200)
    assert sample.draft.text[shown.span.start : shown.span.end] == sample.sentences[2].text
    assert (shown.cut_before, shown.cut_after) == (False, False)


def test_a_long_one_is_cut_between_words(sample: Analysis) -> None:
    (point,) = points_of(sample)
    shown = excerpt(point, sample, 30)
    assert sample.draft.text[shown.span.start : shown.span.end] == "Solt was in charge of the"
    assert (shown.cut_before, shown.cut_after) == (False, True)


def test_what_a_claim_exposes_makes_a_weak_source_graver(bare: Analysis) -> None:
    accused = replace(bare.claims[7], exposure=Exposure(3))
    exposed = replace(bare, claims=(*bare.claims[:7], accused))
    findings = [
        finding_at(bare, "HDG303", "Reportedly", attribution="a2"),
        finding_at(bare, "ATT201", "has been accused", attribution="a6"),
    ]
    assert [point.gravity for point in points_of(exposed, findings)] == [3, 1]
    worded = [finding_at(bare, "VRB401", "has been accused", severity=Severity.INFO, attribution="a6")]
    assert [point.gravity for point in points_of(exposed, worded)] == [0]
