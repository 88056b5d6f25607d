"""Which noun phrases can speak, and which verbs are verbs of saying."""

from __future__ import annotations

from attribution.extraction.candidates import Candidate
from attribution.extraction.context import SentenceContext
from attribution.extraction.frames import entries_of, source_kind
from attribution.extraction.people import QUOTABLE, SUBJECT_PRONOUNS
from attribution.extraction.repairs.pattern import REPORTING_FRAMES
from attribution.extraction.speech.scene import Scene
from attribution.lexicon import CueVerb
from attribution.records import Attitude

SAYING_FRAMES = REPORTING_FRAMES | {"quotation"}


NAME_WORDS = 5
"""Most words of a speaker between a quotation and its verb."""


def says(scene: Scene, context: SentenceContext, candidate: Candidate) -> bool:
    """Whether a candidate is a verb of saying that can accompany a quotation."""
    entries = [entry for entry in entries_of(context, candidate, scene.lexicon) if isinstance(entry, CueVerb)]
    return any(entry.attitude is Attitude.ASSERTION and SAYING_FRAMES.intersection(entry.frames) for entry in entries)


def is_person(scene: Scene, context: SentenceContext, index: int) -> bool:
    """Whether a noun phrase can be a speaker: a name, an office, a body, a personal pronoun."""
    token = context.tokens[index]
    if token.upos == "PRON":
        return token.text.lower() in SUBJECT_PRONOUNS - {"you"}
    return source_kind(context, index, scene.lexicon) in QUOTABLE


def is_document(scene: Scene, context: SentenceContext, index: int) -> bool:
    """Whether a noun phrase is a document."""
    return source_kind(context, index, scene.lexicon) == "document"
