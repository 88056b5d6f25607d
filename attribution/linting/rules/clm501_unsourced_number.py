"""CLM501: A percentage, a sum of money or a large count in the paper's own voice, with no source nearby."""

from __future__ import annotations

from collections.abc import Iterator

from attribution import grammar
from attribution.linting.bibliography import BBC_STATISTICS, REUTERS_SOURCING
from attribution.linting.context import Context
from attribution.linting.predicates.claims import own_claim_at
from attribution.linting.predicates.commentary import is_in_first_person
from attribution.linting.predicates.cues import speaks
from attribution.linting.predicates.surroundings import has_words, is_printed_heading, is_sourced_near
from attribution.linting.rule import Match, Need, Rule, Severity, Status
from attribution.records import Sentence
from attribution.scoring.figures import is_asserted, quantities

PARAGRAPHS = 3
"""The fewest paragraphs for which the first, if it is a single sentence, may be a headline."""

FIGURES_APART = 12
"""The span of sentences within which figures are taken to share a source."""


@Rule(
    id="CLM501",
    name="unsourced-number",
    summary="A percentage, a sum of money or a large count in the paper's own voice, with no source nearby.",
    rationale="Somebody counted. Figures look like facts and are often one side's: a reader must know whose they are.",
    bad="Crime fell 14 percent.",
    good="Crime fell 14 percent in 2025, city police figures show.",
    severity=Severity.WARNING,
    status=Status.PREVIEW,
    guidelines=(BBC_STATISTICS, REUTERS_SOURCING),
    needs=frozenset({Need.SYNTAX, Need.DOCUMENT, Need.LEXICON}),
    limits="One finding per paragraph. Any source in the paragraph counts as the number's; for a one-sentence"
    " paragraph, so does one in the paragraph above.",
)
def unsourced_number(context: Context) -> Iterator[Match]:
    reported: set[int] = set()
    for sentence in context.body:
        if (
            sentence.block in reported
            or is_sourced_near(context, sentence)
            or _is_figure_source_told(context, sentence)
        ):
            continue
        if (
            _is_printed_headline(context, sentence)
            or is_printed_heading(context, sentence)
            or is_in_first_person(context, sentence)
        ):
            continue
        tree = context.tree(sentence)
        for token, span in quantities(context.lexicon, tree):
            claim = own_claim_at(context, sentence, token.span)
            if claim is None or context.is_quoted(span):
                continue
            if grammar.is_supposed(tree, token.index) or not is_asserted(tree, token) or _is_known(context, sentence):
                continue
            reported.add(sentence.block)
            yield Match(
                span,
                f"“{context.text(span)}” has no source",
                "Say who counted or published it, and when.",
                claim=claim.id,
            )
            break


def _is_known(context: Context, sentence: Sentence) -> bool:
    """Whether readers know the source of the numbers: a document in the sentence, a poll, a market or an election.

    CLM504 judges polls. Prices on an exchange and results of an election are public.
    """
    near = (*context.before(sentence, 2), *context.paragraph(sentence), *context.after(sentence, 1))
    if any(has_words(context, (*context.body[:3], *near), name) for name in ("survey", "poll")):
        return True
    if has_words(context, (*context.before(sentence, 1), sentence), "public-number"):
        return True
    if any(speaks(attribution) for near in context.after(sentence, 1) for attribution in context.attributions_in(near)):
        return True  # the source follows immediately
    return any(
        entry.kind == "document"
        for token in sentence.tokens
        if token.upos == "NOUN"
        for entry in context.lexicon.source_nouns_of(token.lemma)
    )


def _is_printed_headline(context: Context, sentence: Sentence) -> bool:
    """Whether the sentence stands alone at the start of an article of several paragraphs, as a headline does."""
    alone = sentence == context.body[0] and len(context.paragraph(sentence)) == 1
    return alone and len({near.block for near in context.body}) > PARAGRAPHS


def _is_figure_source_told(context: Context, sentence: Sentence) -> bool:
    """Whether figures shortly before had a source, which a reader assumes to be the source of these as well."""
    for near in context.before(sentence, FIGURES_APART):
        for attribution in context.attributions_in(near):
            if speaks(attribution) and any(
                token.upos == "NUM"
                for token in context.tokens(near, attribution.content.spans)
                if token.lemma.lower() != "one"
            ):
                return True
    return False
