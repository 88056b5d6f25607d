"""HDG301: Two or more hedges weaken the same statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from attribution.linting.bibliography import YIN
from attribution.linting.context import Context
from attribution.linting.edits import Applicability, Fix
from attribution.linting.predicates.hedges import is_single_word_hedge, marked_predicate
from attribution.linting.rewording import drop_word
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.records import Booster, Hedge, HedgeCategory, Sentence, Span

STACKING = frozenset(
    {HedgeCategory.MODAL, HedgeCategory.EPISTEMIC, HedgeCategory.HEARSAY, HedgeCategory.AGENTLESS_PASSIVE}
)
"""Categories that weaken a whole statement; *about* and *if* weaken only a part of it."""

POSSIBLE = frozenset({"could", "may", "might"})
"""Modals that already say that something is possible."""

NEAR = 8
"""The distance in words within which two hedges are heard as one."""


@Rule(
    id="HDG301",
    name="stacked-hedges",
    summary="Two or more hedges weaken the same statement.",
    rationale="A second hedge adds no information and tells the reader that the writer does not want to be held to"
    " anything.",
    bad="The plant reportedly may possibly close.",
    good="The plant may close, the union said.",
    severity=Severity.WARNING,
    guidelines=(YIN,),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
)
def stacked_hedges(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        stacks: dict[int, list[Hedge]] = {}
        for hedge in context.hedges_in(sentence):
            predicate = marked_predicate(context, sentence, hedge)
            if hedge.category in STACKING and predicate is not None and is_single_word_hedge(context, sentence, hedge):
                stacks.setdefault(predicate, []).append(hedge)
        for hedges in stacks.values():
            if not _weaken_together(context, sentence, hedges) or _is_any_at_all(context, sentence, hedges):
                continue
            if not _is_quoted_in_part(context, hedges):
                words = "”, “".join(hedge.text for hedge in hedges)
                yield Match(
                    _around(hedges),
                    f"“{words}” weaken the same statement {len(hedges)} times",
                    "Keep the one that says what is known, and say who is unsure.",
                    fixes=_without_redundant(context, hedges),
                )


def _without_redundant(context: Context, hedges: Sequence[Hedge]) -> tuple[Fix, ...]:
    """Leave out an adverb that repeats the modal right before it: *may possibly*. The statement stays the same."""
    redundant = context.lexicon.words_for("redundant-after-modal")
    for modal, adverb in pairwise(hedges):
        between = context.draft.text[modal.spans[-1].end : adverb.spans[0].start]
        if modal.text.lower() in POSSIBLE and adverb.text.lower() in redundant and between == " ":
            return drop_word(context.draft.text, adverb.spans[0], Applicability.SAFE)
    return ()


def _around(markers: Sequence[Hedge | Booster]) -> Span:
    return Span(markers[0].spans[0].start, markers[-1].spans[-1].end)


def _weaken_together(context: Context, sentence: Sentence, hedges: Sequence[Hedge]) -> bool:
    """Whether an adverb joins a modal or another adverb in one statement, close enough to be heard as one."""
    heads = [context.tokens(sentence, hedge.spans)[0] for hedge in hedges]
    adverbs = [token for token in heads if token.upos == "ADV"]
    modals = [token for token in heads if token.upos == "AUX"]
    return bool(adverbs) and len(adverbs) + min(1, len(modals)) > 1 and heads[-1].index - heads[0].index < NEAR


def _is_any_at_all(context: Context, sentence: Sentence, hedges: Sequence[Hedge]) -> bool:
    """Whether *possibly* strengthens what can be, and weakens nothing: *all that a cook could possibly need*."""
    words = {hedge.text.lower() for hedge in hedges}
    predicate = marked_predicate(context, sentence, hedges[0])
    if predicate is None or not words <= {"can", "could", "possibly"}:
        return False
    tree = context.tree(sentence)
    return tree.matches(predicate, "acl:relcl") or tree.lemmas[predicate] in context.lexicon.words_for("wishing")


def _is_quoted_in_part(context: Context, markers: Sequence[Hedge | Booster]) -> bool:
    return any(context.is_quoted(span) for marker in markers for span in marker.spans)
