"""A newsroom's settings for the rules themselves, with their defaults."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from attribution.records import Count, Share


class Settings(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Thresholds and names. Sentences are counted in the article's body, words as a reader counts them."""

    own_outlets: Annotated[
        tuple[str, ...], Meta(description="The paper's own names: attributing to itself is not sourcing (SRC107).")
    ] = ()
    known_people: Annotated[
        tuple[str, ...],
        Meta(description="Names that readers know without introduction, as the source ledger writes them (SRC108)."),
    ] = ()
    quotation_words: Annotated[
        Count, Meta(description="The fewest words for which a quotation needs a speaker (QUO001).")
    ] = 1
    late_quotation_sentences: Annotated[
        Count, Meta(description="The number of quoted sentences after which a speaker comes too late (QUO002).")
    ] = 2
    reason_sentences: Annotated[
        Count,
        Meta(description="How many sentences after an unnamed source may give the reason for its anonymity (SRC101)."),
    ] = 2
    collective_sentences: Annotated[
        Count,
        Meta(description="How many sentences after a vague collective may name one of its kind (SRC104)."),
    ] = 3
    lapsed_sentences: Annotated[
        Count, Meta(description="The most sentences of reported content that one attribution may carry (ATT205).")
    ] = 3
    minimum_sources: Annotated[
        Count, Meta(description="The fewest distinct sources that an article needs (DOC601).")
    ] = 2
    single_source_sentences: Annotated[
        Count, Meta(description="The fewest sentences for which an article needs more than one source (DOC601).")
    ] = 8
    maximum_source_share: Annotated[
        Share,
        Meta(description="The largest share of attributed sentences for one source of three or more (DOC602)."),
    ] = 0.6
    minimum_sourcing: Annotated[
        Share | None,
        Meta(description="The least mean support of the claims of others (LIM701); not checked unless set."),
    ] = None
    maximum_hearsay: Annotated[
        Share | None,
        Meta(description="The largest share of claims that may be hearsay (LIM702); not checked unless set."),
    ] = None
    maximum_places: Annotated[
        Count | None,
        Meta(description="The most places that may need a source or a speaker (LIM703); not checked unless set."),
    ] = None
