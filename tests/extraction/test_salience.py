"""What each piece of salience weighs, and how far the best antecedent must lead."""

from __future__ import annotations

import pytest
from parsed_drafts import ParsedDraft, rows_of

from attribution.extraction.entities import Entity, EntityStore
from attribution.extraction.mention import Being, Gender
from attribution.extraction.names import Name
from attribution.extraction.sieves import names, salience
from attribution.extraction.sieves.salience import Bonus, Weighing

ROWS = rows_of("sieves.conllu")


def weight_of(case: str, pronoun: str, name: str, *speaking: tuple[int, str], number: int = 0) -> float:
    """What the entity of a name weighs for a pronoun, with names alone resolved (and all mentions before it joined)."""
    draft = ParsedDraft(ROWS[case])
    store = EntityStore(draft.discourse(*speaking))
    for mention in store.discourse.mentions:
        if names.takes(store, mention):
            names.place_name(store, mention)
    entity = draft.entity(store, name)
    assert entity is not None
    mention = draft.mention(store, pronoun, number)
    for other in store.discourse.mentions:
        if other.word in ("he", "him") and other.span.start < mention.span.start:
            store.join(other, entity)
    return salience.weigh(store, mention, [entity]).weights[entity]


@pytest.mark.parametrize(
    ("case", "pronoun", "name", "weight"),
    [
        ("subject-and-object", "He", "Tomas Reed", 100 * 0.5),
        ("subject-and-object", "He", "Jonas Hale", 60 * 0.5),
        ("repeated", "He", "Tomas Reed", 100 * 0.25 + 0.3 * 100 * 0.125),
        ("quoted", "He", "Tomas Reed", 75 * 0.5 * 0.4),
        ("clause", "he", "Tomas Reed", 100 + 40),
        ("complement", "he", "Tomas Reed", 100 + 80),
        ("possessor", "He", "Tomas Reed", 45 * 0.5),
        ("agent", "He", "Tomas Reed", 70 * 0.5),
        ("pronoun", "He", "Tomas Reed", 80 * 0.5 + 0.3 * 100 * 0.25),
        ("told", "she", "Sara Falk", 100),
        ("effort", "her", "Sara Falk", 45 + 40),
        ("other-role", "he", "Tomas Reed", 30),
    ],
)
def test_weights(case: str, pronoun: str, name: str, weight: float) -> None:
    assert weight_of(case, pronoun, name) == pytest.approx(weight)


def test_who_spoke_last_weighs_more_for_who_speaks() -> None:
    speaking = ((1, "Tomas Reed"), (2, "He"))
    plain = weight_of("speaker", "He", "Tomas Reed", (1, "Tomas Reed"))
    assert weight_of("speaker", "He", "Tomas Reed", *speaking) == pytest.approx(plain + 60)


def test_whom_somebody_accuses_is_the_subject_of_the_deed() -> None:
    assert weight_of("effort", "her", "Nora Lind", number=1) == pytest.approx(60 + 40)


def test_speaking_counts_less_with_distance() -> None:
    plain = weight_of("speaker", "He", "Tomas Reed", (1, "Tomas Reed"), number=1)
    speaking = weight_of("speaker", "He", "Tomas Reed", (1, "Tomas Reed"), (4, "He"), number=1)
    assert speaking == pytest.approx(plain + 60 * 0.5 * 0.5)


# --- Who leads --------------------------------------------------------------------------------------------------------


def somebody(
    number: int, being: Being = "person", gender: Gender | None = Gender.MALE, name: str = "Tomas Reed", **known: bool
) -> Entity:
    entity = Entity(number, being=being, gender=gender, **known)  # type: ignore[arg-type]
    if name:
        entity.names.append(Name(tuple(name.split())))
    return entity


def leader(
    best: Entity, weight: float, other: Entity, rival: float, *, case: str = "speaker", word: str = "He", **more: Bonus
) -> Entity | None:
    """Who leads of two; the mention is *He* of a draft in which nobody speaks."""
    draft = ParsedDraft(ROWS[case])
    store = EntityStore(draft.discourse())
    weighing = Weighing(draft.mention(store, word), {best: weight, other: rival}, more.get("bonus", (None, 0.0)))
    return salience.leader(store, weighing)


@pytest.mark.parametrize(("rival", "leads"), [(80.0, True), (81.0, False)])
def test_the_best_leads_by_a_quarter(rival: float, leads: bool) -> None:
    best = somebody(0)
    assert (leader(best, 100.0, somebody(1), rival) is best) is leads


@pytest.mark.parametrize(("weight", "leads"), [(3.0, True), (2.9, False)])
def test_too_little_is_nobody(weight: float, leads: bool) -> None:
    best = somebody(0)
    assert (leader(best, weight, somebody(1), 0.0) is best) is leads


@pytest.mark.parametrize(("rival", "leads"), [(43.7, True), (43.8, False)])
def test_a_name_without_gender_counts_less_and_must_lead_by_more(rival: float, leads: bool) -> None:
    best = somebody(0, gender=None)
    assert (leader(best, 100.0, somebody(1), rival) is best) is leads


@pytest.mark.parametrize(("rival", "leads"), [(25.0, True), (25.1, False)])
def test_a_single_name_counts_less_still(rival: float, leads: bool) -> None:
    best = somebody(0, being="unknown", gender=None, name="Reed")
    assert (leader(best, 100.0, somebody(1), rival) is best) is leads


@pytest.mark.parametrize(("rival", "leads"), [(48.6, True), (48.7, False)])
def test_as_a_rival_a_name_without_gender_counts_nearly_whole(rival: float, leads: bool) -> None:
    best = somebody(0, gender=None)
    assert (leader(best, 100.0, somebody(1, gender=None), rival) is best) is leads


@pytest.mark.parametrize(("rival", "leads"), [(38.8, True), (38.9, False)])
def test_somebody_without_a_name_must_lead_by_most(rival: float, leads: bool) -> None:
    best = somebody(0, gender=None, name="")
    assert (leader(best, 100.0, somebody(1, gender=None, name=""), rival) is best) is leads


def test_somebody_without_a_name_never_wins_over_the_right_gender() -> None:
    nameless = somebody(0, gender=None, name="")
    assert leader(nameless, 100.0, somebody(1), 4.0) is None
    assert leader(nameless, 100.0, somebody(1), 2.0) is nameless


@pytest.mark.parametrize(("rival", "leads"), [(39.0, True), (41.0, False)])
def test_things_count_half_for_they(rival: float, leads: bool) -> None:
    things = somebody(0, being="thing", gender=None, name="", plural=True)
    people = somebody(1, being="people", gender=None, name="", plural=True)
    assert (leader(things, 100.0, people, rival, case="group", word="They") is things) is leads
    bonus = leader(things, 100.0, people, 79.0, case="group", word="They", bonus=(things, 40.0))
    assert bonus is things
