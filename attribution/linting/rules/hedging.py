"""Rules on hedging: HDG301 to HDG304."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attribution.linting.bibliography import AP_ALLEGEDLY, BBC_ACCURACY, NPR_IDENTIFY, WORDS_TO_WATCH, YIN
from attribution.linting.context import Context
from attribution.linting.rule import Match, Need, Rule, Severity
from attribution.linting.speakers import reports
from attribution.records import Booster, Hedge, HedgeCategory, Sentence, SourceKind, Span

STACKING = frozenset(
    {HedgeCategory.MODAL, HedgeCategory.EPISTEMIC, HedgeCategory.HEARSAY, HedgeCategory.AGENTLESS_PASSIVE}
)
"""Categories that weaken a whole statement; *about* and *if* weaken a part of it."""

MODIFYING = ("aux", "advmod", "discourse", "obl", "parataxis", "fixed", "cop")
"""Relations by which a hedge hangs on the predicate that it weakens."""

NEAR = 8
"""Words within which two hedges are heard as one."""

SILENT_KINDS = frozenset({SourceKind.NONE, SourceKind.AGENTLESS, SourceKind.VAGUE_COLLECTIVE})
"""Kinds of source that say nothing of where a claim comes from."""


def _predicate(context: Context, sentence: Sentence, marker: Hedge | Booster) -> int | None:
    """The index of the predicate that a hedge or booster bears on: what it modifies, or itself."""
    token = context.head(sentence, marker.spans)
    if token is None:
        return None
    tree = context.tree(sentence)
    if tree.matches(token.index, *MODIFYING) and token.head >= 0:
        return token.head
    return token.index


def _around(markers: Sequence[Hedge | Booster]) -> Span:
    return Span(markers[0].spans[0].start, markers[-1].spans[-1].end)


def _stacked_hedges(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        stacks: dict[int, list[Hedge]] = {}
        for hedge in context.hedges_in(sentence):
            predicate = _predicate(context, sentence, hedge)
            if hedge.category in STACKING and predicate is not None and _is_word(context, sentence, hedge):
                stacks.setdefault(predicate, []).append(hedge)
        for hedges in stacks.values():
            if _weaken_together(context, sentence, hedges) and not _is_quoted_in_part(context, hedges):
                words = "”, “".join(hedge.text for hedge in hedges)
                yield Match(
                    _around(hedges),
                    f"“{words}” weaken the same statement {len(hedges)} times",
                    "Keep the one that says what is known, and say who is unsure.",
                )


def _is_word(context: Context, sentence: Sentence, hedge: Hedge) -> bool:
    """Whether the hedge is a single adverb or auxiliary that weakens all of its predicate.

    On a verb or an adjective another may well bear (*may seem*), a phrase sets a condition (*in theory*), *more likely*
    compares, and a heading in capitals is no sentence.
    """
    tokens = context.tokens(sentence, hedge.spans)
    if len(tokens) != 1 or tokens[0].upos not in ("ADV", "AUX") or tokens[0].text.isupper():
        return False
    return not any(
        one.text.lower() in ("more", "most", "less", "least", "very", "as")
        for one in sentence.tokens[max(0, tokens[0].index - 1) : tokens[0].index]
    )


def _weaken_together(context: Context, sentence: Sentence, hedges: Sequence[Hedge]) -> bool:
    """Whether an adverb stands with a modal or another adverb on one statement, near enough to be heard as one."""
    heads = [context.tokens(sentence, hedge.spans)[0] for hedge in hedges]
    adverbs = [token for token in heads if token.upos == "ADV"]
    modals = [token for token in heads if token.upos == "AUX"]
    return bool(adverbs) and len(adverbs) + min(1, len(modals)) > 1 and heads[-1].index - heads[0].index < NEAR


def _is_quoted_in_part(context: Context, markers: Sequence[Hedge | Booster]) -> bool:
    return any(context.is_quoted(span) for marker in markers for span in marker.spans)


HDG301 = Rule(
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
    check=_stacked_hedges,
)


def _hedges_under_attribution(context: Context) -> Iterator[Match]:
    for hedge in _hearsay_adverbs(context):
        span = hedge.spans[0]
        over = [one for one in context.attributions_over(span) if one.source.spans and not one.withheld]
        if over:
            one = over[-1]
            source = context.text(one.source.spans)
            yield Match(
                span,
                f"“{hedge.text}” hedges what is already attributed to “{source}”",
                f"Drop “{hedge.text}”; if {source} does not vouch for it, say whose claim it is.",
                claim=_claim(context, span),
                attribution=one.id,
            )


def _hearsay_adverbs(context: Context) -> Iterator[Hedge]:
    wanted = context.lexicon.words_for("sourceless-hedge")
    for hedge in context.analysis.hedges:
        if hedge.text.lower() in wanted:
            yield hedge


def _claim(context: Context, span: Span) -> str | None:
    claim = context.claim_at(span)
    return None if claim is None else claim.id


HDG302 = Rule(
    id="HDG302",
    name="hedge-under-attribution",
    summary="“Allegedly” or “reportedly” stands in what is already attributed.",
    rationale="The attribution already tells the reader that this is somebody's word. A hedge inside it leaves open"
    " whether the source or the writer is unsure.",
    bad="Police said he allegedly ran.",
    good="Police said he ran.",
    severity=Severity.WARNING,
    guidelines=(AP_ALLEGEDLY, WORDS_TO_WATCH),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    check=_hedges_under_attribution,
)


def _sourceless_hedges(context: Context) -> Iterator[Match]:
    for hedge in _hearsay_adverbs(context):
        span = hedge.spans[0]
        if not _tells_whence(context, hedge):
            yield Match(
                span,
                f"“{hedge.text}” does not say who says so",
                "Say who reports or alleges it; if nobody does, leave it out.",
                claim=_claim(context, span),
            )


def _tells_whence(context: Context, hedge: Hedge) -> bool:
    """Whether the sentence has a source, or a report or an accusation beside it in the paragraph has one."""
    sentence = context.sentence(hedge.sentence)
    span = hedge.spans[0]
    telling = [
        one
        for near in context.paragraph(sentence)
        for one in context.attributions_in(near)
        if one.source.spans and one.source.kind not in SILENT_KINDS
    ]
    for one in telling:
        if any(cue.overlaps(span) for cue in one.cue.spans):
            continue
        if (one.sentence == sentence.id and reports(one)) or any(content.covers(span) for content in one.content.spans):
            return True
        if one.source.kind in (SourceKind.OUTLET, SourceKind.DOCUMENT) or _passes_on(context, one.cue.lemma):
            return True
    return False


def _passes_on(context: Context, lemma: str) -> bool:
    return bool(context.lexicon.words_for("passing-on").intersection(lemma.lower().split()))


HDG303 = Rule(
    id="HDG303",
    name="sourceless-hedge",
    summary="“Reportedly”, “allegedly” or a like word, and nothing in the paragraph says who reports or alleges it.",
    rationale="The word admits that somebody else said it and hides who. A reader learns that the paper did not check"
    " and cannot check either.",
    bad="The star has reportedly left.",
    good="The star has left, her agent told us.",
    severity=Severity.WARNING,
    guidelines=(NPR_IDENTIFY, AP_ALLEGEDLY),
    needs=frozenset({Need.LEXICON, Need.DOCUMENT}),
    check=_sourceless_hedges,
    limits="“Apparently” and “supposedly” are passed over: they mostly tell what the writer infers or doubts.",
)


def _certainty_conflicts(context: Context) -> Iterator[Match]:
    for sentence in context.body:
        boosters = [
            (_predicate(context, sentence, one), one)
            for one in context.boosters_in(sentence)
            if one.text.lower() in context.lexicon.words_for("certainty")
        ]
        for hedge in context.hedges_in(sentence):
            if not _is_doubt(context, sentence, hedge) or context.is_quoted(hedge.spans[0]):
                continue
            predicate = _predicate(context, sentence, hedge)
            for other, booster in boosters:
                if predicate is None or other != predicate or context.is_quoted(booster.spans[0]):
                    continue
                both = (hedge.spans[0], hedge.spans[-1], booster.spans[0], booster.spans[-1])
                yield Match(
                    Span(min(span.start for span in both), max(span.end for span in both)),
                    f"“{booster.text}” says that it is certain, “{hedge.text}” that it is not",
                    "Choose one.",
                    claim=_claim(context, hedge.spans[0]),
                )


def _is_doubt(context: Context, sentence: Sentence, hedge: Hedge) -> bool:
    """Whether the hedge is an adverb of doubt, *may* or *might*; *could certainly* tells how sure a possibility is."""
    if hedge.category is HedgeCategory.MODAL:
        return hedge.text.lower() in ("may", "might")
    return hedge.category in (HedgeCategory.EPISTEMIC, HedgeCategory.HEARSAY) and _is_word(context, sentence, hedge)


HDG304 = Rule(
    id="HDG304",
    name="certainty-conflict",
    summary="A hedge and a word of certainty stand on one predicate.",
    rationale="The two cancel each other, and the reader is left to guess how sure the paper is.",
    bad="It was clearly possibly deliberate.",
    good="It was possibly deliberate, the inspector said.",
    severity=Severity.WARNING,
    guidelines=(BBC_ACCURACY,),
    needs=frozenset({Need.SYNTAX, Need.LEXICON}),
    check=_certainty_conflicts,
)


RULES: tuple[Rule, ...] = (HDG301, HDG302, HDG303, HDG304)
