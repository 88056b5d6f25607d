"""Questions about words: who can speak, and which verbs say so."""

from __future__ import annotations

from attribution.extraction.candidates import Candidate
from attribution.extraction.context import SentenceContext
from attribution.extraction.frames import entries_of, source_kind
from attribution.extraction.repairs.pattern import REPORTING_FRAMES
from attribution.extraction.speech.scene import Scene
from attribution.lexicon import CueVerb
from attribution.records import Attitude

PERSON_KINDS = frozenset({"role", "official", "anonymous", "organisation", "vague-collective", "outlet", "name"})


PERSON_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "who"})


SAYING_FRAMES = REPORTING_FRAMES | {"quotation"}


NAME_WORDS = 5
"""Words a speaker may have between the quotation and a verb that is otherwise no verb of saying."""


def says(scene: Scene, context: SentenceContext, candidate: Candidate) -> bool:
    """Whether a candidate is a verb of saying that can stand beside the words themselves."""
    entries = [entry for entry in entries_of(context, candidate, scene.lexicon) if isinstance(entry, CueVerb)]
    return any(entry.attitude is Attitude.ASSERTION and SAYING_FRAMES.intersection(entry.frames) for entry in entries)


def is_person(scene: Scene, context: SentenceContext, index: int) -> bool:
    """Whether a noun phrase stands for somebody who can speak: a name, an office, a body, a personal pronoun."""
    token = context.tokens[index]
    if token.upos == "PRON":
        return token.text.lower() in PERSON_PRONOUNS
    return source_kind(context, index, scene.lexicon) in PERSON_KINDS


def is_document(scene: Scene, context: SentenceContext, index: int) -> bool:
    """Whether a noun phrase stands for something that can be read."""
    return source_kind(context, index, scene.lexicon) == "document"
