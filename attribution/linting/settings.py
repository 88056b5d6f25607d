"""What a newsroom may set about the rules themselves, with the defaults that hold when it sets nothing."""

from __future__ import annotations

from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class Settings(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Thresholds and names. Sentences are counted in the body of the article, words as a reader counts them."""

    own_outlets: tuple[str, ...] = ()
    """The paper's own names: what it attributes to itself is no source (SRC107)."""

    known_people: tuple[str, ...] = ()
    """Names that need no introduction to the paper's readers, as the source ledger writes them (SRC108)."""

    quotation_words: Count = 1
    """Words from which a quotation must have a speaker (QUO001)."""

    late_quotation_sentences: Count = 2
    """Quoted sentences after which a speaker comes too late (QUO002)."""

    reason_sentences: Count = 2
    """Sentences after an unnamed source within which the reason for its anonymity may follow (SRC101)."""

    collective_sentences: Count = 3
    """Sentences after a vague collective within which a named one of its kind makes it concrete (SRC104)."""

    lapsed_sentences: Count = 3
    """Sentences of reported content that one attribution may carry (ATT205)."""

    minimum_sources: Count = 2
    """Distinct sources that an article needs (DOC601)."""

    single_source_sentences: Count = 8
    """Sentences from which an article needs more than one source (DOC601)."""

    maximum_source_share: Share = 0.6
    """Share of the attributed sentences that one source may hold when there are three or more sources (DOC602)."""

    minimum_sourcing: Share | None = None
    """Sourcing score below which an article fails (LIM701); none unless set."""

    maximum_hearsay: Share | None = None
    """Share of an article's claims that may be hearsay (LIM702); none unless set."""
