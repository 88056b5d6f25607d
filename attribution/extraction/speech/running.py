"""Steps that continue with the current speaker, in the same paragraph or from the one before."""

from __future__ import annotations

from attribution import grammar
from attribution.extraction.candidates import CandidateKind
from attribution.extraction.found import Found
from attribution.extraction.frames import entries_of
from attribution.extraction.roles import Roles
from attribution.extraction.speech.persons import is_document, is_person
from attribution.extraction.speech.scene import Passage, Scene
from attribution.records import Frame


def going_on(scene: Scene, passage: Passage) -> Found | None:
    """*Ida Bolt said the ward was cold. “We had no heat.”*: the current speaker of the paragraph continues.

    Sentences in between must not introduce anybody else. A few quoted words inside a sentence by the writer continue
    only directly after the speaker's sentence.
    """
    return _running_speaker(scene, passage, across=False)


def next_part(scene: Scene, passage: Passage) -> Found | None:
    """*“… ¶ “…,” Brandt said*: a later paragraph of the same quotation names the speaker."""
    for part in passage.quotation.parts[passage.number + 1 :]:
        owners = [attribution for attribution in scene.holding(part) if attribution.source]
        if owners:
            return max(owners, key=lambda attribution: attribution.log_odds)
    return None


def next_paragraph(scene: Scene, passage: Passage) -> Found | None:
    """*…, Brandt said.* ¶ *“We had no heat.”*: a paragraph that opens with speech continues the one before."""
    return _running_speaker(scene, passage, across=True)


WALK = 2
"""Most sentences without a speaker between a speaker and the quotation that continues in the same paragraph."""


def _running_speaker(scene: Scene, passage: Passage, *, across: bool) -> Found | None:
    """The current speaker before the passage: in its paragraph, or with ``across`` in the one before."""
    if not _can_go_on(scene, passage, across=across):
        return None
    earlier = scene.speaker_at_end(passage.first)
    if earlier is not None:
        return earlier
    place, block, missed = passage.first, scene.block(passage.first), 0
    reach = WALK if scene.is_alone(passage) else 0
    while (before := scene.before(place)) is not None and missed <= reach:
        if scene.block(before) != block:
            if not across:
                return None
            if scene.block(place) != scene.block(passage.first):
                return None  # there is a whole paragraph without a speaker in between
            block = scene.block(before)
        speaker, stops = _word_at_end(scene, before)
        if speaker is not None or stops:
            return speaker
        missed += 1
        place = before
    return None


def _can_go_on(scene: Scene, passage: Passage, *, across: bool) -> bool:
    """Whether a quotation without a cue can continue the words of the speaker before it.

    It can if its sentences contain nothing else, or, in the speaker's paragraph, if it is speech inside a sentence
    without another speaker.
    """
    if scene.is_alone(passage):
        return passage.judgement.is_speech or not across
    others = any(
        attribution.source and not passage.span.overlaps(attribution.head)
        for place in range(passage.first, passage.last + 1)
        for attribution in scene.found_in(place)
    )
    return not across and passage.judgement.is_speech and not others


def _word_at_end(scene: Scene, place: int) -> tuple[Found | None, bool]:
    """The current speaker at the end of a sentence, and whether the sentence ends an earlier speaker's turn."""
    speaker_so_far = scene.speaker_at_end(place)
    if speaker_so_far is not None:
        return speaker_so_far, True
    context = scene.contexts[place]
    speaking = [attribution for attribution in scene.found_in(place) if _speaks(scene, attribution)]
    if speaking:
        return min(speaking, key=lambda attribution: len(context.tree.ancestors(attribution.candidate.head))), True
    occasion = _occasion(scene, place)
    if occasion is not None:
        return occasion, True
    subject = context.subject(context.tree.root) if context.tokens else None
    # *She paused.*: a pronoun more likely refers to the current speaker than to somebody new.
    pronoun = subject is not None and context.tree.forms[subject] in {"he", "she", "i"}
    return None, subject is not None and not pronoun and is_person(scene, context, subject)


def _speaks(scene: Scene, attribution: Found) -> bool:
    """Whether an attribution makes somebody the current speaker: a person or document, outside quotations."""
    context = attribution.context
    if not attribution.source or context.in_quotation[attribution.candidate.head] or _keeps_silent(scene, attribution):
        return False
    heads = [index for index in attribution.roles.source if context.tree.head(index) not in attribution.roles.source]
    return any(is_person(scene, context, head) or is_document(scene, context, head) for head in heads) and not any(
        grammar.is_negative_phrase(context.tree, head) for head in heads
    )


def _keeps_silent(scene: Scene, attribution: Found) -> bool:
    """*Brandt declined to comment*, *Brandt did not say why*: no words of theirs follow."""
    entries = entries_of(attribution.context, attribution.candidate, scene.lexicon)
    return any(entry.withheld for entry in entries) or attribution.context.is_negated(attribution.candidate.head)


def _occasion(scene: Scene, place: int) -> Found | None:
    """*Mayor Petra Holt spoke to reporters.*, *The club issued a statement.*: it only says that somebody spoke."""
    context = scene.contexts[place]
    tree = context.tree
    words = scene.lexicon.words_for("occasion-of-speech")
    for candidate in scene.candidates_in(place):
        head = candidate.head
        if candidate.kind is not CandidateKind.VERB or context.in_quotation[head]:
            continue
        passive = tree.has_child(head, "aux:pass")
        lemma = context.lemma(head)
        partners = tree.children(head, "obj", "obl", "compound:prt")
        pairs = {f"{lemma} {context.lemma(child)}" for child in partners}
        pairs |= {f"{lemma} {context.preposition(child)}" for child in partners}
        names = {f"be {lemma}"} if passive else {lemma, *pairs}
        if names.isdisjoint(words) or grammar.has_negation(tree, head) or grammar.modals(tree, head):
            continue
        speaker = context.subject(head) or context.inherited_subject(head)
        if speaker is None or not is_person(scene, context, speaker):
            continue
        source = frozenset(index for index in tree.subtree(speaker) if index != head)
        cue = frozenset({head, *(child for child in tree.children(head, "obj") if not passive)})
        return scene.add(place, candidate, Roles(cue, source, frozenset()), Frame.INTRODUCTION)
    return None
