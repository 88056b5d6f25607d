"""DOC601: The article has fewer sources than it needs for its length."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BBC_ACCURACY, GUARDIAN_AUDIT
from attribution.linting.context import Context
from attribution.linting.predicates.article_sources import first_place_as_source, openly_about, sources_reporting
from attribution.linting.predicates.cues import gives_words
from attribution.linting.rule import Match, Need, QuotationPolicy, Rule, Severity
from attribution.records import SourceKind

SINGLE_KINDS = frozenset(
    {SourceKind.NAMED_PERSON, SourceKind.NAMED_ORGANISATION, SourceKind.UNNAMED_OFFICIAL, SourceKind.ANONYMOUS}
)
"""Kinds of source on which a whole article may rest; one based on a document or an outlet says so openly."""

LEAST_HEARD = 0.2
"""The least share of sentences with a source of an article that rests on its word, not on what the paper gathered."""


@Rule(
    id="DOC601",
    name="single-source-article",
    summary="The article has fewer sources than it needs for its length.",
    rationale="One source is one view and one chance of error. Broadcasters are reluctant to rely on a single one.",
    bad="The pier will close in May, harbour master Ada Quill said. The wood is rotten, she said. Divers looked at it"
    " in March. The wood crumbled. The repair would cost more than a new pier, Quill said. The ferry will land"
    " at the mole. Tickets stay valid. The café has closed already.",
    good="The pier will close in May, harbour master Ada Quill said. The wood is rotten, she said. Divers looked at it"
    " in March. The wood crumbled. The repair would cost more than a new pier, according to the council's"
    " engineer, Tom Okoro. The ferry will land at the mole. Tickets stay valid. The café has closed already.",
    severity=Severity.WARNING,
    guidelines=(BBC_ACCURACY, GUARDIAN_AUDIT),
    needs=frozenset({Need.DOCUMENT}),
    quotations=QuotationPolicy.BOTH,
    settings=("minimum-sources", "single-source-sentences"),
    limits="Whether two sources are independent is not checked. An article that names its source in the headline"
    " or opens with it (“The minister said …”), and a column in the first person (“I”), are openly about one voice and"
    " are skipped. Silent where a pronoun may hide a"
    " second source, and where there is no source at all.",
)
def single_source_article(context: Context) -> Iterator[Match]:
    number = len(context.body)
    if number < context.settings.single_source_sentences:
        return
    voices = list(sources_reporting(context).values())
    if not voices or len(voices) >= context.settings.minimum_sources or _has_loose_ends(context):
        return
    if _times_heard(context) < LEAST_HEARD * number:
        return
    times = context.lexicon.words_for("weekday") | context.lexicon.words_for("month")
    if _is_column(context) or any(entity.name.lower() in times for entity in voices):
        return
    if any(entity.kind not in SINGLE_KINDS or openly_about(context, entity) for entity in voices):
        return
    names = " and ".join(f"“{entity.name}”" for entity in voices)
    yield Match(
        first_place_as_source(context, voices[0]),
        f"{names} {'is the only source' if len(voices) == 1 else 'are the only sources'} of {number} sentences",
        "Ask somebody else, or say that nobody else could be reached.",
    )


def _times_heard(context: Context) -> int:
    """The number of sentences in which somebody says something."""
    return len({attribution.sentence for attribution in context.attributions if gives_words(attribution)})


def _has_loose_ends(context: Context) -> bool:
    """Whether a second source may be hidden in a pronoun, a link or a source without a ledger entry."""
    return any(
        attribution.source.kind is SourceKind.PRONOUN_UNRESOLVED
        or (attribution.parent is None and gives_words(attribution) and not attribution.source.entity)
        for attribution in context.attributions
    ) or bool(context.draft.links)


def _is_column(context: Context) -> bool:
    """Whether the writer says *I* outside quotation marks: a column's knowledge is its writer's."""
    return any(
        token.text in ("I", "my", "My") and not context.is_quoted(token.span)
        for sentence in context.body
        for token in sentence.tokens
    )
