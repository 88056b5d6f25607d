"""Find the speakers of quotations: each quotation becomes content of an attribution as a whole.

The parts of quotations are taken in text order. For each, the steps of ``STEPS`` are tried, the most reliable first,
and the first that finds a speaker decides; without one the quotation stays without a speaker. A step is a function of
the scene so far and the passage; it returns the attribution, a new one where no cue was accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

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
from attribution.extraction.speech.step import Step
from attribution.extraction.speech.within_sentence import (
    beside,
    coordinated,
    hangs_on,
    held,
    leads_into,
    same_quotation,
    tells_occasion,
    verb_first,
)
from attribution.extraction.weights import LogLinear
from attribution.grammar import FUNCTION_TAGS
from attribution.lexicon import Lexicon
from attribution.parsing import Doc
from attribution.records import Quotation, Span

HELD = Step("held", "“The lock is open,” Mara Quill said.", held, holds=True)
REPEATED = Step("repeated", "Lock ‘a bad plan’ ¶ “It was a bad plan from the start,” Mara Quill said.", repeated)
"""Tried last, for headings only."""

STEPS = (
    Step("verb-first", "The board sat for a day. ¶ Added Quill: “They never asked about the lock.”", verb_first),
    HELD,
    Step(
        "same-quotation",
        "Mara Quill said, “The lock is open. ¶ It was a bad plan from the start.” ¶ The quay has two cranes.",
        same_quotation,
    ),
    Step("coordinated", "Quill called the lock “a farce” and “a waste of good money”.", coordinated),
    Step("beside", "“The lock is open,” Quill radioed at noon.", beside),
    Step("announced", "Mara Quill stated, ¶ “The lock was open all night. Nobody kept watch.”", announced),
    Step("behind-colon", "The mayor was blunt: “It was a bad plan from the start.”", behind_colon),
    Step("signed-openly", "“Why was the lock open?” Quill asked.", signed_openly, replaces=True),
    Step("signed-by-dash", "“The lock is a scandal.” – Mara Quill, skipper", signed_by_dash),
    Step("going-on", "Mara Quill said the lock was open. “We had no rain for a month.”", going_on),
    Step("next-part", "“The lock is open. ¶ “It was a bad plan from the start,” Mara Quill said.", next_part),
    Step("signed", "“The lock is shut.” Quill said on Monday.", signed, replaces=True),
    Step(
        "next-paragraph", "“The lock is open,” Mara Quill said. ¶ “It was a bad plan from the start.”", next_paragraph
    ),
    Step("introduced", "Mara Quill was blunt about the lock. “I would close it for good.”", introduced),
    Step("concerned", "For Mara Quill, the closure came as a shock. “I learned it from my own radio.”", concerned),
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
    for passage, step in zip(passages, find_speakers(scene, passages), strict=True):
        owner = scene.owner(passage.quotation.id, passage.number)
        if step is HELD and owner is not None and _only_names(scene, passage, owner):
            scene.dropped.add(owner.number)
    return tuple(attribution for attribution in scene.all_found() if attribution.number not in scene.dropped)


def find_speakers(scene: Scene, passages: Sequence[Passage], steps: Iterable[Step] = STEPS) -> list[Step | None]:
    """Give the passages to their speakers; returns for each the step that decided, None without a speaker.

    Titles only stay in the content that contains them.
    """
    decided: list[Step | None] = [None] * len(passages)
    for place, passage in enumerate(passages):
        for step in (HELD,) if passage.judgement.kind is QuotationKind.TITLE else steps:
            owner = step.find(scene, passage)
            if owner is not None:
                _assign(scene, passage, owner, step)
                decided[place] = step
                break
    for place, passage in enumerate(passages):
        if decided[place] is None and (owner := REPEATED.find(scene, passage)) is not None:
            _assign(scene, passage, owner, REPEATED)
            decided[place] = REPEATED
    return decided


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
    """Make the passage content of its owner, and remove it from cues that do not say it.

    *Brandt added: “…”*: the colon is not a cue of its own. *Asked to comment, Brandt said: “…”*: nor is *Asked*, and
    those who *laughed when Brandt said: “…”* do not say it.
    """
    holders = scene.holding(passage.span)
    for other in holders if owner.source else ():
        silent = (
            not other.source
            or hangs_on(other, holders)
            or tells_occasion(owner, other)
            or leads_into(scene, other, owner)
        )
        if other.number == owner.number or not silent or any(map(owner.head.overlaps, other.content)):
            continue
        left = without(other.content, [passage.span])
        scene.update(replace(other, content=left))
        if not _has_content_words(other, left):
            scene.dropped.add(other.number)
    if not step.holds:
        kept = () if step.replaces else owner.content
        scene.update(replace(owner, content=join(scene.text, (*kept, passage.span))))
    scene.give(passage, owner)


def _has_content_words(attribution: Found, content: Sequence[Span]) -> bool:
    """Whether words of the content say something, or stand in another sentence; *to* alone does not."""
    tree = attribution.context.tree
    words = tree.words_in(content)
    return bool(content) and (not words or any(tree.tokens[word].upos not in FUNCTION_TAGS for word in words))


def _only_names(scene: Scene, passage: Passage, owner: Found) -> bool:
    """*The episode, titled “She Left,” …*: a verb of naming whose content is only a title attributes nothing."""
    if passage.judgement.kind is not QuotationKind.TITLE:
        return False
    lemma = owner.context.lemma(owner.candidate.head)
    return lemma in scene.lexicon.words_for("naming") and all(map(passage.span.covers, owner.content))
