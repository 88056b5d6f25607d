"""The source's head word and its kind."""

from __future__ import annotations

from collections.abc import Iterable

from attribution import grammar
from attribution.extraction.beings import PERSON_ENDINGS
from attribution.extraction.context import SentenceContext
from attribution.extraction.frames import source_kind
from attribution.lexicon import Lexicon

THINGS = frozenset(
    {"noun", "nouns", "pronoun:it", "pronoun:this", "pronoun:that", "pronoun:which", "pronoun:these", "verb"}
)
"""Kinds of subject that neither speak nor can be read."""


def source_head(context: SentenceContext, source: Iterable[int]) -> int | None:
    """The head of the source: its word that is attached outside the source."""
    inside = frozenset(source)
    tops = [index for index in sorted(inside) if context.tree.head(index) not in inside and context.is_word(index)]
    nominal = [index for index in tops if context.tokens[index].upos in grammar.NOMINAL_TAGS]
    return next(iter(nominal or tops), None)


def kind_of_source(context: SentenceContext, source: int, lexicon: Lexicon) -> str:
    """The kind of a source's head; an abbreviation is a name (*PM suggests he will stay*)."""
    if context.tokens[source].xpos in grammar.WH_TAGS or context.tree.forms[source] == "that":
        source = _antecedent(context, source, lexicon)
    if context.tree.has_child(source, "cop"):
        return "verb"  # Being mayor means that you listen
    kind = source_kind(context, source, lexicon)
    word = context.tokens[source].text
    return "name" if kind in THINGS and word.isupper() and len(word) > 1 else kind


def is_thing(context: SentenceContext, source: int, kind: str, lexicon: Lexicon) -> bool:
    """Whether the source's head, of this kind, names nobody who could speak (*price*, *the plan*)."""
    if kind not in {"noun", "nouns"}:
        return kind == "verb"
    lemma = context.lemma(source)
    people = any(lemma in lexicon.words_for(name) for name in ("people-together", "quantity", "relation"))
    return not people and not lemma.endswith(PERSON_ENDINGS)


def _antecedent(context: SentenceContext, pronoun: int, lexicon: Lexicon) -> int:
    """The antecedent of a relative pronoun, preferably a document.

    *footage being circulated on social media **which** shows …*: the footage, wherever the clause is attached.
    """
    nouns = [index for index in context.tree.ancestors(pronoun) if context.tokens[index].upos in {"NOUN", "PROPN"}]
    if not nouns or source_kind(context, nouns[0], lexicon) not in {"platform", "vague-collective"}:
        return next(iter(nouns), pronoun)
    near = range(max(0, pronoun - LONGEST_REDUCED_CLAUSE), pronoun)
    return next((index for index in near if source_kind(context, index, lexicon) == "document"), nouns[0])


LONGEST_REDUCED_CLAUSE = 8
"""Longest distance in tokens between a document and its relative pronoun."""
