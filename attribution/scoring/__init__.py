"""Finds claims, scores their sourcing and certainty, and tells how firmly the text commits itself to each predicate."""

from __future__ import annotations

from attribution.scoring.article import credit_sources, summarise
from attribution.scoring.claims import ClaimClause, find_claims
from attribution.scoring.commitment import CommitmentShares, add_commitment, load_commitment_shares
from attribution.scoring.scores import score_claims
from attribution.scoring.weights import Weight, Weights, load_weights

__all__ = [
    "ClaimClause",
    "CommitmentShares",
    "Weight",
    "Weights",
    "add_commitment",
    "credit_sources",
    "find_claims",
    "load_commitment_shares",
    "load_weights",
    "score_claims",
    "summarise",
]
