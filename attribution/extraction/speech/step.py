"""The record that describes a step of finding a quotation's speaker."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from attribution.extraction.found import Found
from attribution.extraction.speech.scene import Passage, Scene


class Step(msgspec.Struct, frozen=True):
    """A way to find whose a quotation is; ``find`` returns the attribution, or None where the step does not apply.

    ``example`` is a text whose quotation the step decides. The passage is added to the content of the attribution,
    unless it is there already (``holds``); what only looked like content is replaced (``replaces``).
    """

    name: str
    example: str
    find: Callable[[Scene, Passage], Found | None]
    holds: bool = False
    replaces: bool = False

    @property
    def description(self) -> str:
        """What the step looks for, from the docstring of ``find``."""
        return self.find.__doc__ or ""
