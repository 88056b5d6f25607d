"""DOC602: One of several sources holds most of the attributed sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attribution.linting.bibliography import REUTERS_ACCURACY
from attribution.linting.context import Context
from attribution.linting.predicates.article_sources import (
    acts_at_start,
    first_place_as_source,
    openly_about,
    sources_in_body,
)
from attribution.linting.predicates.cues import gives_words
from attribution.linting.rule import Match, Need, QuotationPolicy, Rule, Severity, Status

ATTRIBUTED_SENTENCES = 6
"""The fewest attributed sentences for which a share is meaningful."""

SOURCES = 3
"""The fewest sources of which one can dominate."""


@Rule(
    id="DOC602",
    name="dominant-source",
    summary="One of several sources holds most of the attributed sentences.",
    rationale="Three sources of which one speaks nine times out of ten are really one. All sides should be heard.",
    bad="The pier will close in May, harbour master Ada Quill said. The wood is rotten, she said. The repair would"
    " cost more than a new pier, Quill said. The ferry will land at the mole, she said. Quill said that tickets would"
    " stay valid. “We are sorry,” Quill said. The café has closed, according to its owner, Ida Marr. The council's"
    " engineer, Tom Okoro, said that divers would go down again.",
    good="The pier will close in May, harbour master Ada Quill said. The wood is rotten, she said. The repair would"
    " cost more than a new pier, according to the council's engineer, Tom Okoro. Okoro said that tickets would stay"
    " valid. “We are sorry,” Quill said. The café has closed, according to its owner, Ida Marr. Marr said that she"
    " would reopen on the mole.",
    severity=Severity.INFO,
    status=Status.PREVIEW,
    guidelines=(REUTERS_ACCURACY,),
    needs=frozenset({Need.DOCUMENT}),
    quotations=QuotationPolicy.BOTH,
    settings=("maximum-source-share",),
    limits="Counts sentences, not words. An article that names the source in its headline or opens with it (“The"
    " minister said …”) is openly about that source and is skipped.",
)
def dominant_source(context: Context) -> Iterator[Match]:
    voices = sources_in_body(context)
    if len(voices) < SOURCES:
        return
    sentences: Counter[str] = Counter()
    attributed = set()
    for sentence in context.body:
        speaking = {
            entity.id
            for attribution in context.attributions_in(sentence)
            for entity in context.entities(attribution)
            if entity.id in voices and gives_words(attribution)
        }
        if speaking:
            attributed.add(sentence.id)
        sentences.update(speaking)
    if len(attributed) < ATTRIBUTED_SENTENCES:
        return
    [(identifier, count)] = sentences.most_common(1)
    share = count / len(attributed)
    entity = voices[identifier]
    about = openly_about(context, entity) or acts_at_start(context, entity)
    if share > context.settings.maximum_source_share and not about:
        yield Match(
            first_place_as_source(context, entity),
            f"“{entity.name}” speaks in {count} of {len(attributed)} attributed sentences ({share:.0%})",
            "Give the other sides more room, or say why this one carries the story.",
        )
