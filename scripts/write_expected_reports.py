"""Write anew what tests/reporting expects, after the look was changed on purpose; look at the difference."""

from __future__ import annotations

import sys
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "tests" / "reporting"
sys.path.insert(0, str(FOLDER))

if __name__ == "__main__":
    import test_report_text
    from conftest import build_sample

    for name, options in test_report_text.LOOKS:
        (FOLDER / "expected" / name).write_text(test_report_text.report_of(build_sample(), **options), encoding="utf-8")
