"""Reads files into drafts.

The file name's extension tells the format: plain text, Markdown or HTML. Every character of a draft can be traced to
its line and column in the file.
"""

from __future__ import annotations

from attribution.ingest.files import find_drafts, locate, read_bytes, read_draft, read_text
from attribution.ingest.language import check_english
from attribution.ingest.offsets import Offsets

__all__ = ["Offsets", "check_english", "find_drafts", "locate", "read_bytes", "read_draft", "read_text"]
