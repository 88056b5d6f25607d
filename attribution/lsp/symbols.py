"""The outline of a draft, its sources with the claims that each carries; and hints that say who answers for what."""

from __future__ import annotations

from lsprotocol import types

from attribution.lsp.checked import Checked
from attribution.records import Carrier, Claim, Span
from attribution.reporting import words
from attribution.reporting.ledger import LedgerRow, ledger_rows

LONGEST_NAME = 80
"""Characters of a claim in the outline."""

KINDS = {
    Carrier.NAMED: types.SymbolKind.Class,
    Carrier.DESCRIBED: types.SymbolKind.Interface,
    Carrier.NOBODY: types.SymbolKind.Null,
    Carrier.UNCLEAR: types.SymbolKind.Null,
    Carrier.PAPER: types.SymbolKind.File,
}
"""Symbols of programs that look as unlike each other as those who answer for claims."""


def symbols_of(checked: Checked) -> list[types.DocumentSymbol]:
    """Who carries the story, as in the report: most claims first, what no source carries last."""
    if checked.analysed is None:
        return []
    return [symbol for row in ledger_rows(checked.analysed.analysis) if (symbol := _symbol(row, checked)) is not None]


def _symbol(row: LedgerRow, checked: Checked) -> types.DocumentSymbol | None:
    claims = [checked.index.claims[identifier] for identifier in row.carried if identifier in checked.index.claims]
    mentions = checked.index.entities[row.id].mentions if row.id in checked.index.entities else ()
    spans = [*mentions, *(span for claim in claims for span in _spans(claim, checked))]
    if not spans:
        return None
    whole = checked.range_around(spans)
    told = words.count(row.claims, "claim")
    return types.DocumentSymbol(
        name=" ".join(row.name.split()) or row.kind,
        detail=f"{row.kind}, {told}" if row.kind else told,
        kind=KINDS[row.carrier],
        range=whole,
        selection_range=checked.range(mentions[0] if mentions else spans[0]),
        children=[_claim_symbol(claim, checked) for claim in claims],
    )


def _claim_symbol(claim: Claim, checked: Checked) -> types.DocumentSymbol:
    spans = _spans(claim, checked)
    text = " ".join(claim.text.split())
    return types.DocumentSymbol(
        name=text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…",
        kind=types.SymbolKind.String,
        range=checked.range_around(spans),
        selection_range=checked.range(spans[0]),
    )


def _spans(claim: Claim, checked: Checked) -> tuple[Span, ...]:
    return claim.spans or (checked.index.sentences[claim.sentence].span,)


def hints_of(checked: Checked, start: int, end: int) -> list[types.InlayHint]:
    """Behind each sentence of a stretch of the file, who answers for its claims; nothing where the paper does."""
    if checked.analysed is None:
        return []
    hints = []
    for sentence in checked.analysed.analysis.sentences:
        there = checked.span_in_file(sentence.span)
        if there.end < start or end < there.start:
            continue
        carriers = dict.fromkeys(claim.carrier for claim in checked.index.claims_in(sentence))
        carriers.pop(Carrier.PAPER, None)
        if carriers:
            label = ", ".join(words.CARRIERS[carrier].short for carrier in carriers)
            hints.append(types.InlayHint(checked.placed.position(there.end), label, padding_left=True))
    return hints
