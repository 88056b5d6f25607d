"""Groups the attributions that extraction misses or invents by cause, with counts and, on demand, places.

    python scripts/error_ledger.py GOLD.jsonl PARSES.pickle WEIGHTS.json [--folds 3] [--show CAUSE]

GOLD, PARSES and folds as for ``train_extraction.py``. A gold attribution and a found outermost one are paired by shared
cue words. Each unpaired or badly paired one has one cause, the first that holds in the order of ``CAUSES``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from train_extraction import load

from attribution.extraction.attributions import find_attributions
from attribution.extraction.candidates import find_candidates
from attribution.extraction.context import SentenceContext, contexts_of
from attribution.extraction.features import cue_features
from attribution.extraction.frames import entries_of
from attribution.extraction.quotations import find_quotations
from attribution.extraction.retagging import mended
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.weights import AttributionWeights, read_weights
from attribution.lexicon import Lexicon, load_lexicon
from attribution.parsing import Doc
from attribution.records import Attribution, Span

CAUSES = {
    "missed: no cue words": "the gold has no cue",
    "missed: colon or dash": "the gold cue is punctuation",
    "missed: headline or heading": "the block has no final full stop",
    "missed: taken for nested": "found, but inside another attribution's content",
    "missed: not in the lexicon": "the cue's head word has no entry",
    "missed: shadowed or tagged otherwise": "an entry, but no candidate: an exception, or a part of speech misread",
    "missed: in quotation": "the model rejected a cue inside a quotation",
    "missed: noun, adjective or phrase cue": "the model rejected it",
    "missed: passive": "the model rejected it",
    "missed: verb without a clause": "the model rejected it (object, preposition or nothing for content)",
    "missed: verb with a clause": "the model rejected it although there is a clause complement",
    "false: inside gold content": "the gold marks only the outermost attribution",
    "false: noun, adjective or phrase cue": "the gold has nothing there",
    "false: passive": "the gold has nothing there",
    "false: belief, intention or perception": "the gold has nothing there",
    "false: assertion": "the gold has nothing there",
    "source: missing": "the gold names a source, we name none",
    "source: made up": "we name a source, the gold names none",
    "source: border": "the sources share a word, but differ",
    "source: another": "the sources share no word",
    "content: missing": "the cue is right, no content was found",
    "content: over sentences": "the gold content continues in another sentence",
    "content: border": "the contents share less than half their words",
}
"""Each cause and what it means."""


def overlaps(spans: Iterable[Sequence[int]], others: Iterable[Span]) -> bool:
    """Whether a gold span and one of ours share a character."""
    mine = list(others)
    return any(start < span.end and span.start < end for start, end in spans for span in mine)


def missed_cause(
    gold: dict[str, Any],
    contexts: Sequence[SentenceContext],
    nested: Sequence[Attribution],
    lexicon: Lexicon,
    weights: AttributionWeights,
) -> str:
    """Why a gold attribution was not found."""
    if not gold["cue"]:
        return "missed: no cue words"
    start, end = gold["cue"][0]
    context = next(
        (context for context in contexts if context.sentence.start < end and start < context.sentence.end), None
    )
    if context is None:
        return "missed: no cue words"
    inside = [token.index for token in context.tokens if token.start < end and start < token.end]
    if not any(context.is_word(index) for index in inside):
        return "missed: colon or dash"
    if overlaps(gold["cue"], [span for attribution in nested for span in attribution.cue.spans]):
        return "missed: taken for nested"
    if context.tokens[-1].text not in {".", "?", "!", "”", '"', "''", ")", ":"}:
        return "missed: headline or heading"
    head = next(index for index in inside if context.tokens[index].head not in inside)
    candidate = next((candidate for candidate in find_candidates(context, lexicon) if candidate.head in inside), None)
    if candidate is None:
        lemma = context.lemma(head)
        known = (
            lexicon.verbs_of(lemma, context.tokens[head].text)
            or lexicon.nouns_of(lemma)
            or lexicon.adjectives_of(lemma)
        )
        return "missed: shadowed or tagged otherwise" if known else "missed: not in the lexicon"
    if candidate.kind != "verb":
        return "missed: noun, adjective or phrase cue"
    if not entries_of(context, candidate, lexicon):
        return "missed: not in the lexicon"
    if context.in_quotation[candidate.head]:
        return "missed: in quotation"
    features = cue_features(context, candidate, lexicon)
    if "passive" in features:
        return "missed: passive"
    return "missed: verb without a clause" if "no-clause" in features else "missed: verb with a clause"


def false_cause(found: Attribution, gold: Sequence[dict[str, Any]]) -> str:
    """The kind of an attribution that is not in the gold."""
    if any(overlaps(attribution["content"], found.cue.spans) for attribution in gold):
        return "false: inside gold content"
    if found.frame in {"noun", "adjective", "phrase", "colon"}:
        return "false: noun, adjective or phrase cue"
    if found.frame.startswith("passive"):
        return "false: passive"
    return "false: assertion" if found.attitude == "assertion" else "false: belief, intention or perception"


def words(text: str, spans: Iterable[Any]) -> set[int]:
    """The letters and digits that spans cover, by their offsets."""
    covered: set[int] = set()
    for span in spans:
        start, end = (span.start, span.end) if isinstance(span, Span) else span
        covered.update(offset for offset in range(start, end) if text[offset].isalnum())
    return covered


def pair_causes(text: str, gold: dict[str, Any], found: Attribution, sentences: Sequence[Any]) -> list[str]:
    """What is wrong with a paired attribution."""
    causes = []
    theirs, ours = words(text, gold["source"]), words(text, found.source.spans)
    if theirs != ours:
        shared = theirs & ours
        causes.append(
            "source: missing"
            if not ours
            else "source: made up"
            if not theirs
            else "source: border"
            if shared
            else "source: another"
        )
    theirs, ours = words(text, gold["content"]), words(text, found.content.spans)
    if 2 * len(theirs & ours) * 2 < len(theirs) + len(ours):
        several = sum(any(sentence.start <= offset < sentence.end for offset in theirs) for sentence in sentences) > 1
        causes.append("content: missing" if not ours else "content: over sentences" if several else "content: border")
    return causes


@click.command()
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("parses", type=click.Path(exists=True, path_type=Path))
@click.argument("weights_file", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--folds", default="3", show_default=True, help="Folds to look at; never those that figures are quoted from."
)
@click.option("--show", help="List the places of one cause: document, offset, words.")
def main(gold: Path, parses: Path, weights_file: Path, folds: str, show: str | None) -> None:
    """Count errors by cause."""
    lexicon, weights = load_lexicon(), read_weights(weights_file)
    places: defaultdict[str, list[str]] = defaultdict(list)
    totals: Counter[str] = Counter()
    for document, draft, sentences in load(gold, parses, folds):
        doc = Doc(draft, mended(sentences, lexicon))
        quotations, _ = find_quotations(draft)
        parts = [part for quotation in quotations for part in quotation.parts]
        contexts = contexts_of(doc, SpanIndex((part, part) for part in parts))
        attributions = find_attributions(doc, quotations, lexicon, weights)
        outer = [attribution for attribution in attributions if attribution.parent is None]
        nested = [attribution for attribution in attributions if attribution.parent is not None]
        unpaired = list(outer)
        totals.update(gold=len(document["attributions"]), found=len(outer))
        for attribution in document["attributions"]:
            match = next((other for other in unpaired if overlaps(attribution["cue"], other.cue.spans)), None)
            where = f"{document['doc']}:{(attribution['cue'] or attribution['content'] or [[0, 0]])[0][0]}"
            if match is None:
                places[missed_cause(attribution, contexts, nested, lexicon, weights)].append(where)
                continue
            unpaired.remove(match)
            totals["paired"] += 1
            for cause in pair_causes(draft.text, attribution, match, sentences):
                places[cause].append(where)
        for other in unpaired:
            places[false_cause(other, document["attributions"])].append(
                f"{document['doc']}:{other.cue.spans[0].start} {other.cue.text!r}"
            )
    click.echo(", ".join(f"{name} {count}" for name, count in totals.items()))
    for cause, meaning in sorted(CAUSES.items(), key=lambda item: -len(places[item[0]])):
        click.echo(f"{len(places[cause]):6}  {cause:40} {meaning}")
    if show:
        click.echo("\n".join(places[show]))


if __name__ == "__main__":
    main()
