"""What claims are worth: the table of voices, the arithmetic by hand, and the promises, on generated records."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_records import Article

from attribution.parsing import Doc
from attribution.records import (
    Attitude,
    Attribution,
    Booster,
    Claim,
    Content,
    Cue,
    Factor,
    Frame,
    Hedge,
    HedgeCategory,
    Manner,
    ScoreName,
    SourceEntity,
    SourceKind,
    SourceMention,
    Span,
    Tone,
    Voice,
)
from attribution.scoring import ClaimClause, credit_sources, find_claims, load_weights, score_claims, summarise
from attribution.scoring.weights import NAMED, NAMES

WEIGHTS = load_weights()
NAMED_KINDS = [SourceKind(name) for name in NAMED]


def attribution(
    id: str,
    kind: SourceKind,
    parent: str | None = None,
    entity: str | None = None,
    manner: Manner = Manner.INDIRECT,
    attitude: Attitude = Attitude.ASSERTION,
    tone: Tone = Tone.NEUTRAL,
    cue: tuple[int, int] | None = None,
    venue: bool = False,
    negated: bool = False,
) -> Attribution:
    """An attribution whose cue stands apart from all others unless told where."""
    start = 1000 + 10 * int(id[1:])
    span = Span(*cue) if cue else Span(start, start + 4)
    mention = SourceMention((), "", kind, entity, venue=(Span(start + 5, start + 9),) if venue else ())
    return Attribution(
        id=id,
        sentence="s1",
        cue=Cue((span,), "", ""),
        source=mention,
        content=Content((), ""),
        manner=manner,
        attitude=attitude,
        tone=tone,
        negated=negated,
        parent=parent,
        frame=Frame.OTHER,
    )


def hedge(
    id: str,
    category: HedgeCategory = HedgeCategory.MODAL,
    strength: float = 0.5,
    words: tuple[int, int] | None = None,
) -> Hedge:
    start = 5000 + 10 * int(id[1:])
    return Hedge(id, "s1", (Span(*words) if words else Span(start, start + 4),), "", category, strength, ())


def booster(id: str, strength: float = 0.5) -> Booster:
    start = 9000 + 10 * int(id[1:])
    return Booster(id, "s1", (Span(start, start + 4),), "", strength, ())


def entity(id: str, kind: SourceKind, named: bool = True) -> SourceEntity:
    return SourceEntity(id, id, kind, named, ())


def score(
    attributions: tuple[Attribution, ...] = (),
    hedges: tuple[Hedge, ...] = (),
    boosters: tuple[Booster, ...] = (),
    sources: tuple[SourceEntity, ...] = (),
    partial: tuple[Hedge, ...] = (),
    withheld: Attribution | None = None,
) -> Claim:
    clause = ClaimClause(
        id="c1",
        sentence="s1",
        head=0,
        spans=(Span(0, 4),),
        text="text",
        attributions=tuple(attribution.id for attribution in attributions),
        hedges=tuple(hedge.id for hedge in hedges),
        partial_hedges=tuple(hedge.id for hedge in partial),
        boosters=tuple(booster.id for booster in boosters),
        withheld=None if withheld is None else withheld.id,
    )
    every = (*attributions, withheld) if withheld else attributions
    (claim,) = score_claims([clause], every, (*hedges, *partial), boosters, sources, WEIGHTS)
    return claim


def factors(claim: Claim, name: ScoreName) -> list[tuple[str, float, str | None]]:
    return [(factor.name, factor.effect, factor.because) for factor in claim.factors if factor.score is name]


# --- Voice ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kinds", "voice"),
    [
        ([], Voice.OWN),
        ([SourceKind.NAMED_PERSON], Voice.SOURCE),
        ([SourceKind.NAMED_ORGANISATION], Voice.SOURCE),
        ([SourceKind.OUTLET], Voice.SOURCE),
        ([SourceKind.DOCUMENT], Voice.SOURCE),
        ([SourceKind.UNNAMED_OFFICIAL], Voice.SOURCE),
        ([SourceKind.ANONYMOUS], Voice.SOURCE),
        ([SourceKind.PRONOUN_UNRESOLVED], Voice.SOURCE),
        ([SourceKind.VAGUE_COLLECTIVE], Voice.HEARSAY),
        ([SourceKind.AGENTLESS], Voice.HEARSAY),
        ([SourceKind.NONE], Voice.HEARSAY),
        ([SourceKind.OWN_OUTLET], Voice.OWN),
        ([SourceKind.OWN_OUTLET, SourceKind.AGENTLESS], Voice.HEARSAY),
        ([SourceKind.OWN_OUTLET, SourceKind.ANONYMOUS], Voice.SOURCE),
        ([SourceKind.OUTLET, SourceKind.AGENTLESS], Voice.SOURCE),
        ([SourceKind.AGENTLESS, SourceKind.NAMED_PERSON], Voice.HEARSAY),
        ([SourceKind.VAGUE_COLLECTIVE, SourceKind.NAMED_PERSON], Voice.HEARSAY),
    ],
)
def test_voice_by_the_kinds_of_the_chain(kinds: list[SourceKind], voice: Voice) -> None:
    chain = [
        attribution(f"a{number}", kind, parent=f"a{number - 1}" if number else None)
        for number, kind in enumerate(kinds)
    ]
    assert score(tuple(chain)).voice is voice


@pytest.mark.parametrize("category", HedgeCategory)
def test_a_hedge_alone_leaves_the_claim_to_the_paper(category: HedgeCategory) -> None:
    assert score(hedges=(hedge("h1", category),)).voice is Voice.OWN


# --- Sourcing, by hand ------------------------------------------------------------------------------------------------


def test_own_voice_has_the_paper_alone() -> None:
    claim = score()
    assert claim.factors == (
        Factor(ScoreName.SOURCING, "own-voice", 0.2, None),
        Factor(ScoreName.CERTAINTY, "plain-assertion", 0.9, None),
    )


def test_a_named_person_s_own_words_in_a_known_place() -> None:
    said = attribution("a1", SourceKind.NAMED_PERSON, entity="e1", manner=Manner.DIRECT, venue=True)
    claim = score((said,), sources=(entity("e1", SourceKind.NAMED_PERSON),))
    assert factors(claim, ScoreName.SOURCING) == [
        ("named-person", 0.8, "e1"),
        ("direct-quotation", 0.1, "a1"),
        ("venue", 0.01, "a1"),
    ]
    assert claim.sourcing == 0.91


def test_unnamed_sources_gain_nothing_from_quotation_marks() -> None:
    assert score((attribution("a1", SourceKind.ANONYMOUS, manner=Manner.DIRECT),)).sourcing == 0.3


def test_words_heard_through_somebody_else_gain_nothing() -> None:
    outer = attribution("a1", SourceKind.NAMED_PERSON, entity="e1")
    inner = attribution("a2", SourceKind.NAMED_PERSON, parent="a1", entity="e2", manner=Manner.DIRECT)
    both = (entity("e1", SourceKind.NAMED_PERSON), entity("e2", SourceKind.NAMED_PERSON))
    assert score((outer, inner), sources=both).sourcing == 0.8
    assert score((msgspec.structs.replace(inner, parent=None),), sources=both).sourcing == 0.9


def test_somebody_who_speaks_twice_in_a_chain_is_one_link() -> None:
    outer = attribution("a1", SourceKind.NAMED_PERSON, entity="e1", manner=Manner.DIRECT)
    inner = attribution("a2", SourceKind.NAMED_PERSON, parent="a1", entity="e1")
    claim = score((outer, inner), sources=(entity("e1", SourceKind.NAMED_PERSON),))
    assert factors(claim, ScoreName.SOURCING) == [("named-person", 0.8, "e1"), ("direct-quotation", 0.1, "a1")]


def test_an_outlet_that_passes_on_a_person_is_the_weakest_link() -> None:
    outer = attribution("a1", SourceKind.OUTLET, entity="e1")
    inner = attribution("a2", SourceKind.NAMED_PERSON, parent="a1", entity="e2")
    claim = score((outer, inner), sources=(entity("e1", SourceKind.OUTLET), entity("e2", SourceKind.NAMED_PERSON)))
    assert factors(claim, ScoreName.SOURCING) == [("named-person", 0.8, "e2"), ("weakest-link", -0.2, "e1")]


def test_an_outlet_that_passes_on_what_nobody_said() -> None:
    outer = attribution("a1", SourceKind.OUTLET, entity="e1")
    inner = attribution("a2", SourceKind.AGENTLESS, parent="a1")
    claim = score((outer, inner), sources=(entity("e1", SourceKind.OUTLET),))
    # 0.60 × (0.5 + 0.5 × 0.05) = 0.315
    assert factors(claim, ScoreName.SOURCING) == [("outlet", 0.6, "e1"), ("unnamed-link", -0.28, "a2")]
    assert claim.sourcing == pytest.approx(0.32)


@pytest.mark.parametrize("attitude", [Attitude.INTENTION, Attitude.BELIEF, Attitude.PERCEPTION])
def test_whose_plan_somebody_else_tells_of_is_no_source_for_it(attitude: Attitude) -> None:
    outer = attribution("a1", SourceKind.VAGUE_COLLECTIVE)
    inner = attribution("a2", SourceKind.NAMED_ORGANISATION, parent="a1", attitude=attitude)
    assert score((outer, inner)).sourcing == 0.15
    alone = msgspec.structs.replace(inner, parent=None)
    assert score((alone,)).sourcing == 0.7


@pytest.mark.parametrize(
    ("attitude", "sourcing"), [(Attitude.INTENTION, 0.2), (Attitude.ASSERTION, 0.9)], ids=["plans", "said"]
)
def test_a_paper_that_names_itself_adds_nothing(attitude: Attitude, sourcing: float) -> None:
    outer = attribution("a1", SourceKind.OWN_OUTLET)
    inner = attribution("a2", SourceKind.NAMED_PERSON, parent="a1", attitude=attitude, manner=Manner.DIRECT)
    assert score((outer, inner)).sourcing == sourcing


def test_independent_sources_support_each_other() -> None:
    organisation = attribution("a1", SourceKind.NAMED_ORGANISATION, entity="e1")
    outlet = attribution("a2", SourceKind.OUTLET, entity="e2")
    claim = score(
        (organisation, outlet), sources=(entity("e1", SourceKind.NAMED_ORGANISATION), entity("e2", SourceKind.OUTLET))
    )
    # 1 − 0.3 × 0.4 = 0.88
    assert factors(claim, ScoreName.SOURCING) == [("named-organisation", 0.7, "e1"), ("outlet", 0.18, "e2")]


def test_one_source_told_twice_is_one_source() -> None:
    twice = tuple(attribution(f"a{number}", SourceKind.OUTLET, entity="e1") for number in (1, 2))
    assert score(twice, sources=(entity("e1", SourceKind.OUTLET),)).sourcing == 0.6


def test_one_source_told_twice_is_one_source_without_a_ledger_entry_too() -> None:
    twice = tuple(
        msgspec.structs.replace(
            attribution(f"a{number}", SourceKind.ANONYMOUS),
            source=SourceMention((Span(number, number + 3),), words, SourceKind.ANONYMOUS),
        )
        for number, words in enumerate(["A driver", "a driver"], 1)
    )
    assert score(twice).sourcing == 0.3


def test_a_document_without_a_title_is_worth_less() -> None:
    shows = attribution("a1", SourceKind.DOCUMENT, entity="e1")
    named = score((shows,), sources=(entity("e1", SourceKind.DOCUMENT),))
    unnamed = score((shows,), sources=(entity("e1", SourceKind.DOCUMENT, named=False),))
    assert (named.sourcing, unnamed.sourcing) == (0.7, 0.35)
    assert unnamed.factors[0].name == "unidentified-document"


def test_a_hearsay_adverb_alone_is_worth_next_to_nothing() -> None:
    claim = score(hedges=(hedge("h1", HedgeCategory.HEARSAY, 0.8),))
    assert factors(claim, ScoreName.SOURCING) == [("none", 0.05, "h1")]
    # 0.9 × (1 − 0.7 × 0.8) = 0.396
    assert factors(claim, ScoreName.CERTAINTY) == [("plain-assertion", 0.9, None), ("hearsay", -0.5, "h1")]


def test_a_hearsay_hedge_under_a_source_is_an_unnamed_link_once() -> None:
    said = attribution("a1", SourceKind.NAMED_ORGANISATION)
    word = hedge("h1", HedgeCategory.HEARSAY, words=(10, 20))
    link = attribution("a2", SourceKind.NONE, parent="a1", cue=(10, 20))
    as_hedge, as_both = score((said,), (word,)), score((said, link), (word,))
    # 0.70 × 0.525 = 0.3675
    assert factors(as_hedge, ScoreName.SOURCING) == [("named-organisation", 0.7, "a1"), ("unnamed-link", -0.33, "h1")]
    assert factors(as_both, ScoreName.SOURCING) == [("named-organisation", 0.7, "a1"), ("unnamed-link", -0.33, "a2")]
    assert score((said,), (hedge("h1"),)).sourcing == 0.7


def test_a_silence_is_the_paper_s_word_about_somebody() -> None:
    silent = attribution("a1", SourceKind.NAMED_ORGANISATION, entity="e1")
    claim = score(withheld=silent, sources=(entity("e1", SourceKind.NAMED_ORGANISATION),))
    assert claim.voice is Voice.OWN
    # 0.2 + 0.5 × 0.7 × 0.8 = 0.48
    assert factors(claim, ScoreName.SOURCING) == [("own-voice", 0.2, None), ("reported-silence", 0.28, "e1")]


def test_a_resolved_pronoun_is_as_good_as_whom_it_stands_for() -> None:
    they = attribution("a1", SourceKind.PRONOUN_UNRESOLVED, entity="e1")
    assert score((they,), sources=(entity("e1", SourceKind.NAMED_ORGANISATION),)).sourcing == 0.7
    assert score((msgspec.structs.replace(they, source=SourceMention((), "they", they.source.kind)),)).sourcing == 0.25


# --- Certainty, by hand -----------------------------------------------------------------------------------------------


def test_attribution_alone_leaves_certainty_as_it_is() -> None:
    assert score((attribution("a1", SourceKind.NAMED_PERSON),)).certainty == 0.9


@pytest.mark.parametrize(
    ("attitude", "tone", "expected"),
    [
        (Attitude.BELIEF, Tone.NEUTRAL, [("belief-attitude", -0.22)]),  # 0.9 × 0.75 = 0.675
        (Attitude.INTENTION, Tone.NEUTRAL, [("intention-attitude", -0.32)]),  # 0.9 × 0.65 = 0.585
        (Attitude.ASSERTION, Tone.DOUBTING, [("doubting-cue", -0.22)]),
        (Attitude.BELIEF, Tone.DOUBTING, [("belief-attitude", -0.22), ("doubting-cue", -0.17)]),
        (Attitude.ASSERTION, Tone.FACTIVE, [("factive-cue", 0.03)]),
        (Attitude.ASSERTION, Tone.LOADED, []),
        (Attitude.PERCEPTION, Tone.NEUTRAL, []),
    ],
)
def test_what_a_cue_does_to_certainty(attitude: Attitude, tone: Tone, expected: list[tuple[str, float]]) -> None:
    claim = score((attribution("a1", SourceKind.NAMED_PERSON, attitude=attitude, tone=tone),))
    assert factors(claim, ScoreName.CERTAINTY) == [
        ("plain-assertion", 0.9, None),
        *((name, effect, "a1") for name, effect in expected),
    ]


def test_a_word_that_is_cue_and_hedge_counts_once() -> None:
    reportedly = attribution("a1", SourceKind.NONE, attitude=Attitude.HEARSAY, cue=(10, 20))
    same = hedge("h1", HedgeCategory.HEARSAY, 0.8, words=(10, 20))
    assert score((reportedly,), (same,)).certainty == score((), (same,)).certainty
    weak = hedge("h1", HedgeCategory.HEARSAY, 0.1, words=(10, 20))
    outweighed = score((reportedly,), (weak,))
    assert outweighed.certainty == score((reportedly,)).certainty
    assert [factor.name for factor in outweighed.factors][1:] == ["plain-assertion", "hearsay-attitude"]


def test_emphasis_raises_a_plain_statement_but_does_not_talk_a_hedge_away() -> None:
    plain, strong, weak = score(), booster("b1", 1.0), hedge("h1", strength=0.05)
    assert factors(score(boosters=(strong,)), ScoreName.CERTAINTY)[-1] == ("booster", 0.08, "b1")
    assert score(hedges=(weak,), boosters=(strong,)).certainty <= plain.certainty


def test_nobody_can_vouch_for_nothing() -> None:
    revealed = attribution("a1", SourceKind.AGENTLESS, tone=Tone.FACTIVE)
    assert [factor.name for factor in score((revealed,)).factors] == [
        "agentless",
        "plain-assertion",
        "hearsay-attitude",
    ]


def test_an_attitude_counts_once_however_long_the_chain() -> None:
    chain = tuple(
        attribution(f"a{number}", SourceKind.AGENTLESS, parent=f"a{number - 1}" if number else None)
        for number in range(4)
    )
    assert score(chain).certainty == score(chain[:1]).certainty == 0.54


def test_a_hedge_on_a_part_takes_little() -> None:
    may = hedge("h1", strength=1.0)
    assert score(partial=(may,)).certainty == pytest.approx(0.72)  # 0.9 × (1 − 0.25 × 0.8)
    assert score((), (may,)).certainty == pytest.approx(0.18)


# --- The promises, on generated records -------------------------------------------------------------------------------

STRENGTHS = st.floats(0.0, 1.0, allow_nan=False)


@st.composite
def claims_records(draw: st.DrawFn) -> tuple[tuple[Attribution, ...], tuple[Hedge, ...], tuple[Booster, ...]]:
    """Attributions in any nesting with any sources, some told twice; hedges, some of which are cues; boosters."""
    attributions: list[Attribution] = []
    for number in range(draw(st.integers(0, 5))):
        parents = [None, *(attribution.id for attribution in attributions)]
        attributions.append(
            attribution(
                f"a{number}",
                draw(st.sampled_from(SourceKind)),
                parent=draw(st.sampled_from(parents)),
                entity=draw(st.sampled_from([None, "e0", "e1", "e2"])),
                manner=draw(st.sampled_from(Manner)),
                attitude=draw(st.sampled_from(Attitude)),
                tone=draw(st.sampled_from(Tone)),
                venue=draw(st.booleans()),
                negated=draw(st.booleans()),
            )
        )
    hedges = [draw(a_hedge(number, attributions)) for number in range(draw(st.integers(0, 4)))]
    boosters = [booster(f"b{number}", draw(STRENGTHS)) for number in range(draw(st.integers(0, 3)))]
    return tuple(attributions), tuple(hedges), tuple(boosters)


@st.composite
def a_hedge(draw: st.DrawFn, number: int, attributions: list[Attribution]) -> Hedge:
    cues = [None, *((attribution.cue.spans[0].start, attribution.cue.spans[0].end) for attribution in attributions)]
    return hedge(f"h{number}", draw(st.sampled_from(HedgeCategory)), draw(STRENGTHS), draw(st.sampled_from(cues)))


SOURCES = st.tuples(
    *(st.builds(entity, st.just(f"e{number}"), st.sampled_from(SourceKind), st.booleans()) for number in range(3))
)


@given(claims_records(), SOURCES, st.booleans())
def test_scores_are_between_0_and_1_and_are_what_their_factors_give(
    records: tuple[tuple[Attribution, ...], tuple[Hedge, ...], tuple[Booster, ...]],
    sources: tuple[SourceEntity, ...],
    in_part: bool,
) -> None:
    attributions, hedges, boosters = records
    partial, full = (hedges[:1], hedges[1:]) if in_part else ((), hedges)
    claim = score(attributions, full, boosters, sources, partial)
    for name, value in ((ScoreName.SOURCING, claim.sourcing), (ScoreName.CERTAINTY, claim.certainty)):
        assert 0.0 <= value <= 1.0
        effects = [factor.effect for factor in claim.factors if factor.score is name]
        assert effects
        assert round(sum(effects), 2) == value
    weights = {name for section in NAMES for name in getattr(WEIGHTS, section)}
    assert {factor.name for factor in claim.factors} <= {*weights, "weakest-link"}
    known = {record.id for record in (*attributions, *hedges, *boosters, *sources)}
    assert all(factor.because is None or factor.because in known for factor in claim.factors)


@given(claims_records(), SOURCES, st.sampled_from(NAMED_KINDS), st.sampled_from(Manner), st.booleans())
def test_a_named_source_beside_the_others_never_lowers_sourcing(
    records: tuple[tuple[Attribution, ...], tuple[Hedge, ...], tuple[Booster, ...]],
    sources: tuple[SourceEntity, ...],
    kind: SourceKind,
    manner: Manner,
    known: bool,
) -> None:
    attributions, hedges, boosters = records
    new_source = entity("e9", kind)
    # The new source may also be one that speaks already, by another mention.
    chosen = next((source for source in sources if known and source.named and source.kind in NAMED_KINDS), new_source)
    added = attribution("a9", chosen.kind, entity=chosen.id, manner=manner)
    before = score(attributions, hedges, boosters, sources)
    after = score((*attributions, added), hedges, boosters, (*sources, new_source))
    assert after.sourcing >= before.sourcing
    assert after.voice is Voice.SOURCE


@given(
    st.lists(st.sampled_from([kind for kind in SourceKind if kind not in NAMED_KINDS]), max_size=4),
    st.sampled_from(NAMED_KINDS),
    st.sampled_from(Attitude),
    st.data(),
)
def test_a_named_source_anywhere_in_an_unnamed_chain_never_lowers_sourcing(
    kinds: list[SourceKind], named: SourceKind, attitude: Attitude, data: st.DataObject
) -> None:
    def chain(links: list[SourceKind]) -> Claim:
        return score(
            tuple(
                attribution(
                    f"a{number}",
                    kind,
                    parent=f"a{number - 1}" if number else None,
                    entity=f"e{number}",
                    attitude=attitude if kind in NAMED_KINDS else Attitude.ASSERTION,
                )
                for number, kind in enumerate(links)
            ),
            sources=tuple(entity(f"e{number}", kind, kind in NAMED_KINDS) for number, kind in enumerate(links)),
        )

    place = data.draw(st.integers(0, len(kinds)))
    assert chain([*kinds[:place], named, *kinds[place:]]).sourcing >= chain(kinds).sourcing


@given(claims_records(), SOURCES, st.data(), st.booleans())
def test_a_hedge_never_raises_certainty(
    records: tuple[tuple[Attribution, ...], tuple[Hedge, ...], tuple[Booster, ...]],
    sources: tuple[SourceEntity, ...],
    data: st.DataObject,
    in_part: bool,
) -> None:
    attributions, hedges, boosters = records
    added = data.draw(a_hedge(9, list(attributions)))
    before = score(attributions, hedges, boosters, sources)
    if in_part:
        after = score(attributions, hedges, boosters, sources, partial=(added,))
    else:
        place = data.draw(st.integers(0, len(hedges)))
        after = score(attributions, (*hedges[:place], added, *hedges[place:]), boosters, sources)
    assert after.certainty <= before.certainty


@given(claims_records(), SOURCES)
def test_boosters_never_make_a_hedged_claim_surer_than_the_unhedged_one(
    records: tuple[tuple[Attribution, ...], tuple[Hedge, ...], tuple[Booster, ...]], sources: tuple[SourceEntity, ...]
) -> None:
    attributions, hedges, boosters = records
    neutral = tuple(
        msgspec.structs.replace(
            attribution, tone=Tone.NEUTRAL if attribution.tone is Tone.FACTIVE else attribution.tone
        )
        for attribution in attributions
    )
    if hedges:
        assert score(attributions, hedges, boosters, sources).certainty <= score(neutral, sources=sources).certainty


@given(st.permutations(["s1", "s3", "s9", "s12", "s15", "s22"]))
def test_the_order_of_unrelated_sentences_changes_no_claim(order: list[str]) -> None:
    """Whole records are moved, not just listed in another order: each sentence gets its place in a new draft."""

    def read(identifiers: list[str]) -> dict[tuple[str, str], tuple[object, ...]]:
        article = reordered(identifiers)
        attributions = (
            article.attribution("s1", "said", "that the bridge was safe", "Officials", id="a1", entity="e1"),
            article.attribution("s3", "has been accused of", ("The mayor", "fraud"), id="a2"),
            article.attribution("s15", "promised", "to resign", "She", id="a3", attitude=Attitude.INTENTION),
            article.attribution(
                "s22", "said", "the pump was old and the valve had failed", "The inspector", id="a4", entity="e2"
            ),
        )
        hedges = (article.hedge("s12", "may", "the town may flood again"),)
        boosters = (article.booster("s9", "old", "old"),)
        sources = (entity("e1", SourceKind.UNNAMED_OFFICIAL, False), entity("e2", SourceKind.NAMED_PERSON))
        clauses = find_claims(Doc.of_sentences(article.draft, article.sentences), attributions, hedges, boosters)
        claims = score_claims(clauses, attributions, hedges, boosters, sources, WEIGHTS)
        return {
            (claim.sentence, claim.text): (
                claim.voice,
                claim.sourcing,
                claim.certainty,
                claim.attributions,
                claim.factors,
            )
            for claim in claims
        }

    assert read(order) == read(sorted(order))


def reordered(identifiers: list[str]) -> Article:
    """An article whose text holds the sentences in this order."""
    article = Article(*identifiers)
    moved, texts, start = [], [], 0
    for sentence in article.sentences:
        shift = start - sentence.start
        tokens = tuple(
            msgspec.structs.replace(token, start=token.start + shift, end=token.end + shift)
            for token in sentence.tokens
        )
        moved.append(msgspec.structs.replace(sentence, start=start, end=sentence.end + shift, block=0, tokens=tokens))
        texts.append(sentence.text)
        start += len(sentence.text) + 1
    article.sentences = tuple(moved)
    article.draft = msgspec.structs.replace(
        article.draft,
        text=" ".join(texts),
        blocks=(msgspec.structs.replace(article.draft.blocks[0], span=Span(0, start - 1)),),
    )
    return article


# --- The article ------------------------------------------------------------------------------------------------------


def test_sources_are_credited_once_a_claim_wherever_in_the_chain() -> None:
    attributions = [
        attribution("a1", SourceKind.OUTLET, entity="e1"),
        attribution("a2", SourceKind.OUTLET, entity="e1", parent="a1"),
        attribution("a3", SourceKind.AGENTLESS),
    ]
    ledger = [entity("e1", SourceKind.OUTLET), entity("e2", SourceKind.DOCUMENT)]
    claims = [
        msgspec.structs.replace(score(tuple(chain)), id=f"c{number}")
        for number, chain in enumerate([attributions[:2], attributions[:1], attributions[2:]], 1)
    ]
    assert [source.claims for source in credit_sources(ledger, claims, attributions)] == [("c1", "c2"), ()]


def test_the_summary_is_the_mean_over_claims() -> None:
    claims = [score(), score((attribution("a1", SourceKind.NAMED_PERSON),)), score(hedges=(hedge("h1"),))]
    ledger = [
        entity("e1", SourceKind.NAMED_PERSON),
        entity("e2", SourceKind.ANONYMOUS, False),
        entity("e3", SourceKind.OWN_OUTLET),
    ]
    summary = summarise(Article("s1", "s2").sentences, claims, ledger)
    assert (summary.sentences, summary.claims) == (2, 3)
    assert (summary.voice.source, summary.voice.hearsay, summary.voice.own) == (1, 0, 2)
    assert summary.sourcing == 0.4
    assert summary.certainty == pytest.approx(0.78)  # (0.9 + 0.9 + 0.54) / 3
    assert (summary.distinct_sources, summary.named_sources) == (2, 1)


def test_an_article_without_claims_has_no_scores() -> None:
    summary = summarise((), (), ())
    assert (summary.claims, summary.sourcing, summary.certainty) == (0, None, None)


def test_every_source_weight_is_reached_by_a_kind() -> None:
    reached = set()
    for kind, named in itertools.product(SourceKind, [True, False]):
        claim = score((attribution("a1", kind, entity="e1"),), sources=(entity("e1", kind, named),))
        reached.add(claim.factors[0].name)
    assert reached == set(WEIGHTS.source)
