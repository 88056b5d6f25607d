"""A newsroom's settings for the rules themselves, with their defaults."""

from __future__ import annotations

from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=0)]
Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]


class Settings(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Thresholds and names. Sentences are counted in the article's body, words as a reader counts them."""

    own_outlets: tuple[str, ...] = ()
    """The paper's own names: attributing to itself is not sourcing (SRC107)."""

    known_people: tuple[str, ...] = ()
    """Names that the paper's readers know without introduction, as the source ledger writes them (SRC108)."""

    quotation_words: Count = 1
    """The fewest words for which a quotation needs a speaker (QUO001)."""

    late_quotation_sentences: Count = 2
    """The number of quoted sentences after which a speaker comes too late (QUO002)."""

    reason_sentences: Count = 2
    """How many sentences after an unnamed source may give the reason for its anonymity (SRC101)."""

    collective_sentences: Count = 3
    """How many sentences after a vague collective may make it concrete by naming one of its kind (SRC104)."""

    lapsed_sentences: Count = 3
    """The most sentences of reported content that one attribution may carry (ATT205)."""

    minimum_sources: Count = 2
    """The fewest distinct sources that an article needs (DOC601)."""

    single_source_sentences: Count = 8
    """The fewest sentences for which an article needs more than one source (DOC601)."""

    maximum_source_share: Share = 0.6
    """The largest share of the attributed sentences for one source if there are three or more (DOC602)."""

    minimum_sourcing: Share | None = None
    """The mean support of the claims of others below which an article fails (LIM701); not checked unless set."""

    maximum_hearsay: Share | None = None
    """The largest share of an article's claims that may be hearsay (LIM702); not checked unless set."""

    maximum_places: Count | None = None
    """The most places that may need a source, a better one or a speaker (LIM703); not checked unless set."""
