"""SRC104: Experts, critics, observers, some or many say so, and none of them is named soon after."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import NPR_IDENTIFY, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates.cues import cue_token, has_cue_of, speaks, tells_paper
from attribution.linting.predicates.source_nouns import (
    is_indefinite,
    is_plural,
    names_somebody,
    noun_kinds,
    place_of_speaker,
    speaker,
    speaker_or_noun_of_cue,
    words_with,
)
from attribution.linting.predicates.surroundings import has_words, introduces_speaker, is_lead, named_speaker_follows
from attribution.linting.predicates.verbs import complements
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attribution, Frame, Sentence, SourceKind, Token

SOME = frozenset({"few", "many", "most", "numerous", "several", "some", "various"})
"""Words for an uncounted number of people."""

JUDGING = frozenset({Frame.OBJ, Frame.OBL, Frame.PASSIVE_AGENT})
"""Frames in which a judgement has a noun as its content."""

LEAD_SUPPORT = 8
"""How many sentences after the lead a named person or document may represent the crowd."""


@Rule(
    id="SRC104",
    name="vague-collective-source",
    summary="Experts, critics, observers, some or many say so, and none of them is named soon after.",
    rationale="A crowd without a member cannot be asked and cannot be counted; it often hides one voice, or the"
    " writer's own. As a topic sentence it is fine when somebody with a name follows.",
    bad="Experts say the dam will hold.",
    good="Hydrologists Mara Ilic and Tom Okoro said the dam would hold.",
    severity=Severity.WARNING,
    guidelines=(WORDS_TO_WATCH, NPR_IDENTIFY),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    settings=("collective-sentences",),
    more_specific_than=("SRC110",),
    limits="Whether the named source that follows belongs to the crowd is not checked.",
)
def vague_collective_source(context: Context) -> Iterator[Match]:
    for attribution in context.attributions:
        found = _critics(context, attribution) or speaker_or_noun_of_cue(context, attribution)
        if found is None or not tells_paper(context, attribution):
            continue
        sentence, tree, head = found
        if not _is_vague(context, attribution, tree, head) or _is_told_apart(context, attribution, tree, head):
            continue
        if _is_made_concrete(context, attribution, sentence, head):
            continue
        span = place_of_speaker(attribution, tree, head)
        yield Match(
            span,
            f"“{context.text(span)}” could be anybody",
            "Name one of them, or say how many were asked and who they are.",
            attribution=attribution.id,
        )


def _critics(context: Context, attribution: Attribution) -> tuple[Sentence, Tree, Token] | None:
    """Those who accuse or criticise somebody, whether that is a clause or not: *is accused by critics of fraud*."""
    if attribution.negated or attribution.withheld or not attribution.source.spans:
        return None
    if attribution.frame not in JUDGING:
        return None
    found = speaker(context, attribution)
    if found is None or has_cue_of(context, attribution, "accusing", "opining"):
        return found
    _, tree, head = found
    told = attribution.frame is Frame.PASSIVE_AGENT or _is_quantified(tree, head)  # investors see things for themselves
    return found if told and _sees_as(context, attribution) else None


def _sees_as(context: Context, attribution: Attribution) -> bool:
    """Whether the verb says how somebody sees a thing: *is seen by many as a threat*, *many see it as a test*."""
    cue = cue_token(context, attribution)
    if cue is None or not has_cue_of(context, attribution, "believing-as"):
        return False
    tree = context.tree(context.sentence(attribution.sentence))
    return bool(complements(tree, cue, "as"))


def _is_vague(context: Context, attribution: Attribution, tree: Tree, head: Token) -> bool:
    """Whether the noun is experts and the like, the world, or a crowd of which *some* or *many* speak (*some banks*).

    *Ward and other experts* have a name among them.
    """
    if attribution.frame not in JUDGING and _is_world(context, attribution, tree):
        return True
    if any(tree.forms[index] == "and" and index < head.index for index in tree.children(head.index, "cc")):
        return False
    if _is_side(context, tree, head):
        return True
    if names_somebody(tree, head) or not is_indefinite(tree, head) or grammar.is_negative_phrase(tree, head.index):
        return False
    heads = context.lexicon.words_for("crowd-head")
    if attribution.frame in JUDGING:
        heads |= context.lexicon.words_for("crowd-organisation")
    if head.lemma.lower() in heads:
        return is_plural(head) or head.upos != "NOUN"
    crowd = attribution.source.kind is SourceKind.VAGUE_COLLECTIVE and attribution.frame is not Frame.PHRASE
    return (
        crowd
        and _is_quantified(tree, head)
        and is_plural(head)
        and noun_kinds(context, head).isdisjoint(("anonymous", "document"))
    )


def _is_quantified(tree: Tree, head: Token) -> bool:
    return any(token.text.lower() in SOME for token in words_with(tree, head, "det", "amod"))


def _is_side(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the people are only for or against somebody: *the mayor's harshest critics*."""
    sides = context.lexicon.words_for("opposing-crowd")
    owned = bool(words_with(tree, head, "nmod:poss")) and not words_with(tree, head, "case")
    return is_plural(head) and head.lemma.lower() in sides and owned


def _is_world(context: Context, attribution: Attribution, tree: Tree) -> bool:
    """Whether the source is *the international community* or the like, and no part of it."""
    sentence = context.source_sentence(attribution)
    source = context.tokens(sentence, attribution.source.spans)
    words = [token for token in source if token.upos not in ("DET", "PUNCT")]
    return any(len(run) == len(words) for run in context.phrases(words, "crowd-body"))


def _is_told_apart(context: Context, attribution: Attribution, tree: Tree, head: Token) -> bool:
    """Whether the crowd is specified: counted, described, at a rally, *many of you*, *some of the players*."""
    cue = cue_token(context, attribution)
    sentence = context.source_sentence(attribution)
    if _is_conceded(tree, head) or has_words(context, [sentence], "gathering"):
        return True
    charge = _charge_in_passive(attribution, tree, head)
    if any(token not in (cue, *charge) for token in words_with(tree, head, "acl", "nummod")):
        return True
    if any(tree.children(token.index, "obl", "nmod") for token in words_with(tree, head, "amod")):
        return True
    return any(
        token.text.lower() in ("us", "you", "them")
        or (token.upos == "NOUN" and not is_indefinite(tree, token) and _is_after_of(tree, token))
        for token in words_with(tree, head, "nmod", "obl")
    )


def _is_conceded(tree: Tree, head: Token) -> bool:
    """Whether *for all* opens the phrase: *for all its critics say* concedes something, and reports nothing."""
    opening = [tree.forms[index] for index in tree.subtree(head.index)][:2]
    before = list(tree.forms[max(0, min(tree.subtree(head.index)) - 2) : min(tree.subtree(head.index))])
    return opening == ["for", "all"] or before == ["for", "all"]


def _charge_in_passive(attribution: Attribution, tree: Tree, head: Token) -> list[Token]:
    """The charge that a parser takes for the critics' own: *accused by critics of selling the pier*."""
    if attribution.frame is not Frame.PASSIVE_AGENT:
        return []
    return [token for token in words_with(tree, head, "acl", "nmod") if "of" in _openers(tree, token)]


def _openers(tree: Tree, token: Token) -> set[str]:
    return {tree.forms[index] for index in tree.children(token.index, "mark", "case")}


def _is_after_of(tree: Tree, token: Token) -> bool:
    return any(tree.forms[case] == "of" for case in tree.children(token.index, "case"))


def _is_one_named(context: Context, sentence: Sentence, head: Token) -> bool:
    """Whether somebody with a name speaks soon after who may be one of the crowd; a minister is no analyst."""
    experts = head.lemma.lower() in context.lexicon.words_for("expert-crowd")
    crowd = {head.lemma.lower(), *(word.lemma.lower() for word in words_with(context.tree(sentence), head, "compound"))}
    for near in context.after(sentence, context.settings.collective_sentences):
        for other in context.attributions_in(near):
            if not speaks(other) or not introduces_speaker(context, other):
                continue
            about = {
                token.lemma.lower() for token in context.tokens(context.source_sentence(other), other.source.spans)
            }
            in_office = bool(about & context.lexicon.words_for("office")) and "former" not in about
            if about & crowd or not (experts and in_office):
                return True
    return False


def _is_made_concrete(context: Context, attribution: Attribution, sentence: Sentence, head: Token) -> bool:
    """Whether somebody with a name speaks soon after, or a survey is mentioned."""
    beside = [other for other in context.attributions_in(sentence) if other.id != attribution.id]
    if any(entity.named for other in beside for entity in context.entities(other) if other.parent != attribution.id):
        return True
    if has_words(context, (*context.before(sentence, 1), sentence), "survey"):
        return True
    if not is_lead(context, sentence):
        return _is_one_named(context, sentence, head) or _is_document_named(context, sentence, 1)
    return named_speaker_follows(context, sentence, LEAD_SUPPORT) or _is_document_named(context, sentence, LEAD_SUPPORT)


def _is_document_named(context: Context, sentence: Sentence, count: int) -> bool:
    """Whether one of the next sentences gives a document by name: *An article in the Tolva Times says …*."""
    return any(
        other.source.kind is SourceKind.DOCUMENT and any(word[0].isupper() for word in other.source.text.split()[1:])
        for near in context.after(sentence, count)
        for other in context.attributions_in(near)
    )
