"""Find the speakers of quotations: each quotation becomes content of an attribution as a whole.

The parts of quotations are taken in text order. For each, the steps of ``STEPS`` are tried, the most reliable first,
and the first that finds a speaker decides; without one the quotation stays without a speaker. A step is a function of
the scene so far and the passage; it returns the attribution, a new one where no cue was accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from attribution.extraction.candidates import Candidate
from attribution.extraction.context import SentenceContext
from attribution.extraction.found import Found
from attribution.extraction.quotation_kinds import Judgement, QuotationKind
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.spans import join, with_whole_quotations, without
from attribution.extraction.speech.announcements import announced, behind_colon
from attribution.extraction.speech.introductions import concerned, introduced, repeated
from attribution.extraction.speech.running import going_on, next_paragraph, next_part
from attribution.extraction.speech.scene import Passage, Scene
from attribution.extraction.speech.signatures import signed, signed_by_dash, signed_openly
from attribution.extraction.speech.within_sentence import (
    beside,
    coordinated,
    hangs_on,
    held,
    same_quotation,
    verb_first,
)
from attribution.extraction.weights import LogLinear
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import Quotation

Step = Callable[[Scene, Passage], Found | None]


STEPS: tuple[Step, ...] = (
    verb_first,
    held,
    same_quotation,
    coordinated,
    beside,
    announced,
    behind_colon,
    signed_openly,
    signed_by_dash,
    going_on,
    next_part,
    signed,
    next_paragraph,
    introduced,
    concerned,
)
"""The steps, in the order in which they are tried."""


def give_speakers(
    doc: Doc,
    attributions: Sequence[Found],
    candidates: Sequence[tuple[SentenceContext, Candidate]],
    quotations: Sequence[Quotation],
    judgements: Mapping[str, Judgement],
    contexts: Sequence[SentenceContext],
    lexicon: Lexicon,
    roles: LogLinear,
) -> tuple[Found, ...]:
    """The attributions with whole quotations in their contents, and each quotation given to its speaker, if known.

    Speakers without an accepted cue get an attribution of their own, after the others; attributions that are left
    without content are dropped. ``quotations`` are the outermost ones.
    """
    if not contexts:
        return tuple(attributions)
    scene = Scene(doc, _with_whole_quotations(doc, attributions, quotations), candidates, contexts, lexicon, roles)
    passages = [
        Passage(quotation, number, part, scene.place(part.start), scene.place(part.end - 1), judgements[quotation.id])
        for quotation in quotations
        for number, part in enumerate(quotation.parts)
    ]
    for passage in passages:
        for step in (held,) if passage.judgement.kind is QuotationKind.TITLE else STEPS:
            owner = step(scene, passage)
            if owner is not None:
                _assign(scene, passage, owner, step)
                break
    for passage in passages:
        owner = scene.owner(passage.quotation.id, passage.number)
        if owner is None:
            owner = repeated(scene, passage)
            if owner is not None:
                _assign(scene, passage, owner, repeated)
        elif passage.judgement.kind is QuotationKind.TITLE and _only_names(scene, passage, owner):
            scene.dropped.add(owner.number)
    return tuple(attribution for attribution in scene.all_found() if attribution.number not in scene.dropped)


def _with_whole_quotations(
    doc: Doc, attributions: Sequence[Found], quotations: Sequence[Quotation]
) -> tuple[Found, ...]:
    parts = SpanIndex((part, part) for quotation in quotations for part in quotation.parts)
    completed = []
    for attribution in attributions:
        touched = [part for span in attribution.content for part in parts.overlapping(span)]
        outside = attribution.source + attribution.cue
        content = with_whole_quotations(doc.draft.text, attribution.content, touched, outside)
        completed.append(replace(attribution, content=content))
    return tuple(completed)


def _assign(scene: Scene, passage: Passage, owner: Found, step: Step) -> None:
    """Make the passage content of its owner, and remove it from cues without a source.

    *Brandt added: “…”*: the colon is not a cue of its own. *Asked to comment, Brandt said: “…”*: nor is *Asked*.
    """
    holders = scene.holding(passage.span)
    for other in holders:
        silent = not other.source or hangs_on(other, holders)
        if other.number == owner.number or not owner.source or not silent:
            continue
        if any(map(owner.head.overlaps, other.content)):
            continue
        if not scene.update(replace(other, content=without(other.content, [passage.span]))).content:
            scene.dropped.add(other.number)
    if step is not held:
        kept = () if step in (signed, signed_openly) else owner.content
        scene.update(replace(owner, content=join(scene.text, (*kept, passage.span))))
    scene.give(passage, owner)


def _only_names(scene: Scene, passage: Passage, owner: Found) -> bool:
    """*The episode, titled “She Left,” …*: a verb of naming whose content is only a title attributes nothing."""
    lemma = owner.context.lemma(owner.candidate.head)
    return lemma in scene.lexicon.words_for("naming") and all(map(passage.span.covers, owner.content))
