"""Scores how well sentences that report somebody are told from the writer's own. Pure functions.

A gold document is a line ``{"doc", "text", "sentences": [{"start", "end", "label"}]}``, with offsets in code points. A
sentence counts as reported if a claim in it is not in the writer's own voice.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from attribution.evaluation.voices import GoldVoice, Prediction, Tally
from attribution.records import AttribError, Span


class LabelledSentence(msgspec.Struct, frozen=True):
    """A sentence labelled ``speech``, ``continued`` (both reported), ``private``, or otherwise as the writer's own."""

    start: int
    end: int
    label: str

    @property
    def group(self) -> str:
        """The group, one of three, in which it is counted."""
        return {"speech": "reported", "continued": "reported", "private": "private"}.get(self.label, "own")


class LabelledDocument(msgspec.Struct, frozen=True):
    """An article with labelled sentences."""

    doc: str
    text: str
    sentences: tuple[LabelledSentence, ...]


class ReportedScores(msgspec.Struct, frozen=True):
    """Reported sentences found, own sentences recognised as such, and private states mistaken for reported ones."""

    reported: Tally = Tally()
    own: Tally = Tally()
    private: Tally = Tally()

    @property
    def accuracy(self) -> Tally:
        """The share of reported and own sentences that are right; private states are left out."""
        return self.reported + self.own


def read_labelled(data: str, name: str) -> list[LabelledDocument]:
    """The documents of JSON Lines ``{doc, text, sentences: [{start, end, label}]}``; raises ``AttribError``."""
    documents = []
    for number, line in enumerate(data.split("\n"), start=1):
        if line.strip():
            try:
                documents.append(msgspec.json.decode(line, type=LabelledDocument))
            except (msgspec.DecodeError, RecursionError) as error:
                raise AttribError(f"{name}:{number}: is not an article with labelled sentences ({error})") from None
    return documents


def score_reported(gold: Sequence[LabelledDocument], predictions: Sequence[Prediction]) -> ReportedScores:
    """Scores for telling reported sentences from the writer's own."""
    reported = own = private = Tally()
    for document, guess in zip(gold, predictions, strict=True):
        others = [claim for claim in guess.claims if claim.voice != GoldVoice.OWN]
        for sentence in document.sentences:
            span = Span(sentence.start, sentence.end)
            is_reported = any(claim.overlap(span) for claim in others)
            if sentence.group == "own":
                own += Tally(not is_reported, 1)
            elif sentence.group == "private":
                private += Tally(is_reported, 1)
            else:
                reported += Tally(is_reported, 1)
    return ReportedScores(reported, own, private)
