"""The words of one claim in its tree: what is stated there, and who does it."""

from __future__ import annotations

from collections.abc import Sequence, Set

from attribution import grammar
from attribution.extraction.phrase_finder import PhraseFinder
from attribution.parsing import Tree
from attribution.records import Span, Token
from attribution.scoring.clauses import SCENE_SETTING

PARTITIVE_TAGS = frozenset({"NUM", "DET", "ADJ"})


class Scene:
    """The words of one claim in its tree, and their ``places`` in it.

    ``lists`` are the names of the word lists of which they may hold an entry.
    """

    def __init__(self, tree: Tree, words: list[int], finder: PhraseFinder) -> None:
        self.tree = tree
        self.words = words
        self.held = frozenset(words)
        self.inducing = finder.lexicon.words_for("inducing")
        self.accusing = finder.lexicon.words_for("accusing")
        self.tokens = [tree.tokens[index] for index in words]
        self.lemmas = frozenset(tree.lemmas[index] for index in words)
        self.places = finder.places_of(self.tokens)
        self.lists = finder.lists_at(self.places)

    def words_among(self, lemmas: Set[str]) -> list[int]:
        """The words whose lemma is among these."""
        if self.lemmas.isdisjoint(lemmas):  # as in nearly every claim
            return []
        return [index for index in self.words if self.tree.lemmas[index] in lemmas]

    def is_stated(self, verb: int) -> bool:
        """Whether the verb tells what is or was: not what is denied, supposed, foretold, allowed or wanted.

        What a clause or a gerund only points at is not told: *a charge that he lied*, *a man who was shot in May*,
        *worried about being robbed*.
        """
        tree = self.tree
        governor = tree.head(verb)
        shared = governor is not None and tree.matches(verb, "conj") and not tree.children(verb, "aux", "nsubj")
        for predicate in (verb, governor) if shared and governor is not None else (verb,):
            if (
                grammar.is_negated(tree, predicate)
                or grammar.is_supposed(tree, predicate)
                or grammar.modals(tree, predicate)
            ):
                return False
        bare = tree.tokens[verb].xpos == "VB" and not tree.children(verb, "nsubj")
        if grammar.is_infinitive(tree, verb) or bare:
            return governor is not None and self._is_brought_about(verb, governor)
        if tree.matches(verb, "acl") and not (tree.matches(verb, "acl:relcl") and grammar.is_set_off(tree, verb)):
            return False
        if any(_sets_scene(tree, word) for word in (verb, *tree.ancestors(verb))):
            return False
        if governor is not None and _is_gerund(tree, verb) and tree.child(verb, "mark", "case") is not None:
            return tree.child(governor, "obj", "nsubj:pass") is not None and tree.lemmas[governor] in self.accusing
        return not grammar.is_imperative(tree, verb)

    def _is_brought_about(self, verb: int, governor: int) -> bool:
        """Whether an infinitive tells what somebody made happen or tried: *ordered the staff to lie*."""
        brings = self.tree.lemmas[governor] in self.inducing
        return brings and self.tree.matches(verb, "xcomp", "ccomp", "advcl") and self.is_stated(governor)

    def spans(self, doer: int | None, run: Sequence[Token]) -> tuple[Span, ...]:
        """Where the words of a mark stand: who it is about, and what is said of them."""
        words = [token.index for token in run]
        return self.tree.spans([*words, doer] if doer is not None and doer in self.held else words)


def doer_of(tree: Tree, verb: int) -> int | None:
    """Who does what the verb says: the agent of a passive, else its subject, own or understood; None for nobody."""
    if grammar.is_passive(tree, verb):
        return next(iter(grammar.agents(tree, verb)), None)
    found = grammar.subject(tree, verb)
    if found is None:
        found = _object_of_accusation(tree, verb)
    if found is None:
        found = grammar.understood_subject(tree, verb)
        if found is not None and tree.relations[found][0] == "nsubj:pass":
            return None  # *was bombed, killing three*: not who suffered it
    if found is not None and tree.forms[found] in ("who", "which", "that"):
        relative = tree.head(found)
        while relative is not None and not tree.matches(relative, "acl:relcl"):
            relative = tree.head(relative) if tree.matches(relative, "conj", "xcomp") else None
        return None if relative is None else tree.head(relative)
    return found


def _sets_scene(tree: Tree, clause: int) -> bool:
    """Whether a clause only dates something and takes its own content for granted: *after 14 were killed*."""
    marks = tree.children(clause, "mark", "advmod") if tree.matches(clause, "advcl") else ()
    return any(tree.forms[mark] in SCENE_SETTING for mark in marks)


def _is_gerund(tree: Tree, verb: int) -> bool:
    """Whether the verb, or its auxiliary, is an *-ing* form: *lying*, *being robbed*."""
    auxiliaries = tree.children(verb, "aux")
    first = auxiliaries[0] if auxiliaries else verb
    return tree.tokens[first].xpos == "VBG"


def _object_of_accusation(tree: Tree, verb: int) -> int | None:
    """Whom a gerund behind a verb and a preposition is about: *accused **Reyes** of lying*."""
    while tree.matches(verb, "conj") and (before := tree.head(verb)) is not None:
        verb = before
    governor = tree.head(verb)
    gerund = _is_gerund(tree, verb) and tree.child(verb, "mark", "case") is not None
    return tree.child(governor, "obj", "nsubj:pass") if gerund and governor is not None else None


def is_deceit(tree: Tree, verb: Token) -> bool:
    """Whether *lie* is to tell a lie: with *to* or *about*, or with nothing; not *lie in ruins*."""
    cases = {tree.forms[case] for index in tree.children(verb.index, "obl") for case in tree.children(index, "case")}
    told = verb.text.lower() == "lied" or (verb.xpos == "VB" and verb.text.lower() == "lie")
    return told and (not cases or bool(cases & {"to", "about"}))


def counted_noun(tree: Tree, index: int) -> int:
    """The noun that a number or quantity counts: *three of the **managers***."""
    if tree.tokens[index].upos in PARTITIVE_TAGS:
        for child in tree.children(index, "nmod", "obl"):
            if any(tree.forms[case] == "of" for case in tree.children(child, "case")):
                return child
    return index
