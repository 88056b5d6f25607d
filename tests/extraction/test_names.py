"""Names by their words alone: their parts, and when two of them may be one."""

from __future__ import annotations

import pytest

from attribution.extraction.mention import Gender
from attribution.extraction.name_words import NameWords, singular
from attribution.extraction.names import (
    Name,
    is_given_name_of,
    is_misspelt,
    is_title,
    same_body,
    same_given,
    same_office,
    same_person,
    same_title,
    split_titles,
)
from attribution.lexicon import load_lexicon

LEXICON = load_lexicon()


def name(words: str) -> Name:
    return Name(tuple(words.split()))


@pytest.mark.parametrize(
    ("words", "keys", "surname", "given"),
    [
        ("Jan van der Berg", ("jan", "van", "der", "berg"), ("van", "der", "berg"), ("jan",)),
        ("Jan van Berg", ("jan", "van", "berg"), ("van", "berg"), ("jan",)),
        ("Harry Hurt III", ("harry", "hurt"), ("hurt",), ("harry",)),
        ("The Tribune", ("tribune",), ("tribune",), ()),
        ("The", ("the",), ("the",), ()),
        ("Van Berg", ("van", "berg"), ("berg",), ("van",)),
        ("J. Marek Jr.", ("j", "marek"), ("marek",), ("j",)),
        ("Jr.", (), (), ()),
    ],
)
def test_parts_of_a_name(words: str, keys: tuple[str, ...], surname: tuple[str, ...], given: tuple[str, ...]) -> None:
    assert (name(words).keys, name(words).surname, name(words).given) == (keys, surname, given)


@pytest.mark.parametrize(
    ("words", "acronym"),
    [
        ("Norland Health Organisation", "NHO"),
        ("Bank of Norland", "BN"),
        ("Brandt & Lowe", "BL"),
        ("Norland", ""),
        ("the Bank", ""),
        ("Kell 24", "K2"),
    ],
)
def test_an_acronym_leaves_out_small_words(words: str, acronym: str) -> None:
    assert name(words).acronym == acronym


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("dan", "daniel", True),
        ("d", "daniel", True),
        ("da", "daniel", False),
        ("tom", "tim", False),
        ("t", "daniel", False),
        ("ada", "ada", True),
        ("ed", "ed", True),
    ],
)
def test_a_given_name_may_be_short(one: str, other: str, same: bool) -> None:
    assert same_given(one, other) is same
    assert same_given(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Kern", "Ada Kern", True),
        ("Kern", "Ada Kern", True),
        ("Berg", "Jan van Berg", True),
        ("van Berg", "Jan van Berg", True),
        ("A. Kern", "Ada Kern", True),
        ("Ada Maria Kern", "Ada Kern", True),
        ("Tom Kern", "Ada Kern", False),
        ("Ada", "Ada Kern", False),
        ("Ada Kell", "Ada Kern", False),
        ("Jr.", "Ada Kern", False),
        ("Ivo Marek", "Marek", True),
        ("Ivo Marek", "I. Marek", True),
        ("Dan Marek", "Daniel Marek", True),
        ("Ivo Marek Jr.", "Marek", True),
        ("Anna van der Berg", "van der Berg", True),
        ("Anna van der Berg", "Berg", True),
        ("Ivo Marek", "Lena Marek", False),
        ("Ivo Marek", "Ivo", False),
        ("Ivo Marek", "Markov", False),
    ],
)
def test_two_names_of_one_person(one: str, other: str, same: bool) -> None:
    assert same_person(name(one), name(other)) is same
    assert same_person(name(other), name(one)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tarsk Mines", "Tarsk Mines", True),
        ("Tarsk", "Tarsk Mines", True),
        ("Mines", "Tarsk Mines", False),
        ("NHO", "Norland Health Organisation", True),
        ("N.H.O.", "Norland Health Organisation", True),
        ("Nho", "Norland Health Organisation", False),
        ("EP", "EP Committee", False),
        ("Tarsk Coal", "Tarsk Coal Mines", True),
        ("Tarsk Steel", "Tarsk Coal Mines", False),
        ("Federal Water Agency", "FWA", True),
        ("Institute for Fiscal Balance", "IFB", True),
        ("Tarsk Lines", "Tarsk", True),
        ("the Tarsk Lines", "Tarsk Lines", True),
        ("Federal Water Agency", "Agency", False),
        ("EP Committee", "EP", False),
        ("Tarsk Lines", "Tallin", False),
    ],
)
def test_two_names_of_one_body(one: str, other: str, same: bool) -> None:
    assert same_body(name(one), name(other)) is same
    assert same_body(name(other), name(one)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Abcdef", "Lydia Abcdeg", True),
        ("Buchholt", "Lydia Bucholtt", True),
        ("Abcdefgh", "Lydia Abcdefij", True),
        ("Abcdefg", "Lydia Abcdehi", False),
        ("Marek", "Lydia Marec", False),
        ("Bucholt", "Lydia Buchholt", True),
        ("Bauchtman", "Lydia Buchtmann", True),
        ("Marsh", "Lydia Marshe", False),
        ("Bucholt", "Lydia Kuchholt", False),
        ("Brandstett", "Lydia Buchholt", False),
        ("Lydia Buchholt", "Lydia Bucholt", False),
    ],
)
def test_a_misspelt_surname_is_long_and_nearly_right(one: str, other: str, same: bool) -> None:
    assert is_misspelt(name(one), name(other)) is same


@pytest.mark.parametrize(
    ("short", "full", "given"),
    [("Ada", "Ada Kern", True), ("Kern", "Ada Kern", False), ("Ada", "Ada", False), ("Ada Kern", "Ada Kern", False)],
)
def test_a_given_name_of_somebody(short: str, full: str, given: bool) -> None:
    assert is_given_name_of(name(short), name(full)) is given


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("gen.", "general", True),
        ("general", "gen", True),
        ("lt", "lieutenant", True),
        ("sgt", "sergeant", True),
        ("minister", "minister", True),
        ("min", "major", False),
        ("mini", "minis", False),
        ("mini", "ministe", True),
        ("g", "general", False),
        ("minis", "minister", False),
        ("gal", "general", False),
        ("glz", "general", False),
        ("gen", "general", True),
        ("col", "general", False),
        ("minister", "ministry", False),
        ("capt", "captain", True),
        ("gen", "gene", False),
    ],
)
def test_a_title_may_be_abbreviated(one: str, other: str, same: bool) -> None:
    assert same_title(one, other) is same
    assert same_title(other, one) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("minister", "finance minister", True),
        ("finance minister", "minister of finance minister", True),
        ("finance minister", "defence minister", False),
        ("minister", "deputy minister", False),
        ("deputy minister", "deputy finance minister", True),
        ("minister", "mayor", False),
        ("", "mayor", False),
        ("minister", "defence minister", True),
        ("minister", "deputy defence minister", False),
        ("general", "col gen", True),
        ("first minister", "first minister", True),
        ("minister", "first minister", False),
        ("ministry", "minister", False),
    ],
)
def test_an_office_may_be_told_in_fewer_words(one: str, other: str, same: bool) -> None:
    assert same_office(one.split(), other.split(), LEXICON) is same
    assert same_office(other.split(), one.split(), LEXICON) is same


@pytest.mark.parametrize(
    ("words", "titles", "rest"),
    [
        ("Dr Sara Falk", "dr", "Sara Falk"),
        ("Prime Minister Sara Falk", "prime minister", "Sara Falk"),
        ("Sara Falk", "", "Sara Falk"),
        ("Sens. Falk", "sens", "Falk"),
        ("Attorney General", "attorney general", ""),
        ("Stephen King", "", "Stephen King"),
        ("Tolva Bank", "", "Tolva Bank"),
        ("Governors Association", "", "Governors Association"),
        ("General", "general", ""),
        ("Col Gen Ivo Marek", "col gen", "Ivo Marek"),
        ("Minister Marek", "minister", "Marek"),
        ("Ivo Marek", "", "Ivo Marek"),
        ("Lena General", "", "Lena General"),
        ("Competition Authority", "", "Competition Authority"),
    ],
)
def test_titles_before_a_name(words: str, titles: str, rest: str) -> None:
    found_titles, found_rest = split_titles(words.split(), LEXICON)
    assert (" ".join(found_titles), " ".join(found_rest)) == (titles, rest)


@pytest.mark.parametrize(
    ("words", "title"),
    [("Dr", True), ("Sen.", True), ("Sens.", True), ("minister", True), ("bridge", False), ("", False)],
)
def test_what_is_a_title(words: str, title: bool) -> None:
    assert is_title(words, LEXICON) is title


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Water Agency", "organisation"),
        ("Bank of Norland", "organisation"),
        ("Hale Report", "document"),
        ("Institute for Fiscal Balance", "organisation"),
        ("Sara Falk", None),
    ],
)
def test_the_noun_in_a_name_tells_what_it_is(words: str, kind: str | None) -> None:
    assert NameWords(LEXICON).noun_kind(tuple(words.split())) == kind


@pytest.mark.parametrize(
    ("office", "gender"),
    [
        ("mrs", Gender.FEMALE),
        ("policewoman", Gender.FEMALE),
        ("chairman", Gender.MALE),
        ("widow", Gender.FEMALE),
        ("schoolboy", Gender.MALE),
        ("human", None),
        ("minister", None),
        ("young widow", Gender.FEMALE),
    ],
)
def test_an_office_may_tell_the_gender(office: str, gender: Gender | None) -> None:
    assert NameWords(LEXICON).gender(tuple(office.split())) is gender


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("parties", "party"),
        ("ties", "tie"),
        ("glass", "glass"),
        ("glasses", "glass"),
        ("taxes", "tax"),
        ("mayor", "mayor"),
        ("bosses", "boss"),
        ("agencies", "agency"),
        ("coaches", "coach"),
        ("boxes", "box"),
        ("wishes", "wish"),
        ("reports", "report"),
        ("press", "press"),
        ("dies", "die"),
    ],
)
def test_the_singular_of_a_noun(form: str, word: str) -> None:
    assert singular(form) == word
