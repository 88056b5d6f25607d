"""Write the expected files of tests/reporting again after an intended change of layout; check the difference."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests" / "reporting"
sys.path.insert(0, str(FOLDER))

if __name__ == "__main__":
    import test_report_text
    from conftest import build_sample, build_unclear

    for analysis, looks in (
        (build_sample(), test_report_text.LOOKS),
        (build_unclear(), test_report_text.UNCLEAR_LOOKS),
    ):
        for name, options in looks:
            text = test_report_text.report_of(analysis, **options)
            (FOLDER / "expected" / name).write_text(text, encoding="utf-8")
