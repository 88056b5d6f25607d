"""Steps that find the speaker in words announcing the quotation: a frame line or a clause before a colon."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from attribution.extraction.candidates import CandidateKind
from attribution.extraction.context import SentenceContext
from attribution.extraction.found import Found
from attribution.extraction.roles import Roles
from attribution.extraction.spans import DASHES, without
from attribution.extraction.speech.persons import is_document, is_person, says
from attribution.extraction.speech.scene import Passage, Scene
from attribution.records import Frame, Span


def announced(scene: Scene, passage: Passage) -> Found | None:
    """*Brandt stated,* ¶ *“…”*: a frame line without content, in the same or the previous sentence."""
    cut = [
        attribution
        for attribution in scene.found_in(passage.first)
        if attribution.source and not passage.span.overlaps(attribution.head)
    ]
    if cut and not scene.contexts[passage.first].tree.words_in([passage.span]) - scene.marks_in(passage.first):
        return cut[-1]  # … told the crowd that “ ¦ We will come.”
    place = scene.before(passage.first)
    if place is None:
        return None
    if scene.opens_block(passage) and scene.block(place) != scene.block(passage.first):
        place = _behind_caption(scene, place)
    context = scene.contexts[place]
    near = scene.block(place) == scene.block(passage.first)
    ending = context.tokens[-1].text
    here = [
        attribution
        for attribution in scene.found_in(place)[::-1]
        if not context.in_quotation[attribution.candidate.head]
    ]
    if ending == ":":
        # Asked whether she would resign, Brandt answered: the quotation does not belong to *Asked*.
        if context.tree.lemmas[0] == "ask":
            return _answering(scene, place, here) or next(iter(here), None)
        here = [attribution for attribution in here if attribution.source or not _is_asking(attribution)]
        return next(
            (attribution for attribution in here if not attribution.content), next(iter(here), None)
        ) or frame_line(scene, place)
    cut_off = scene.opens_block(passage) and not near and context.tokens[-1].upos == "VERB"
    if ending == "," or (ending in DASHES and not near) or cut_off:
        return next((attribution for attribution in here if attribution.source), None) or frame_line(scene, place)
    if near and context.before_speech:
        return next((attribution for attribution in here if not attribution.content), None)
    return None


def _answering(scene: Scene, place: int, here: Sequence[Found]) -> Found | None:
    """*Asked about the smell, Bolt said:*: the verb at the end, with its subject after the comma."""
    attribution = next(
        (
            attribution
            for attribution in here
            if attribution.candidate.head and attribution.source and not _is_asking(attribution)
        ),
        None,
    )
    if attribution is None:
        return frame_line(scene, place, behind_comma=True)
    context = attribution.context
    comma = max((i for i in range(attribution.candidate.head) if context.tokens[i].text == ","), default=0)
    before = Span(context.sentence.start, context.tokens[comma].end)
    source = without(attribution.source, [before]) or attribution.source
    return scene.update(replace(attribution, source=source, content=without(attribution.content, [before])))


def _is_asking(attribution: Found) -> bool:
    """Whether a cue is a participle clause before the main verb (*Asked whether …*)."""
    tree, head = attribution.context.tree, attribution.candidate.head
    return tree.matches(head, "advcl", "ccomp") and tree.tokens[head].xpos in {"VBN", "VBD"}


def _behind_caption(scene: Scene, place: int) -> int:
    """The frame line before a short caption printed between it and the quotation; without one, the sentence itself."""
    above = scene.before(place)
    if above is None or scene.block(above) == scene.block(place) or scene.contexts[place].has_quotation:
        return place
    short = sum(map(scene.contexts[place].is_word, range(len(scene.contexts[place])))) <= CAPTION_WORDS
    return above if short and scene.contexts[above].tokens[-1].text in {",", ":"} else place


CAPTION_WORDS = 25
"""Most words of a caption printed as a paragraph."""


def behind_colon(scene: Scene, passage: Passage) -> Found | None:
    """*The mayor was blunt: “…”*: the subject of the clause before the colon speaks, if it can."""
    for place in dict.fromkeys((passage.first, max(0, passage.first - 1))):
        context = scene.contexts[place]
        for candidate in scene.candidates_in(place):
            colon = context.tokens[candidate.head]
            if candidate.kind is not CandidateKind.COLON or not 0 <= passage.span.start - colon.end <= LONGEST_GAP:
                continue
            words = len(scene.text[passage.span.start : passage.span.end].split())
            if scene.text[colon.end : passage.span.start].strip() or not (
                passage.judgement.is_speech or words >= SPEECH_LENGTH
            ):
                continue
            speaker = _subject_before(context, candidate.head)
            if speaker is None or not (is_person(scene, context, speaker) or is_document(scene, context, speaker)):
                continue
            source = frozenset(context.tree.subtree(speaker))
            return scene.add(
                place, candidate, Roles(frozenset({candidate.head}), source, frozenset()), Frame.COLON_BEFORE_SPEECH
            )
    return None


SPEECH_LENGTH = 5
"""Number of words from which a quotation after a colon is speech, whatever its form."""


LONGEST_GAP = 8
"""Most white space between a colon and the speech it introduces, in characters."""


def _subject_before(context: SentenceContext, colon: int) -> int | None:
    """The subject of the clause that a colon ends."""
    predicates = [
        index
        for index in range(colon)
        if context.subject(index) is not None and context.tree.head(index) not in range(colon)
    ]
    return context.subject(predicates[0]) if predicates else None


def frame_line(scene: Scene, place: int, *, behind_comma: bool = False) -> Found | None:
    """*Rathe stated,* and *In a letter, Bolt wrote:*, where no cue was accepted: the last verb of saying.

    ``behind_comma`` limits its subject to the words after the last comma (*Asked about the smell, Bolt said:*).
    """
    context = scene.contexts[place]
    for candidate in scene.candidates_in(place)[::-1]:
        if candidate.kind is not CandidateKind.VERB or context.in_quotation[candidate.head]:
            continue
        speaker = context.subject(candidate.head)
        if speaker is None or not says(scene, context, candidate):
            continue
        source = frozenset(context.tree.subtree(speaker))
        if behind_comma:
            commas = [index for index in range(candidate.head) if context.tokens[index].text == ","]
            source = frozenset(index for index in source if index > max(commas, default=-1)) or source
        return scene.add(place, candidate, Roles(frozenset({candidate.head}), source, frozenset()), Frame.FRAME_LINE)
    return None
