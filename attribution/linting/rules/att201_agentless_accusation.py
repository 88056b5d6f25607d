"""ATT201: Somebody “has been accused”, blamed or criticised, and the text does not say by whom."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import BBC_ALLEGATIONS, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates.claims import claim_id_at
from attribution.linting.predicates.cues import cue_span, has_cue_of, speaks
from attribution.linting.predicates.source_nouns import noun_kinds
from attribution.linting.predicates.surroundings import has_words, is_lead
from attribution.linting.predicates.verbs import agentless_passives, complements, is_habitual
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attribution, Sentence, SourceKind, Span, Token

FAULT_MARKERS = ("of", "for", "as", "over", "with", "about", "in")
"""Words that introduce what somebody is accused of or blamed for."""

MAKERS = ("among", "by", "from")
"""Words that introduce who accuses."""


@Rule(
    id="ATT201",
    name="agentless-accusation",
    summary="Somebody “has been accused”, blamed or criticised, and the text does not say by whom.",
    rationale="An accusation is only as good as its maker. Without one it becomes the paper's own, and the reader"
    " cannot tell a prosecutor from a rival.",
    bad="The firm has been accused of dumping waste.",
    good="The river trust has accused the firm of dumping waste.",
    severity=Severity.WARNING,
    guidelines=(BBC_ALLEGATIONS, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    limits="A formal charge (“was charged with”) is the prosecution's and is skipped, and so is an accusation relayed"
    " by a source with a name or an office.",
)
def agentless_accusation(context: Context) -> Iterator[Match]:
    for attribution, tree, verb in agentless_passives(context, "accusing"):
        if not _says_of_what(context, tree, verb) or _is_accuser_told(context, attribution, tree, verb):
            continue
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


def _says_of_what(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether the verb has what somebody is accused of: *blamed for the leak*, *alleged to have lied*.

    *Condemned to keep on borrowing* is a fate, and *was attacked at the bridge* an act.
    """
    if context.lexicon.words_for("alleging").isdisjoint(context.words_of(verb)):
        return bool(complements(tree, verb, *FAULT_MARKERS))
    return bool(tree.children(verb.index, "xcomp", "ccomp", "csubj"))


def _is_accuser_told(context: Context, attribution: Attribution, tree: Tree, verb: Token) -> bool:
    """Whether somebody nearby makes the accusation, or it is based on a document, a platform or the law."""
    sentence = context.sentence(attribution.sentence)
    if has_words(context, (sentence, *context.after(sentence, 1)), "proceeding"):
        return True
    if verb.lemma.lower() == "accuse" and has_words(context, context.body, "court"):
        return True  # the accuser is the prosecution
    if verb.lemma.lower() == "charge" and (complements(tree, verb, "with", "over", "in") or _is_bare(tree, verb)):
        return True
    if any(_is_public(context, tree, index) for index in complements(tree, verb, "in", "on")):
        return True
    before = [near for near in context.before(sentence, 1) if _is_about_same(tree, verb, near)]
    beside = [other for other in context.attributions_in(sentence) if other.id != attribution.id]
    beside += [other for near in before for other in context.attributions_in(near)]
    if any(
        speaks(other)
        and other.source.kind is not SourceKind.VAGUE_COLLECTIVE
        and has_cue_of(context, other, "accusing", "passing-on")
        for other in beside
    ):
        return True
    later = context.body if is_lead(context, sentence) else context.after(sentence, 1)
    return any(
        _accuses(context, other) and any(entity.named for entity in context.entities(other))
        for near in later
        for other in context.attributions_in(near)
    )


def _is_bare(tree: Tree, verb: Token) -> bool:
    return not tree.children(verb.index, "obl", "advcl", "xcomp")


def _is_public(context: Context, tree: Tree, index: int) -> bool:
    """Whether the noun is something that anybody can read: *in a lawsuit*, *on Twitter*."""
    kinds = noun_kinds(context, tree.tokens[index])
    in_document = "document" in kinds and any(tree.forms[case] == "in" for case in tree.children(index, "case"))
    return in_document or "platform" in kinds


def _is_about_same(tree: Tree, verb: Token, sentence: Sentence) -> bool:
    """Whether the accused, if named by a name or noun, is already in the sentence; otherwise it accuses others."""
    subject = tree.child(verb.index, "nsubj:pass", "nsubj")
    if subject is None or tree.tokens[subject].upos == "PRON":
        return True
    words = {tree.lemmas[index] for index in tree.subtree(subject) if tree.tokens[index].upos in ("NOUN", "PROPN")}
    return not words.isdisjoint(token.lemma.lower() for token in sentence.tokens)


def _accuses(context: Context, attribution: Attribution) -> bool:
    return speaks(attribution) and has_cue_of(context, attribution, "accusing")


def _faced_accusations(context: Context) -> Iterator[Match]:
    """*The firm faces accusations of fraud*, *came under fire for its silence*, without an accuser."""
    for sentence in context.body:
        tree = context.tree(sentence)
        for run in context.phrases(sentence.tokens, "accusation-faced"):
            verb, noun = run[0], run[-1]
            if verb.upos not in ("VERB", "AUX") or context.is_quoted(verb.span) or context.attributions_over(verb.span):
                continue
            if not _happened(context, tree, verb) or _has_maker(tree, verb, noun):
                continue
            weapons = noun.lemma.lower() in context.lexicon.words_for("attack-noun")
            if weapons and not complements(tree, noun if verb.upos == "AUX" else verb, *FAULT_MARKERS):
                continue  # boats can come under fire, too
            near = (*context.before(sentence, 1), sentence)
            if not any(_accuses(context, other) for close in near for other in context.attributions_in(close)):
                yield _accusation(context, Span(verb.start, noun.end), verb, None)


def _happened(context: Context, tree: Tree, verb: Token) -> bool:
    """Whether the verb states what was or, for *face* and *be*, what is: not what may be, or happens repeatedly."""
    present = verb.xpos in ("VB", "VBP", "VBZ") and verb.lemma.lower() not in ("be", "face")
    return not (
        present
        or verb.xpos == "VB"
        or grammar.is_supposed(tree, verb.index)
        or grammar.is_negated(tree, verb.index)
        or grammar.modals(tree, verb.index)
        or is_habitual(context, tree, verb)
    )


def _has_maker(tree: Tree, verb: Token, noun: Token) -> bool:
    """Whether the text tells who accuses: *criticism from doctors*, *the council's accusations*."""
    makers = [*complements(tree, verb, *MAKERS), *complements(tree, noun, *MAKERS)]
    return bool(makers or tree.children(noun.index, "nmod:poss"))
