"""Finds figures that the edit changed: another number of the same thing in the same claim.

Numbers in words are compared only with numbers in words. A rounding that the text owns up to (*214 homes*, *about 200
homes*) is no change.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution.comparison.version import Version
from attribution.records import Claim, HedgeCategory, Span, Token

ROUNDED = 0.1
"""A number beside *about* may differ from the exact one by this share of it."""

NUMBER, SIGN = "NUM", "SYM"


class Figure(msgspec.Struct, frozen=True):
    """A number of a claim: its value (None for one in words), its word, where it stands, and what it counts.

    ``about`` tells that a word like *about* stands with it.
    """

    value: float | None
    word: str
    span: Span
    counted: str
    about: bool


def changed_figures(
    old_claim: Claim, new_claim: Claim, old: Version, new: Version
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where the figures stand that the edit replaced by others, in each version, in the same order."""
    before = _without(_figures(old_claim, old), _numbers(new_claim.sentence, new))
    after = _without(_figures(new_claim, new), _numbers(old_claim.sentence, old))
    pairs: list[tuple[Figure, Figure]] = []
    for figure in before:
        partner = next((other for other in after if _counts_the_same(figure, other)), None)
        if partner is not None:
            after.remove(partner)
            pairs.append((figure, partner))
    pairs = [(figure, other) for figure, other in pairs if not _is_rounding(figure, other)]
    return tuple(figure.span for figure, _ in pairs), tuple(figure.span for _, figure in pairs)


def _figures(claim: Claim, version: Version) -> list[Figure]:
    """The numbers of the claim, in text order; *one* is mostly none."""
    tree = version.tree(claim.sentence)
    approximate = [hedge for hedge in version.hedges_on(claim) if hedge.category is HedgeCategory.APPROXIMATOR]
    found: list[Figure] = []
    for index in version.tokens_of(claim):
        token = tree.tokens[index]
        if token.upos != NUMBER or token.lemma.casefold() == "one":
            continue
        head = tree.head(index)
        counted = "" if head is None else tree.tokens[head].lemma.casefold()
        about = any(span.covers(token.span) for hedge in approximate for span in hedge.scope)
        found.append(Figure(_value(token), token.lemma.casefold(), token.span, counted, about))
    return found


def _numbers(sentence: str, version: Version) -> set[float | str]:
    """All numbers of a sentence, as values or in words."""
    tokens = [token for token in version.sentences[sentence].tokens if token.upos == NUMBER]
    return {_number(token) for token in tokens}


def _without(figures: Sequence[Figure], numbers: set[float | str]) -> list[Figure]:
    return [figure for figure in figures if (figure.word if figure.value is None else figure.value) not in numbers]


def _number(token: Token) -> float | str:
    value = _value(token)
    return token.lemma.casefold() if value is None else value


def _value(token: Token) -> float | None:
    try:
        return float(token.text.replace(",", ""))
    except ValueError:
        return None


def _counts_the_same(figure: Figure, other: Figure) -> bool:
    return figure.counted == other.counted and (figure.value is None) == (other.value is None)


def _is_rounding(figure: Figure, other: Figure) -> bool:
    if figure.value is None or other.value is None or figure.about == other.about:
        return False
    return abs(figure.value - other.value) <= ROUNDED * max(abs(figure.value), abs(other.value))
