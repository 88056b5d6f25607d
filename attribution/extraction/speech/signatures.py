"""Steps that find the speaker after the quotation: a signature, or a sentence that only says who spoke."""

from __future__ import annotations

from attribution.extraction.candidates import Candidate, CandidateKind
from attribution.extraction.features import SIGNATURE_LENGTH
from attribution.extraction.found import Found, content_spans
from attribution.extraction.frames import entries_of
from attribution.extraction.repairs.pattern import REPORTING_FRAMES
from attribution.extraction.roles import Roles
from attribution.extraction.spans import DASHES
from attribution.extraction.speech.announcements import frame_line
from attribution.extraction.speech.persons import NAME_WORDS, says
from attribution.extraction.speech.scene import Passage, Scene
from attribution.lexicon import CueVerb, Lexicon
from attribution.records import Attitude, Frame


def signed_openly(scene: Scene, passage: Passage) -> Found | None:
    """*“Why me?” Brandt asked them.*: a quotation that ends with a mark other than a full stop."""
    inside = scene.text[passage.span.start : passage.span.end].rstrip("\"”’'»« ")
    return _signature(scene, passage) if inside[-1:] in OPEN_ENDINGS else None


def signed_by_dash(scene: Scene, passage: Passage) -> Found | None:
    """*“The closure is a scandal.” – Jane Doe, shopkeeper*: a name after a dash, and nothing else."""
    for place in (passage.last, passage.last + 1):
        if place >= len(scene.contexts):
            break
        context = scene.contexts[place]
        behind = [token.index for token in context.tokens if token.start >= passage.span.end]
        if not behind or context.tokens[behind[0]].text not in DASHES:
            continue
        words = [index for index in behind if context.is_word(index)]
        if not words or len(words) > SIGNATURE_WORDS or any(context.tokens[index].upos == "VERB" for index in words):
            continue
        if context.tokens[words[0]].upos != "PROPN" or not passage.judgement.is_speech:
            continue
        dash = Candidate(CandidateKind.DASH, behind[0], (behind[0],))
        return scene.add(place, dash, Roles(frozenset({behind[0]}), frozenset(words), frozenset()), Frame.SIGNATURE)
    return None


def signed(scene: Scene, passage: Passage) -> Found | None:
    """*“I was ill.” Brandt told reporters.*: the sentence after it says nothing else."""
    return _signature(scene, passage)


def _signature(scene: Scene, passage: Passage) -> Found | None:
    """The cue that opens the sentence after a quotation and says nothing else."""
    last = passage.last
    if last + 1 >= len(scene.contexts) or scene.contexts[last].sentence.end > passage.span.end:
        return None
    if scene.block(last + 1) != scene.block(last):
        return None
    after = scene.contexts[last + 1]
    if not scene.found_in(last + 1) and sum(map(after.is_word, range(len(after)))) <= NAME_WORDS:
        return frame_line(scene, last + 1)
    near = [attribution for attribution in scene.found_in(last + 1) if attribution.candidate.head < SIGNATURE_LENGTH]
    near = [
        attribution
        for attribution in near
        if attribution.source and says(scene, attribution.context, attribution.candidate)
    ]
    return next(
        (attribution for attribution in near if not attribution.content or _says_nothing(attribution, scene.lexicon)),
        None,
    )


def _says_nothing(attribution: Found, lexicon: Lexicon) -> bool:
    """Whether the content of a verb of saying is only an addressee or occasion (*said to reporters*)."""
    context, head = attribution.context, attribution.candidate.head
    entries = [entry for entry in entries_of(context, attribution.candidate, lexicon) if isinstance(entry, CueVerb)]
    frames = {frame for entry in entries if entry.attitude is Attitude.ASSERTION for frame in entry.frames}
    if (
        not frames.intersection(REPORTING_FRAMES)
        or not attribution.source
        or attribution.content != content_spans(attribution.context, attribution.roles)
    ):
        return False
    first = min(attribution.roles.content)
    bound = {"ccomp", "xcomp", "parataxis", "csubj"}
    if "object-clause" not in frames and context.tokens[first - 1].text != ",":
        bound.add("obj")
    return (
        first > head
        and not any(child in attribution.roles.content for child in context.tree.children(head, *bound))
        and not any(context.in_quotation[index] for index in attribution.roles.content)
    )


OPEN_ENDINGS = frozenset("?!…,-–—")


SIGNATURE_WORDS = 12
"""Most words of a name with its office after the dash that signs a quotation."""
