from __future__ import annotations

import pytest

from attribution.ingest.shapes import dateline_length, is_byline, is_caption, is_date, is_end_mark


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "BY JANE DOE",
        "by Jane Doe and Piet van der Berg",
        "By Jane Doe, Political Editor",
        "By Jane Doe in Leeds",
        "By Jane O’Doe | Harbour Post",
        "Words by Jane Doe",
        "Words: Jane Doe",
        "Interview by Jane Doe",
        "As told to Jane Doe",
        "By Harbour Wire",
        "(Reporting by Jane Doe in Leeds; Editing by Bob Roe.)",
        "Additional reporting by Jane Doe.",
    ],
)
def test_bylines(line: str) -> None:
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "By Tuesday, Doe had left the city",
        "By the time she left the bridge was closed.",
        "By closing the bridge, the mayor saved lives.",
        "By May the bridge was shut",
        "The report by Jane Doe was read out.",
        "By Jane Doe the bridge was closed.",
        "Bystanders Jane Doe and Bob Roe",
    ],
)
def test_lines_that_are_not_bylines(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("LONDON (Reuters) — The mayor left.", "LONDON (Reuters) —"),
        ("LONDON (Reuters) - The mayor left.", "LONDON (Reuters) -"),
        ("KYIV, March 3 (Reuters) – “We left,” she said.", "KYIV, March 3 (Reuters) –"),
        ("Cleveland (AFP) – The mayor left.", "Cleveland (AFP) –"),
        ("ST. LOUIS -- The mayor left.", "ST. LOUIS --"),
        ("CHARLESTON, S.C. — The mayor left.", "CHARLESTON, S.C. —"),
        ("DES MOINES, Iowa, Aug. 10 (UPI) — The mayor left.", "DES MOINES, Iowa, Aug. 10 (UPI) —"),
        ("Leeds, 3 March — The mayor left.", "Leeds, 3 March —"),
        ("NEW ARDEN: The mayor left.", "NEW ARDEN:"),
        ("NEW ARDEN (Harbour Wire): The mayor left.", "NEW ARDEN (Harbour Wire):"),
        ("Tarsk, March 3: The mayor left.", "Tarsk, March 3:"),
        ("WARNING: The mayor left.", ""),
        ("QUILL: I left.", ""),
        ("Tarsk, Velmark – The mayor left.", ""),
        ("The mayor — who left — said so.", ""),
        ("NATO — which left — said so.", ""),
        ("LONDON HAS FALLEN - THE MAYOR LEFT.", ""),
        ("MAYOR HAS LEFT HER POST - Nobody knows why.", ""),
        ("Sen. Jane Doe (R-Iowa) — The mayor left.", ""),
        ("WASHINGTON-based firms — The largest — left.", ""),
    ],
)
def test_datelines(line: str, dateline: str) -> None:
    assert line[: dateline_length(line)] == dateline


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("Tarsk, Velmark – The mayor left.", "Tarsk, Velmark –"),
        ("Tarsk: “We left,” she said.", "Tarsk:"),
        ("Tarsk – which burned – is cold.", ""),
        ("Analysis: The mayor left.", ""),
        ("Velt’s: The soup is good.", ""),
        ("May 3: The mayor left.", ""),
        ("Says Ida Bolt: The mayor left.", ""),
        ("Ida Bolt: “The mayor left.”", ""),
        ("Tarsk, 10 April: “The mayor left.”", "Tarsk, 10 April:"),
    ],
)
def test_the_dateline_of_the_first_paragraph(line: str, dateline: str) -> None:
    assert line[: dateline_length(line, opens=True)] == dateline


@pytest.mark.parametrize(
    "line", ["Photo: Jane Doe", "FILE PHOTO: The mayor.", "Image credit: Jane Doe", "Photo by Jane Doe",
             "The mayor leaves. (Harbour Photo/Jane Doe)", "[Picture: Jane Doe]"],
)  # fmt: skip
def test_captions(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line", ["The photo shows the mayor.", "Photographs were taken.", "Videos of the bridge spread"]
)
def test_lines_that_are_not_captions(line: str) -> None:
    assert not is_caption(line)


@pytest.mark.parametrize(
    "line",
    ["3 March 2024", "March 3, 2024", "Published 3 March 2024, 14:05 GMT", "Last updated on Monday at 8:15 p.m."],
)
def test_dates(line: str) -> None:
    assert is_date(line)


@pytest.mark.parametrize("line", ["30,000.", "The 12 men", "May", "3 men left on Monday", "1" * 139 + "x"])
def test_lines_that_are_not_dates(line: str) -> None:
    assert not is_date(line)


@pytest.mark.parametrize("line", ["***", "-30-", "ENDS", "(more)", "# # #", "—"])
def test_end_marks(line: str) -> None:
    assert is_end_mark(line)


@pytest.mark.parametrize("line", ["The end", "30 men", "More followed"])
def test_lines_that_are_not_end_marks(line: str) -> None:
    assert not is_end_mark(line)
