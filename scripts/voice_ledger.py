#!/usr/bin/env python3
"""Groups the sentences whose voice is wrong by cause, with counts and, on demand, the sentences.

    python scripts/voice_ledger.py GOLD.jsonl... [--newswire SENTENCES.jsonl] [--show CAUSE]

GOLD and SENTENCES as for ``measure_voices.py``. A wrong sentence has one cause, the first that holds in the order of
``CAUSES``; private states, which no editor's convention settles, are left out of the newswire.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click
from measure_voices import BATCH, draft_of, load_analyser, read

from attribution.analysis import Analysis
from attribution.evaluation.reported import read_labelled
from attribution.evaluation.voices import GoldVoice, judge, prediction_of, read_gold
from attribution.index import AnalysisIndex
from attribution.ingest import read_text
from attribution.records import VOUCHING, AttribError, Attribution, Claim, Draft, Evidence, Frame, Span, Voice

CAUSES = {
    "missed: no claim": "no claim was found in the sentence",
    "missed: speech of nobody": "words in quotation marks that were given neither a speaker nor an unclear one",
    "missed: taken for a stance": "its attribution was found, but taken for a mere attitude",
    "missed: taken for supposed": "its attribution was found, but taken for words that nobody said",
    "missed: goes on": "the sentence before is somebody's words, and this one was not given to them",
    "missed: in part": "somebody's words were found in it, but most of it was not given to them",
    "missed: not attributed": "no attribution was found in it",
    "false: layout": "given to somebody because of a colon, turn, post, block quotation or the order of sentences",
    "false: belief": "given to somebody who is said to think it",
    "false: agentless": "taken for hearsay of nobody",
    "false: phrase or noun": "given to somebody because of a cue that is not a verb",
    "false: verb": "given to somebody because of a verb of saying",
    "voice: hearsay for a source": "somebody who can be asked, but taken for a crowd or nobody",
    "voice: source for hearsay": "a crowd or nobody, but taken for somebody who can be asked",
    "voice: not clear": "the speaker of a quotation was not found",
    "source: none": "the voice is right, the speaker was not found",
    "source: another": "the voice is right, the speaker is somebody else",
}
"""Each cause and what it means."""

REPORTED = (Voice.SOURCE, Voice.HEARSAY, Voice.UNCLEAR)


class Wrong(NamedTuple):
    """A wrong sentence: its cause, and the text to show."""

    cause: str
    document: str
    text: str


@click.command(help=(__doc__ or "").replace("\n\n", "\n\n\b\n"))
@click.argument("gold_paths", nargs=-1, metavar="GOLD.jsonl...", type=click.Path(path_type=Path))
@click.option("--newswire", type=click.Path(path_type=Path), help="Also look at reported and own sentences of these.")
@click.option("--show", type=click.Choice(list(CAUSES)), metavar="CAUSE", help="Print the sentences of this cause.")
def main(gold_paths: tuple[Path, ...], newswire: Path | None, show: str | None) -> None:
    """Count and print."""
    if not gold_paths and newswire is None:
        raise click.UsageError("give a file of articles, --newswire, or both")
    try:
        for path in gold_paths:
            print_ledger(path, list(wrong_voices(path)), show)
        if newswire is not None:
            print_ledger(newswire, list(wrong_reports(newswire)), show)
    except AttribError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


def print_ledger(path: Path, found: Sequence[Wrong], show: str | None) -> None:
    """The causes with their counts, most frequent first; or the sentences of a single cause."""
    if show is not None:
        for wrong in found:
            if wrong.cause == show:
                print(f"{wrong.document}: {wrong.text}")
        return
    counts: dict[str, int] = defaultdict(int)
    for wrong in found:
        counts[wrong.cause] += 1
    print(f"{path}: {len(found)} wrong")
    for cause, count in sorted(counts.items(), key=lambda pair: -pair[1]):
        print(f"{count:6}  {cause}: {CAUSES[cause]}" if cause in CAUSES else f"{count:6}  {cause}")


def wrong_voices(path: Path) -> Iterator[Wrong]:
    """The unmixed sentences of articles in another voice, or led to another speaker, than an editor marked."""
    gold = read_gold(read(path), str(path))
    analyses = analysed([draft_of(document, path.parent) for document in gold])
    for document, analysis in zip(gold, analyses, strict=True):
        for judgement in judge(document, prediction_of(analysis)):
            sentence = judgement.sentence
            if sentence.mixed:
                continue
            text = " ".join(document.text[sentence.start : sentence.end].split())
            if judgement.voice == sentence.voice:
                if judgement.is_led_right is False:
                    cause = "source: another" if any(judgement.names) else "source: none"
                    yield Wrong(cause, document.doc, f"{text} [{sentence.who}; found {', '.join(judgement.names)}]")
            elif sentence.voice is GoldVoice.OWN and judgement.voice in REPORTED:
                yield Wrong(false_cause(analysis, sentence.span), document.doc, text)
            elif judgement.voice in (None, Voice.OWN):
                yield Wrong(missed_cause(analysis, sentence.span), document.doc, text)
            elif judgement.voice == Voice.UNCLEAR:
                yield Wrong("voice: not clear", document.doc, text)
            else:
                yield Wrong(f"voice: {judgement.voice} for {article(sentence.voice)}", document.doc, text)


def article(voice: GoldVoice) -> str:
    """The voice as it is written in the causes."""
    return "a source" if voice is GoldVoice.SOURCE else str(voice)


def wrong_reports(path: Path) -> Iterator[Wrong]:
    """The reported sentences mistaken for the writer's own, and vice versa."""
    gold = read_labelled(read(path), str(path))
    analyses = analysed([read_text(document.text, path=document.doc) for document in gold])
    for document, analysis in zip(gold, analyses, strict=True):
        voiced = [claim for claim in analysis.claims if claim.voice in REPORTED]
        for sentence in document.sentences:
            span = Span(sentence.start, sentence.end)
            is_reported = any(overlaps(claim, span) for claim in voiced)
            if sentence.group == "private" or is_reported == (sentence.group == "reported"):
                continue
            cause = false_cause(analysis, span) if is_reported else missed_cause(analysis, span)
            yield Wrong(cause, document.doc, " ".join(document.text[span.start : span.end].split()))


def analysed(drafts: Sequence[Draft]) -> Iterator[Analysis]:
    """The analyses, a batch at a time."""
    for start in range(0, len(drafts), BATCH):
        yield from load_analyser().analyse_all(drafts[start : start + BATCH])


# --- Causes -----------------------------------------------------------------------------------------------------------


def overlaps(claim: Claim, span: Span) -> bool:
    """Whether a claim overlaps the span."""
    return any(piece.overlaps(span) for piece in claim.spans)


def within(analysis: Analysis, span: Span) -> list[Attribution]:
    """The attributions whose cue is within the span."""
    return [
        attribution
        for attribution in analysis.attributions
        if any(piece.overlaps(span) for piece in attribution.cue.spans)
    ]


def missed_cause(analysis: Analysis, span: Span) -> str:
    """Why a sentence of somebody's was taken for the paper's own."""
    if not any(overlaps(claim, span) for claim in analysis.claims):
        return "missed: no claim"
    if any(piece.overlaps(span) for quotation in analysis.quotations for piece in quotation.parts):
        return "missed: speech of nobody"
    here = within(analysis, span)
    if any(attribution.evidence in VOUCHING for attribution in here):
        return "missed: in part"
    for evidence, cause in (
        (Evidence.STANCE, "missed: taken for a stance"),
        (Evidence.SUPPOSED, "missed: taken for supposed"),
    ):
        if any(attribution.evidence is evidence for attribution in here):
            return cause
    before = [claim for claim in analysis.claims if claim.spans[0].start < span.start]
    if before and max(before, key=lambda claim: claim.spans[0].start).voice in REPORTED:
        return "missed: goes on"
    return "missed: not attributed"


def false_cause(analysis: Analysis, span: Span) -> str:
    """What attributed one of the paper's own sentences to somebody."""
    index = AnalysisIndex(analysis)
    claims = [claim for claim in analysis.claims if claim.voice in REPORTED and overlaps(claim, span)]
    attributions = [index.attributions[claim.attributions[0]] for claim in claims if claim.attributions]
    if not attributions:
        return "false: layout"
    outermost = attributions[0]
    by_layout = outermost.frame is Frame.COLON or outermost.frame.gives_speech
    if by_layout or not any(piece.overlaps(span) for piece in outermost.cue.spans):
        return "false: layout"
    if outermost.evidence is Evidence.BELIEF:
        return "false: belief"
    if not outermost.source.text:
        return "false: agentless"
    if outermost.frame in {Frame.PHRASE, Frame.NOUN, Frame.ADJECTIVE}:
        return "false: phrase or noun"
    return "false: verb"


if __name__ == "__main__":
    main()
