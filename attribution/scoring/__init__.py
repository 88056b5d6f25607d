"""Finds claims, scores them, tells how firmly the text commits itself to each, and which an editor should look at."""

from __future__ import annotations

from attribution.scoring.article import credit_sources, mean_support, summarise
from attribution.scoring.claims import find_claims
from attribution.scoring.clauses import ClaimClause
from attribution.scoring.commitment import CommitmentShares, add_commitment, load_commitment_shares
from attribution.scoring.exposure import ExposureReader, with_exposure
from attribution.scoring.exposure_marks import MARK_KINDS, MarkKind, check_marks
from attribution.scoring.places import find_places
from attribution.scoring.scores import score_claims
from attribution.scoring.surroundings import Surroundings
from attribution.scoring.weights import Weight, Weights, load_weights

__all__ = [
    "MARK_KINDS",
    "ClaimClause",
    "CommitmentShares",
    "ExposureReader",
    "MarkKind",
    "Surroundings",
    "Weight",
    "Weights",
    "add_commitment",
    "check_marks",
    "credit_sources",
    "find_claims",
    "find_places",
    "load_commitment_shares",
    "load_weights",
    "mean_support",
    "score_claims",
    "summarise",
    "with_exposure",
]
