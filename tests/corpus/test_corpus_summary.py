"""A corpus is summed up by its columns and periods, and names are merged only where nothing else can be meant."""

from __future__ import annotations

import csv
import datetime
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from click.testing import CliRunner, Result
from corpus_runs import OPTIONS

from attribution.cli.main import attrib
from attribution.corpus.inputs import Columns, Kept
from attribution.corpus.parts import Settings
from attribution.corpus.schema import ARTICLES, BY_NAME, SOURCES
from attribution.corpus.store import Store
from attribution.corpus.summary import NO_VALUE, NameMerger, period_of, summarise
from attribution.lexicon import load_lexicon
from attribution.records import AttribError

KEPT = (Kept("outlet", "outlet", pa.string()), Kept("date", "date", pa.string()))
EMPTY: dict[str, Any] = {
    column.name: "" if column.type.startswith("string") else 0 for column in BY_NAME[ARTICLES].columns
}


def article(name: str, outlet: str | None, date: str, own: int, named: int, nobody: int = 0) -> dict[str, Any]:
    carried = {"carried_by_paper": own, "carried_by_named": named, "carried_by_nobody": nobody}
    claims = own + named + nobody
    scores = {"sourcing": 0.5, "certainty": own / claims}
    sources = {"distinct_sources": 4, "named_sources": named}
    return (
        EMPTY
        | {"article": name, "claims": claims, "words": 100, **carried, **scores, **sources}
        | {
            "outlet": outlet,
            "date": date,
        }
    )


def source(article: str, name: str, kind: str, attributions: int = 1, *, named: bool = True) -> dict[str, Any]:
    row = {"article": article, "source": "e1", "name": name, "kind": kind, "named": named, "mentions": 1}
    return {**row, "claims": attributions, "attributions": attributions}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(str(tmp_path / "out"))
    settings = Settings(OPTIONS, "fingerprint", Columns(), KEPT, 100)
    first = {
        ARTICLES: [
            article("a", "Echo", "2026-01-05", own=6, named=2),
            article("b", "Post", "2026-01-30T10:00", own=1, named=1),
        ],
        SOURCES: [
            source("a", "Ola Brandt", "named-person", 2),
            source("b", "Mayor Ola Brandt", "named-person", 3),
            source("b", "a neighbour", "anonymous", 9, named=False),
        ],
    }
    second = {
        ARTICLES: [
            article("c", "Echo", "20260217", own=1, named=0, nobody=1),
            article("d", None, "someday", own=1, named=1),
        ],
        SOURCES: [
            source("c", "Brandt", "named-person"),
            source("c", "the Harbour Party", "named-organisation", 1),
            source("d", "Harbour Party", "named-organisation", 1),
            source("d", "Harbour Party Youth", "named-organisation", 1),
        ],
    }
    store.write("part-1", "news", settings, first, [])
    store.write("part-2", "news", settings, second, [])
    return store


def test_groups_add_up(store: Store) -> None:
    found = summarise(store, ["outlet"])
    assert [(group.values, group.articles, group.counts["claims"]) for group in found.groups] == [
        (("Echo",), 2, 10),
        ((NO_VALUE,), 1, 2),
        (("Post",), 1, 2),
    ]
    echo = found.groups[0]
    assert (echo.carriers.paper, echo.carriers.named, echo.carriers.nobody) == (7, 2, 1)
    assert echo.unnamed_sources == pytest.approx(6 / 8)
    assert echo.score("certainty") == pytest.approx((0.75 * 8 + 0.5 * 2) / 10)
    assert (found.total.articles, found.total.counts["claims"]) == (4, 14)


def test_periods_are_in_their_order(store: Store) -> None:
    found = summarise(store, ["date", "outlet"], "month")
    assert [group.values for group in found.groups] == [
        (NO_VALUE, NO_VALUE),
        ("2026-01", "Echo"),
        ("2026-01", "Post"),
        ("2026-02", "Echo"),
    ]


@pytest.mark.parametrize(
    ("value", "every", "period"),
    [
        (datetime.date(2026, 1, 1), "week", "2026-W01"),
        (datetime.datetime(2026, 12, 31, 23), "day", "2026-12-31"),
        ("2026/11/03", "day", "2026-11-03"),
        ("2026-11", "month", "2026-11"),
        ("2026-11", "day", NO_VALUE),
        ("2026-02-30", "week", NO_VALUE),
        ("Tuesday", "year", NO_VALUE),
        (None, "year", NO_VALUE),
    ],
)
def test_dates_are_read(value: Any, every: str, period: str) -> None:
    assert period_of(value, every) == period


def test_names_are_merged_and_what_may_be_the_same_is_told(store: Store) -> None:
    found = {quoted.name: quoted for quoted in summarise(store).quoted}
    brandt = found["Mayor Ola Brandt"]
    assert (brandt.attributions, brandt.articles, sorted(brandt.forms)) == (5, 2, ["Mayor Ola Brandt", "Ola Brandt"])
    assert found["Brandt"].may_be == ("Mayor Ola Brandt",)
    assert (found["the Harbour Party"].articles, found["the Harbour Party"].may_be) == (2, ("Harbour Party Youth",))
    assert "a neighbour" not in found


def test_people_are_not_bodies() -> None:
    merger = NameMerger(load_lexicon())
    merger.add(source("a", "Washington", "named-person"))
    merger.add(source("a", "Washington Post", "outlet"))
    merger.add(source("b", "Denzel Washington", "named-person"))
    found = {quoted.name: quoted.may_be for quoted in merger.quoted()}
    assert found == {"Washington": ("Denzel Washington",), "Washington Post": (), "Denzel Washington": ()}


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(attrib, ["corpus", "summary", *arguments])


def test_the_tables_for_people(store: Store) -> None:
    text = invoke(store.address, "--by", "outlet", "--top", "1", "--width", "100").stdout
    assert re.search(r"Echo +2 +10 +20% +0% +10% +0% +70% +75%", text)
    assert "and 2 more" in text
    assert re.search(r"all +4 +14", text)
    assert re.search(r"Mayor Ola Brandt +5 +5 +2\n", text)


def test_the_tables_for_spreadsheets(store: Store) -> None:
    groups = list(csv.DictReader(StringIO(invoke(store.address, "--by", "outlet", "-f", "csv").stdout)))
    assert next((row["outlet"], row["articles"], row["share_paper"]) for row in groups) == ("Echo", "2", "0.7")
    (everything,) = csv.DictReader(StringIO(invoke(store.address, "-f", "csv").stdout))
    assert everything["claims"] == "14"
    quoted = list(csv.DictReader(StringIO(invoke(store.address, "-f", "csv", "--table", "quoted").stdout)))
    assert quoted[0]["forms"] == "Mayor Ola Brandt; Ola Brandt"


def test_the_page_is_complete_in_itself(store: Store) -> None:
    page = invoke(store.address, "--by", "date", "--every", "month", "-f", "html").stdout
    assert page.count("<polyline") == 5
    assert "<svg" in page
    assert re.findall(r"(?:src|href)=\"(?!#)", page) == []
    assert "https://" not in page
    assert "style=" not in page  # the policy forbids it
    assert "Mayor Ola Brandt" in page


def test_names_in_the_page_are_text(store: Store) -> None:
    settings = Settings(OPTIONS, "fingerprint", Columns(), KEPT, 100)
    rows = {ARTICLES: [article("x", "<script>alert(1)</script>", "2026", own=1, named=1)]}
    store.write("part-3", "news", settings, rows, [])
    page = invoke(store.address, "--by", "outlet", "-f", "html").stdout
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "nowhere: holds no results; name the folder"),
        (("OUT", "--by", "section"), "has no column 'section'; give one of article, input"),
        (("OUT", "--every", "month"), "--every needs --by"),
    ],
)
def test_mistakes_are_told_in_a_line(store: Store, arguments: tuple[str, ...], message: str) -> None:
    result = invoke(*(argument.replace("OUT", store.address) for argument in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_a_column_that_is_missing_is_an_error(store: Store) -> None:
    with pytest.raises(AttribError, match="has no column 'nothing'"):
        summarise(store, ["nothing"])
