"""A draft on its way through a session."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from attribution.lexicon import Lexicon
from attribution.linting.configuration import Configuration
from attribution.records import Analysis
from attribution.session.inputs import Input, form_of


@dataclass(frozen=True)
class AnalysedDraft:
    """An analysis with what it was made from: the configuration in force, the words, and the decoded file.

    ``origin`` says where the analysis comes from.
    """

    analysis: Analysis
    configuration: Configuration
    lexicon: Lexicon
    source: str
    origin: str


@dataclass(frozen=True)
class Outcome:
    """The outcome for a draft: what was made of its analysis, or the reason why there is none.

    ``notices`` are those of the draft, and ``left_out`` tells what of a page is not in it. ``traceback`` is that of a
    fault in attrib itself, which the draft triggered.
    """

    made: Any = None
    error: str | None = None
    notices: tuple[str, ...] = ()
    origin: str = ""
    traceback: str = ""
    left_out: tuple[str, ...] = ()


@dataclass
class Work:
    """An input, its name, its bytes and its configuration; or why it cannot be read.

    ``is_cached`` means that there is an entry for it in the cache, which may still turn out to be unreadable.
    """

    input: Input
    name: str
    data: bytes = b""
    configuration: Configuration = field(default_factory=Configuration)
    is_cached: bool = False
    error: str | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be analysed."""
        return self.error is None and not self.is_cached

    @property
    def shown(self) -> str:
        """The name that people see."""
        return self.input.shown or self.name

    @property
    def content(self) -> tuple[bytes, str]:
        """What its cached analysis is found by: bytes and their format."""
        if self.input.draft is not None:
            return msgspec.msgpack.encode(msgspec.structs.replace(self.input.draft, path="")), "draft"
        return self.data, form_of(self.name)

    @property
    def is_parsed(self) -> bool:
        """Whether its file holds the parse, so that no model is needed."""
        return self.input.draft is None and form_of(self.name) == "conllu"

    @property
    def size(self) -> int:
        """How much there is to parse: its bytes, or the characters of a draft that has been read already."""
        return len(self.data) if self.input.draft is None else len(self.input.draft.text)

    def given(self) -> Input:
        """The input with what has been read of it, for another process."""
        return self.input if self.input.draft is not None else Input(self.name, self.data, None, self.input.shown)
