from __future__ import annotations

import csv
from io import StringIO

import msgspec
import pytest

from attribution.records import Analysis
from attribution.reporting.overview import line_of, overview_text, total
from attribution.reporting.sources import COLUMNS, sources_csv, sources_json, sources_text


def test_ledger_table(sample: Analysis) -> None:
    assert sources_text(sample) == (
        "harbour.txt ────────────────────────────────────────────────────────────────────\n"
        "source                       kind          claims  share  first\n"
        "the Harbour Post             news outlet        2    25%   7:14  ████\n"
        "Veldan’s transport ministry  organisation       1    12%   5:49  ██\n"
        "nobody named                 hearsay            2    25%         ▒▒▒▒\n"
        "the paper’s own voice        own                3    38%         ░░░░░░\n"
    )


def test_ledger_of_an_article_without_sources(sample: Analysis) -> None:
    empty = msgspec.structs.replace(sample, sources=(), claims=())
    assert sources_text(empty).splitlines()[1:] == ["no claims and no sources"]
    assert sources_csv([empty]).splitlines() == [",".join(COLUMNS)]


def test_claims_of_somebody_unclear_are_in_the_ledger(sample: Analysis) -> None:
    unclear = msgspec.structs.replace(sample, sources=sample.sources[:1])
    assert "unclear who                  source             2    25%         ████\n" in sources_text(unclear)


def test_stances_are_not_in_the_ledger(unclear: Analysis) -> None:
    assert sources_text(unclear) == (
        "ferry.txt ──────────────────────────────────────────────────────────────────────\n"
        "source                 kind       claims  share  first\n"
        "Ida Bolt               person          2    33%   3:33  █████\n"
        "speaker not clear      quotation       2    33%         ?????\n"
        "the paper’s own voice  own             2    33%         ░░░░░\n"
    )
    assert "council" not in sources_csv([unclear])
    assert "council" not in sources_json([unclear], array=False)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_the_overview_tells_of_unclear_speakers_where_there_are_some(
    sample: Analysis, unclear: Analysis, width: int
) -> None:
    both = overview_text([line_of(sample), line_of(unclear)], width=width)
    assert max(map(len, both.splitlines())) <= width
    if width == 120:
        assert "source, hearsay, own, unclear" in both
        assert " 33%   0%  33%  33% ████░░░???" in both
    assert "unclear" not in overview_text([line_of(sample)], width=width)


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
    assert overview_text([line_of(sample), line_of(other)]) == (
        "2 documents ────────────────────────────────────────────────────────────────────\n"
        "document     words  claims  voices      sourcing    certainty\n"
        "harbour.txt     94       8  ████▒▒░░░░  █▌░░░ 0.27  0.86\n"
        "other.txt       94       8  ████▒▒░░░░  █▌░░░ 0.27  0.86\n"
        "all            188      16  ████▒▒░░░░  █▌░░░ 0.27  0.86\n"
    )


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (100, "harbour.txt     94       8   38%  25%  38% ████▒▒░░░░  █▌░░░ 0.27  0.86"),
        (60, "harbour.txt       8  ████▒▒░░░░  0.27      0.86"),
        (50, "harbour.txt       8  0.27"),
    ],
)
def test_overview_shows_what_there_is_room_for(sample: Analysis, width: int, line: str) -> None:
    assert overview_text([line_of(sample)], width=width).splitlines()[-1] == line


def test_overview_weighs_documents_by_their_claims(sample: Analysis) -> None:
    line = line_of(sample)
    many = msgspec.structs.replace(line, summary=msgspec.structs.replace(line.summary, claims=24, sourcing=1.0))
    none = msgspec.structs.replace(line, summary=msgspec.structs.replace(line.summary, claims=0, sourcing=None))
    assert line.summary.sourcing is not None
    assert total([line, many, none]).summary.sourcing == (8 * line.summary.sourcing + 24 * 1.0) / 32
    assert total([none]).summary.sourcing is None
