"""DOC604: A named person or firm is accused, and neither responds nor is said to have been asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from attribution import grammar
from attribution.linting.bibliography import BBC_ALLEGATIONS, PROPUBLICA, SPJ
from attribution.linting.context import Context
from attribution.linting.predicates.claims import claim_id_at
from attribution.linting.predicates.cues import cue_token
from attribution.linting.predicates.surroundings import has_words
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Span, Token


@Rule(
    id="DOC604",
    name="accusation-without-response",
    summary="A named person or firm is accused, and neither responds nor is said to have been asked.",
    rationale="Fairness requires hearing the accused before the reader judges, and so does the paper's legal safety.",
    bad="Residents accused Graywater Minerals of poisoning the river. They will march on Monday.",
    good="Residents accused Graywater Minerals of poisoning the river. The company did not respond to two emails.",
    severity=Severity.WARNING,
    guidelines=(SPJ, PROPUBLICA, BBC_ALLEGATIONS),
    needs=frozenset({Need.DOCUMENT, Need.SYNTAX}),
    limits="Any denial or “did not respond” in the article counts as the accused's.",
)
def accusation_without_response(context: Context) -> Iterator[Match]:
    if has_words(context, context.body, "proceeding") or has_words(context, context.body, "court"):
        return
    seen: set[str] = set()
    for attribution in context.attributions:
        verb = cue_token(context, attribution)
        if verb is None or attribution.negated or verb.lemma.lower() not in context.lexicon.words_for("charging"):
            continue
        sentence = context.sentence(attribution.sentence)
        tree = context.tree(sentence)
        accused = _accused(tree, verb)
        if accused is None or grammar.is_negated(tree, verb.index) or grammar.is_supposed(tree, verb.index):
            continue
        names = _name_of(tree, accused)
        if not names or (len(names) == 1 and names[0].xpos == "NNPS"):
            continue
        states = context.lexicon.states_in([token.text for token in names])
        if not seen.isdisjoint(called := states or {names[-1].text}):
            continue  # China and Beijing are one
        seen.update(called)
        if context.kept(_has_response) or _is_heard(context, names[-1], states):
            continue
        words = context.text(tree.spans([token.index for token in names])[0])
        yield Match(
            Span(names[0].start, names[-1].end),
            f"“{words}” is accused, and the article does not say how {words} responds",
            "Ask for a response, and say what it was or that none came.",
            claim=claim_id_at(context, verb.span),
            attribution=attribution.id,
        )


def _name_of(tree: Tree, accused: Token) -> list[Token]:
    """The words of the accused's name, which may come after the office (*the owner, Rex Holliday*)."""
    heads = [accused.index] if accused.upos == "PROPN" else tree.children(accused.index, "appos")
    inside = [child for head in heads[:1] for child in (head, *tree.children(head, "flat", "compound"))]
    return [tree.tokens[index] for index in sorted(inside) if tree.tokens[index].upos == "PROPN"]


def _accused(tree: Tree, verb: Token) -> Token | None:
    """The accused: the verb's object, or the subject of its passive."""
    passive = next((index for index in tree.children(verb.index, "nsubj:pass")), None)
    found = tree.child(verb.index, "obj") if passive is None else passive
    return None if found is None else tree.tokens[found]


def _is_heard(context: Context, name: Token, states: frozenset[str]) -> bool:
    """Whether the accused, or somebody speaking for them, says anything in the article.

    For a state, its capital, its government and its people do: *Beijing*, *a Russian diplomat*.
    """
    heard = context.kept(_heard)
    return name.text.lower() in heard.words or not states.isdisjoint(heard.states)


class _Heard(NamedTuple):
    """The words by which an article names its sources, and the states that these stand for."""

    words: frozenset[str]
    states: frozenset[str]


def _heard(context: Context) -> _Heard:
    told = [[word.strip("’'.,") for word in attribution.source.text.split()] for attribution in context.attributions]
    entities = {entity.id: entity for attribution in context.attributions for entity in context.entities(attribution)}
    told += [entity.name.split() for entity in entities.values()]
    return _Heard(
        frozenset(word.lower() for words in told for word in words),
        frozenset(state for words in told for state in context.lexicon.states_in(words)),
    )


def _has_response(context: Context) -> bool:
    """Whether the article mentions an answer anywhere, or an attempt to get one."""
    return any(
        len(run) > 1 or run[0].upos == "VERB" or run[0].lemma.lower() in ("denial", "response")
        for sentence in context.body
        for run in context.phrases(sentence.tokens, "response")
    )
