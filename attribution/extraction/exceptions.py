"""Whether an entry of ``exceptions.toml`` excludes a word: *claimed 12 lives*, *in May*."""

from __future__ import annotations

from attribution import grammar
from attribution.lexicon import CueException
from attribution.parsing import Tree


def exception_applies(tree: Tree, index: int, exception: CueException) -> bool:
    """Whether the exception's one condition holds of the token."""
    if exception.words is not None:
        return _stands_among(tree, index, exception.words.split())
    if exception.objects:
        if grammar.predicate_of_object(tree, index) is not None or tree.has_child(index, "xcomp"):
            return False  # *called the strike a disgrace*
        return any(tree.lemmas[child] in exception.objects for child in _objects(tree, index))
    if exception.number_object:
        return any(_is_counted(tree, child) for child in _objects(tree, index))
    if exception.obliques:
        return not set(exception.obliques).isdisjoint(_obliques(tree, index))
    return _modifies(tree, index, exception.modifies)


def _stands_among(tree: Tree, index: int, words: list[str]) -> bool:
    """Whether these words occur in a row that includes the token."""
    return any(grammar.words_stand_at(tree, start, words) for start in range(index - len(words) + 1, index + 1))


def _objects(tree: Tree, verb: int) -> list[int]:
    """The verb's objects; in the passive, its subject."""
    return tree.children(verb, "obj", "nsubj:pass")


def _is_counted(tree: Tree, noun: int) -> bool:
    return tree.tokens[noun].upos == "NUM" or tree.has_child(noun, "nummod")


def _obliques(tree: Tree, index: int) -> list[str]:
    """Pairs of preposition and noun on the token (*to hospital*)."""
    return [
        f"{tree.lemmas[case]} {tree.lemmas[child]}"
        for child in tree.children(index, "obl", "nmod")
        for case in tree.children(child, "case")
    ]


def _modifies(tree: Tree, index: int, nouns: tuple[str, ...]) -> bool:
    head = tree.head(index)
    if head is None or not tree.matches(index, "amod"):
        return False
    return "*" in nouns or tree.lemmas[head] in nouns
