"""ATT201: Somebody “has been accused”, blamed or criticised, and the text does not say by whom."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import BBC_ALLEGATIONS, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates import (
    agentless_passives,
    claim_id_at,
    cue_lemmas,
    cue_span,
    cue_token,
    has_words,
    noun_kinds,
    speaks,
)
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attribution, Sentence, SourceKind, Span, Token

NAMING = frozenset({"NOUN", "PROPN"})
"""Word classes by which somebody is known again."""


@Rule(
    id="ATT201",
    name="agentless-accusation",
    summary="Somebody “has been accused”, blamed or criticised, and the text does not say by whom.",
    rationale="An accusation is worth what its maker is worth. Without one the paper makes it itself, and the reader"
    " cannot tell a prosecutor from a rival.",
    bad="The firm has been accused of dumping waste.",
    good="The river trust has accused the firm of dumping waste.",
    severity=Severity.WARNING,
    guidelines=(BBC_ALLEGATIONS, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    limits="A formal charge (“was charged with”) is a prosecutor's and passed over, and so is an accusation that"
    " somebody with a name or an office is said to have told of.",
)
def agentless_accusation(context: Context) -> Iterator[Match]:
    for attribution, tree, verb in agentless_passives(context, "accusing"):
        if _is_accuser_told(context, attribution) or _rests_on_document(context, tree, verb) or _is_charge(tree, verb):
            continue
        if verb.lemma.lower() == "accuse" and has_words(context, context.body, "court"):
            continue  # the accuser is the prosecution
        yield _accusation(context, cue_span(attribution), verb, attribution.id)
    yield from _faced_accusations(context)


def _accusation(context: Context, span: Span, verb: Token, attribution: str | None) -> Match:
    return Match(
        span,
        f"“{context.text(span)}” does not say by whom",
        "Say who makes the accusation; if nobody is known to make it, leave it out.",
        claim=claim_id_at(context, verb.span),
        attribution=attribution,
    )


def _faced_accusations(context: Context) -> Iterator[Match]:
    """*The firm faces accusations of fraud*, *came under fire for its silence*, with nobody who accuses."""
    for sentence in context.body:
        tree = context.tree(sentence)
        for run in context.phrases(sentence.tokens, "accusation-faced"):
            verb, noun = run[0], run[-1]
            if verb.upos != "VERB" or context.is_quoted(verb.span) or context.attributions_over(verb.span):
                continue
            if verb.xpos == "VB" or (verb.xpos == "VBZ" and verb.lemma.lower() != "face"):
                continue  # foretold or repeated
            if (
                grammar.is_supposed(tree, verb.index)
                or grammar.is_negated(tree, verb.index)
                or _has_maker(tree, verb, noun)
            ):
                continue
            if grammar.modals(tree, verb.index):
                continue
            if any(
                _accuses(context, attribution)
                for near in (*context.before(sentence, 1), sentence)
                for attribution in context.attributions_in(near)
            ):
                continue
            yield _accusation(context, Span(verb.start, noun.end), verb, None)


def _has_maker(tree: Tree, verb: Token, noun: Token) -> bool:
    """Whether those who accuse are told: *criticism from doctors*, *the council's accusations*."""
    if tree.children(noun.index, "nmod:poss"):
        return True
    return any(
        index > verb.index
        and tree.tokens[index].text.lower() in ("among", "by", "from")
        and tree.matches(index, "case")
        for index in (*tree.subtree(verb.index), *tree.subtree(noun.index))
    )


def _accuses(context: Context, attribution: Attribution) -> bool:
    return speaks(attribution) and bool(context.lexicon.words_for("accusing").intersection(cue_lemmas(attribution)))


def _is_accuser_told(context: Context, attribution: Attribution) -> bool:
    """Whether this sentence or the one before tells of somebody who accuses, or a court's business follows."""
    sentence = context.sentence(attribution.sentence)
    if has_words(context, (sentence, *context.after(sentence, 1)), "proceeding"):
        return True
    tree = context.tree(sentence)
    verb = cue_token(context, attribution)
    if verb is not None and any(
        entry.kind == "platform"
        for index in tree.subtree(verb.index)
        if index > verb.index and tree.matches(index, "obl")
        for entry in context.lexicon.source_nouns_of(tree.tokens[index].lemma)
    ):
        return True  # said where it can be read
    accusing = context.lexicon.words_for("accusing") | context.lexicon.words_for("passing-on")
    before = [near for near in context.before(sentence, 1) if verb is None or _is_about_same(tree, verb, near)]
    return any(
        speaks(other)
        and other.source.kind is not SourceKind.VAGUE_COLLECTIVE
        and accusing.intersection(cue_lemmas(other))
        for near in (*before, sentence)
        for other in context.attributions_in(near)
        if other.id != attribution.id
    ) or any(
        _accuses(context, other) and any(entity.named for entity in context.entities(other))
        for near in context.after(sentence, 1)
        for other in context.attributions_in(near)
    )


def _is_about_same(tree: Tree, verb: Token, sentence: Sentence) -> bool:
    """Whether the accused, if named by a name or noun, is already in the sentence: else others are accused there."""
    subject = tree.child(verb.index, "nsubj:pass", "nsubj")
    if subject is None or tree.tokens[subject].upos == "PRON":
        return True
    words = {tree.tokens[index].lemma for index in tree.subtree(subject) if tree.tokens[index].upos in NAMING}
    return not words.isdisjoint(token.lemma for token in sentence.tokens)


def _rests_on_document(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether the accusation stands in something that can be read: *in a lawsuit*, *in an audit*."""
    for index in tree.subtree(verb.index):
        case = tree.child(index, "case")
        kinds = noun_kinds(context, tree.tokens[index])
        if index > verb.index and case is not None and tree.tokens[case].text.lower() == "in" and "document" in kinds:
            return True
    return False


def _is_charge(tree: Tree, verb: Token) -> bool:
    """Whether somebody is charged with a crime, which prosecutors do and the reader knows."""
    if verb.lemma.lower() != "charge":
        return False
    complements = [*tree.children(verb.index, "obl", "advcl"), *tree.children(verb.index, "xcomp")]
    return not complements or any(
        tree.tokens[mark].text.lower() in ("with", "over", "in")
        for index in complements
        for mark in tree.children(index, "case", "mark")
    )
