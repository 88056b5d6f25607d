"""Officials who speak for their body, and tell what it does or has decided: a body's own announcement needs no name."""

from __future__ import annotations

from attribution import grammar
from attribution.linting.context import Context
from attribution.linting.predicates.cues import cue_token, has_cue_of
from attribution.linting.predicates.source_nouns import is_plural, noun_kinds, words_with
from attribution.parsing import Tree
from attribution.records import Attribution, Token

THEMSELVES = frozenset({"our", "ours", "their", "theirs", "they", "we"})
"""Pronouns by which officials mean their own body."""

SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
"""Relations of a subject to its predicate."""


def announces_own_business(context: Context, attribution: Attribution, tree: Tree, head: Token) -> bool:
    """Whether *officials* tell what their body does, has or has decided: *Turkish officials said Turkey would pay*.

    They do if they confirm or announce it, if what they tell is about themselves or their state, or if something *will
    be* done; a state's delegates put its position. *Senior officials* and *two officials* speak for nobody.
    """
    if not _speaks_for_body(context, tree, head):
        return False
    delegates = head.lemma.lower() in context.lexicon.words_for("delegate") and bool(words_of_body(tree, head))
    if delegates or has_cue_of(context, attribution, "announcing"):
        return True
    sentence = context.sentence(attribution.sentence)
    below = context.tree(sentence)
    predicate = context.head(sentence, attribution.content.spans)
    if predicate is None:
        return False
    subject = below.child(predicate.index, *SUBJECTS)
    return _will_be_done(below, predicate) or (
        subject is not None and _means_body(context, below, subject, words_of_body(tree, head), attribution)
    )


def words_of_body(tree: Tree, head: Token) -> list[str]:
    """The words that tell whose officials they are: *Turkish*, *Coast Guard*; *sources from the Forest Board*."""
    within = [token for token in words_with(tree, head, "nmod") if token.upos == "PROPN"]
    tokens = [*words_with(tree, head, "compound", "amod", "nmod:poss"), *within]
    parts = {index for token in tokens for index in (token.index, *tree.children(token.index, "compound", "flat"))}
    return [tree.tokens[index].text for index in sorted(parts) if tree.tokens[index].text[0].isupper()]


def _speaks_for_body(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun is a plural that only tells whose officials they are: *officials*, *US*, *port officials*."""
    if not is_plural(head) or words_with(tree, head, "det", "nummod", "acl", "acl:relcl"):
        return False
    known = context.lexicon.words_for("delegate")
    if "official" not in noun_kinds(context, head) and head.lemma.lower() not in known:
        return False
    return all(token.text[0].isupper() for token in words_with(tree, head, "amod") if token.index > 0) and not any(
        token.lemma.lower() in context.lexicon.words_for("thin-modifier") - {"government", "local", "state"}
        for token in words_with(tree, head, "amod", "compound")
    )


def _means_body(context: Context, tree: Tree, subject: int, body: list[str], attribution: Attribution) -> bool:
    """Whether the subject of what is told is a pronoun for the officials, their body, or their state."""
    tokens = [tree.tokens[index] for index in sorted(tree.subtree(subject))]
    if tree.forms[subject] in THEMSELVES or any(
        tree.forms[owner] in THEMSELVES for owner in tree.children(subject, "nmod:poss")
    ):
        return True
    cue = cue_token(context, attribution)
    if cue is None or not body:
        return False
    words = [token.text for token in tokens]
    states = context.lexicon.states_in(body)
    return not set(body).isdisjoint(words) or not states.isdisjoint(context.lexicon.states_in(words))


def _will_be_done(tree: Tree, predicate: Token) -> bool:
    """Whether it is told that something *will be* done: what a body has decided."""
    modal = any(tree.forms[index] in ("will", "would", "'ll", "’ll") for index in tree.children(predicate.index, "aux"))
    return modal and bool(tree.children(predicate.index, "aux:pass")) and not grammar.has_agent(tree, predicate.index)
