"""Officials who speak for their body, and tell what it does or has decided: a body's own announcement needs no name."""

from __future__ import annotations

from attribution import grammar
from attribution.linting.context import Context
from attribution.linting.predicates.cues import has_cue_of
from attribution.linting.predicates.source_nouns import is_plural, noun_kinds, words_with
from attribution.parsing import Tree
from attribution.records import Attribution, Token

THEMSELVES = frozenset({"our", "ours", "their", "theirs", "they", "we"})
"""Pronouns by which officials mean their own body."""

SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
"""Relations of a subject to its predicate."""


def speaks_for_body(context: Context, attribution: Attribution, tree: Tree, head: Token) -> bool:
    """Whether *officials* put the position of their body, or tell what it does or has decided.

    *US officials* and *officials at the Forest Board* do, and so do *the authorities*. Officials of a body without a
    name do if they confirm or announce something, if they tell of themselves, or if something *will be* done: *port
    officials said they had hired divers*. *Senior officials* and *two officials* speak for nobody.
    """
    if not _are_of_a_body(context, tree, head):
        return False
    if _has_named_body(context, tree, head) or has_cue_of(context, attribution, "announcing"):
        return True
    sentence = context.sentence(attribution.sentence)
    predicate = context.head(sentence, attribution.content.spans)
    if predicate is None:
        return False
    below = context.tree(sentence)
    subject = below.child(predicate.index, *SUBJECTS)
    return _will_be_done(below, predicate) or (subject is not None and _means_themselves(below, subject))


def words_of_body(tree: Tree, head: Token) -> list[str]:
    """The words that tell whose officials they are: *Turkish*, *Coast Guard*; *sources from the Forest Board*."""
    within = [token for token in words_with(tree, head, "nmod") if token.upos == "PROPN"]
    tokens = [*words_with(tree, head, "compound", "amod", "nmod:poss"), *within]
    parts = {index for token in tokens for index in (token.index, *tree.children(token.index, "compound", "flat"))}
    return [tree.tokens[index].text for index in sorted(parts) if tree.tokens[index].text[0].isupper()]


def _are_of_a_body(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the noun is a plural that only tells whose officials they are: *officials*, *US*, *port officials*."""
    if not is_plural(head) or words_with(tree, head, "det", "nummod", "acl", "acl:relcl"):
        return False
    if head.lemma.lower() in context.lexicon.words_for("entourage"):
        return False
    if "official" not in noun_kinds(context, head) and not _is_body(context, head):
        return False
    around = words_with(tree, head, "amod", "compound")
    thin = context.lexicon.words_for("thin-modifier") - {"government", "local", "state"}
    return all(token.lemma.lower() not in thin for token in around) and all(
        token.text[0].isupper() or token.lemma.lower() == "local" for token in around if token.relation == "amod"
    )


def _has_named_body(context: Context, tree: Tree, head: Token) -> bool:
    """Whether their body has a name, or they are one themselves (*the authorities*, *delegates*)."""
    if _is_body(context, head):
        return True
    words = words_of_body(tree, head)
    opens = min(tree.subtree(head.index)) == 0 and len(words) == 1 and tree.tokens[0].text == words[0]
    if opens and tree.tokens[0].upos != "PROPN":  # a capital that opens the sentence tells nothing
        return bool(context.lexicon.states_in(words))
    return bool(words)


def _is_body(context: Context, head: Token) -> bool:
    return head.lemma.lower() in context.lexicon.words_for("body-noun")


def _means_themselves(tree: Tree, subject: int) -> bool:
    """Whether a pronoun for the officials is the subject, or owns it: *they*, *their divers*."""
    return any(tree.forms[index] in THEMSELVES for index in (subject, *tree.children(subject, "nmod:poss")))


def _will_be_done(tree: Tree, predicate: Token) -> bool:
    """Whether it is told that something *will be* done: what a body has decided."""
    modal = any(tree.forms[index] in ("will", "would", "'ll", "’ll") for index in tree.children(predicate.index, "aux"))
    return modal and bool(tree.children(predicate.index, "aux:pass")) and not grammar.has_agent(tree, predicate.index)
