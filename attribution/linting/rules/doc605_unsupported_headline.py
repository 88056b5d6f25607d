"""DOC605: The headline asserts what the article only alleges, or does not say at all."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BBC_ACCURACY, IPSO
from attribution.linting.context import Context
from attribution.linting.predicates.cues import speaks
from attribution.linting.rule import EVERYWHERE, Match, Need, Rule, Severity
from attribution.records import Claim, HedgeCategory, Sentence, Span, Token, Tone, Voice

DOUBTS = frozenset({HedgeCategory.HEARSAY, HedgeCategory.AGENTLESS_PASSIVE})
"""Categories of hedge that cast doubt on a whole claim."""

LIKENESS = 0.6
"""The share of a headline's words that a claim in the body needs to say the same."""

STEM = 5
"""The number of first letters that make a word of the headline and one of the body count as the same."""


@Rule(
    id="DOC605",
    name="unsupported-headline",
    summary="The headline asserts what the article only alleges, or does not say at all.",
    rationale="More people read the headline than the article. Press codes ask that the text support it.",
    bad="Mayor took bribe from builder\n\nMayor Jon Harl reportedly took a bribe from a builder in May. The council"
    " meets on Friday.\n",
    good="Mayor took bribe from builder, rival alleges\n\nMayor Jon Harl reportedly took a bribe from a builder in"
    " May. The council meets on Friday.\n",
    severity=Severity.WARNING,
    guidelines=(IPSO, BBC_ACCURACY),
    needs=frozenset({Need.DOCUMENT, Need.MARKUP, Need.SYNTAX}),
    blocks=EVERYWHERE,
    limits="An error where the article hedges or attributes what the headline asserts in the same words, a warning"
    " where no word of the headline occurs in the article. Paraphrase is not recognised.",
)
def unsupported_headline(context: Context) -> Iterator[Match]:
    title = context.headline
    if title is None or not context.body or _is_guarded(context, title):
        return
    tree = context.tree(title)
    words = [token for token in title.tokens if token.upos in ("NOUN", "PROPN", "VERB", "ADJ", "NUM")]
    if len(words) < 3:
        return
    span = Span(title.tokens[0].start, title.tokens[-1].end)
    stems = {_stem(token) for token in words}
    body = {_stem(token) for sentence in context.body for token in sentence.tokens}
    if not stems & body:
        yield Match(
            span,
            "the article does not support its headline",
            "Make the headline say what the article does.",
        )
        return
    predicate = _stem(tree.tokens[tree.root])
    same = [
        claim
        for sentence in context.body
        for claim in context.claims_in(sentence)
        if predicate in (found := {_stem(token) for token in context.tokens(sentence, claim.spans)})
        and len(stems & found) / len(stems) >= LIKENESS
    ]
    if not same or not all(_is_in_doubt(context, claim, title, predicate) for claim in same):
        return
    yield Match(
        span,
        f"the headline asserts what the article {_standing(context, same[0])}",
        "Say in the headline who says so, or that it is alleged.",
        claim=same[0].id,
        severity=Severity.ERROR,
    )


def _stem(token: Token) -> str:
    return token.lemma.lower()[:STEM] if token.upos == "VERB" else token.text.lower()[:STEM]


def _is_guarded(context: Context, title: Sentence) -> bool:
    """Whether the headline itself hedges, attributes, quotes or asks."""
    marks = {"?", ":", "“", "”", "‘", '"', "'", "``", "''"}
    return (
        bool(context.hedges_in(title))
        or any(speaks(attribution) for attribution in context.attributions_in(title))
        or any(token.text in marks and token.xpos != "POS" for token in title.tokens)
        or bool(context.lexicon.verbs_of(title.tokens[-1].lemma, title.tokens[-1].text))
        or any(claim.voice is not Voice.OWN for claim in context.claims_in(title))
    )


def _is_in_doubt(context: Context, claim: Claim, title: Sentence, predicate: str) -> bool:
    """Whether the body hedges the claim, or has it from somebody whose word is not enough to make it a fact.

    An organisation's statement about itself or its work (*police said they had arrested*) may be a headline.
    """
    said = [
        token.span
        for token in context.tokens(context.sentence(claim.sentence), claim.spans)
        if _stem(token) == predicate
    ]
    for hedge in context.index.hedges_on(claim):
        if hedge.category in DOUBTS and any(scope.covers(span) for scope in hedge.scope for span in said):
            return True  # the headline's own words are in doubt, not something else in the sentence
    if claim.voice is not Voice.SOURCE:
        return False
    chain = context.index.provenance(claim)
    headlined = {token.text.lower() for token in title.tokens}
    if any(
        headlined & set(attribution.source.text.lower().split()) - {"the", "a", "an", "of"} for attribution in chain
    ):
        return False
    return any(attribution.tone is Tone.DOUBTING for attribution in chain)


def _standing(context: Context, claim: Claim) -> str:
    if claim.voice is Voice.SOURCE and claim.attributions:
        source = context.index.attributions[claim.attributions[0]].source
        return f"has from “{context.text(source.spans)}”" if source.spans else "attributes"
    return "hedges"
