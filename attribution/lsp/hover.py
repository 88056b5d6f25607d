"""Who says so, how sure the text is, and why: what an editor shows of the claim under the pointer."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from attribution.index import AnalysisIndex
from attribution.lsp.checked import Checked
from attribution.records import Claim, ScoreName
from attribution.reporting import words
from attribution.reporting.look import score_number
from attribution.scoring.carriers import SUPPORTS

_MARKDOWN = str.maketrans({character: f"\\{character}" for character in r"\`*_{}[]<>#|~&"})


def hover_at(checked: Checked, offset: int, *, markdown: bool = True) -> types.Hover | None:
    """What is known of the claim at an offset of the file; None where there is no claim."""
    claim = checked.claim_at(offset)
    if claim is None:
        return None
    lines = list(claim_lines(claim, checked.index, markdown=markdown))
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    spans = claim.spans or (checked.index.sentences[claim.sentence].span,)
    return types.Hover(types.MarkupContent(kind, "\n".join(lines)), checked.range_around(spans))


def claim_lines(claim: Claim, index: AnalysisIndex, *, markdown: bool) -> Iterator[str]:
    """Who answers for the claim and how near they are, the two scores with their reasons, and how it is told."""

    def plain(text: str) -> str:
        return text.translate(_MARKDOWN) if markdown else text

    def strong(text: str) -> str:
        return f"**{plain(text)}**" if markdown else text

    called = words.CARRIERS[claim.carrier]
    said = words.provenance_words(index.chains(claim), index)
    yield f"{strong(words.capital(called.whose))}{plain(f': {said}' if said else '')}"
    yield ""
    if claim.support is not None:
        support = SUPPORTS[claim.support] if markdown else SUPPORTS[claim.support].replace("*", "")
        yield f"- support {claim.support} of 4: {support}"
    for name, score in ((ScoreName.SOURCING, claim.sourcing), (ScoreName.CERTAINTY, claim.certainty)):
        reasons = [words.factor_words(factor, index) for factor in claim.factors if factor.score is name]
        yield f"- {name.value} {score_number(score)}: {plain('; '.join(reasons))}"
    for predicate in claim.predicates:
        yield f"- {plain(words.predicate_words(predicate))}"
    if claim.exposure.marks:
        marks = "; ".join(f"{mark.name} (“{mark.text.translate(words.INNER_QUOTES)}”)" for mark in claim.exposure.marks)
        yield f"- exposure {claim.exposure.grade} of 3: {plain(marks)}"
