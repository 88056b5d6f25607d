"""The index of an analysis as reports use it: without attributions that vouch for no claim, unless asked for."""

from __future__ import annotations

from dataclasses import dataclass

from attribution.index import AnalysisIndex, clipped, ledger_entries

__all__ = ["Lookup", "clipped", "ledger_entries"]


@dataclass(frozen=True, eq=False)
class Lookup(AnalysisIndex):
    """An ``AnalysisIndex`` of vouching attributions."""

    vouching_only: bool = True
