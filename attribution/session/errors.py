"""What may go wrong in a session and is not the draft's fault."""

from __future__ import annotations

from attribution.records import AttribError


class ProcessDiedError(AttribError):
    """A process that reads drafts was killed, or ran out of memory."""
