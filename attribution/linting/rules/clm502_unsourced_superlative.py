"""CLM502: Something is the largest, the worst or unprecedented, with no source nearby."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import NPR_CLAIMS, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates import is_sourced_near, own_claims
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Span, Token


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
    limits="Only superlatives that the sentence itself asserts, not those in passing (“the largest city, Tolva”).",
)
def unsourced_superlative(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        found = list(_superlatives(context, context.tree(sentence)))
        if not found or is_sourced_near(context, sentence, telling=True):
            continue
        for span, token in found:
            claim = context.claim_at(token.span)
            if claim is None or claim not in tuple(own_claims(context, sentence)) or claim.hedges:
                continue
            if context.is_quoted(span) or grammar.is_supposed(context.tree(sentence), token.index):
                continue
            yield Match(
                span,
                f"“{context.text(span)}” has no source",
                "Say by what measure, since when, and who says so; or give the facts and leave the ranking to readers.",
                claim=claim.id,
            )
            break


def _superlatives(context: Context, tree: Tree) -> Iterator[tuple[Span, Token]]:
    """*The biggest sale* and *the most violent year* where the sentence asserts them; *unprecedented*."""
    for token in tree.tokens:
        if context.lexicon.words_for("superlative").intersection((token.lemma.lower(), token.text.lower())):
            if tree.matches(token.index, "amod", "root", "conj", "xcomp") and not grammar.is_negated(tree, token.index):
                yield token.span, token
            continue
        if token.xpos not in ("JJS", "RBS"):
            continue
        adjective = token if token.xpos == "JJS" else tree.tokens[max(0, token.head)]
        if _is_said_alone(context, tree, token, adjective):
            yield Span(min(token.start, adjective.start), adjective.end), token
            continue
        if adjective.upos != "ADJ" or not tree.matches(adjective.index, "amod"):
            continue
        noun = tree.head(adjective.index)
        if noun is None or tree.tokens[noun].upos != "NOUN" or tree.child(noun, "nmod:poss") is not None:
            continue
        article = next(
            (index for index in tree.children(noun, "det") if tree.tokens[index].text.lower() == "the"), None
        )
        if article is None or article > token.index:
            continue
        if tree.child(noun, "cop") is None and not tree.matches(noun, "obj"):
            continue
        if any(tree.tokens[subject].xpos in ("WP", "WDT") for subject in tree.children(noun, "nsubj")):
            continue
        if "-" in token.text or grammar.is_negated(tree, noun) or _is_among(tree, noun):
            continue
        if tree.matches(noun, "obj") and tree.tokens[noun].xpos == "NNS":
            continue  # *hit the poorest hamlets* defines which ones
        if tree.tokens[token.index + 1].xpos in ("VBG", "VBN") or tree.forms[token.index + 1] == "possible":
            continue  # *the highest ranking officer*, *the highest possible speed*
        if tree.matches(noun, "obj") and not grammar.is_finite(tree, tree.tokens[noun].head):
            continue  # *plans to reach the highest speed*
        if context.lexicon.words_for("idle-superlative").intersection(
            (adjective.lemma.lower(), adjective.text.lower())
        ):
            continue
        yield Span(tree.tokens[article].start, tree.tokens[noun].end), token


def _is_said_alone(context: Context, tree: Tree, token: Token, adjective: Token) -> bool:
    """Whether the adjective replaces its noun: *the hall is the oldest in the country*."""
    if (
        adjective.upos != "ADJ"
        or tree.child(adjective.index, "cop") is None
        or grammar.is_negated(tree, adjective.index)
    ):
        return False
    if _is_among(tree, adjective.index):
        return False
    if not any(tree.tokens[index].text.lower() == "the" for index in tree.children(adjective.index, "det")):
        return False
    idle = context.lexicon.words_for("idle-superlative")
    return not idle.intersection((adjective.lemma.lower(), adjective.text.lower(), token.text.lower()))


def _is_among(tree: Tree, noun: int) -> bool:
    """Whether it is one of several: *among the youngest contenders*."""
    return any(tree.tokens[case].text.lower() == "among" for case in tree.children(noun, "case"))
