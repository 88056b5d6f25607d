from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.conversion.documents import (
    AnnotatedAttribution,
    AnnotatedDocument,
    AnnotatedHedge,
    AnnotatedMention,
    VoicedSpan,
)
from attribution.evaluation.scores import (
    ATTRIBUTION_PARTS,
    Count,
    Level,
    Part,
    Resolution,
    resolve_mentions,
    same_name,
    score,
    score_document,
)
from attribution.evaluation.words import ScoredText
from attribution.records import HedgeCategory, Manner, Span, Voice

TEXT = (
    "The mayor, Ada Lund, said on Monday that the bridge was safe. “It will stand,” she added. “Always.”\n"
    "According to the council, repairs cost about $2 million. The bridge is expected to reopen.\n"
    "Nobody spoke.\n"
)


def at(*pieces: str) -> tuple[Span, ...]:
    return tuple(Span(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in pieces)


SAID = AnnotatedAttribution(at("said on Monday"), at("The mayor, Ada Lund"), at("that the bridge was safe"))
ADDED = AnnotatedAttribution(at("added"), at("she"), at("“It will stand,”", "“Always.”"))
ACCORDING = AnnotatedAttribution(at("According to"), at("the council"), at("repairs cost about $2 million"))
EXPECTED = AnnotatedAttribution(at("is expected"), (), at("The bridge", "to reopen"))
GOLD = AnnotatedDocument("gold", TEXT, (SAID, ADDED, ACCORDING, EXPECTED))


def document(*attributions: AnnotatedAttribution) -> AnnotatedDocument:
    return AnnotatedDocument("guess", TEXT, attributions)


def test_the_same_annotation_is_perfect() -> None:
    counts = score([GOLD], [GOLD])
    assert list(counts) == list(ATTRIBUTION_PARTS)
    assert {part: count.f1 for part, count in counts.items()} == dict.fromkeys(ATTRIBUTION_PARTS, 1.0)
    assert counts[Part.SENTENCE_CONTENT] == Count(5, 5, 5)


def test_a_missed_attribution_lowers_recall_only() -> None:
    counts = score([GOLD], [document(ADDED, ACCORDING, EXPECTED)])
    assert counts[Part.CUE] == Count(3, 3, 4)
    assert counts[Part.SENTENCE_CONTENT] == Count(4, 4, 5)


def test_an_invented_attribution_lowers_precision_only() -> None:
    invented = AnnotatedAttribution(at("spoke"), at("Nobody"))
    counts = score([GOLD], [document(SAID, ADDED, ACCORDING, EXPECTED, invented)])
    assert counts[Part.CUE] == Count(4, 5, 4)
    assert counts[Part.CONTENT_WORDS].f1 == 1.0


def test_a_shorter_source_is_partly_right() -> None:
    shorter = AnnotatedAttribution(SAID.cue, at("Ada Lund"), SAID.content)
    counts = score([GOLD], [document(shorter, ADDED, ACCORDING, EXPECTED)])
    assert counts[Part.SOURCE_EXACT].right == 3
    assert counts[Part.SOURCE_PARTIAL].right == 4
    assert counts[Part.ALL_EXACT].right == 3
    assert counts[Part.ALL_SOFT].right == 4


def test_sharing_an_article_makes_no_source_partly_right() -> None:
    start = at("the council")[0].start
    article = AnnotatedAttribution(ACCORDING.cue, (Span(start, start + len("the")),), ACCORDING.content)
    assert score([GOLD], [document(article)])[Part.SOURCE_PARTIAL].right == 0


def test_a_source_where_there_is_none_is_wrong() -> None:
    made_up = AnnotatedAttribution(EXPECTED.cue, at("Nobody"), EXPECTED.content)
    counts = score([GOLD], [document(SAID, ADDED, ACCORDING, made_up)])
    assert counts[Part.SOURCE_PARTIAL].right == 3


def test_content_words_are_counted_over_pairs() -> None:
    cut = AnnotatedAttribution(ADDED.cue, ADDED.source, at("“Always.”"))
    counts = score([GOLD], [document(SAID, cut)])
    assert counts[Part.CONTENT_WORDS] == Count(5 + 1, 5 + 1, 5 + 4 + 5 + 4)
    assert counts[Part.ALL_SOFT].right == 1, "one word of four is F1 0.4"


def test_a_cue_without_a_word_is_paired_by_content() -> None:
    stop = Span(TEXT.index(". “It"), TEXT.index(" “It"))
    bare = AnnotatedAttribution((stop,), ADDED.source, ADDED.content)
    gold = AnnotatedDocument("gold", TEXT, (bare,))
    counts = score([gold], [document(bare)])
    assert counts[Part.CUE] == Count(0, 0, 0)
    assert counts[Part.ALL_EXACT] == Count(1, 1, 1)
    assert score([gold], [document(ADDED)])[Part.ALL_EXACT] == Count(0, 1, 1), "a cue is no bare one"


def test_each_attribution_is_paired_once_with_the_best() -> None:
    both = AnnotatedAttribution(at("said on Monday", "added"), ADDED.source, ADDED.content)
    counts = score([GOLD], [document(both)])
    assert counts[Part.CUE] == Count(1, 1, 4)
    assert counts[Part.ALL_SOFT].right == 0, "it shares three cue words with the first"


def test_nested_attributions_count_at_all_levels_only() -> None:
    nested = AnnotatedAttribution(at("was"), (), at("safe"), nested=True)
    gold = AnnotatedDocument("gold", TEXT, (SAID, nested))
    assert score([gold], [document(SAID)])[Part.CUE] == Count(1, 1, 1)
    assert score([gold], [document(SAID)], Level.ALL)[Part.CUE] == Count(1, 1, 2)


def test_a_manner_keeps_its_gold_and_what_is_paired_with_it() -> None:
    indirect = AnnotatedAttribution(ADDED.cue, ADDED.source, at("the bridge was safe"))
    counts = score([GOLD], [document(SAID, indirect, ACCORDING)], manner=Manner.DIRECT)
    assert counts[Part.CUE] == Count(1, 1, 1)
    assert counts[Part.CONTENT_WORDS] == Count(0, 4, 4)
    stray = AnnotatedAttribution(at("spoke"), (), at("“Always.”"))
    assert score([GOLD], [document(SAID, stray)], manner=Manner.INDIRECT)[Part.CUE] == Count(1, 1, 3)


def test_a_document_without_prediction_counts_as_nothing_found() -> None:
    assert score([GOLD], [None])[Part.CUE] == Count(0, 0, 4)
    assert score([GOLD, GOLD], [None, GOLD])[Part.CUE] == Count(4, 4, 8)


def test_hedges_are_paired_by_a_shared_word() -> None:
    gold = AnnotatedDocument(
        "gold", TEXT, hedges=(
            AnnotatedHedge(at("about"), HedgeCategory.APPROXIMATOR),
            AnnotatedHedge(at("is expected"), HedgeCategory.AGENTLESS_PASSIVE),
        )
    )  # fmt: skip
    guess = AnnotatedDocument(
        "guess", TEXT, hedges=(
            AnnotatedHedge(at("about"), HedgeCategory.EPISTEMIC),
            AnnotatedHedge(at("expected"), HedgeCategory.AGENTLESS_PASSIVE),
            AnnotatedHedge(at("Nobody"), HedgeCategory.MODAL),
        )
    )  # fmt: skip
    counts = score_document(gold, guess)
    assert counts[Part.HEDGE] == Count(2, 3, 2)
    assert counts[Part.HEDGE_EXACT] == Count(1, 3, 2)
    assert counts[Part.HEDGE_CATEGORY] == Count(1, 3, 2)
    assert Part.VOICE not in counts, "nobody annotated it"


def test_a_sentence_has_the_voice_of_most_of_its_claimed_words() -> None:
    first, second = at("The mayor, Ada Lund, said on Monday that the bridge was safe.", "Nobody spoke.")
    gold = AnnotatedDocument("gold", TEXT, voices=(VoicedSpan((first,), Voice.SOURCE), VoicedSpan((second,), None)))

    def accuracy(*claims: VoicedSpan) -> Count:
        return score_document(gold, AnnotatedDocument("guess", TEXT, voices=claims))[Part.VOICE]

    short, long = at("The mayor"), at("the bridge was safe")
    assert accuracy(VoicedSpan(short, Voice.OWN), VoicedSpan(long, Voice.SOURCE)) == Count(2, 2, 2)
    assert accuracy(VoicedSpan(short, Voice.SOURCE), VoicedSpan(long, Voice.OWN)) == Count(1, 2, 2)
    assert accuracy(VoicedSpan((second,), Voice.OWN)) == Count(0, 2, 2)


MENTIONS = (
    AnnotatedMention(at("she")[0], ("Ada Lund", "the mayor")),
    AnnotatedMention(at("the council")[0], ("Aldmere Council",)),
    AnnotatedMention(at("It")[0]),
)


def test_mentions_are_right_wrong_or_unresolved() -> None:
    guesses = (
        AnnotatedMention(at("she")[0], ("Mayor Ada Lund",)),
        AnnotatedMention(at("the council")[0], ("Graywater Council",)),
    )
    found = resolve_mentions(ScoredText(TEXT), MENTIONS, guesses)
    assert [resolution for _, _, resolution in found] == [Resolution.RIGHT, Resolution.WRONG, Resolution.RIGHT]
    found = resolve_mentions(ScoredText(TEXT), MENTIONS, (AnnotatedMention(at("she")[0]),))
    assert [resolution for _, _, resolution in found] == [
        Resolution.UNRESOLVED, Resolution.UNRESOLVED, Resolution.RIGHT
    ]  # fmt: skip


def test_precision_of_mentions_tells_how_far_to_trust_a_resolution() -> None:
    gold = AnnotatedDocument("gold", TEXT, (ADDED, ACCORDING), mentions=MENTIONS)
    guesses = (
        AnnotatedMention(at("she")[0], ("Mayor Ada Lund",)),
        AnnotatedMention(at("It")[0], ("Aldmere Council",)),
    )
    counts = score_document(gold, AnnotatedDocument("guess", TEXT, mentions=guesses))
    assert counts[Part.MENTIONS] == Count(1, 2, 2)
    assert counts[Part.SPEAKING_MENTIONS] == Count(1, 1, 2)


def test_the_accuracy_of_mentions_counts_those_left_open_rightly() -> None:
    gold = AnnotatedDocument("gold", TEXT, mentions=MENTIONS)
    guess = AnnotatedDocument("guess", TEXT, (SAID,), mentions=(AnnotatedMention(at("she")[0], ("Ada Lund",)),))
    counts = score_document(gold, guess)
    assert counts == {Part.MENTIONS: Count(1, 1, 2), Part.MENTION_ACCURACY: Count(2, 3, 3)}


def test_an_owner_is_not_what_is_owned() -> None:
    firm, analyst = AnnotatedMention(Span(0, 10), ("Brandt",)), AnnotatedMention(Span(0, 18), ("Ada Lund",))
    text = ScoredText("The firm's analyst left.")
    assert resolve_mentions(text, (firm,), (analyst,))[0][2] is Resolution.UNRESOLVED
    assert resolve_mentions(text, (analyst,), (firm,))[0][2] is Resolution.UNRESOLVED
    assert resolve_mentions(text, (firm,), (AnnotatedMention(Span(0, 8), ("Brandt",)),))[0][2] is Resolution.RIGHT


def test_a_mention_of_one_word_needs_the_same_word() -> None:
    his = AnnotatedMention(Span(0, 3), ("Bo Quist",))
    client = AnnotatedMention(Span(0, 10), ("Ada Lund",))
    text = ScoredText("His client left.")
    assert resolve_mentions(text, (his,), (client,))[0][2] is Resolution.UNRESOLVED
    assert resolve_mentions(text, (client,), (his,))[0][2] is Resolution.UNRESOLVED
    longer = AnnotatedMention(Span(0, 15), ("Ada Lund",))
    assert resolve_mentions(text, (client,), (longer,))[0][2] is Resolution.RIGHT


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Pavel Zhdar", "Col Gen Pavel Zhdar", True),
        ("Zhdar", "Pavel Zhdar", True),
        ("the ministry’s", "Ministry", True),
        ("Pavel Zhdar", "Anton Zhdar", False),
        ("the", "the ministry", False),
    ],
)
def test_names_are_the_same_when_one_holds_the_other(first: str, second: str, same: bool) -> None:
    assert same_name(first, second) is same
    assert same_name(second, first) is same


SPAN = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(0, 25)).map(
    lambda pair: Span(pair[0], min(len(TEXT), pair[0] + pair[1]))
)
SPANS = st.lists(SPAN, max_size=3).map(tuple)
DOCUMENTS = st.lists(
    st.builds(AnnotatedAttribution, cue=SPANS, source=SPANS, content=SPANS, nested=st.booleans()), max_size=6
).map(lambda attributions: AnnotatedDocument("generated", TEXT, tuple(attributions)))


@given(DOCUMENTS, DOCUMENTS, st.sampled_from(Level), st.sampled_from([None, *Manner]))
def test_counts_and_shares_are_within_their_bounds(
    gold: AnnotatedDocument, guess: AnnotatedDocument, level: Level, manner: Manner | None
) -> None:
    counts = score_document(gold, guess, level, manner)
    for count in counts.values():
        assert 0 <= count.right <= min(count.predicted, count.gold)
        assert 0.0 <= min(count.precision, count.recall) - 1e-12 <= count.f1 + 1e-12 or not count.right
        assert count.f1 <= max(count.precision, count.recall) + 1e-12
    assert counts[Part.ALL_EXACT].right <= counts[Part.SOURCE_EXACT].right
    assert counts[Part.SOURCE_EXACT].right <= counts[Part.SOURCE_PARTIAL].right or not counts[Part.SOURCE_EXACT].right
    assert counts[Part.ALL_EXACT].right <= counts[Part.ALL_SOFT].right


@given(DOCUMENTS, st.data())
def test_dropping_predictions_never_costs_cue_precision(gold: AnnotatedDocument, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.sampled_from(gold.attributions), unique_by=id) if gold.attributions else st.just([]))
    count = score_document(gold, AnnotatedDocument("kept", TEXT, tuple(kept)), Level.ALL)[Part.CUE]
    assert count.right == count.predicted


@given(DOCUMENTS)
def test_gold_against_itself_is_perfect(drawn: AnnotatedDocument) -> None:
    text = ScoredText(TEXT)
    # Attributions without a word in cue or content cannot be recognised again.
    gold = document(
        *(attribution for attribution in drawn.attributions if text.words_in(attribution.cue + attribution.content))
    )
    for level in Level:
        for count in score_document(gold, gold, level).values():
            assert count.right == count.predicted == count.gold


def test_unclear_voices_are_counted_where_either_side_has_some() -> None:
    sentence = (Span(0, 9),)

    def counts(gold: Voice, guess: Voice) -> dict[Part, Count]:
        document = AnnotatedDocument("gold", TEXT, voices=(VoicedSpan(sentence, gold),))
        return score_document(document, AnnotatedDocument("guess", TEXT, voices=(VoicedSpan(sentence, guess),)))

    assert Part.VOICE_UNCLEAR not in counts(Voice.OWN, Voice.SOURCE)
    assert counts(Voice.UNCLEAR, Voice.UNCLEAR)[Part.VOICE_UNCLEAR] == Count(1, 1, 1)
    assert counts(Voice.SOURCE, Voice.UNCLEAR)[Part.VOICE_UNCLEAR] == Count(0, 1, 0)
    assert counts(Voice.SOURCE, Voice.UNCLEAR)[Part.VOICE] == Count(0, 1, 1)
