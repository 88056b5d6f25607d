"""How much one request may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one request may ask for; beyond it, it is refused.

    ``most_bytes`` are those of a request's body, which may be a word processor's file; ``most_characters`` those of the
    draft in it. ``most_seconds`` is the time from the arrival of a request to its answer. ``most_waiting`` requests are
    kept waiting for their turn.
    """

    most_bytes: int = 8_000_000
    most_characters: int = 200_000
    most_seconds: float = 30.0
    most_waiting: int = 32
