"""All that is found in each stored draft, as ``expected/*.txt`` has it: what the extraction does, right or wrong.

After a change on purpose: python scripts/write_expected_findings.py, and look at the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from described import described
from marked_texts import marked_texts, quotations_read
from stored_drafts import drafts_of, files

EXPECTED = Path(__file__).parent / "expected"


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_all_is_found_as_expected(path: Path) -> None:
    expected = (EXPECTED / f"{path.stem}.txt").read_text(encoding="utf-8").split("== ")[1:]
    for (name, draft, sentences), lines in zip(drafts_of(path), expected, strict=True):
        assert [name, *described(draft, sentences).splitlines()] == lines.rstrip("\n").splitlines()


def test_quotation_marks_are_read_as_expected() -> None:
    expected = (EXPECTED / "quotation-marks.txt").read_text(encoding="utf-8").splitlines()
    for text, line in zip(marked_texts(), expected, strict=True):
        assert quotations_read(text) == line
