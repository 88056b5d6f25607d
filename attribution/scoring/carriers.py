"""Who answers for a claim, and how near and how findable they are."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from attribution.records import MOST_SUPPORT, Carrier, Manner, SourceKind
from attribution.scoring.chains import GIVEN, Link, speaking_links
from attribution.scoring.clauses import ClaimClause

PARAPHRASED, SECOND_HAND, DESCRIBED, NOT_GIVEN = 3, 2, 1, 0
"""Support below the most."""

SUPPORTS = MappingProxyType(
    {
        MOST_SUPPORT: "Somebody with a name, in their own words; or a document that can be found.",
        PARAPHRASED: "Somebody with a name, retold.",
        SECOND_HAND: "Somebody with a name at second hand (an outlet, or an unnamed link between); or an official.",
        DESCRIBED: "Somebody who is only described, or a pronoun left open; or a name behind a *reportedly*.",
        NOT_GIVEN: "Nobody: *reportedly*, *has been accused*, *experts*; or a quotation without a speaker.",
    }
)
"""What each grade of support means, the most first. docs/SCORING.md lists them from this table."""

RETELLERS = frozenset({SourceKind.OUTLET})
"""Kinds of named sources that pass on what they have from others."""


def carrier_and_support(
    clause: ClaimClause, chains: Sequence[Sequence[Link]], *, passed_on: bool
) -> tuple[Carrier, int | None]:
    """Who answers for the claim, and the support of its best chain; None where the paper itself does.

    The carrier is whom the paper itself relies on, the outermost link of a chain: *Brandt reportedly said* is carried
    by nobody, though Brandt can be asked. ``passed_on``: a word such as *reportedly* hides a further source.
    """
    if clause.quotation is not None:
        return (Carrier.NOBODY if clause.heading else Carrier.UNCLEAR), NOT_GIVEN
    # A paper that names itself adds nothing to whom it names besides.
    told = [[link for link in chain if link.kind is not SourceKind.OWN_OUTLET] for chain in chains]
    speaking = [speaking_links(chain) for chain in told if chain]
    if not speaking:
        return (Carrier.NOBODY, NOT_GIVEN) if passed_on else (Carrier.PAPER, None)
    found = [(_support(chain, passed_on), _carrier(chain)) for chain in speaking]
    order = (Carrier.NOBODY, Carrier.DESCRIBED, Carrier.NAMED)
    return max((carrier for _, carrier in found), key=order.index), max(support for support, _ in found)


def _carrier(chain: Sequence[Link]) -> Carrier:
    """The carrier that the outermost link of a chain makes."""
    outermost = chain[-1]
    if outermost.named:
        return Carrier.NAMED
    return Carrier.DESCRIBED if outermost.kind in GIVEN else Carrier.NOBODY


def _support(chain: Sequence[Link], passed_on: bool) -> int:
    """How near and how findable the sources of one chain are; ``passed_on``: an adverb hides a further one."""
    outermost = chain[-1]
    given = [link for link in chain if link.kind in GIVEN]
    if not given:
        return NOT_GIVEN
    if outermost not in given:
        return DESCRIBED
    hides = passed_on or any(not link.named for link in chain[:-1])
    if not outermost.named:
        return SECOND_HAND if outermost.kind is SourceKind.UNNAMED_OFFICIAL and not hides else DESCRIBED
    if hides or len({link.identity for link in chain}) > 1 or outermost.kind in RETELLERS:
        return SECOND_HAND
    if outermost.kind is SourceKind.DOCUMENT or outermost.attribution.manner is Manner.DIRECT:
        return MOST_SUPPORT
    return PARAPHRASED
