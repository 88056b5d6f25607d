"""Which clauses are claims, what their words are, and who stands behind them; on hand-checked parses."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scoring_records import Article

from attribution.parsing import Doc
from attribution.records import (
    Attitude,
    Attribution,
    BlockKind,
    Booster,
    Content,
    Cue,
    Frame,
    Hedge,
    HedgeCategory,
    Manner,
    SourceKind,
    SourceMention,
    Span,
    Tone,
)
from attribution.scoring import ClaimClause, find_claims


def clauses(
    article: Article,
    *attributions: Attribution,
    hedges: Sequence[Hedge] = (),
    boosters: Sequence[Booster] = (),
) -> tuple[ClaimClause, ...]:
    return find_claims(Doc.of_sentences(article.draft, article.sentences), attributions, hedges, boosters)


def told(found: Sequence[ClaimClause]) -> list[tuple[str, tuple[str, ...]]]:
    return [(claim.text, claim.attributions) for claim in found]


def test_a_frame_gives_way_to_its_content() -> None:
    article = Article("s1")
    said = article.attribution("s1", "said", "that the bridge was safe", "Officials")
    assert told(clauses(article, said)) == [("the bridge was safe", ("a1",))]


def test_a_complement_of_a_verb_that_is_no_cue_belongs_to_its_clause() -> None:
    assert told(clauses(Article("s1"))) == [("Officials said that the bridge was safe", ())]


def test_each_finite_clause_of_a_quotation_is_a_claim_of_the_speaker() -> None:
    article = Article("s2")
    said = article.attribution(
        "s2", "said", ("“The bridge is safe,”", "“and it will open in May.”"), "Ola Brandt", manner=Manner.DIRECT
    )
    assert told(clauses(article, said)) == [("The bridge is safe", ("a1",)), ("it will open in May", ("a1",))]


def test_a_content_without_a_clause_leaves_the_claim_to_the_clause_of_the_cue() -> None:
    article = Article("s3", "s15")
    accused = article.attribution("s3", "has been accused of", ("The mayor", "fraud"))
    promised = article.attribution("s15", "promised", "to resign", "She", id="a2")
    assert told(clauses(article, accused, promised)) == [
        ("The mayor has been accused of fraud", ("a1",)),
        ("She promised to resign", ("a2",)),
    ]


def test_what_is_withheld_is_not_claimed_but_the_silence_is() -> None:
    article = Article("s4")
    silent = article.attribution("s4", "did not mention", "what the new role is", "they", withheld=True)
    (claim,) = clauses(article, silent)
    assert claim.text == "However, they did not mention what the new role is"
    assert claim.attributions == ()
    assert claim.withheld == "a1"


def test_a_silence_may_be_reported_by_another_source() -> None:
    article = Article("s24")
    said = article.attribution("s24", "said", "the ministry had declined to name the buyer", "The Harbour Post")
    silent = article.attribution(
        "s24", "had declined to name", "the buyer", "the ministry", id="a2", withheld=True, parent="a1"
    )
    (claim,) = clauses(article, said, silent)
    assert claim.text == "the ministry had declined to name the buyer"
    assert (claim.attributions, claim.withheld) == (("a1",), "a2")


def test_what_a_source_does_not_think_is_not_claimed_but_the_stance_is() -> None:
    article = Article("s1")
    stance = article.attribution("s1", "said", "that the bridge was safe", "Officials", negated=True)
    assert told(clauses(article, stance)) == [("Officials said that the bridge was safe", ("a1",))]


def test_that_nobody_says_something_is_the_paper_s_own_claim() -> None:
    article = Article("s3")
    accused = article.attribution("s3", "has been accused of", ("The mayor", "fraud"), negated=True)
    (claim,) = clauses(article, accused)
    assert (claim.text, claim.attributions, claim.withheld) == ("The mayor has been accused of fraud", (), None)


def test_clauses_of_a_verb_that_is_no_cue_are_folded_with_their_conjuncts() -> None:
    assert told(clauses(Article("s23"))) == [("She knew the valve was old and the firm may close", ())]


def test_questions_imperatives_and_fragments_claim_nothing() -> None:
    assert clauses(Article("s5", "s6", "s7")) == ()


def test_a_question_that_is_reported_is_not_the_claim_but_the_asking_is() -> None:
    article = Article("s19")
    asked = article.attribution("s19", "asked", "whether the bridge was safe", "She")
    assert told(clauses(article, asked)) == [("She asked whether the bridge was safe", ("a1",))]


def test_a_relative_clause_after_a_comma_is_a_claim_and_a_time_clause_is_not() -> None:
    assert told(clauses(Article("s8"))) == [
        ("The council … closed it after a crack appeared", ()),
        ("which owns the bridge", ()),
    ]


def test_a_relative_clause_that_picks_out_is_no_claim() -> None:
    assert told(clauses(Article("s9"))) == [("The bridge that fell in May was old", ())]


def test_a_relative_clause_in_another_voice_is_a_claim() -> None:
    article = Article("s9")
    fell = article.attribution("s9", "fell", "in May", "that")
    assert told(clauses(article, fell)) == [("The bridge … was old", ()), ("that fell in May", ("a1",))]


def test_a_contrast_is_a_claim() -> None:
    assert [clause.text for clause in clauses(Article("s10"))] == ["Although the pumps failed", "the town stayed dry"]


def test_a_condition_is_part_of_its_claim() -> None:
    article = Article("s21")
    said = article.attribution("s21", "said", "If it rains, the road will close", "police")
    assert told(clauses(article, said)) == [("If it rains, the road will close", ("a1",))]


@pytest.mark.parametrize("booster", [False, True])
def test_a_clause_that_only_weighs_another_is_a_frame(booster: bool) -> None:
    article = Article("s11")
    hedge = article.hedge("s11", "likely", "that the dam will fail", HedgeCategory.EPISTEMIC)
    mark = article.booster("s11", "likely", "that the dam will fail")
    (claim,) = clauses(article, boosters=[mark]) if booster else clauses(article, hedges=[hedge])
    assert claim.text == "the dam will fail"
    assert (claim.hedges, claim.boosters) == (((), ("b1",)) if booster else (("h1",), ()))


def test_coordinated_clauses_are_claims_of_their_own_and_a_hedge_stays_in_its_own() -> None:
    article = Article("s12")
    may = article.hedge("s12", "may", "the town may flood again")
    found = clauses(article, hedges=[may])
    assert [(clause.text, clause.hedges) for clause in found] == [
        ("Engineers repaired the pump", ()),
        ("residents returned", ()),
        ("the town may flood again", ("h1",)),
    ]


def test_a_hedge_over_coordinated_clauses_bears_on_each() -> None:
    article = Article("s12")
    hedge = article.hedge("s12", "Engineers", article.sentences[0].text)
    assert [clause.hedges for clause in clauses(article, hedges=[hedge])] == [("h1",)] * 3


def test_a_hedge_does_not_reach_a_contrast_that_hangs_below_it() -> None:
    article = Article("s10")
    hedge = article.hedge("s10", "stayed", article.sentences[0].text)
    found = clauses(article, hedges=[hedge])
    assert [(clause.text, clause.hedges) for clause in found] == [
        ("Although the pumps failed", ()),
        ("the town stayed dry", ("h1",)),
    ]


def test_a_hedge_on_a_part_of_the_claim_is_partial() -> None:
    article = Article("s9")
    hedge = article.hedge("s9", "fell", "that fell in May", HedgeCategory.HEARSAY)
    (claim,) = clauses(article, hedges=[hedge])
    assert (claim.hedges, claim.partial_hedges) == ((), ("h1",))


def test_conjuncts_that_share_an_auxiliary_are_one_claim() -> None:
    article = Article("s16")
    said = article.attribution("s16", "said", "He will be dismissed and moved to a new post", "the ministry")
    assert told(clauses(article, said)) == [("He will be dismissed and moved to a new post", ("a1",))]


def test_the_chain_runs_from_the_outermost_to_the_innermost() -> None:
    article = Article("s13")
    said = article.attribution("s13", "said", "the pump had failed", "Brandt", id="a1", parent="a2")
    according = article.attribution(
        "s13", "According to", "Brandt said the pump had failed", "the Harbour Post", id="a2", kind=SourceKind.OUTLET
    )
    assert told(clauses(article, said, according)) == [("the pump had failed", ("a2", "a1"))]


def test_cue_and_source_that_stand_inside_the_clause_are_no_part_of_the_claim() -> None:
    article = Article("s13")
    according = article.attribution(
        "s13", "According to", "Brandt said the pump had failed", "the Harbour Post", kind=SourceKind.OUTLET
    )
    assert told(clauses(article, according)) == [("Brandt said the pump had failed", ("a1",))]


def test_a_noun_with_a_clause_gives_a_claim_beside_the_main_clause() -> None:
    article = Article("s14")
    claimed = article.attribution("s14", "claim", "that the pump was faulty", "Her")
    assert told(clauses(article, claimed)) == [("Her claim … angered residents", ()), ("the pump was faulty", ("a1",))]


def test_hearsay_in_a_relative_clause_is_a_claim_and_keeps_its_adverb() -> None:
    article = Article("s17")
    reportedly = article.attribution("s17", "reportedly", ("which", "paid bribes"))
    assert told(clauses(article, reportedly)) == [
        ("The firm … has closed", ()),
        ("which reportedly paid bribes", ("a1",)),
    ]


def test_a_participle_that_tells_who_blames_is_a_claim() -> None:
    article = Article("s20")
    said = article.attribution(
        "s20",
        "said",
        "The driver has reportedly been sacked with many blaming him for the crash",
        "the Harbour Post",
        kind=SourceKind.OUTLET,
    )
    blaming = article.attribution(
        "s20", "blaming", "him for the crash", "many", id="a2", kind=SourceKind.VAGUE_COLLECTIVE, parent="a1"
    )
    hedge = article.hedge(
        "s20", "reportedly", "The driver has reportedly been sacked", HedgeCategory.HEARSAY, strength=0.8
    )
    found = clauses(article, said, blaming, hedges=[hedge])
    assert [(clause.text, clause.attributions, clause.hedges) for clause in found] == [
        ("The driver has reportedly been sacked", ("a1",), ("h1",)),
        ("with many blaming him for the crash", ("a1", "a2"), ()),
    ]


def test_a_headline_may_leave_out_its_auxiliary() -> None:
    assert told(clauses(Article("s18"))) == [("Mayor accused of fraud", ())]
    assert told(clauses(Article("s18", block=BlockKind.HEADLINE))) == [("Mayor accused of fraud", ())]


@pytest.mark.parametrize("block", [BlockKind.BYLINE, BlockKind.DATELINE])
def test_bylines_and_datelines_claim_nothing(block: BlockKind) -> None:
    assert clauses(Article("s9", block=block)) == ()


def test_coordinated_content_is_claimed_by_the_same_source() -> None:
    article = Article("s22")
    said = article.attribution("s22", "said", "the pump was old and the valve had failed", "The inspector")
    assert told(clauses(article, said)) == [("the pump was old", ("a1",)), ("the valve had failed", ("a1",))]


def test_claims_are_numbered_in_text_order() -> None:
    found = clauses(Article("s8", "s9", "s10"))
    assert [clause.id for clause in found] == ["c1", "c2", "c3", "c4", "c5"]
    assert [clause.spans[0] for clause in found] == sorted(clause.spans[0] for clause in found)


def test_an_attribution_cannot_be_its_own_ancestor() -> None:
    article = Article("s1")
    said = article.attribution("s1", "said", "that the bridge was safe", "Officials", parent="a2")
    other = article.attribution("s1", "Officials", "that the bridge was safe", "Officials", id="a2", parent="a1")
    assert [set(clause.attributions) for clause in clauses(article, said, other)] == [{"a1", "a2"}]


def test_a_clause_that_says_a_question_is_open_is_a_claim() -> None:
    article = Article("s25")
    hedge = article.hedge("s25", "unclear", "whether the dam will hold", HedgeCategory.EPISTEMIC)
    (claim,) = clauses(article, hedges=[hedge])
    assert (claim.text, claim.hedges) == ("It is unclear whether the dam will hold", ("h1",))


def test_a_frame_around_a_request_claims_no_more_than_the_request() -> None:
    article = Article("s26")
    added = article.attribution("s26", "added", "“Please leave the valley,”", "she", manner=Manner.DIRECT)
    (claim,) = clauses(article, added)
    assert claim.text == "Please leave the valley"


def test_a_frame_whose_content_stands_elsewhere_is_no_claim_and_the_content_is() -> None:
    article = Article("s6", "s26")
    added = article.attribution("s26", "added", (), "she")
    elsewhere = Article("s6").attribution("s6", "now", "Close the bridge now", "")
    claims = clauses(article, msgspec.structs.replace(added, content=elsewhere.content))
    assert told(claims) == [("Close the bridge now", ("a1",))]


def test_a_free_relative_is_no_claim() -> None:
    article = Article("s27")
    clue = article.attribution("s27", "had a clue", "what she meant", "Nobody", attitude=Attitude.PERCEPTION)
    assert told(clauses(article, clue)) == [("Nobody had a clue what she meant", ("a1",))]


def test_a_quotation_mark_keeps_its_partner() -> None:
    article = Article("s28")
    said = article.attribution("s28", "said", "the dam was “safe for years.”", "The owner", manner=Manner.MIXED)
    assert told(clauses(article, said)) == [("the dam was “safe for years.”", ("a1",))]


def test_mistagged_verbs_are_judged_by_the_tree() -> None:
    assert [clause.text for clause in clauses(Article("s29", "s31"))] == [
        "Many carried signs",
        "An indictment unsealed on Tuesday names the owner",
    ]


def test_a_silence_beside_a_statement_is_a_claim_of_its_own() -> None:
    article = Article("s30")
    dismissed = article.attribution("s30", "dismissed", "the report", "The spokeswoman")
    silent = article.attribution("s30", "declined to say", "where he was", "The spokeswoman", id="a2", withheld=True)
    found = clauses(article, dismissed, silent)
    assert [(clause.text, clause.attributions, clause.withheld) for clause in found] == [
        ("The spokeswoman dismissed the report", ("a1",), None),
        ("declined to say where he was", (), "a2"),
    ]


def test_a_participle_may_tell_a_silence() -> None:
    article = Article("s20")
    silent = article.attribution("s20", "blaming", "him for the crash", "many", withheld=True)
    found = clauses(article, silent)
    assert [(clause.text, clause.withheld) for clause in found][-1] == ("with many blaming him for the crash", "a1")


def test_content_that_the_tree_leaves_with_the_frame_joins_the_claim() -> None:
    article = Article("s32")
    believe = article.attribution("s32", "believe", "the dam leaks after rain fell", "Villagers")
    assert told(clauses(article, believe)) == [("the dam leaks after rain fell", ("a1",))]


def test_a_clause_coordinated_with_the_cue_is_not_its_content() -> None:
    article = Article("s12")
    repaired = article.attribution("s12", "repaired", "the pump and residents returned", "Engineers")
    assert told(clauses(article, repaired)) == [
        ("Engineers repaired the pump", ("a1",)),
        ("residents returned", ("a1",)),
        ("the town may flood again", ()),
    ]


def test_two_silences_whose_contents_are_misread_do_not_silence_each_other() -> None:
    article = Article("s33")
    unknown = article.attribution("s33", "did not know", "or did not say", negated=True)
    unsaid = article.attribution("s33", "did not say", "The minister did not know", id="a2", withheld=True)
    (claim,) = clauses(article, unknown, unsaid)
    assert claim.text == "The minister did not know or did not say"


EVERY = Article(*(f"s{number}" for number in range(1, 34)))


@st.composite
def anything(draw: st.DrawFn) -> tuple[list[Attribution], list[Hedge]]:
    """Attributions and hedges on any words, right or wrong, as a bad day of the extraction might give them."""
    length = len(EVERY.draft.text)

    def spans() -> tuple[Span, ...]:
        starts = draw(st.lists(st.integers(0, length - 2), max_size=2))
        return tuple(Span(start, min(length, start + draw(st.integers(1, 80)))) for start in sorted(starts))

    attributions = [
        Attribution(
            id=f"a{number}",
            sentence=draw(st.sampled_from(EVERY.sentences)).id,
            cue=Cue(spans(), "", ""),
            source=SourceMention(spans(), "", SourceKind.NAMED_PERSON),
            content=Content(spans(), ""),
            manner=Manner.INDIRECT,
            attitude=Attitude.ASSERTION,
            tone=Tone.NEUTRAL,
            negated=False,
            parent=draw(st.sampled_from([None, "a0", "a1", "a2"])),
            frame=Frame.OTHER,
            withheld=draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    hedges = [
        Hedge(
            f"h{number}",
            draw(st.sampled_from(EVERY.sentences)).id,
            spans(),
            "",
            draw(st.sampled_from(HedgeCategory)),
            0.5,
            spans(),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    return attributions, hedges


@given(anything())
def test_whatever_was_found_claims_stay_in_their_sentences_and_share_no_word(
    found: tuple[list[Attribution], list[Hedge]],
) -> None:
    attributions, hedges = found
    claims = find_claims(Doc.of_sentences(EVERY.draft, EVERY.sentences), attributions, hedges, ())
    assert [claim.id for claim in claims] == [f"c{number}" for number in range(1, len(claims) + 1)]
    sentences = {sentence.id: sentence for sentence in EVERY.sentences}
    used: set[tuple[str, int]] = set()
    for claim in claims:
        sentence = sentences[claim.sentence]
        assert all(sentence.span.covers(span) for span in claim.spans)
        assert claim.text == " … ".join(EVERY.draft.text[span.start : span.end] for span in claim.spans)
        words = {
            (sentence.id, token.index)
            for token in sentence.tokens
            if token.upos != "PUNCT" and any(span.covers(token.span) for span in claim.spans)
        }
        assert words
        assert not words & used
        used |= words
        assert set(claim.attributions) <= {attribution.id for attribution in attributions}
        assert claim.withheld is None or claim.withheld not in claim.attributions


def test_a_row_that_the_reported_clause_opens_stays_the_speakers() -> None:
    article = Article("s34")
    said = article.attribution("s34", "told", "that Kell hit her", "Roth")
    assert told(clauses(article, said)) == [
        ("Kell hit her", ("a1",)),
        ("locked the door", ("a1",)),
        ("left", ("a1",)),
    ]


def test_a_reason_behind_a_reported_clause_is_the_speakers() -> None:
    article = Article("s35")
    said = article.attribution("s35", "argued", "that the tax was unfair", "Roth")
    assert told(clauses(article, said)) == [("the tax was unfair", ("a1",)), ("because it fell on growers", ("a1",))]


def test_what_there_is_no_sign_of_is_no_claim() -> None:
    assert told(clauses(Article("s36"))) == [("There is no indication that the leak has stopped", ())]


def test_a_verb_in_the_tense_of_what_is_told_goes_on_with_it() -> None:
    article = Article("s37")
    says = article.attribution("s37", "says", "Kell boarded the train", "He")
    assert told(clauses(article, says)) == [
        ("Kell boarded the train", ("a1",)),
        ("found a man bleeding", ("a1",)),
        ("who was perhaps a clerk", ("a1",)),
    ]


def test_verbs_without_conjunction_go_on_with_what_is_told() -> None:
    article = Article("s38")
    found = article.attribution("s38", "found", "guests in some huts didn’t have beds", "The report")
    assert [behind for _, behind in told(clauses(article, found))] == [("a1",), ("a1",), ("a1",)]


def test_a_verb_in_the_tense_of_saying_may_be_the_speakers_own_doing() -> None:
    article = Article("s39")
    said = article.attribution("s39", "said", "the boat was old", "He")
    assert told(clauses(article, said)) == [("the boat was old", ("a1",)), ("left the room", ())]
