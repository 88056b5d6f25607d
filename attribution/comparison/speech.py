"""Finds indirect speech that the edit put between quotation marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from attribution.comparison.changes import Link
from attribution.comparison.version import Version
from attribution.comparison.wording import WORD
from attribution.extraction.span_index import SpanIndex
from attribution.records import Carrier, Quotation

LEAST_WORDS = 2
"""A single word between quotation marks is mostly a term that the text sets off."""


class MadeDirect(msgspec.Struct, frozen=True):
    """A quotation of the new version, and the claims that it holds, which nobody was quoted with before."""

    quotation: Quotation
    old: tuple[str, ...]
    new: tuple[str, ...]


def made_direct(links: Iterable[Link], old: Version, new: Version, altered: Sequence[Quotation]) -> list[MadeDirect]:
    """The quotations of the new version whose claims the old one told without quotation marks.

    ``altered`` are those of the new version that were quotations before. One whose speaker is unclear is left out: it
    is a change of voice.
    """
    pairs = [(link.old, link.new) for link in links if link.old is not None and link.new is not None]
    spans = SpanIndex((span, number) for number, (_, after) in enumerate(pairs) for span in new.claims[after].spans)
    known = {quotation.id for quotation in altered}
    found: list[MadeDirect] = []
    for quotation in new.analysis.quotations:
        words = [word for part in quotation.parts for word in WORD.finditer(new.text, part.start, part.end)]
        if quotation.parent is not None or not quotation.speech or quotation.id in known or len(words) < LEAST_WORDS:
            continue
        inside = [pairs[number] for number in sorted(set(spans.overlapping(quotation.span)))]
        if inside and all(_is_told(before, after, old, new) for before, after in inside):
            sides = (tuple(dict.fromkeys(side)) for side in zip(*inside, strict=True))
            found.append(MadeDirect(quotation, *sides))
    return found


def _is_told(before: str, after: str, old: Version, new: Version) -> bool:
    """Whether the old version tells the claim without quotation marks, and the new one gives it to a source."""
    carriers = (Carrier.NAMED, Carrier.DESCRIBED)
    return not old.view(before).quoted and new.claims[after].carrier in carriers
