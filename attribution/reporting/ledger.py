"""Who carries a story: the sources with the claims they carry, and what no source carries."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution.index import ledger_entries
from attribution.records import Analysis, Carrier, SourceEntity, SourceKind
from attribution.reporting import words


class LedgerRow(msgspec.Struct, frozen=True):
    """A source, or those claims that none carries.

    ``kind`` is what it is in words, ``claims`` how many claims it carries, ``first`` the offset of its first mention.
    ``entry`` tells that it is a ledger entry, and ``id`` which. ``carried`` are the identifiers of its claims.
    """

    name: str
    kind: str
    claims: int
    entry: bool = False
    first: int | None = None
    id: str | None = None
    carried: tuple[str, ...] = ()
    carrier: Carrier = Carrier.PAPER


MOST_SOURCES = 8
"""Sources that a short ledger tells one by one."""


def ledger_rows(analysis: Analysis) -> list[LedgerRow]:
    """The sources that carry claims, most claims first; then what no entry carries, the paper's own claims last."""
    rows = [
        LedgerRow(
            name=entity.name,
            kind=words.KINDS[entity.kind],
            claims=len(entity.claims),
            entry=True,
            first=entity.mentions[0].start if entity.mentions else None,
            id=entity.id,
            carried=entity.claims,
            carrier=_carrier(entity),
        )
        for entity in ranked(ledger_entries(analysis))
        if entity.claims
    ]
    carried = {claim for entity in analysis.sources for claim in entity.claims}
    for carrier, called in words.CARRIERS.items():
        claims = tuple(claim.id for claim in analysis.claims if claim.carrier is carrier and claim.id not in carried)
        if claims:
            rows.append(LedgerRow(called.name, "", len(claims), carried=claims, carrier=carrier))
    return rows


def short_ledger(rows: Sequence[LedgerRow], most: int = MOST_SOURCES) -> list[LedgerRow]:
    """At most ``most`` sources, the others together in one row behind them, and what no source carries."""
    sources = [row for row in rows if row.entry]
    if len(sources) <= most + 1:
        return list(rows)
    others = sources[most:]
    carried = tuple(dict.fromkeys(claim for row in others for claim in row.carried))
    name = f"{len(others)} more sources"
    together = LedgerRow(name, "", len(carried), carried=carried, carrier=Carrier.DESCRIBED)
    if all(row.carrier is Carrier.NAMED for row in others):
        together = msgspec.structs.replace(together, carrier=Carrier.NAMED)
    return [*sources[:most], together, *(row for row in rows if not row.entry)]


def ranked(entities: Sequence[SourceEntity]) -> list[SourceEntity]:
    """The entries that carry most claims first, then in text order."""
    return sorted(entities, key=lambda entity: (-len(entity.claims), entity.mentions[:1]))


def _carrier(entity: SourceEntity) -> Carrier:
    if entity.kind is SourceKind.VAGUE_COLLECTIVE or entity.kind.is_nobody:
        return Carrier.NOBODY
    if entity.kind is SourceKind.OWN_OUTLET:
        return Carrier.PAPER
    return Carrier.NAMED if entity.named else Carrier.DESCRIBED
