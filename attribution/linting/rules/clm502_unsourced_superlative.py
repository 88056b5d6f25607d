"""CLM502: Something is the largest, the worst or unprecedented, with no source nearby."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import NPR_CLAIMS, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates.claims import own_claim_at
from attribution.linting.predicates.commentary import is_commentary, is_in_first_person
from attribution.linting.predicates.surroundings import is_sourced_near, is_sourced_next
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Sentence, Token
from attribution.scoring.superlatives import superlatives

ORDINALS = frozenset({"second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"})
"""A place in a ranking comes from a table."""


@Rule(
    id="CLM502",
    name="unsourced-superlative",
    summary="Something is the largest, the worst or unprecedented, with no source nearby.",
    rationale="A superlative ranks everything of its kind. Somebody must have looked at the rest, and the reader should"
    " know who, and since when.",
    bad="It is the biggest sale ever.",
    good="It is the biggest sale since records began in 1990, the registry said.",
    severity=Severity.INFO,
    guidelines=(NPR_CLAIMS, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    limits=(
        "Only superlatives that the sentence itself asserts, not those in passing (“the largest city, Tolva”), and not"
        " where the writer says “I” or “we”, or asks and exclaims as in a column."
    ),
)
def unsourced_superlative(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        found = list(superlatives(context.lexicon, context.tree(sentence)))
        if not found or is_sourced_near(context, sentence, telling=True):
            continue
        for span, token in found:
            claim = own_claim_at(context, sentence, token.span)
            if claim is None or claim.hedges:
                continue
            if context.is_quoted(span) or grammar.is_supposed(context.tree(sentence), token.index):
                continue
            if _is_of_record(context, sentence, token) or is_sourced_next(context, sentence):
                continue
            if is_in_first_person(context, sentence) or is_commentary(context):
                continue
            yield Match(
                span,
                f"“{context.text(span)}” has no source",
                "Say by what measure, since when, and who says so; or give the facts and leave the ranking to readers.",
                claim=claim.id,
            )
            break


def _is_of_record(context: Context, sentence: Sentence, token: Token) -> bool:
    """Whether anybody can look it up: *the highest ranking officer*, *the second-largest city*, *the oldest player*."""
    tree = context.tree(sentence)
    after = tree.tokens[token.index + 1] if token.index + 1 < len(tree) else token
    before = tree.tokens[token.index - 1] if token.index else token
    idle = context.lexicon.words_for("idle-measure")
    if "-" in (before.text[-1:], token.text[-1:], after.text[:1]) or not idle.isdisjoint((after.text.lower(),)):
        return True
    if (before.xpos == "JJ" and before.lemma.lower() in ORDINALS) or "-" in token.text:
        return True
    aged = not context.lexicon.words_for("age-superlative").isdisjoint((token.lemma.lower(), token.text.lower()))
    noun = tree.head(token.index) if tree.matches(token.index, "amod") else None
    person = noun is not None and tree.lemmas[noun] in context.lexicon.words_for("person-noun")
    return aged and (noun is None or person)
