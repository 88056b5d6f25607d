"""Hedges and boosters on hand-checked parses: which words count, and what they bear on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attribution.extraction.hedges import find_hedges
from attribution.lexicon import BoosterEntry, HedgeEntry, Lexicon, load_lexicon
from attribution.parsing import Doc, load_parser, read_conllu
from attribution.records import Block, BlockKind, Booster, Draft, Hedge, HedgeCategory, Sentence, Span

PARSES = Path(__file__).parent / "parses"


@cache
def _read(name: str) -> tuple[Draft, dict[str, Sentence]]:
    draft, sentences = read_conllu((PARSES / name).read_text(encoding="utf-8"))
    return draft, {sentence.text: sentence for sentence in sentences}


def _find(text: str, name: str = "hedges.conllu", lexicon: Lexicon | None = None) -> list[tuple[str, str, str]]:
    """Each hedge and booster of the sentence: its words, its category, the words it bears on."""
    draft, sentences = _read(name)
    hedges, boosters = find_hedges(Doc(draft, [sentences[text]]), lexicon or load_lexicon())
    found: list[Hedge | Booster] = sorted([*hedges, *boosters], key=lambda one: one.spans)
    return [
        (
            one.text,
            one.category.value if isinstance(one, Hedge) else "booster",
            " … ".join(draft.text[span.start : span.end] for span in one.scope),
        )
        for one in found
    ]


MODALS = {
    "The ferry may sail on Thursday, officials said.": [("may", "modal", "The ferry may sail on Thursday")],
    "The storm could reach the coast tonight.": [("could", "modal", "The storm could reach the coast tonight")],
    "The tower could have been saved.": [("could", "modal", "The tower could have been saved")],
    "She said the dam could fail.": [("could", "modal", "the dam could fail")],
    "The burglar must have had a key.": [("must", "modal", "The burglar must have had a key")],
    # Coordination: each modal bears on its own clause.
    "The plant may close and 40 staff may lose their jobs.": [
        ("may", "modal", "The plant may close"),
        ("may", "modal", "40 staff may lose their jobs"),
    ],
    "The plant may close, but the union is calm.": [("may", "modal", "The plant may close")],
    # Facts added to the clause are not in doubt.
    "The plant, which employs 400 people, may close in June.": [("may", "modal", "The plant … may close in June")],
    "The plant may close because demand fell.": [("may", "modal", "The plant may close")],
}

NO_HEDGE = {
    "permission": "You may park in the yard.",
    "permission refused": "The photographs may not be copied.",
    "the month": "The fair opens on 3 May in Leeds.",
    "past ability": "As a boy he could swim a mile and won every race.",
    "inability": "The crew could not reach the island.",
    "duty": "Visitors must leave by noon.",
    "future seen from the past": "She said she would resign.",
    "faith": "The founders believed in free schooling.",
    "seeing with the eyes": "The guard saw the van leave.",
    "weighing a step": "She is considering leaving.",
    "imperative": "Consider the cost.",
    "appearing in a place": "He appeared in court on Monday.",
    "as possible": "They left as soon as possible.",
    "measure": "It was the highest possible score.",
    "about a topic": "They talked about the fire.",
    "some without a number": "Some firefighters came.",
    "age": "Voters under 30 stayed away.",
    "concession": "The levy will stand even if the mayor objects.",
    "to provide": "Ministers provided a boat.",
    "to turn out": "The path proved difficult.",
    "negated booster": "The law is not clearly written.",
}

CONDITIONALS = {
    "The bill would cut rents.": [("would", "conditional", "The bill would cut rents")],
    "The town would have flooded.": [("would", "conditional", "The town would have flooded")],
    "Prices would fall if the port reopened.": [
        ("would", "conditional", "Prices would fall if the port reopened"),
        ("if", "conditional", "Prices would fall"),
    ],
    "The pier will reopen if the inspection goes well.": [("if", "conditional", "The pier will reopen")],
    "The clinic will close unless donors step in.": [("unless", "conditional", "The clinic will close")],
    "Should the talks fail, the port will shut.": [("Should", "conditional", "the port will shut")],
    # A question asked is no condition.
    "The coroner asked if the light was on.": [("if", "epistemic", "the light was on")],
    "Police are checking whether the alarm was set.": [("whether", "epistemic", "the alarm was set")],
}

ADVERBS = {
    "Reportedly, the president dismissed him.": [("Reportedly", "hearsay", "Reportedly, the president dismissed him")],
    "The general has reportedly been sidelined, said the channel.": [
        ("reportedly", "hearsay", "The general has reportedly been sidelined")
    ],
    "Police arrested a man, apparently in error.": [("apparently", "epistemic", "apparently in error")],
    "An apparently drunk driver hit the gate.": [("apparently", "epistemic", "apparently drunk")],
}

BELIEFS = {
    "Detectives believe the van was stolen.": [("believe", "belief", "the van was stolen")],
    "The fire, police believe, was set.": [("believe", "belief", "The fire … was set")],
    "Critics see the levy as a tax.": [("see", "belief", "the levy … a tax")],
    "It is believed by some that the well is holy.": [("believed", "belief", "the well is holy")],
    "The fire is believed to have started in a shed.": [
        ("is believed to", "agentless-passive", "The fire … to have started in a shed")
    ],
    "The move was seen as a rebuke.": [("was seen as", "agentless-passive", "The move … a rebuke")],
    "The minister is said to favour an early vote.": [
        ("is said to", "agentless-passive", "The minister … to favour an early vote")
    ],
    "He has been described as a hero.": [("has been described as", "agentless-passive", "He … a hero")],
    "The pass is considered dangerous.": [("is considered", "agentless-passive", "The pass … dangerous")],
    "The firm has been accused of dumping waste.": [
        ("has been accused", "agentless-passive", "The firm … of dumping waste")
    ],
    "The firm was accused by tenants of dumping waste.": [("accused", "hearsay", "The firm … of dumping waste")],
    "The door appears to have been forced.": [("appears", "epistemic", "The door … to have been forced")],
    "The shop looks like it will close.": [("looks like", "epistemic", "it will close")],
    "The deal seems dead.": [("seems", "epistemic", "The deal … dead")],
}

ADJECTIVES_AND_NOUNS = {
    "The route is likely to change.": [("likely", "epistemic", "The route … to change")],
    "It is possible that the tap was left open.": [("possible that", "epistemic", "the tap was left open")],
    "Detectives named a possible motive.": [("possible", "epistemic", "a possible motive")],
    "The alleged forger, a clerk, was fined.": [("alleged", "hearsay", "The alleged forger")],
    "The theory that he acted alone was dropped.": [("theory", "epistemic", "he acted alone")],
    "There is a chance that it will rain.": [("chance", "epistemic", "it will rain")],
    "It is unclear whether the alarm rang.": [
        ("unclear", "epistemic", "whether the alarm rang"),
        ("whether", "epistemic", "the alarm rang"),
    ],
    "It was not immediately clear who gave the order.": [("not immediately clear", "epistemic", "who gave the order")],
    "There is no scientific evidence that the cream works.": [("no … evidence", "epistemic", "the cream works")],
    "There are doubts about the alibi.": [("doubts", "epistemic", "about the alibi")],
}

APPROXIMATORS = {
    "About 40 people queued for bread.": [("About", "approximator", "About 40 people")],
    "Some 60 firefighters came.": [("Some", "approximator", "Some 60 firefighters")],
    "Nearly half the seats were empty.": [("Nearly", "approximator", "Nearly half the seats")],
    "The crew rescued at least 12 sheep.": [("at least", "approximator", "at least 12 sheep")],
    "Thirty or so goats escaped.": [("or so", "approximator", "Thirty or so goats")],
    "Dozens of boats sank.": [("Dozens of", "approximator", "Dozens of boats")],
}

BOOSTERS = {
    "There is no doubt that the gate was open.": [("There is no doubt", "booster", "the gate was open")],
    "The letters clearly prove that the sale was fixed.": [
        ("clearly", "booster", "The letters clearly prove that the sale was fixed"),
        ("prove", "booster", "the sale was fixed"),
    ],
    # Manner, not certainty; *could see* is ability.
    "Drivers could see the road clearly.": [],
}

EXPECTED = MODALS | CONDITIONALS | ADVERBS | BELIEFS | ADJECTIVES_AND_NOUNS | APPROXIMATORS | BOOSTERS


@pytest.mark.parametrize("text", EXPECTED)
def test_finds_words_category_and_scope(text: str) -> None:
    assert _find(text) == EXPECTED[text]


@pytest.mark.parametrize("meaning", NO_HEDGE)
def test_leaves_other_meanings_alone(meaning: str) -> None:
    assert _find(NO_HEDGE[meaning]) == []


def test_every_stored_parse_is_tested() -> None:
    _, sentences = _read("hedges.conllu")
    assert set(sentences) == {*EXPECTED, *NO_HEDGE.values()}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("The theory that he acted alone was dropped.", "he acted alone"),
        ("There is a chance that it will rain.", "it will rain"),
        ("There is no scientific evidence that the cream works.", "the cream works"),
        ("The fire, police believe, was set.", "The fire … was set"),
    ],
)
def test_parsers_labels_for_that_clauses_are_understood(text: str, scope: str) -> None:
    assert [found[2] for found in _find(text, "hedges-as-parsed.conllu")] == [scope]


def test_numbers_hedges_and_boosters_in_text_order_over_the_draft() -> None:
    draft, sentences = _read("hedges.conllu")
    hedges, boosters = find_hedges(Doc(draft, tuple(sentences.values())), load_lexicon())
    assert [hedge.id for hedge in hedges] == [f"h{number}" for number in range(1, len(hedges) + 1)]
    assert [booster.id for booster in boosters] == [f"b{number}" for number in range(1, len(boosters) + 1)]
    assert list(hedges) == sorted(hedges, key=lambda hedge: hedge.spans)


def test_exceptions_are_taken_from_the_lexicon() -> None:
    text = "They left as soon as possible."
    possible = HedgeEntry(
        words="possible", category=HedgeCategory.EPISTEMIC, strength=0.6, example="It is possible.", source="test"
    )
    without_exceptions = Lexicon(hedges=(possible,))
    assert [found[0] for found in _find(text, lexicon=without_exceptions)] == ["possible"]
    with_exceptions = Lexicon(hedges=(possible,), exceptions=load_lexicon().exceptions)
    assert _find(text, lexicon=with_exceptions) == []


def test_longer_words_go_before_shorter_ones() -> None:
    doubt = HedgeEntry(
        words="doubt", category=HedgeCategory.EPISTEMIC, strength=0.6, example="There is doubt.", source="test"
    )
    text = "There is no doubt that the gate was open."
    assert [found[1] for found in _find(text, lexicon=Lexicon(hedges=(doubt,)))] == ["epistemic"]
    assert [found[1] for found in _find(text)] == ["booster"]


@given(st.data())
def test_spans_lie_in_their_sentence_and_words_are_used_once(data: st.DataObject) -> None:
    """On parses whose relations were shuffled, too: a bad parse may mislead, never break."""
    draft, sentences = _read("hedges.conllu")
    sentence = data.draw(st.sampled_from(list(sentences.values())))
    tokens = list(sentence.tokens)
    relations = [
        "nsubj",
        "nsubj:pass",
        "ccomp",
        "advcl",
        "acl:relcl",
        "mark",
        "aux",
        "conj",
        "parataxis",
        "obl",
        "amod",
    ]
    for index in range(len(tokens)):
        if tokens[index].head != -1 and data.draw(st.booleans()):
            relation = data.draw(st.sampled_from(relations))
            token = tokens[index]
            tokens[index] = type(token)(
                token.index,
                token.text,
                token.start,
                token.end,
                token.lemma,
                token.upos,
                token.xpos,
                token.head,
                relation,
            )
    changed = Sentence(sentence.id, sentence.start, sentence.end, sentence.text, sentence.block, tuple(tokens))
    hedges, boosters = find_hedges(Doc(draft, [changed]), load_lexicon())
    found: list[Hedge | Booster] = [*hedges, *boosters]
    for one in found:
        assert one.spans
        assert all(changed.span.covers(span) for span in (*one.spans, *one.scope))
        assert list(one.scope) == sorted(one.scope)
        assert one.text == " … ".join(draft.text[span.start : span.end] for span in one.spans)


@pytest.mark.slow
def test_examples_of_the_lexicon_show_what_they_are_examples_of() -> None:
    """The embedded parser misreads a few; nine in ten must come out with their own category and strength."""
    lexicon = load_lexicon()
    entries: list[HedgeEntry | BoosterEntry] = [*lexicon.hedges, *lexicon.boosters]
    drafts = [Draft(entry.example, (Block(BlockKind.PARAGRAPH, Span(0, len(entry.example))),)) for entry in entries]
    missed = []
    for entry, draft, sentences in zip(entries, drafts, load_parser().parse(drafts), strict=True):
        hedges, boosters = find_hedges(Doc(draft, sentences), lexicon)
        if isinstance(entry, HedgeEntry):
            found = any((one.category, one.strength) == (entry.category, entry.strength) for one in hedges)
        else:
            found = any(one.strength == entry.strength for one in boosters)
        if not found:
            missed.append(entry.words)
    assert len(missed) <= 0.1 * len(entries), missed
