"""Verbs that stand for what somebody says or thinks: told in the paper's words, in the passive, with complements."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.context import Context
from attribution.linting.predicates.cues import attributions_around, cue_token, is_told_by_somebody, speaks
from attribution.linting.predicates.source_nouns import is_indefinite
from attribution.parsing import Tree
from attribution.records import Attribution, Frame, SourceKind, Token

OPENING = ("case", "mark", "advmod")
"""Relations of the word that opens a phrase or clause (*seen **as** dear*)."""


def told_with_verbs_of(context: Context, words: str) -> Iterator[tuple[Attribution, Tree, Token]]:
    """Attributions in the paper's own words whose cue is one of these verbs and whose source speaks."""
    wanted = context.lexicon.words_for(words)
    for attribution in context.attributions:
        verb = cue_token(context, attribution)
        if verb is None or verb.upos != "VERB" or not speaks(attribution) or attribution.withheld:
            continue
        tree = context.tree(context.sentence(attribution.sentence))
        particle = tree.child(verb.index, "compound:prt")
        lemma = verb.lemma.lower() if particle is None else f"{verb.lemma.lower()} {tree.forms[particle]}"
        if lemma in wanted and not is_told_by_somebody(context, attribution):
            yield attribution, tree, verb


def agentless_passives(context: Context, words: str) -> Iterator[tuple[Attribution, Tree, Token]]:
    """Passives of these verbs that state what was or is, without an agent, not attributed to anybody but an outlet."""
    wanted = context.lexicon.words_for(words)
    for attribution in context.attributions:
        verb = cue_token(context, attribution)
        phrase = attribution.frame is Frame.PHRASE and not attribution.source.spans
        if verb is None or not (phrase or attribution.frame is Frame.PASSIVE):
            continue
        tree = context.tree(context.sentence(attribution.sentence))
        if (
            not attribution.negated
            and not wanted.isdisjoint(context.words_of(verb))
            and grammar.is_plain_passive(tree, verb.index)
            and not grammar.is_short_perfect(tree, verb.index)
            and not grammar.has_agent(tree, verb.index)
            and not grammar.is_supposed(tree, verb.index)
            and not is_habitual(context, tree, verb)
            and not picks_out(tree, verb)
            and not is_told_by_somebody(context, attribution)
            and not any(other.source.kind is SourceKind.DOCUMENT for other in attributions_around(context, attribution))
        ):
            yield attribution, tree, verb


def is_habitual(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether an adverb makes it a habit: *is often seen as*."""
    habits = context.lexicon.words_for("habit")
    return any(tree.lemmas[index] in habits for index in tree.children(verb.index, "advmod"))


def picks_out(tree: Tree, verb: Token) -> bool:
    """Whether the verb's clause defines which ones are meant, and states nothing about anybody in particular.

    True of *anybody who is suspected of spying*, *the groups that are seen as a threat*; false of *the man who is seen
    as …* and *a man, who is seen as …*.
    """
    antecedent = tree.head(verb.index)
    if antecedent is None or not tree.matches(verb.index, "acl:relcl") or grammar.is_set_off(tree, verb.index):
        return False
    noun = tree.tokens[antecedent]
    is_thing = not any(tree.forms[index] == "who" for index in tree.children(verb.index))
    return noun.upos != "PROPN" and (noun.upos == "PRON" or is_thing or is_indefinite(tree, noun))


def complements(tree: Tree, verb: Token, *markers: str) -> list[int]:
    """The tokens below a verb that one of these words introduces (*accused **of** fraud*), outside infinitives."""
    infinitives = [
        index
        for index in tree.children(verb.index, "xcomp", "advcl")
        if any(tree.forms[mark] == "to" for mark in tree.children(index, "mark"))
    ]
    return [
        index
        for index in tree.subtree(verb.index, without=infinitives)
        if index > verb.index and any(tree.forms[mark] in markers for mark in tree.children(index, *OPENING))
    ]
