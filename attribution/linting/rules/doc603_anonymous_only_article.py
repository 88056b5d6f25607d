"""DOC603: No source in the article has a name, or its lead rests on an unnamed one alone."""

from __future__ import annotations

from collections.abc import Iterator

from attribution.linting.bibliography import BBC_ALLEGATIONS, NYT_ANONYMOUS
from attribution.linting.context import Context
from attribution.linting.predicates.article_sources import first_place_as_source, sources_in_body, sources_reporting
from attribution.linting.predicates.cues import reports, speaks
from attribution.linting.predicates.source_nouns import is_indefinite, names_somebody, speaker
from attribution.linting.rule import Match, Need, QuotationPolicy, Rule, Severity, Status
from attribution.records import Attribution, SourceEntity, SourceKind

LEAD_SUPPORT = 3
"""How many sentences after the lead a named source may confirm it."""

CROWD_PRONOUNS = frozenset({"few", "many", "most", "one", "others", "several", "some", "two"})
"""Words for people whom nobody can find."""


@Rule(
    id="DOC603",
    name="anonymous-only-article",
    summary="No source in the article has a name, or its lead rests on an unnamed one alone.",
    rationale="Readers cannot check an article that nobody answers for by name. Papers require a senior editor's"
    " consent before one opens like this.",
    bad="The mine will close in May, said a person familiar with the plans. Miners were told on Monday, said one of"
    " them.",
    good="The mine will close in May, said a person familiar with the plans. Graywater Minerals, which owns it, said"
    " on Monday that miners had been told.",
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    guidelines=(NYT_ANONYMOUS, BBC_ALLEGATIONS),
    needs=frozenset({Need.DOCUMENT}),
    quotations=QuotationPolicy.BOTH,
    limits="Whether the anonymity was justified, and whether an editor knows the source, is not checked.",
)
def anonymous_only_article(context: Context) -> Iterator[Match]:
    voices = list(sources_reporting(context).values())
    if (
        voices
        and all(_is_nobody_known(context, entity) for entity in voices)
        and _times_told(context, voices) > 1
        and not _pronouns(context)
        and not any(entity.named for entity in sources_in_body(context).values())
    ):
        names = ", ".join(f"“{entity.name}”" for entity in voices[:3])
        yield Match(
            first_place_as_source(context, voices[0]),
            f"no source in the article has a name: {names}",
            "Get somebody on the record, or have a senior editor agree to run it as it is.",
        )
        return
    lead = context.paragraph(context.body[0]) if context.body else ()
    if lead and (";" in lead[0].text or not lead[0].text.rstrip("”’\"'").endswith(".")):
        return  # a headline printed as text
    telling = [
        attribution
        for sentence in lead
        for attribution in context.attributions_in(sentence)
        if speaks(attribution) and reports(attribution)
    ]
    if not telling or not all(_is_unnamed(context, attribution) for attribution in telling):
        return
    support = [
        attribution
        for sentence in context.after(lead[-1], LEAD_SUPPORT)
        for attribution in context.attributions_in(sentence)
    ]
    if any(entity.named for attribution in support for entity in context.entities(attribution)):
        return
    yield Match(
        telling[0].source.spans[0],
        f"the article opens on the word of “{context.text(telling[0].source.spans)}” alone",
        "Add on-record support for the first sentence, or have a senior editor agree to run it as it is.",
        attribution=telling[0].id,
    )


def _times_told(context: Context, voices: list[SourceEntity]) -> int:
    """The number of sentences in which the sources state something."""
    wanted = {entity.id for entity in voices}
    return len(
        {
            attribution.sentence
            for attribution in context.attributions
            if speaks(attribution)
            and reports(attribution)
            and wanted.intersection(entity.id for entity in context.entities(attribution))
        }
    )


def _is_nobody_known(context: Context, entity: SourceEntity) -> bool:
    """Whether the entity is people without a name: not *the governor of Tolva*, nor something misread as a source."""
    words = entity.name.split()
    if not entity.kind.is_unnamed or not words or any(word[0].isupper() for word in words[1:]):
        return False
    return words[0].lower() in CROWD_PRONOUNS or any(_is_people(context, word.lower()) for word in words)


def _is_people(context: Context, lemma: str) -> bool:
    kinds = {entry.kind for entry in context.lexicon.source_nouns_of(lemma)}
    known = bool(kinds.intersection(("anonymous", "official", "role", "vague-collective")))
    return known or lemma in context.lexicon.words_for("respondent")


def _pronouns(context: Context) -> bool:
    return any(attribution.source.kind is SourceKind.PRONOUN_UNRESOLVED for attribution in context.attributions)


def _is_unnamed(context: Context, attribution: Attribution) -> bool:
    """Whether there is no name in the source; *a White House aide* is identified by their workplace."""
    found = speaker(context, attribution)
    if not attribution.source.kind.is_unnamed or found is None:
        return False
    _, tree, head = found
    return is_indefinite(tree, head) and not names_somebody(tree, head) and _is_people(context, head.lemma.lower())
