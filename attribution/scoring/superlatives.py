"""Superlatives that are what a sentence says: a ranking of everything of its kind."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.lexicon import Lexicon
from attribution.parsing import Tree
from attribution.records import Span, Token

SUPERLATIVE_TAGS = ("JJS", "RBS")
"""Tags of the superlatives of adjectives and adverbs."""


def superlatives(lexicon: Lexicon, tree: Tree) -> Iterator[tuple[Span, Token]]:
    """*The biggest sale* and *the most violent year* where they are what the sentence says; *unprecedented*."""
    listed = lexicon.words_for("superlative")
    for token in tree.tokens:
        if not listed.isdisjoint((token.lemma.lower(), token.text.lower())):
            if tree.matches(token.index, "amod", "root", "conj", "xcomp") and not grammar.is_negated(tree, token.index):
                yield token.span, token
            continue
        if token.xpos not in SUPERLATIVE_TAGS:
            continue
        adjective = token if token.xpos == "JJS" else tree.tokens[max(0, token.head)]
        if _is_said_alone(lexicon, tree, token, adjective):
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
            continue  # *hit the poorest hamlets* tells which ones
        if tree.tokens[token.index + 1].xpos in ("VBG", "VBN") or tree.forms[token.index + 1] == "possible":
            continue  # *the highest ranking officer*, *the highest possible speed*
        if tree.matches(noun, "obj") and not grammar.is_finite(tree, tree.tokens[noun].head):
            continue  # *plans to reach the highest speed*
        if lexicon.words_for("idle-superlative").intersection((adjective.lemma.lower(), adjective.text.lower())):
            continue
        yield Span(tree.tokens[article].start, tree.tokens[noun].end), token


def _is_said_alone(lexicon: Lexicon, tree: Tree, token: Token, adjective: Token) -> bool:
    """Whether the adjective stands for its noun: *the hall is the oldest in the country*."""
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
    idle = lexicon.words_for("idle-superlative")
    return not idle.intersection((adjective.lemma.lower(), adjective.text.lower(), token.text.lower()))


def _is_among(tree: Tree, noun: int) -> bool:
    """Whether the superlative covers several: *among the youngest contenders*."""
    return any(tree.tokens[case].text.lower() == "among" for case in tree.children(noun, "case"))
