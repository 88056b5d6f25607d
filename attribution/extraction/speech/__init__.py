"""Whose speech a quotation is: quotations are taken whole, and each goes to a cue.

Each part of a quotation is asked about in text order. The steps of ``STEPS`` are tried one after another, the surest
first, and the first that knows a speaker decides; where none does, nobody is made up. A step is a plain function of
the scene so far and the part, and gives the attribution that the words belong to, a new one where no cue was known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
"""The questions after a quotation's speaker, in the order they are asked."""


def give_speakers(
    doc: Doc,
    found: list[Found],
    candidates: Sequence[tuple[SentenceContext, Candidate]],
    quotations: Sequence[Quotation],
    judgements: Mapping[str, Judgement],
    contexts: Sequence[SentenceContext],
    lexicon: Lexicon,
    roles: LogLinear,
) -> list[Found]:
    """Take quotations whole and give each to its speaker, where one is known; the attributions this adds are given.

    ``quotations`` are the outermost ones. Contents of ``found`` are changed in place.
    """
    if not contexts:
        return []
    text = doc.draft.text
    parts = SpanIndex((part, part) for quotation in quotations for part in quotation.parts)
    for one in found:
        touched = [part for span in one.content for part in parts.overlapping(span)]
        one.content = with_whole_quotations(text, one.content, touched, one.source + one.cue)
    scene = Scene(doc, found, candidates, contexts, lexicon, roles)
    passages = [
        Passage(quotation, number, part, scene.place(part.start), scene.place(part.end - 1), judgements[quotation.id])
        for quotation in quotations
        for number, part in enumerate(quotation.parts)
    ]
    for passage in passages:
        steps = (held,) if passage.judgement.kind is QuotationKind.TITLE else STEPS
        for step in steps:
            owner = step(scene, passage)
            if owner is not None:
                _assign(scene, passage, owner, step)
                break
    for passage in passages:
        if (passage.quotation.id, passage.number) not in scene.owners:
            owner = repeated(scene, passage)
            if owner is not None:
                _assign(scene, passage, owner, repeated)
        elif passage.judgement.kind is QuotationKind.TITLE:
            _drop_naming(scene, passage)
    found[:] = [one for one in found if not any(one is other for other in scene.dropped)]
    return scene.new


def _assign(scene: Scene, passage: Passage, owner: Found, step: Step) -> None:
    """Make the passage content of its owner, who has the word from there on, and of no silent cue.

    *Brandt added: “…”*: the colon is no cue of its own. *Asked to comment, Brandt said: “…”*: nobody who asks says it.
    """
    holders = scene.holding(passage.span)
    for other in holders:
        silent = not other.source or hangs_on(other, holders)
        if other is owner or not owner.source or not silent or any(map(owner.head.overlaps, other.content)):
            continue
        other.content = without(other.content, [passage.span])
        if not other.content:
            scene.dropped.append(other)
    if step is not held:
        kept = () if step in (signed, signed_openly) else owner.content
        owner.content = join(scene.text, (*kept, passage.span))
    scene.owners[passage.quotation.id, passage.number] = owner
    scene.spoken_until[passage.last] = owner


def _drop_naming(scene: Scene, passage: Passage) -> None:
    """*The episode, titled “She Left,” …*: who names something has not said its name."""
    owner = scene.owners[passage.quotation.id, passage.number]
    lemma = owner.context.lemma(owner.candidate.head)
    if lemma in scene.lexicon.words_for("naming") and all(map(passage.span.covers, owner.content)):
        scene.dropped.append(owner)
