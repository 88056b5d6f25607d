"""The index of an analysis: its records by identifier and by sentence, on request without stances."""

from __future__ import annotations

import msgspec
import pytest

from attribution.index import AnalysisIndex, clipped, ledger_entries
from attribution.records import Analysis, Evidence, Span, VoiceCounts, joined


def with_parents(analysis: Analysis, parents: dict[str, str | None]) -> Analysis:
    attributions = tuple(
        msgspec.structs.replace(attribution, parent=parents.get(attribution.id, attribution.parent))
        for attribution in analysis.attributions
    )
    return msgspec.structs.replace(analysis, attributions=attributions)


def test_stances_are_left_out_unless_asked_for(unclear: Analysis) -> None:
    vouching = AnalysisIndex(unclear, vouching_only=True)
    assert set(vouching.attributions) == {"a1", "a3"}
    backing = unclear.sentences[2]
    assert vouching.attributions_in(backing) == vouching.cued_in(backing) == ()
    assert vouching.claimless(backing) == []
    index = AnalysisIndex(unclear)
    assert list(index.attributions) == ["a1", "a2", "a3"]
    assert index.attributions_in(backing) == index.cued_in(backing) == (unclear.attributions[1],)


def test_records_are_found_by_identifier_and_by_sentence(unclear: Analysis) -> None:
    index = AnalysisIndex(unclear)
    for claim in unclear.claims:
        assert index.claims[claim.id] is claim
        assert claim in index.claims_in(index.sentences[claim.sentence])
    for attribution in unclear.attributions:
        assert [entity.id for entity in index.entities_of(attribution)] == [attribution.source.entity]
    assert index.claims is index.claims
    assert {claim.id: [link.id for link in index.provenance(claim)] for claim in unclear.claims} == {
        claim.id: list(claim.attributions) for claim in unclear.claims
    }


def test_content_is_found_in_each_sentence_that_it_runs_over(unclear: Analysis) -> None:
    first = unclear.attributions[0]
    content = msgspec.structs.replace(first.content, spans=(Span(0, unclear.sentences[1].end),))
    wide = msgspec.structs.replace(unclear, attributions=(msgspec.structs.replace(first, content=content),))
    index = AnalysisIndex(wide)
    assert [len(index.attributions_in(sentence)) for sentence in wide.sentences[:2]] == [1, 1]
    assert sum(len(index.cued_in(sentence)) for sentence in wide.sentences) == 1


def test_spans_are_clipped() -> None:
    assert clipped(Span(2, 6), [Span(0, 2), Span(1, 3), Span(3, 4), Span(5, 9)]) == [Span(2, 3), Span(3, 4), Span(5, 6)]


def test_a_chain_passes_over_a_stance(unclear: Analysis) -> None:
    nested = with_parents(unclear, {"a2": "a1", "a3": "a2"})
    index = AnalysisIndex(nested, vouching_only=True)
    report, _, belief = nested.attributions
    assert index.parent(belief) == report
    assert index.ancestry(belief) == [report, belief]
    claim = msgspec.structs.replace(nested.claims[5], attributions=("a1", "a3"))
    assert index.chains(claim) == [[report, belief]]


@pytest.mark.parametrize("parents", [{"a2": "a2", "a3": "a2"}, {"a1": "a3", "a3": "a1"}, {"a3": "a9"}])
def test_parents_that_lead_nowhere_do_no_harm(unclear: Analysis, parents: dict[str, str | None]) -> None:
    index = AnalysisIndex(with_parents(unclear, parents), vouching_only=True)
    assert index.ancestry(index.attributions["a3"])[-1].id == "a3"


def test_who_only_takes_a_stance_is_not_in_the_ledger(unclear: Analysis) -> None:
    assert [entity.name for entity in ledger_entries(unclear)] == ["Ida Bolt"]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"evidence": Evidence.REPORT}, ["Ida Bolt", "island council"]),
        ({"evidence": Evidence.BELIEF}, ["Ida Bolt", "island council"]),
        ({"evidence": Evidence.STANCE}, ["Ida Bolt"]),
        ({"evidence": Evidence.SUPPOSED}, ["Ida Bolt"]),
    ],
)
def test_who_reports_or_believes_is_in_the_ledger(
    unclear: Analysis, change: dict[str, Evidence], names: list[str]
) -> None:
    first, second, third = unclear.attributions
    changed = msgspec.structs.replace(unclear, attributions=(first, msgspec.structs.replace(second, **change), third))
    assert [entity.name for entity in ledger_entries(changed)] == names


def test_entries_that_carry_a_claim_or_that_no_attribution_names_stay(unclear: Analysis) -> None:
    first, second = unclear.sources
    carrying = msgspec.structs.replace(unclear, sources=(first, msgspec.structs.replace(second, claims=("c3",))))
    assert len(ledger_entries(carrying)) == 2
    unlinked = msgspec.structs.replace(unclear, attributions=())
    assert len(ledger_entries(unlinked)) == 2


def test_voices_are_counted(unclear: Analysis) -> None:
    counts = VoiceCounts.of(unclear.claims)
    assert counts == VoiceCounts(source=2, hearsay=0, own=2, unclear=2)


def test_pieces_are_joined_by_an_ellipsis() -> None:
    assert joined("She said it was cold.", (Span(0, 3), Span(9, 20))) == "She … it was cold"
    assert joined("She", ()) == ""
