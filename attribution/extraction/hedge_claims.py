"""Whether the clause of a hedge belongs to what the sentence claims."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.hedge_match import Match
from attribution.extraction.hedge_needs import auxiliaries
from attribution.extraction.hedge_scope import condition_clause, conditioned_claim
from attribution.parsing import Tree
from attribution.records import HedgeCategory

ANYBODY = frozenset("you we one someone somebody anyone anybody everyone everybody whoever people those nobody".split())
"""Subjects of rules and advice, which apply to nobody in particular."""


FREE_CHOICE = frozenset("any anyone anybody anything every everyone everybody everything each whatever".split())


FUTURE = frozenset({"will", "'ll", "wo", "shall"})


UNCLAIMED = grammar.SUPPOSING | {"than"}
"""Subordinators of clauses that are supposed or compared with, and not claimed."""


CIRCUMSTANCE = frozenset("because when whenever before after as since once so".split())
"""Subordinators of clauses of cause, time and purpose, where modals tell of ability or of anybody's chances."""


def restricts_forecast(tree: Tree, match: Match) -> bool:
    """Whether a condition restricts a claim on what will happen (*The pier will reopen if the inspection goes well*).

    Rules and advice (*if you pay late, you will be fined*) claim nothing but the rule, and what only *could* or *would*
    happen is hedged by its modal.
    """
    first = match.first
    if tree.tokens[first].upos == "AUX" and not grammar.is_inverted(tree, first):
        return False
    condition = condition_clause(tree, match)
    claim = conditioned_claim(tree, condition)
    if claim is None:
        return False
    subjects = [grammar.subject(tree, predicate) for predicate in (condition, claim)]
    if any(subject is None or tree.lemmas[subject] in ANYBODY for subject in subjects):
        return False
    return not FUTURE.isdisjoint(grammar.modals(tree, claim))


def bears_on_claim(tree: Tree, index: int, category: HedgeCategory) -> bool:
    """Whether the word's clause is claimed or reported, at every step up to the root."""
    if index in grammar.questions(tree):
        return False
    if category is HedgeCategory.CONDITIONAL:
        return True
    is_modal = category is HedgeCategory.MODAL
    own = tree.head(index) if is_modal else index
    return all(
        _is_claimed(tree, step, has_modal=is_modal and step == own)
        for step in (index, *tree.ancestors(index))
        if not (step == own and _describes(tree, index, step))
    )


def _describes(tree: Tree, word: int, predicate: int) -> bool:
    """Whether the word opens a free relative that names with reserve: *what may be a bomb*, *what appears to be …*.

    Parsers take it for an embedded question.
    """
    named = "be" in auxiliaries(tree, predicate) or any(
        grammar.is_infinitive(tree, clause) for clause in tree.children(predicate, "xcomp")
    )
    return named and word > 0 and tree.forms[word - 1] == "what"


def _is_claimed(tree: Tree, index: int, has_modal: bool) -> bool:
    """Whether a dependent is claimed or reported along with its head."""
    if tree.matches(index, "acl:relcl"):
        return _adds(tree, index, has_modal)
    if tree.matches(index, "acl", "amod"):
        return not _is_of_any_kind(tree, tree.tokens[index].head)
    if tree.matches(index, "xcomp") and tree.tokens[index].upos == "ADJ":
        # Parsers attach *any plan likely to hurt them* so, too.
        return not any(_is_of_any_kind(tree, noun) for noun in tree.children(tree.tokens[index].head, "obj"))
    if tree.matches(index, "advcl"):
        return not _is_circumstance(tree, index, has_modal)
    return not grammar.is_embedded_question(tree, index)


def _is_circumstance(tree: Tree, clause: int, has_modal: bool) -> bool:
    """Whether a clause only supposes, or gives the reason, time or purpose for which something possible matters."""
    if grammar.opens_with(tree, clause, UNCLAIMED):
        return True
    if not has_modal:
        return False
    if any(tree.forms[child].endswith("ever") for child in tree.children(clause, "advmod", "obj", "nsubj")):
        return True  # *wherever they may be*
    if not grammar.opens_with(tree, clause, CIRCUMSTANCE):
        return False
    return not (grammar.opens_with(tree, clause, frozenset({"so"})) and grammar.is_set_off(tree, clause))


def _adds(tree: Tree, relative: int, has_modal: bool) -> bool:
    """Whether a relative clause states something or describes a kind of thing (*people who may disagree*)."""
    if grammar.is_set_off(tree, relative):
        return True
    noun = tree.tokens[relative].head
    return not _is_of_any_kind(tree, noun) and not (has_modal and _is_general(tree, noun))


def _is_of_any_kind(tree: Tree, noun: int) -> bool:
    """Whether a noun is free to choose: *any decision*, *everything*."""
    return tree.forms[noun] in FREE_CHOICE or any(
        tree.forms[determiner] in FREE_CHOICE for determiner in tree.children(noun, "det")
    )


def _is_general(tree: Tree, noun: int) -> bool:
    """Whether a noun refers to a kind: a plural or mass noun without determiner, or a pronoun (*those who*)."""
    if tree.tokens[noun].upos == "PROPN":
        return False
    return not tree.has_child(noun, "det", "nmod:poss", "nummod") or tree.forms[noun] in ANYBODY
