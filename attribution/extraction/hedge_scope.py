"""The scope of a hedge or booster: a function for each kind of scope that an entry of the lexicon can name.

Scope follows the tree, not the sentence: a modal bears on its clause, *appears* on what it governs, an adjective on its
noun, an approximator on its number (Velldal, Øvrelid, Read and Oepen 2012, *Speculation and Negation: Rules, Rankers,
and the Role of Syntax*).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from attribution import grammar
from attribution.extraction.hedge_match import Match
from attribution.lexicon import HedgeEntry, HedgeScope
from attribution.parsing import Tree

NUMBER_WORDS = frozenset(
    "half quarter third dozen score hundred thousand million billion trillion double twice "
    "all every everyone everybody everything".split()
)
"""Numerals and universal quantifiers that an approximator can stand before besides figures (*nearly half*)."""

ADJUNCTS = ("advmod", "obl", "nmod", "case", "advcl", "discourse", "parataxis", "fixed")
"""Relations of adverbs and adverbial phrases, which bear on what they are attached to."""

QUANTITY = ("nummod", "compound", "det", "amod", "advmod", "nmod:npmod", "nmod:unmarked")
"""Relations by which a number or a part of it is attached to what it counts."""


def scope_of(tree: Tree, match: Match) -> list[int]:
    """The tokens in the scope of the hedge or booster."""
    kind: HedgeScope = match.entry.bears_on if isinstance(match.entry, HedgeEntry) else "complement"
    return SCOPES[kind](tree, match)


def _over_clause(tree: Tree, match: Match) -> list[int]:
    """The clause of the predicate that the words modify or are; the phrase, where they modify one."""
    anchor = match.anchor(tree)
    head = tree.head(anchor)
    if head is not None and tree.matches(anchor, "aux", "cop", "mark", *ADJUNCTS):
        words = _clause_or_phrase(tree, head)
        return [index for index in words if index != anchor] if tree.matches(anchor, "mark") else words
    return _clause_or_phrase(tree, anchor)


def _clause_or_phrase(tree: Tree, head: int) -> list[int]:
    if grammar.is_predicate(tree, head):
        return grammar.clause_words(tree, head)
    return grammar.phrase_words(tree, head, with_preposition=True)


def _over_complement(tree: Tree, match: Match) -> list[int]:
    """What the words govern, with the subject of an infinitive; their clause, where they govern nothing."""
    anchor = match.anchor(tree)
    if tree.matches(anchor, "amod"):
        return _over_phrase(tree, match)
    if tree.matches(anchor, "advmod", "aux"):
        return _over_clause(tree, match)
    for index in (anchor, *match.indices):
        words = [word for word in _governed(tree, index) if word not in match.indices]
        if words:
            return words
    head = tree.head(anchor)
    if head is not None and tree.matches(anchor, "nsubj"):  # *Chances are (that) the shop will close*
        return [word for word in _clause_or_phrase(tree, head) if word not in match.indices]
    return _over_clause(tree, match)


def _governed(tree: Tree, index: int) -> list[int]:
    """The clauses that a word governs, or the clause that a parenthesis comments on (*The fire, we think, was set*)."""
    clauses = grammar.complements(tree, index)
    host = commented_clause(tree, index)
    if host is not None and not clauses:
        aside = tree.subtree(index)
        return [word for word in grammar.clause_words(tree, host) if word not in aside]
    words = [word for clause in clauses for word in grammar.clause_words(tree, clause)]
    if any(not grammar.is_finite(tree, clause) for clause in clauses):
        words += _subject_words(tree, index)
    return words


def commented_clause(tree: Tree, verb: int) -> int | None:
    """The predicate of the clause that a parenthesis with this verb comments on (*The fire, I think, was set*)."""
    if tree.tokens[verb].upos != "VERB" or not tree.matches(verb, "parataxis") or tree.has_child(verb, "obj"):
        return None
    if not tree.has_child(verb, "nsubj", "expl", "mark"):
        return None
    return next((above for above in tree.ancestors(verb) if grammar.is_predicate(tree, above)), tree.head(verb))


def _subject_words(tree: Tree, predicate: int) -> list[int]:
    """The subject's words; those of the noun before a participle (*a storm expected to hit the coast*)."""
    subjects = tree.children(predicate, "nsubj")
    if subjects:
        return [word for subject in subjects for word in tree.subtree(subject)]
    governor = tree.head(predicate)
    if governor is None:
        return []
    if tree.matches(predicate, "acl"):
        return [word for word in grammar.phrase_words(tree, governor) if word < predicate]
    if tree.matches(predicate, "conj"):
        return [word for subject in tree.children(governor, "nsubj") for word in tree.subtree(subject)]
    return []


def _over_phrase(tree: Tree, match: Match) -> list[int]:
    """The noun phrase that the words modify or begin."""
    anchor = match.anchor(tree)
    head = tree.head(anchor)
    if head is not None and tree.matches(anchor, "amod"):
        return grammar.phrase_words(tree, head)
    return grammar.phrase_words(tree, anchor)


def _over_number(tree: Tree, match: Match) -> list[int]:
    """The words and the number beside them, with what it counts."""
    return number_phrase(tree, match.indices) or list(match.indices)


def number_phrase(tree: Tree, indices: Sequence[int]) -> list[int] | None:
    """The tokens of the number that stands right after the words (*about 40 people*) or right before (*40 or so*)."""
    number = _number_after(tree, indices)
    if number is None and len(indices) > 1:
        number = _number_before(tree, indices[0] - 1)
    if number is None:
        return None
    words = {*indices, *grammar.phrase_words(tree, number)}
    head = number
    while (above := tree.head(head)) is not None and tree.tokens[above].upos in ("NOUN", "PROPN", "NUM", "SYM"):
        if not tree.matches(head, *QUANTITY):
            break
        head = above
        words.update([head, *tree.children(head, "amod", "compound", "nummod", "flat")])
    first, last = min(indices[0], number), max(indices[-1], *words)
    return list(range(first, last + 1))


def _number_after(tree: Tree, indices: Sequence[int]) -> int | None:
    after = indices[-1] + 1
    while after < len(tree) and (tree.tokens[after].upos == "SYM" or tree.forms[after] in ("a", "an", "one")):
        after += 1
    if not _is_number(tree, after) or _modify_verb(tree, indices[0], after):
        return None
    # A number after a preposition may be an age, a price or a year and count nothing (*voters under 45*).
    if tree.tokens[indices[0]].upos == "ADP" and _counts_nothing(tree, after):
        return None
    return after


def _modify_verb(tree: Tree, word: int, number: int) -> bool:
    """Whether an adverb and the adverbial number after it each modify the verb (*turned around twice*)."""
    head = tree.head(word)
    together = head is not None and head == tree.head(number) and tree.tokens[head].upos == "VERB"
    return together and tree.tokens[number].upos == "ADV"


def _number_before(tree: Tree, before: int) -> int | None:
    if _is_number(tree, before):
        return before
    return tree.child(before, "nummod") if before > 0 else None


def _counts_nothing(tree: Tree, number: int) -> bool:
    head = tree.head(number)
    return tree.matches(number, "nmod") and head is not None and head < number and tree.has_child(number, "case")


def _is_number(tree: Tree, index: int) -> bool:
    if not 0 <= index < len(tree):
        return False
    return tree.tokens[index].upos == "NUM" or tree.lemmas[index] in NUMBER_WORDS


def _over_condition(tree: Tree, match: Match) -> list[int]:
    """The clause that holds under the condition, without the condition."""
    condition = condition_clause(tree, match)
    claim = conditioned_claim(tree, condition)
    if claim is None:
        return []
    stated = set(tree.subtree(condition))
    return [word for word in _clause_or_phrase(tree, claim) if word not in stated]


def condition_clause(tree: Tree, match: Match) -> int:
    """The head of the condition that the words introduce."""
    anchor = match.anchor(tree)
    head = tree.head(anchor)
    if head is not None and tree.matches(anchor, "mark", "case", "aux", "cop", "fixed", "advmod", "cc"):
        return head
    return anchor


def conditioned_claim(tree: Tree, condition: int) -> int | None:
    """What holds under a condition; parsers may attach that to the cue (*If X, Y will fall, she said*)."""
    head = tree.head(condition)
    if head is None or not tree.matches(condition, "advcl"):
        return None
    said = [clause for clause in tree.children(head, "ccomp") if condition < clause < head]
    return said[0] if said else head


SCOPES: Mapping[HedgeScope, Callable[[Tree, Match], list[int]]] = MappingProxyType(
    {
        "clause": _over_clause,
        "complement": _over_complement,
        "phrase": _over_phrase,
        "number": _over_number,
        "condition": _over_condition,
    }
)
"""How each kind of scope is found."""
