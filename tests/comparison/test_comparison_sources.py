"""Matching the sources of two versions."""

from __future__ import annotations

import pytest
from pair_cases import words

from attribution.analysis import analyse_parsed
from attribution.comparison import ClaimSource
from attribution.comparison.sources import SourceMatcher
from attribution.comparison.version import Version
from attribution.ingest import read_text
from attribution.records import SourceKind

PERSON, ORGANISATION = SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANISATION
OUTLET, OFFICIAL = SourceKind.OUTLET, SourceKind.UNNAMED_OFFICIAL
ANONYMOUS, PRONOUN = SourceKind.ANONYMOUS, SourceKind.PRONOUN_UNRESOLVED


def same(old: tuple[str, SourceKind, bool], new: tuple[str, SourceKind, bool], text: str = "Nothing.") -> bool:
    version = Version(analyse_parsed(read_text(text), (), *words(), "none"))
    return SourceMatcher(version, version, words()[0]).same(ClaimSource(*old, None), ClaimSource(*new, None))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Ada Quill", PERSON, True), ("Quill", PERSON, True)),
        (("Gen. Oskar Brandt", PERSON, True), ("Brandt", PERSON, True)),
        (("O. Brandt", PERSON, True), ("Oskar Brandt", PERSON, True)),
        (("the council", ORGANISATION, True), ("Norfield county council", ORGANISATION, True)),
        (("World Health Organization", ORGANISATION, True), ("WHO", ORGANISATION, True)),
        (("BBC", OUTLET, True), ("British Broadcasting Corporation", OUTLET, True)),
        (("officials", OFFICIAL, False), ("two officials", OFFICIAL, False)),
        (("a resident", ANONYMOUS, False), ("residents of the valley", ANONYMOUS, False)),
        (("They", PRONOUN, False), ("It", PRONOUN, False)),
    ],
)
def test_same(old: tuple[str, SourceKind, bool], new: tuple[str, SourceKind, bool]) -> None:
    assert same(old, new)
    assert same(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (("Ada Quill", PERSON, True), ("Tom Quill", PERSON, True)),
        (("Ada Quill", PERSON, True), ("Ada Brandt", PERSON, True)),
        (("Ada Quill", PERSON, True), ("officials", OFFICIAL, False)),
        (("the water company", ORGANISATION, True), ("the bus company", ORGANISATION, True)),
        (("BBC", OUTLET, True), ("Reuters", OUTLET, True)),
        (("officials", OFFICIAL, False), ("diplomats", OFFICIAL, False)),
        (("They", PRONOUN, False), ("Ada Quill", PERSON, True)),
    ],
)
def test_not_same(old: tuple[str, SourceKind, bool], new: tuple[str, SourceKind, bool]) -> None:
    assert not same(old, new)
    assert not same(new, old)


def test_a_pronoun_may_refer_to_a_source_in_its_version() -> None:
    assert same(("She", PRONOUN, False), ("Ada Quill", PERSON, True), "Ada Quill came late.")
