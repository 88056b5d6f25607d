"""A line of JSON for each finding, in the form of ``findings`` in the JSON output, and for each draft not read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from attribution.linting import FileFindings, UnreadDraft
from attribution.reporting.contract import published
from attribution.reporting.escaping import json_text
from attribution.reporting.findings.common import all_findings


def findings_jsonl(files: Sequence[FileFindings], unread: Sequence[UnreadDraft] = ()) -> str:
    """The findings, then the drafts that could not be read (``path`` and ``error``), each an object on its own line."""
    lines = (json_text(json.dumps(published(record), ensure_ascii=False)) for record in (*all_findings(files), *unread))
    return "".join(line + "\n" for line in lines)
