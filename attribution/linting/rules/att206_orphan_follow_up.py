"""ATT206: “They” or “she” speaks or stays silent, and nobody mentioned before could be meant."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.extraction.mentions import Mention
from attribution.linting.bibliography import AP_ATTRIBUTION, SPJ
from attribution.linting.context import Context
from attribution.linting.predicates.cues import is_told_by_somebody, reports
from attribution.linting.predicates.people import PRONOUN_GENDERS, gender_of
from attribution.linting.rule import Match, Need, Rule, Severity, Status
from attribution.records import Attitude, Sentence, Span, Token

PERSONAL_PRONOUNS = frozenset({"he", "she", "they"})
"""Pronouns for somebody who speaks."""

VIEW = 4
"""How many sentences back a pronoun's referent must be mentioned."""

FORMS = {
    "he": frozenset({"he", "him", "his", "himself"}),
    "she": frozenset({"she", "her", "hers", "herself"}),
    "they": frozenset({"they", "them", "their", "theirs", "themselves"}),
}
"""The forms of a pronoun; after another form of it the text continues about the same people."""


@Rule(
    id="ATT206",
    name="orphan-follow-up",
    summary="“They” or “she” speaks or stays silent, and nobody mentioned before could be meant.",
    rationale="Cutting or moving text leaves follow-ups without their source. The reader cannot find out who did not"
    " answer.",
    bad="The new line opens in May. However, they did not mention the cost.",
    good="The new line opens in May. However, the auditors did not mention the cost.",
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    guidelines=(AP_ATTRIBUTION, SPJ),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT}),
    limits="Only “he”, “she” and “they”; silent if any person or organisation was mentioned earlier in the section.",
)
def orphan_follow_up(context: Context) -> Iterator[Match]:
    for attribution in context.attributions:
        if attribution.attitude is not Attitude.ASSERTION or not (
            reports(attribution) or attribution.withheld or attribution.negated
        ):
            continue
        sentence = context.source_sentence(attribution)
        tokens = context.tokens(sentence, attribution.source.spans)
        if len(tokens) != 1 or tokens[0].text.lower() not in PERSONAL_PRONOUNS or context.is_quoted(tokens[0].span):
            continue
        pronoun, tree = tokens[0], context.tree(sentence)
        if tree.head(pronoun.index) != tree.root or is_told_by_somebody(context, attribution):
            continue
        if grammar.is_supposed(tree, pronoun.index) or _somebody_before(context, sentence, pronoun):
            continue
        yield Match(
            attribution.source.spans[0],
            f"nobody mentioned before “{attribution.cue.text}” could be “{pronoun.text}”",
            "Name the speaker: a follow-up needs its source.",
            attribution=attribution.id,
        )


def _somebody_before(context: Context, sentence: Sentence, pronoun: Token) -> bool:
    """Whether a possible referent of the pronoun is in view before it; a source that just spoke always counts."""
    for near in (*context.before(sentence, VIEW), sentence):
        for mention in context.mentions_in(near):
            if mention.span.start >= pronoun.start:
                break
            if _could_be(context, near, mention, pronoun.text.lower()):
                return True
        if near == sentence:
            continue
        tree = context.tree(near)
        if any(tree.tokens[index].upos == "PROPN" for index in tree.children(tree.root, "nsubj", "nsubj:pass")):
            return True
        if any(token.text.lower() in FORMS[pronoun.text.lower()] for token in near.tokens):
            return True  # the text continues about the same people
        if context.is_quoted(Span(near.start, near.start + 1)) or context.is_quoted(Span(near.end - 1, near.end)):
            return True
    return False


def _could_be(context: Context, sentence: Sentence, mention: Mention, pronoun: str) -> bool:
    """Whether the mention fits the pronoun: people or an organisation *they*, a person of that gender *he* or *she*."""
    if pronoun == "they":
        if mention.being in ("organisation", "outlet", "people") or mention.form == "group":
            return True
        if mention.being in ("unknown", "place", "state") and mention.form == "name":
            return True
        return mention.plural is True and mention.being in ("person", "place", "state", "unknown")
    if mention.being not in ("person", "unknown") or mention.plural or mention.form == "pronoun":
        return False
    if mention.being == "unknown" and mention.form != "name":
        return False
    if mention.name is None:
        return True  # a spokesman may be a woman
    return gender_of(context, sentence, mention) in (None, PRONOUN_GENDERS[pronoun])
