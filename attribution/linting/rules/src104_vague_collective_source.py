"""SRC104: Experts, critics, observers, some or many say so, and none of them is named soon after."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import NPR_IDENTIFY, WORDS_TO_WATCH
from attribution.linting.context import Context
from attribution.linting.predicates import (
    has_words,
    introduces_speaker,
    is_indefinite,
    is_plural,
    names_somebody,
    place_of_speaker,
    speaker_or_noun_of_cue,
    tells_somebody_else,
    words_with,
)
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attribution, Sentence, Token


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
    limits="That the named source who follows is one of the crowd is taken on trust.",
)
def vague_collective_source(context: Context) -> Iterator[Match]:
    for attribution in context.attributions:
        found = speaker_or_noun_of_cue(context, attribution)
        if found is None:
            continue
        sentence, tree, head = found
        if not _is_vague(context, head) or names_somebody(tree, head) or not is_indefinite(tree, head):
            continue
        if _is_told_apart(tree, head) or tells_somebody_else(context, attribution):
            continue
        if _is_made_concrete(context, attribution, sentence) or _is_survey(context, sentence):
            continue
        span = place_of_speaker(attribution, tree, head)
        words = context.text(span)
        yield Match(
            span,
            f"“{words}” could be anybody",
            "Name one of them, or say how many were asked and who they are.",
            attribution=attribution.id,
        )


def _is_told_apart(tree: Tree, head: Token) -> bool:
    """Whether the crowd is told apart: counted, described, *people familiar with the matter*, *many of you*."""
    if words_with(tree, head, "acl", "nummod"):
        return True
    if any(tree.children(token.index, "obl", "nmod") for token in words_with(tree, head, "amod")):
        return True
    return any(token.text.lower() in ("us", "you", "them") for token in words_with(tree, head, "nmod", "obl"))


def _is_vague(context: Context, head: Token) -> bool:
    return head.lemma.lower() in context.lexicon.words_for("crowd-head") and (is_plural(head) or head.upos != "NOUN")


def _is_made_concrete(context: Context, attribution: Attribution, sentence: Sentence) -> bool:
    """Whether somebody with a name speaks soon after: the collective was a topic sentence."""
    later = [other for other in context.attributions_in(sentence) if other.id != attribution.id]
    if any(entity.named for other in later for entity in context.entities(other) if other.parent != attribution.id):
        return True
    following = context.after(sentence, context.settings.collective_sentences)
    return any(introduces_speaker(context, other) for later in following for other in context.attributions_in(later))


def _is_survey(context: Context, sentence: Sentence) -> bool:
    return has_words(context, (*context.before(sentence, 1), sentence), "survey")
