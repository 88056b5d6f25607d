"""Views and rumours that nobody is said to hold: *there is speculation that*, *concerns have been raised*."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.context import Context
from attribution.linting.predicates.cues import CONDITIONS, speaks
from attribution.linting.predicates.verbs import OPENING
from attribution.parsing import Tree
from attribution.records import Span, Token

HOLDERS = frozenset({"among", "amongst", "between", "by", "from", "within"})
"""Prepositions that introduce who holds a view."""

TOPICS = frozenset({"about", "over"})
"""Prepositions that introduce what a view is about."""

DIFFUSE_TOPICS = TOPICS | {"at"}
"""The same where an adjective already makes a crowd of its holders (*widespread anger at the tax*)."""

CLAUSES = ("acl", "acl:relcl", "ccomp", "csubj", "advcl")
"""Relations of a clause that says what is thought; parsers attach it to the noun or to the verb."""


def views_of_nobody(context: Context, nouns: str, *, only_spreading: bool = False) -> Iterator[tuple[Token, Span]]:
    """Where one of these nouns tells in the paper's own words what is thought or rumoured, and not by whom.

    The noun, and the span from the first to the last word of the pattern: *there is growing **speculation***,
    ***concerns** have been raised*, ***fears** are mounting*, *amid **reports** that …*, *fuelled **fears** that …*.
    With ``only_spreading`` only the third: *calls are growing*.
    """
    wanted = context.lexicon.words_for(nouns)
    for sentence in context.body:
        tree = context.tree(sentence)
        for noun in sentence.tokens:
            if noun.upos != "NOUN" or noun.lemma.lower() not in wanted or _is_somebodys(context, tree, noun):
                continue
            span = _is_spreading(context, tree, noun, asked=only_spreading)
            if span is None and not only_spreading:
                span = _is_there(tree, noun) or _is_aired(context, tree, noun) or _is_backdrop(tree, noun)
                span = span or _is_fed(context, tree, noun) or _is_diffuse(context, tree, noun)
            if span is not None and not context.is_quoted(noun.span):
                yield noun, span


def _is_somebodys(context: Context, tree: Tree, noun: Token) -> bool:
    """Whether the text tells who holds the view, denies that there is any, or gives it in somebody's words."""
    if tree.children(noun.index, "nmod:poss") or grammar.is_denied_noun(tree, noun.index):
        return True
    if any(tree.forms[word] == "any" for word in tree.children(noun.index, "det")):
        return True
    if any(speaks(attribution) for attribution in context.attributions_over(noun.span)):
        return True
    governor = tree.head(noun.index)
    near = (noun.index,) if governor is None else (noun.index, governor)
    return any(
        tree.forms[case] in HOLDERS
        for index in near
        for holder in tree.children(index, "nmod", "obl", "obl:agent")
        for case in tree.children(holder, "case")
    )


def _is_there(tree: Tree, noun: Token) -> Span | None:
    """*There is growing speculation that …*"""
    verb = tree.head(noun.index)
    if verb is None or not tree.matches(noun.index, "nsubj") or not _is_stated(tree, verb):
        return None
    there = tree.child(verb, "expl")
    if there is None or there > noun.index or not _says_what(tree, noun.index):
        return None
    return Span(tree.tokens[there].start, noun.end)


def _is_aired(context: Context, tree: Tree, noun: Token) -> Span | None:
    """*Concerns have been raised that …*"""
    verb = tree.head(noun.index)
    if verb is None or not tree.matches(noun.index, "nsubj:pass") or not _is_stated(tree, verb):
        return None
    airing = context.lexicon.words_for("airing-verb").isdisjoint(context.words_of(tree.tokens[verb]))
    if airing or grammar.has_agent(tree, verb) or not grammar.is_plain_passive(tree, verb):
        return None
    return Span(noun.start, tree.tokens[verb].end)


def _is_spreading(context: Context, tree: Tree, noun: Token, *, asked: bool) -> Span | None:
    """*Fears are growing that …*, *speculation is rife that …*"""
    governor = tree.head(noun.index)
    if governor is None or not tree.matches(noun.index, "nsubj") or not _is_stated(tree, governor):
        return None
    head = tree.tokens[governor]
    words = context.lexicon.words_for("spreading-verb" if head.upos == "VERB" else "spreading-adjective")
    content = _asks(tree, noun.index, governor) if asked else _says_what(tree, noun.index) or _says_what(tree, governor)
    if words.isdisjoint(context.words_of(head)) or not content:
        return None
    return Span(noun.start, head.end)


def _is_fed(context: Context, tree: Tree, noun: Token) -> Span | None:
    """*The sale fuelled speculation that …*, *reignited speculation about …*."""
    verb = tree.head(noun.index)
    if verb is None or not tree.matches(noun.index, "obj") or not _is_stated(tree, verb):
        return None
    words = context.words_of(tree.tokens[verb])
    told = not context.lexicon.words_for("feeding-verb").isdisjoint(words) and _has_that_clause(tree, noun.index)
    kindled = not context.lexicon.words_for("kindling-verb").isdisjoint(words) and _has_topic(tree, noun.index)
    if not told and not kindled:
        return None
    return Span(tree.tokens[verb].start, noun.end)


def _is_diffuse(context: Context, tree: Tree, noun: Token) -> Span | None:
    """*In the face of growing international concern over …*"""
    spread = context.lexicon.words_for("diffuse-adjective")
    adjectives = [tree.tokens[index] for index in tree.children(noun.index, "amod")]
    found = [token.index for token in adjectives if token.text in spread]  # *Amnesty International* has a capital
    follows = noun.index + 1 < len(tree) and tree.forms[noun.index + 1] in DIFFUSE_TOPICS  # whatever it is attached to
    told = follows or _says_what(tree, noun.index, DIFFUSE_TOPICS)
    if not found or not told or tree.children(noun.index, "det"):
        return None
    if any(not _is_stated(tree, index) for index in tree.ancestors(noun.index)[:1]):
        return None
    return Span(tree.tokens[min(found)].start, noun.end)


def _is_backdrop(tree: Tree, noun: Token) -> Span | None:
    """*Amid fears that …*"""
    openers = tree.children(noun.index, "case", "amod")  # some parsers take *amid* for an adjective
    amid = next((opener for opener in openers if tree.forms[opener] in ("amid", "amidst")), None)
    if amid is None or not _has_that_clause(tree, noun.index):
        return None
    return Span(tree.tokens[amid].start, noun.end)


def _is_stated(tree: Tree, verb: int) -> bool:
    """Whether the verb states what is or was: nothing denied, supposed, foretold or repeated."""
    if grammar.modals(tree, verb) or grammar.is_negated(tree, verb) or grammar.is_supposed(tree, verb):
        return False
    clauses = (verb, *tree.ancestors(verb))
    return not any(tree.lemmas[mark] in CONDITIONS for clause in clauses for mark in tree.children(clause, *OPENING))


def _says_what(tree: Tree, index: int, topics: frozenset[str] = TOPICS) -> bool:
    """Whether a clause, or a phrase with *about* or *over*, says what is thought."""
    return _has_that_clause(tree, index) or _has_bare_clause(tree, index) or _has_topic(tree, index, topics)


def _has_topic(tree: Tree, index: int, topics: frozenset[str] = TOPICS) -> bool:
    return any(
        tree.forms[case] in topics
        for phrase in tree.children(index, "nmod", "obl")
        for case in tree.children(phrase, "case")
    )


def _has_that_clause(tree: Tree, index: int) -> bool:
    return any(
        tree.forms[word] == "that"
        for clause in tree.children(index, *CLAUSES)
        for word in tree.children(clause, "mark", "obj", "nsubj")
        if word < clause
    )


def _has_bare_clause(tree: Tree, index: int) -> bool:
    """Whether a clause without *that* follows: *expectation mounts the army will attack*."""
    return any(
        clause > index and not tree.children(clause, "mark") and bool(tree.children(clause, "nsubj", "nsubj:pass"))
        for clause in tree.children(index, "acl", "ccomp")
    )


def _asks(tree: Tree, noun: int, verb: int) -> bool:
    """Whether the noun calls for something: *calls are growing for a vote*, *pressure is mounting on her to go*."""
    phrases = [*tree.children(noun, "nmod", "acl", "advcl"), *tree.children(verb, "obl", "advcl", "xcomp")]
    return any(tree.forms[word] in ("for", "on", "to") for phrase in phrases for word in tree.children(phrase))
