"""Who answers for a claim, and how findable they are: the table by hand, and the promises on generated records."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_scoring_scores import (
    NAMED_KINDS,
    SOURCES,
    a_hedge,
    attribution,
    claims_records,
    entity,
    hedge,
    score,
)

from attribution.records import (
    Attitude,
    Attribution,
    Booster,
    Carrier,
    Claim,
    Hedge,
    HedgeCategory,
    Manner,
    SourceEntity,
    SourceKind,
    Voice,
)
from attribution.scoring import mean_support

Records = tuple[tuple[Attribution, ...], tuple[Hedge, ...], tuple[Booster, ...]]

UNNAMED_KINDS = [kind for kind in SourceKind if kind not in NAMED_KINDS]


def chain(*kinds: SourceKind, manner: Manner = Manner.INDIRECT) -> Claim:
    """A claim under one chain of sources, outermost first, the named ones with a name in the ledger."""
    links = tuple(
        attribution(f"a{number}", kind, parent=f"a{number - 1}" if number else None, entity=f"e{number}", manner=manner)
        for number, kind in enumerate(kinds)
    )
    return score(links, sources=tuple(entity(f"e{number}", kind) for number, kind in enumerate(kinds)))


@pytest.mark.parametrize(
    ("kinds", "carrier", "support"),
    [
        ([], Carrier.PAPER, None),
        ([SourceKind.OWN_OUTLET], Carrier.PAPER, None),
        ([SourceKind.NAMED_PERSON], Carrier.NAMED, 3),
        ([SourceKind.NAMED_ORGANISATION], Carrier.NAMED, 3),
        ([SourceKind.DOCUMENT], Carrier.NAMED, 4),
        ([SourceKind.OUTLET], Carrier.NAMED, 2),
        ([SourceKind.OUTLET, SourceKind.NAMED_PERSON], Carrier.NAMED, 2),
        ([SourceKind.NAMED_PERSON, SourceKind.ANONYMOUS], Carrier.NAMED, 2),
        ([SourceKind.UNNAMED_OFFICIAL], Carrier.DESCRIBED, 2),
        ([SourceKind.UNNAMED_OFFICIAL, SourceKind.NAMED_PERSON], Carrier.DESCRIBED, 2),
        ([SourceKind.UNNAMED_OFFICIAL, SourceKind.ANONYMOUS], Carrier.DESCRIBED, 1),
        ([SourceKind.ANONYMOUS], Carrier.DESCRIBED, 1),
        ([SourceKind.PRONOUN_UNRESOLVED], Carrier.DESCRIBED, 1),
        ([SourceKind.NONE, SourceKind.NAMED_PERSON], Carrier.NOBODY, 1),
        ([SourceKind.VAGUE_COLLECTIVE], Carrier.NOBODY, 0),
        ([SourceKind.AGENTLESS], Carrier.NOBODY, 0),
        ([SourceKind.NONE], Carrier.NOBODY, 0),
    ],
)
def test_who_answers_for_a_claim(kinds: list[SourceKind], carrier: Carrier, support: int | None) -> None:
    claim = chain(*kinds)
    assert (claim.carrier, claim.support) == (carrier, support)


def test_the_words_of_somebody_named_support_most() -> None:
    assert chain(SourceKind.NAMED_PERSON, manner=Manner.DIRECT).support == 4
    assert chain(SourceKind.NAMED_PERSON, manner=Manner.MIXED).support == 3
    assert chain(SourceKind.ANONYMOUS, manner=Manner.DIRECT).support == 1


def test_a_document_that_cannot_be_found_is_only_described() -> None:
    shows = attribution("a1", SourceKind.DOCUMENT, entity="e1")
    claim = score((shows,), sources=(entity("e1", SourceKind.DOCUMENT, named=False),))
    assert (claim.carrier, claim.support) == (Carrier.DESCRIBED, 1)


def test_an_adverb_of_hearsay_alone_leaves_nobody_to_answer() -> None:
    claim = score(hedges=(hedge("h1", HedgeCategory.HEARSAY),))
    assert (claim.carrier, claim.support) == (Carrier.NOBODY, 0)


def test_an_adverb_of_hearsay_under_a_name_makes_it_second_hand() -> None:
    claim = score((attribution("a1", SourceKind.NAMED_PERSON),), (hedge("h1", HedgeCategory.HEARSAY),))
    assert (claim.carrier, claim.support) == (Carrier.NAMED, 2)


def test_the_mean_support_leaves_out_what_the_paper_answers_for() -> None:
    paper, nobody, quoted = chain(), chain(SourceKind.NONE), chain(SourceKind.NAMED_PERSON, manner=Manner.DIRECT)
    assert mean_support([paper, nobody, quoted, quoted]) == mean_support([nobody, quoted, quoted]) == 0.67
    assert mean_support([paper, nobody]) == 0
    assert mean_support([paper]) is mean_support([]) is None


@given(claims_records(), SOURCES, st.sampled_from(NAMED_KINDS), st.sampled_from(Manner))
def test_a_named_source_beside_the_others_never_lowers_support(
    records: Records, sources: tuple[SourceEntity, ...], kind: SourceKind, manner: Manner
) -> None:
    attributions, hedges, _ = records
    before = score(attributions, hedges, sources=sources)
    added = attribution("a9", kind, entity="e9", manner=manner)
    after = score((*attributions, added), hedges, sources=(*sources, entity("e9", kind)))
    assert after.support is not None
    assert before.support is None or after.support >= before.support
    assert after.carrier is Carrier.NAMED


@given(st.lists(st.sampled_from(UNNAMED_KINDS), max_size=4), st.sampled_from(NAMED_KINDS), st.data())
def test_a_named_source_anywhere_in_an_unnamed_chain_never_lowers_support(
    kinds: list[SourceKind], named: SourceKind, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(kinds)))
    before, after = chain(*kinds), chain(*kinds[:place], named, *kinds[place:])
    assert after.support is not None
    assert before.support is None or after.support >= before.support


@given(claims_records(), SOURCES, st.sampled_from([SourceKind.AGENTLESS, SourceKind.NONE, SourceKind.VAGUE_COLLECTIVE]))
def test_a_link_around_all_that_names_nobody_never_raises_support(
    records: Records, sources: tuple[SourceEntity, ...], kind: SourceKind
) -> None:
    attributions, hedges, _ = records
    before = score(attributions, hedges, sources=sources)
    outer = attribution("a9", kind, attitude=Attitude.HEARSAY)
    below = tuple(
        msgspec.structs.replace(attribution, parent="a9") if attribution.parent is None else attribution
        for attribution in attributions
    )
    after = score((outer, *below), hedges, sources=sources)
    assert before.support is None or (after.support is not None and after.support <= before.support)


@given(claims_records(), SOURCES, st.data())
def test_a_hedge_never_raises_support(records: Records, sources: tuple[SourceEntity, ...], data: st.DataObject) -> None:
    attributions, hedges, _ = records
    before = score(attributions, hedges, sources=sources)
    after = score(attributions, (*hedges, data.draw(a_hedge(9, list(attributions)))), sources=sources)
    assert before.support is None or (after.support is not None and after.support <= before.support)


@given(claims_records(), SOURCES)
def test_the_carrier_is_in_the_voice(records: Records, sources: tuple[SourceEntity, ...]) -> None:
    claim = score(records[0], (), sources=sources)
    carriers = {
        Voice.OWN: {Carrier.PAPER},
        Voice.HEARSAY: {Carrier.NOBODY},
        Voice.SOURCE: {Carrier.NAMED, Carrier.DESCRIBED},
    }
    assert claim.carrier in carriers[claim.voice]
    assert (claim.support is None) == (claim.carrier is Carrier.PAPER)
