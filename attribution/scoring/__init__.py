"""Finds claims and scores their sourcing and certainty."""

from __future__ import annotations

from attribution.scoring.article import credit_sources, summarise
from attribution.scoring.claims import ClaimClause, find_claims
from attribution.scoring.scores import score_claims
from attribution.scoring.weights import Weight, Weights, load_weights

__all__ = [
    "ClaimClause",
    "Weight",
    "Weights",
    "credit_sources",
    "find_claims",
    "load_weights",
    "score_claims",
    "summarise",
]
