from __future__ import annotations

import csv
from io import StringIO

import msgspec
import pytest

from attribution.records import Analysis, Carrier
from attribution.reporting.overview import line_of, overview_text, total, without_common_folder
from attribution.reporting.sources import COLUMNS, sources_csv, sources_json, sources_text


def test_ledger_table(sample: Analysis) -> None:
    assert sources_text(sample) == (
        "harbour.txt ────────────────────────────────────────────────────────────────────\n"
        "source                       what it is    claims  share  first\n"
        "the Harbour Post             news outlet        2    25%   7:14  █████\n"
        "Veldan’s transport ministry  organisation       1    12%   5:49  ██\n"
        "nobody in particular                            2    25%         ▒▒▒▒▒\n"
        "the paper itself                                3    38%         ░░░░░░░░\n"
    )


def test_ledger_of_an_article_without_sources(sample: Analysis) -> None:
    empty = msgspec.structs.replace(sample, sources=(), claims=())
    assert sources_text(empty).splitlines()[1:] == ["no claims and no sources"]
    assert sources_csv([empty]).splitlines() == [",".join(COLUMNS)]


def test_claims_that_no_entry_carries_are_in_the_ledger(sample: Analysis) -> None:
    claims = tuple(
        msgspec.structs.replace(claim, carrier=Carrier.DESCRIBED) if claim.carrier is Carrier.NAMED else claim
        for claim in sample.claims
    )
    unclear = msgspec.structs.replace(sample, sources=sample.sources[:1], claims=claims)
    assert "a source without a name                         2    25%         ▓▓▓▓▓\n" in sources_text(unclear)


def test_stances_are_not_in_the_ledger(unclear: Analysis) -> None:
    assert sources_text(unclear) == (
        "ferry.txt ──────────────────────────────────────────────────────────────────────\n"
        "source            what it is  claims  share  first\n"
        "Ida Bolt          person           2    33%   3:33  ███████\n"
        "no clear speaker                   2    33%         ???????\n"
        "the paper itself                   2    33%         ░░░░░░░\n"
    )
    assert "council" not in sources_csv([unclear])
    assert "council" not in sources_json([unclear], array=False)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_overview_tells_of_unclear_speakers_where_there_are_some(
    sample: Analysis, unclear: Analysis, width: int
) -> None:
    both = overview_text([line_of(sample), line_of(unclear, 2)], width=width)
    assert max(map(len, both.splitlines())) <= width
    if width >= 80:
        assert "named  nobody  who?  paper" in both
    assert "who?" not in overview_text([line_of(sample)], width=width)


def test_ledger_csv(sample: Analysis) -> None:
    quoted = msgspec.structs.replace(sample.sources[0], name='The "Dock, Ltd"')
    analysis = msgspec.structs.replace(sample, sources=(quoted, sample.sources[1]))
    text = sources_csv([analysis, sample])
    assert text.count("\r\n") == 5
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["source"] for row in rows] == [
        "the Harbour Post",
        'The "Dock, Ltd"',
        "the Harbour Post",
        "Veldan’s transport ministry",
    ]
    assert rows[0] == {
        "document": "harbour.txt",
        "source": "the Harbour Post",
        "kind": "outlet",
        "named": "yes",
        "claims": "2",
        "share": "0.25",
        "mentions": "1",
        "line": "7",
        "column": "14",
    }


def test_overview(sample: Analysis) -> None:
    other = msgspec.structs.replace(sample, draft=msgspec.structs.replace(sample.draft, path="other.txt"))
    assert overview_text([line_of(sample, 4), line_of(other, 1)]) == (
        "2 documents ────────────────────────────────────────────────────────────────────\n"
        "document     look at  claims  named  nobody  paper\n"
        "harbour.txt        4       8      3       2      3  ████▒▒░░░░\n"
        "other.txt          1       8      3       2      3  ████▒▒░░░░\n"
        "all                5      16      6       4      6  ████▒▒░░░░\n"
    )


@pytest.mark.parametrize("width", [60, 50, 40])
def test_a_narrow_overview_says_what_there_is_to_look_at(sample: Analysis, width: int) -> None:
    line = overview_text([line_of(sample, 4)], width=width).splitlines()[-1]
    assert line.split() == ["harbour.txt", "4", "8", "████▒▒░░░░"][: 4 if width > 40 else 3]


def test_the_overview_tells_a_common_folder_once(sample: Analysis) -> None:
    lines = [msgspec.structs.replace(line_of(sample), path=f"/news/desk/{name}") for name in ("a.txt", "old/b.txt")]
    shown = overview_text(lines)
    assert shown.startswith("2 documents in /news/desk ──")
    assert [line.split()[0] for line in shown.splitlines()[2:]] == ["a.txt", "old/b.txt", "all"]


@pytest.mark.parametrize(
    ("paths", "folder"),
    [
        (["a/b/one.txt", "a/two.txt"], "a"),
        (["one.txt", "two.txt"], ""),
        (["/one.txt", "/two.txt"], ""),
        (["a/one.txt", "/a/two.txt"], ""),
        (["a/one.txt"], ""),
        (["../a/one.txt", "../a/two.txt"], "../a"),
        (["a/one.txt", "<stdin>"], ""),
    ],
)
def test_the_folder_that_all_paths_share(paths: list[str], folder: str) -> None:
    found, rest = without_common_folder(paths)
    assert found == folder
    assert [f"{folder}/{name}" if folder else name for name in rest] == paths


def test_overview_weighs_documents_by_their_claims(sample: Analysis) -> None:
    line = line_of(sample)
    many = msgspec.structs.replace(line, summary=msgspec.structs.replace(line.summary, claims=24, sourcing=1.0))
    none = msgspec.structs.replace(line, summary=msgspec.structs.replace(line.summary, claims=0, sourcing=None))
    assert line.summary.sourcing is not None
    assert total([line, many, none]).summary.sourcing == (8 * line.summary.sourcing + 24 * 1.0) / 32
    assert total([none]).summary.sourcing is None
