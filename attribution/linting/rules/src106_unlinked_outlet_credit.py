"""SRC106: Another outlet's reporting is used, and the sentence does not link to it."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import AP_CREDIT, CJR_LINKS
from attribution.linting.context import Context
from attribution.linting.predicates.cues import cue_lemmas
from attribution.linting.predicates.surroundings import is_linked
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Sentence, SourceKind


@Rule(
    id="SRC106",
    name="unlinked-outlet-credit",
    summary="Another outlet's reporting is used, and the sentence does not link to it.",
    rationale="On the web a credit is a link: the reader can look at the report, and the newsroom that did the work is"
    " found.",
    bad="Reuters reported that the ferry line had been sold.",
    good="Reuters [reported](https://example.org/ferry) that the ferry line had been sold.",
    severity=Severity.INFO,
    guidelines=(AP_CREDIT, CJR_LINKS),
    needs=frozenset({Need.MARKUP, Need.DOCUMENT}),
    example_format="markdown",
    limits="Only Markdown and HTML drafts have links; in plain text the rule is silent. One link per outlet is enough.",
)
def unlinked_outlet_credit(context: Context) -> Iterator[Match]:
    if context.draft.format == "text":
        return
    for other, entity in context.first_mentions(lambda kind: kind is SourceKind.OUTLET):
        sentence = context.sentence(other.sentence)
        if entity is None or not entity.named or context.lexicon.outlet(_plain(entity.name)) is None:
            continue
        if not context.lexicon.words_for("crediting").intersection(cue_lemmas(other)):
            continue
        if is_linked(context, sentence) or _is_linked_next(context, sentence):
            continue
        if any(link.span.overlaps(mention) for link in context.draft.links for mention in entity.mentions):
            continue
        words = context.text(other.source.spans)
        yield Match(
            other.source.spans[0],
            f"“{words}” is credited without a link to its report",
            "Link to the report, so that readers can judge it and its newsroom is credited.",
            attribution=other.id,
        )


def _is_linked_next(context: Context, sentence: Sentence) -> bool:
    """Whether the next sentence links to the report as such: *its report*, *the story*."""
    words = context.lexicon.words_for("linked-report")
    return any(
        link.span.overlaps(near.span) and words.intersection(context.text(link.span).lower().split())
        for near in context.after(sentence, 1)
        if near.block == sentence.block
        for link in context.draft.links
    )


def _plain(name: str) -> str:
    return name.removeprefix("The ").removeprefix("the ")
