"""Claims in the paper's own voice."""

from __future__ import annotations

from attribution.linting.context import Context
from attribution.records import Claim, Sentence, Span, Voice


def own_claims(context: Context, sentence: Sentence) -> tuple[Claim, ...]:
    """The sentence's claims in the paper's own voice."""
    return tuple(claim for claim in context.claims_in(sentence) if claim.voice is Voice.OWN)


def own_claim_at(context: Context, sentence: Sentence, span: Span) -> Claim | None:
    """The claim at this place in the sentence, if it is in the paper's own voice; otherwise None."""
    claim = context.claim_at(span)
    return claim if claim in own_claims(context, sentence) else None


def claim_id_at(context: Context, span: Span) -> str | None:
    """The identifier of the claim at this place; None if there is none."""
    claim = context.claim_at(span)
    return None if claim is None else claim.id
