"""Write docs/RULES.md from the rules' records: python scripts/write_rule_reference.py"""

from __future__ import annotations

from pathlib import Path

from attribution.linting import RULES
from attribution.reporting.findings.rules import rules_markdown

PATH = Path(__file__).parent.parent / "docs" / "RULES.md"

if __name__ == "__main__":
    PATH.write_text(rules_markdown(RULES), encoding="utf-8")
    print(PATH)
