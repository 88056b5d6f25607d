"""The definition of a rule: a frozen record with everything that ``explain``, the docs and the outputs say about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

import msgspec

from attribution.linting.bibliography import Reference
from attribution.linting.edits import Fix
from attribution.linting.pages import rule_page
from attribution.linting.settings import Settings
from attribution.records import BlockKind, Span

if TYPE_CHECKING:
    from attribution.linting.context import Context


DEFAULTS = Settings()


class Severity(StrEnum):
    """The weight of a finding.

    An error has high precision and an unambiguous guideline, a warning has a clear guideline and needs some judgement,
    an info is a prompt for the editor.
    """

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return (Severity.INFO, Severity.WARNING, Severity.ERROR).index(self)


class Status(StrEnum):
    """Lifecycle stage. Preview rules are disabled by default because their measured precision is too low."""

    STABLE = "stable"
    PREVIEW = "preview"
    DEPRECATED = "deprecated"


class Need(StrEnum):
    """What a rule looks at."""

    LEXICON = "lexicon"
    SYNTAX = "syntax"
    QUOTATIONS = "quotations"
    DOCUMENT = "document"
    MARKUP = "markup"


class QuotationPolicy(StrEnum):
    """Which words a rule judges: the writer's, those within quotation marks (and block quotes), or all."""

    OUTSIDE = "outside"
    INSIDE = "inside"
    BOTH = "both"

    def judges(self, quoted: bool) -> bool:
        """Whether words are judged that are, or are not, quoted."""
        return self is QuotationPolicy.BOTH or quoted == (self is QuotationPolicy.INSIDE)


class Match(msgspec.Struct, frozen=True):
    """The result of a check: a place, what is wrong there, and how to fix it.

    ``message`` quotes the words found; ``claim`` and ``attribution`` are the identifiers of the records it is based on.
    ``fixes`` are alternatives, the best one first.
    """

    span: Span
    message: str
    help: str
    claim: str | None = None
    attribution: str | None = None
    severity: Severity | None = None
    fixes: tuple[Fix, ...] = ()


Check = Callable[["Context"], Iterator[Match]]
"""Yields the faults in a context."""

BODY = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.BLOCK_QUOTE, BlockKind.TURN})
"""The blocks that most rules judge; the quotation policy then decides about block quotes."""

EVERYWHERE = frozenset(BlockKind)
"""All blocks, headlines and captions among them."""


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A newsroom rule.

    ``name`` is the pattern flagged, so that "ignore unattributed-quote" reads well. ``bad`` and ``good`` are whole
    drafts in ``example_format``: under ``example_settings`` the rule fires on the first and not on the second.
    ``settings`` are the configuration keys that affect it. A match outside the right ``quotations`` or ``blocks`` is
    dropped. Where it reports the same words as one of the rules it is ``more_specific_than`` (identifiers), only its
    finding is reported. ``origin`` is the file of a newsroom's own rule, empty for a built-in one. ``check`` is None
    for findings about suppressions themselves.

    The record goes above its check, as a decorator: ``@Rule(id="SRC103", …)``.
    """

    id: str
    name: str
    summary: str
    rationale: str
    bad: str
    good: str
    severity: Severity
    guidelines: tuple[Reference, ...]
    needs: frozenset[Need]
    check: Check | None = None
    status: Status = Status.STABLE
    quotations: QuotationPolicy = QuotationPolicy.OUTSIDE
    blocks: frozenset[BlockKind] = BODY
    settings: tuple[str, ...] = ()
    more_specific_than: tuple[str, ...] = ()
    example_format: Literal["text", "markdown", "html"] = "text"
    example_settings: Settings = DEFAULTS
    limits: str = ""
    origin: str = ""

    def __call__(self, check: Check) -> Rule:
        """The rule with its check."""
        return msgspec.structs.replace(self, check=check)

    @property
    def page(self) -> str | None:
        """Address of the rule's page in the documentation; of the guideline behind a newsroom's own rule."""
        if self.origin:
            return self.guidelines[0].where if self.guidelines else None
        return rule_page(self.id)

    @property
    def family(self) -> str:
        """The letters of the identifier."""
        return self.id.rstrip("0123456789")
