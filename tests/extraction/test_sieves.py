"""Each sieve alone on a draft of a sentence or two (``parses/sieves.conllu``)."""

from __future__ import annotations

import msgspec
import pytest
from parsed_drafts import ParsedDraft, rows_of

from attribution.extraction.entities import EntityStore
from attribution.extraction.sieves import PASSES, SIEVES, agreement, deaths, relatives, resolve, speech
from attribution.extraction.sieves.appositions import appositions
from attribution.extraction.sieves.pronouns import running_speaker
from attribution.parsing import Doc
from attribution.records import BlockKind, Span

ROWS = rows_of("sieves.conllu")


def resolved(case: str, *speaking: tuple[int, str] | tuple[int, str, str]) -> tuple[ParsedDraft, EntityStore]:
    draft = ParsedDraft(ROWS[case])
    return draft, resolve(draft.discourse(*speaking))


def test_sieves_are_declared_in_order() -> None:
    assert [sieve.name for sieve in SIEVES] == [
        "names",
        "offices",
        "identities",
        "deaths",
        "genders",
        "nouns",
        "groups",
        "relatives",
        "pronouns",
        "indefinites",
        "first-persons",
    ]
    assert [len(sieve_pass.sieves) for sieve_pass in PASSES] == [1, 1, 1, 2, 5, 1]


def test_a_pass_left_out_leaves_its_mentions_alone() -> None:
    draft = ParsedDraft(ROWS["subject-and-object"])
    store = resolve(draft.discourse(), PASSES[:1])
    assert draft.entity(store, "Tomas Reed") is not None
    assert draft.entity(store, "He") is None


@pytest.mark.parametrize(
    ("case", "first", "second"),
    [
        ("office-copula", "Sara Falk", "The mayor"),
        ("apposition", "Sara Falk", "the mayor"),
        ("apposition", "Ivo Marek", "her deputy"),
        ("bracket-abbreviation", "The Freethinkers’ Guild", "FTG"),
        ("relative", "Sara Falk", "who"),
        ("team", "A team", "The scientists"),
        ("only-body", "Tarsk Mines", "The company"),
        ("club", "Halden Rovers", "The club"),
        ("other-end", "Sara Falk", "His client"),
        ("possessed", "Sara Falk’s brother", "Sara Falk’s brother"),
        ("bare", "Police", "Police"),
        ("age", "Sara Falk", "The 60-year-old"),
        ("first-minister", "The first minister", "Sara Falk"),
        ("paper", "The Tolva Echo", "The paper"),
        ("given-name", "Hillary Weil", "Hillary"),
        ("acronym", "The Norland Health Organisation", "The NHO"),
        ("fronted", "his", "Tomas Reed"),
        ("reflexive", "Tomas Reed himself", "himself"),
        ("sued-body", "Tarsk Mines", "The company"),
        ("same-company", "A company", "The company"),
        ("neuter-club", "Halden", "The club"),
        ("rovers", "Halden Rovers", "the Rovers"),
        ("lady", "Keir Starmund", "Starmund"),
    ],
)
def test_one_entity_under_two_words(case: str, first: str, second: str) -> None:
    draft, store = resolved(case)
    assert draft.entity(store, first) is draft.entity(store, second, int(first == second)) is not None


@pytest.mark.parametrize(
    ("case", "first", "second"),
    [
        ("not-office", "Sara Falk", "The mayor"),
        ("told-by-name", "The Harbour Bank", "The company"),
        ("apposition", "Sara Falk", "Ivo Marek"),
        ("namesakes", "Tom Weil", "Ada Weil"),
        ("namesakes", "Tom Weil", "Weil"),
        ("namesakes", "Ada Weil", "Weil"),
        ("bare", "Police", "A policeman"),
        ("generic", "Sara Falk", "The winner"),
        ("another-body", "A company", "The company"),
        ("person-club", "Sara Falk", "The club"),
        ("two-rovers", "Halden Rovers", "Rovers"),
        ("two-rovers", "Tolva Rovers", "Rovers"),
        ("house", "the White House", "the House"),
        ("lady", "Lady Starmund", "Starmund"),
    ],
)
def test_two_entities(case: str, first: str, second: str) -> None:
    draft, store = resolved(case)
    assert draft.entity(store, first) is not draft.entity(store, second)


def test_a_general_word_that_speaks_is_the_topic() -> None:
    draft, store = resolved("generic", (2, "The winner"))
    assert draft.entity(store, "The winner") is draft.entity(store, "Sara Falk")


def test_the_topic_needs_the_lexicon_to_call_the_word_general() -> None:
    draft, store = resolved("office-copula", (2, "The mayor"))
    assert draft.entity(store, "The mayor") is draft.entity(store, "Sara Falk")
    draft, store = resolved("not-office", (2, "The mayor"))
    assert draft.entity(store, "The mayor") is not draft.entity(store, "Sara Falk")


@pytest.mark.parametrize(
    ("sieve", "case", "taken"),
    [
        ("names", "apposition", ["Sara Falk", "the mayor", "Ivo Marek", "her deputy"]),
        ("offices", "office-copula", ["the mayor"]),
        ("identities", "identity", ["Peter Gore"]),
        ("deaths", "dead", []),
        ("genders", "told-gender", ["she"]),
        ("nouns", "office-copula", ["The mayor"]),
        ("groups", "group", ["Sara Falk and Ivo Marek"]),
        ("relatives", "relative", ["who", "which"]),
        ("pronouns", "group", ["They"]),
        ("first-persons", "first-person", ["We"]),
    ],
)
def test_what_a_sieve_takes(sieve: str, case: str, taken: list[str]) -> None:
    draft = ParsedDraft(ROWS[case])
    names = [] if sieve in ("names", "deaths") else PASSES[:1]
    store = resolve(draft.discourse(), names)
    takes = next(declared.takes for declared in SIEVES if declared.name == sieve)
    assert [draft.words(mention) for mention in store.discourse.mentions if takes(store, mention)] == taken


def test_what_somebody_says_of_herself_tells_a_gender() -> None:
    draft, store = resolved("told-gender")
    sorring = draft.entity(store, "Keld Sorring")
    assert draft.entity(store, "She") is sorring
    assert draft.entity(store, "He") is not sorring


def test_two_genders_tell_none() -> None:
    draft = ParsedDraft(ROWS["two-genders"])
    store = resolve(draft.discourse(), PASSES[:4])
    sorring = draft.entity(store, "Keld Sorring")
    assert sorring is not None
    assert sorring.gender is None


def test_its_chairman_is_no_reports() -> None:
    draft, store = resolved("chairman")
    assert draft.entity(store, "Its") is None
    assert draft.entity(store, "Its", 1) is draft.entity(store, "The report")


def test_a_pronoun_inside_a_phrase_is_not_that_phrase() -> None:
    draft, store = resolved("close-to-him")
    person = draft.entity(store, "A person")
    assert person is not None
    assert agreement.is_barred(store, draft.mention(store, "him"), person)
    reed = draft.entity(store, "Tomas Reed")
    assert reed is not None
    assert not agreement.is_barred(store, draft.mention(store, "him"), reed)


def test_apposition_joins_what_stands_together() -> None:
    draft = ParsedDraft(ROWS["apposition"])
    clusters = appositions(draft.discourse())
    words = {tuple(draft.words(mention) for mention in cluster) for cluster in clusters.values()}
    assert words == {("Sara Falk", "the mayor"), ("Ivo Marek", "her deputy")}


def test_the_dead_and_those_who_may_die() -> None:
    draft, store = resolved("dead")
    dead = {entity.name.text for entity in store.dead_since if entity.name is not None}
    assert dead == {"Emil Dorn", "Nils Berg"}
    dorn = draft.entity(store, "Emil Dorn")
    assert dorn is not None
    assert deaths.is_dead(store, draft.mention(store, "Otto Kell"), dorn)
    assert not deaths.is_dead(store, draft.mention(store, "Emil Dorn"), store.entities[1])


def test_relative_pronouns_that_speak_have_somebody_who_can() -> None:
    draft = ParsedDraft(ROWS["relative"])
    quiet = draft.discourse()
    which = next(mention for mention in quiet.mentions if mention.word == "which")
    site = relatives.antecedent_of(quiet, which)
    assert site is not None
    assert draft.words(site) == "the site"
    speaking = draft.discourse((2, "which"))
    footage = relatives.antecedent_of(speaking, which)
    assert footage is not None
    assert draft.words(footage) == "Footage"


# --- Pronouns ---------------------------------------------------------------------------------------------------------


def test_he_said_goes_on_for_two_sentences() -> None:
    draft = ParsedDraft(ROWS["pause"])
    store = resolve(draft.discourse((1, "Tomas Reed"), (3, "He"), (7, "He")), PASSES[:1])
    reed = draft.entity(store, "Tomas Reed")
    assert reed is not None
    first, second = draft.mention(store, "He"), draft.mention(store, "He", 1)
    assert running_speaker(store, first) is reed
    store.join(first, reed)
    assert store.discourse.last_speaker(second) is first
    assert running_speaker(store, second) is None


def test_the_pause_counts_from_the_end_of_what_was_said() -> None:
    draft = ParsedDraft(ROWS["pause"])
    said = "that the gate was open. The rain fell at noon. He said that the pier was shut. The rain fell at noon."
    store = resolve(draft.discourse((1, "Tomas Reed", said), (7, "He")), PASSES[:1])
    assert store.discourse.last_words_of(draft.mention(store, "Tomas Reed")) == 3
    assert running_speaker(store, draft.mention(store, "He", 1)) is None
    longer = said + " The rain fell at noon."
    store = resolve(draft.discourse((1, "Tomas Reed", longer), (7, "He")), PASSES[:1])
    assert running_speaker(store, draft.mention(store, "He", 1)) is draft.entity(store, "Tomas Reed")


def test_they_are_the_two_who_spoke() -> None:
    draft, store = resolved("two-of-them", (2, "Two of them"))
    two = draft.entity(store, "Two")
    assert two is not None
    assert (two.plural, two.being) == (True, "people")


def test_i_in_a_labelled_block_is_the_labels() -> None:
    draft = ParsedDraft(ROWS["first-person"])
    label = Span(draft.draft.text.index("pier"), draft.draft.text.index("pier") + 4)
    (block,) = draft.draft.blocks
    draft.draft = msgspec.structs.replace(draft.draft, blocks=(msgspec.structs.replace(block, speaker=label),))
    draft.doc = Doc.of_sentences(draft.draft, draft.sentences)
    store = resolve(draft.discourse())
    entity = draft.entity(store, "We")
    assert entity is not None
    assert entity.name is not None
    assert entity.name.text == "pier"


def test_he_added_is_whoever_spoke_last() -> None:
    draft, store = resolved("added", (1, "The guard"), (2, "He"))
    assert draft.entity(store, "He") is draft.entity(store, "The guard")


def test_it_may_stand_for_nothing() -> None:
    draft, store = resolved("it-empty")
    assert draft.entity(store, "It") is None
    assert store.reason_of == {}


def test_fellow_arguments_and_phrases_around_a_pronoun_are_barred() -> None:
    draft = ParsedDraft(ROWS["barred"])
    store = resolve(draft.discourse(), PASSES[:1])
    falk = draft.entity(store, "Sara Falk")
    assert falk is not None
    assert agreement.is_barred(store, draft.mention(store, "her"), falk)
    assert not agreement.is_barred(store, draft.mention(store, "her", 1), falk)


def test_gender_and_number_must_agree() -> None:
    draft, store = resolved("group")
    falk, marek, both = store.entities
    they = draft.mention(store, "They")
    assert agreement.agrees(store, they, both)
    assert not agreement.agrees(store, they, falk)
    draft, store = resolved("subject-and-object")
    he = draft.mention(store, "He")
    reed, hale = store.entities
    assert agreement.agrees(store, he, reed)
    assert agreement.agrees(store, he, hale)
    assert not agreement.agrees(store, he, falk)
    assert agreement.agrees(store, he, marek)


def test_a_pronoun_with_two_likely_antecedents_says_so() -> None:
    draft, store = resolved("pronoun")
    mention = draft.mention(store, "He")
    assert store.reason_of[mention.number] == "“He” could be Jonas Hale or Tomas Reed"


# --- Sections, captions, labels ---------------------------------------------------------------------------------------


def test_captions_and_other_sections_are_no_context() -> None:
    rows = ROWS["pause"]
    plain = ParsedDraft(rows).discourse()
    assert plain.back_from(3, 2) == [3, 2, 1]
    kinds = [BlockKind.PARAGRAPH] * 7
    kinds[2] = BlockKind.CAPTION
    captioned = ParsedDraft(rows, kinds=kinds).discourse()
    assert captioned.back_from(3, 2) == [3, 1, 0]
    assert captioned.back_from(2, 2) == [2, 1, 0]
    sectioned = ParsedDraft(rows, sections=[1, 1, 2, 2, 2, 2, 2]).discourse()
    assert sectioned.back_from(3, 5) == [3, 2]


def test_he_in_another_section_is_not_who_spoke_before() -> None:
    draft = ParsedDraft(ROWS["pause"], sections=[1, 1, 2, 2, 2, 2, 2])
    store = resolve(draft.discourse((1, "Tomas Reed"), (3, "He")))
    assert draft.entity(store, "He") is not draft.entity(store, "Tomas Reed")


@pytest.mark.parametrize(("label", "known"), [("Reed", True), ("REED", True), ("TR", True), ("Kell", False)])
def test_a_label_is_a_name_of_the_draft_or_somebody_new(label: str, known: bool) -> None:
    draft, store = resolved("complement")
    reed = draft.entity(store, "Tomas Reed")
    found = speech.with_name_of(store, speech.Name((label,)))
    assert (found is reed) is known


def test_a_labels_name_ends_at_comma_bracket_and_colon() -> None:
    assert speech.words_of_label("— Ada Kern, engineer") == ("Ada", "Kern")
    assert speech.words_of_label("Dele (@dele)") == ("Dele",)
    assert speech.words_of_label("KERN:") == ("KERN",)


def test_a_label_without_a_known_name_is_somebody_new() -> None:
    draft, store = resolved("complement")
    at = draft.draft.text.index("slept")
    entity = speech.labelled(store, Span(at, at + 5))
    assert entity is not None
    assert entity.name is not None
    assert entity.name.text == "slept"
    assert speech.labelled(store, Span(at, at + 5)) is entity
