"""SRC110: “According to officials”, residents or others about whom the reader learns nothing."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_ANONYMOUS, NPR_IDENTIFY
from attribution.linting.context import Context
from attribution.linting.predicates.cues import cue_lemmas
from attribution.linting.predicates.source_nouns import (
    has_own_name,
    is_indefinite,
    is_media,
    names_somebody,
    noun_kinds,
    speaker,
    words_with,
)
from attribution.linting.predicates.surroundings import introduces_speaker
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.parsing import Tree
from attribution.records import Attribution, Frame, Sentence, Token


@Rule(
    id="SRC110",
    name="unnamed-according-to",
    summary="“According to officials”, residents or others about whom the reader learns nothing.",
    rationale="“According to” promises a source. Without a name or a description the promise is empty.",
    bad="According to officials, the road is closed.",
    good="According to Dana Reyes, the county's fire chief, the road is closed.",
    severity=Severity.WARNING,
    guidelines=(AP_ANONYMOUS, NPR_IDENTIFY),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    settings=("collective-sentences",),
    limits="Silent where somebody with a name speaks soon after; bare sources, crowds and media are SRC103 to SRC105.",
)
def unnamed_according_to(context: Context) -> Iterator[Match]:
    for attribution in context.attributions:
        if attribution.frame is not Frame.PHRASE or "according" not in cue_lemmas(attribution):
            continue
        found = speaker(context, attribution)
        if found is None or not attribution.source.kind.is_unnamed:
            continue
        sentence, tree, head = found
        if names_somebody(tree, head) or has_own_name(tree, head):
            continue
        if head.lemma.lower() in context.lexicon.words_for("media-head") and not is_media(context, tree, head):
            continue  # *state media* are few
        kinds = noun_kinds(context, head)
        if not kinds.intersection(("official", "anonymous", "role", "vague-collective")):
            continue
        if not is_indefinite(tree, head) or not _is_thin(context, tree, head):
            continue
        if _is_made_concrete(context, attribution, sentence):
            continue
        words = context.text(attribution.source.spans)
        yield Match(
            attribution.source.spans[0],
            f"“according to {words}” names nobody",
            "Give the name and the office, or say how they know.",
            attribution=attribution.id,
        )


def _is_thin(context: Context, tree: Tree, head: Token) -> bool:
    """Whether the words around the noun tell the reader nothing more: *local officials*, *several residents*."""
    thin = context.lexicon.words_for("thin-modifier")
    if words_with(tree, head, "acl", "appos", "nmod"):
        return False
    return all(
        token.lemma.lower() in thin or token.text.lower() in thin
        for token in words_with(tree, head, "amod", "compound")
    )


def _is_made_concrete(context: Context, attribution: Attribution, sentence: Sentence) -> bool:
    """Whether somebody with a name speaks in the sentence or soon after."""
    near = (sentence, *context.after(sentence, context.settings.collective_sentences))
    return any(
        introduces_speaker(context, other)
        for close in near
        for other in context.attributions_in(close)
        if other.id != attribution.id
    )
