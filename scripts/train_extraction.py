"""Estimates the weights of the cue and role models and measures them by document folds.

    python scripts/train_extraction.py parse GOLD.jsonl PARSES.pickle
    python scripts/train_extraction.py fit GOLD.jsonl PARSES.pickle WEIGHTS.json [--folds 0,1,2,3]
    python scripts/train_extraction.py predict GOLD.jsonl PARSES.pickle WEIGHTS.json PREDICTIONS.jsonl [--folds 4]
    python scripts/train_extraction.py crossvalidate GOLD.jsonl PARSES.pickle PREDICTIONS.jsonl

GOLD.jsonl holds one document a line: ``{doc, text, attributions: [{source, cue, content}]}``, each part a list of
``[start, end)`` character spans. A document's fold is the SHA-256 of its name modulo 5. Needs the ``dev`` extra
(scikit-learn); the shipped weights were estimated from PolNeAR (Newell, Margolin and Ruths 2018), whose text they do
not contain beyond counts of single words.
"""

from __future__ import annotations

import json
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click

from attribution.evaluation.folds import FOLDS, fold_of
from attribution.extraction.attributions import accepted_cues
from attribution.extraction.candidates import CandidateKind, find_candidates
from attribution.extraction.context import SentenceContext, contexts_of
from attribution.extraction.features import cue_features
from attribution.extraction.quotations import find_quotations
from attribution.extraction.retagging import mended
from attribution.extraction.role_features import (
    INNER,
    CueInTree,
    Node,
    Standing,
    dependents_of,
    nodes_inside,
    nodes_of,
    role_features,
)
from attribution.extraction.roles import CONTENT, CUE, OTHER, SOURCE
from attribution.extraction.span_index import SpanIndex
from attribution.extraction.weights import AttributionWeights, LogLinear, built_in_weights, read_weights
from attribution.lexicon import Lexicon, load_lexicon
from attribution.parsing import Doc
from attribution.records import Draft, Sentence, Span

LEAST_COUNT = 3
"""Features seen less often in training are left out."""
STRENGTH = 0.3
"""Inverse regularisation (scikit-learn's ``C``); between 0.1 and 1 it hardly matters."""
LEAST_WEIGHT = 0.02
"""Weights nearer to zero are left out of the file."""

Document = tuple[dict[str, Any], Draft, tuple[Sentence, ...]]


def load(gold: Path, parses: Path, folds: str) -> Iterator[Document]:
    """The gold documents of some folds with their parses."""
    stored: dict[str, tuple[Draft, tuple[Sentence, ...]]] = pickle.loads(parses.read_bytes())
    wanted = {int(fold) for fold in folds.split(",")}
    with gold.open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            if fold_of(document["doc"]) in wanted:
                yield document, *stored[document["doc"]]


def gold_role(attribution: dict[str, Any], context: SentenceContext, index: int) -> str:
    """The part of a gold attribution to which a token belongs."""
    token = context.tokens[index]
    for part, role in (("cue", CUE), ("source", SOURCE), ("content", CONTENT)):
        if any(start < token.end and token.start < end for start, end in attribution[part]):
            return role
    return OTHER


def role_examples(
    context: SentenceContext, candidate: Any, attribution: dict[str, Any], lexicon: Lexicon
) -> Iterator[tuple[list[str], str]]:
    """Features and gold role of every phrase that the labelling would visit."""

    def role(index: int) -> str:
        return gold_role(attribution, context, index)

    cue = CueInTree(context, candidate, lexicon)
    waiting = nodes_of(context, candidate.head)
    while waiting:
        node = waiting.pop()
        label = role(node.index)
        inner = node.standing in INNER
        yield role_features(cue, node), label
        if inner:
            if node.standing is Standing.ABOVE_CONTENT and label == CONTENT:
                head = context.tree.head(node.index)
                if head is not None:
                    waiting.append(Node(Standing.ABOVE_CONTENT, head, node.index))
            continue
        if label == CUE and node.standing is Standing.DEPENDENT:
            waiting += [Node(Standing.DEPENDENT, child, node.index) for child in dependents_of(context, node.index)]
        elif label == OTHER and node.standing is Standing.DEPENDENT:
            waiting += nodes_inside(context, node.index, Standing.INSIDE_OTHER)
        elif label == SOURCE:
            waiting += nodes_inside(context, node.index, Standing.INSIDE_SOURCE, {candidate.head})
        elif label == CONTENT and node.standing is Standing.DEPENDENT:
            waiting += nodes_inside(context, node.index, Standing.INSIDE_CONTENT)
        elif label == CONTENT and node.standing is Standing.HEAD:
            head = context.tree.head(node.index)
            if head is not None:
                waiting.append(Node(Standing.ABOVE_CONTENT, head, node.index))
            waiting += nodes_inside(context, node.index, Standing.INSIDE_CONTENT, {candidate.head})


def examples(documents: Sequence[Document], lexicon: Lexicon) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """Feature lists and labels for the cue model and the role model."""
    cue_facts, cue_labels, role_facts, role_labels = [], [], [], []
    for document, draft, sentences in documents:
        quotations, _ = find_quotations(draft)
        parts = [part for quotation in quotations for part in quotation.parts]
        attributions = [attribution for attribution in document["attributions"] if attribution["cue"]]
        contents = [Span(*span) for attribution in attributions for span in attribution["content"]]
        for context in contexts_of(Doc(draft, mended(sentences, lexicon)), SpanIndex((part, part) for part in parts)):
            heads: dict[int, dict[str, Any]] = {}
            cue_tokens: dict[int, dict[str, Any]] = {}
            for attribution in attributions:
                inside = [
                    token.index
                    for token in context.tokens
                    if any(token.start < end and start < token.end for start, end in attribution["cue"])
                ]
                tops = [index for index in inside if context.tokens[index].head not in inside]
                tops = [index for index in tops if context.is_word(index)] or tops
                if tops:
                    heads[tops[0]] = attribution
                    cue_tokens.update(dict.fromkeys(inside, attribution))
            for candidate in find_candidates(context, lexicon):
                attribution = heads.get(candidate.head)
                if attribution is None and candidate.kind is CandidateKind.PHRASE:
                    attribution = next((cue_tokens[i] for i in candidate.tokens if i in cue_tokens), None)
                if attribution is not None:
                    cue_facts.append(cue_features(context, candidate, lexicon))
                    cue_labels.append(1)
                    if candidate.kind not in {CandidateKind.PHRASE, CandidateKind.COLON}:
                        for facts, label in role_examples(context, candidate, attribution, lexicon):
                            role_facts.append(facts)
                            role_labels.append(label)
                # Another word of a gold cue is an example of neither: tried to *explain* also attributes.
                elif candidate.head not in cue_tokens and not any(
                    span.overlaps(context.tokens[candidate.head].span) for span in contents
                ):
                    cue_facts.append(cue_features(context, candidate, lexicon))
                    cue_labels.append(0)
    return cue_facts, cue_labels, role_facts, role_labels


def fit(facts: Sequence[Sequence[str]], labels: Sequence[Any], strength: float) -> LogLinear:
    """A log-linear model by L2-regularised logistic regression; ``strength`` is scikit-learn's ``C``."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(feature for row in facts for feature in set(row))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1.0 for f in row if counts[f] >= LEAST_COUNT} for row in facts])
    model = LogisticRegression(C=strength, max_iter=500)
    model.fit(matrix, labels)
    names = vectorizer.get_feature_names_out()
    weights = {
        str(name): tuple(round(float(value), 3) for value in model.coef_[:, column])
        for column, name in enumerate(names)
        if max(abs(model.coef_[:, column])) >= LEAST_WEIGHT
    }
    classes = ("cue",) if len(model.classes_) == 2 else tuple(str(name) for name in model.classes_)
    return LogLinear(
        classes, tuple(round(float(value), 3) for value in model.intercept_), dict(sorted(weights.items()))
    )


def write_weights(path: Path, weights: AttributionWeights) -> None:
    """Write the weights, one feature per line."""

    def model_json(model: LogLinear) -> str:
        rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(list(row))}" for name, row in model.weights.items())
        classes, bias = json.dumps(model.classes), json.dumps(model.bias)
        return f'{{"classes": {classes}, "bias": {bias}, "weights": {{\n{rows}\n}}}}'

    header = {
        "about": weights.about,
        "threshold": weights.threshold,
        "nested_threshold": weights.nested_threshold,
    }
    rows = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in header.items()]
    rows += [f'"cue": {model_json(weights.cue)}', f'"role": {model_json(weights.role)}']
    path.write_text(
        "{" + ",\n".join(rows) + "}\n",
        encoding="utf-8",
    )


@click.group()
def main() -> None:
    """Estimate and measure the weights of attribution extraction."""


@main.command("parse")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("parses", type=click.Path(path_type=Path))
@click.option("--model", metavar="FOLDER", help="Parse with this model instead of the embedded one.")
def parse_command(gold: Path, parses: Path, model: str | None) -> None:
    """Parse the gold documents once and store the parses."""
    from attribution.ingest import read_text
    from attribution.parsing import load_parser

    documents = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    drafts = [read_text(document["text"], path=document["doc"]) for document in documents]
    sentences = load_parser(model).parse(drafts)
    parses.write_bytes(pickle.dumps({draft.path: (draft, rows) for draft, rows in zip(drafts, sentences, strict=True)}))


@main.command("fit")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("parses", type=click.Path(exists=True, path_type=Path))
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--folds", default="0,1,2,3,4", show_default=True, help="Folds to estimate from.")
@click.option("--threshold", default=-0.15, show_default=True, help="Log-odds a cue must reach.")
@click.option("--nested-threshold", default=-1.0, show_default=True, help="The same for cues within a content.")
@click.option("--cue-strength", default=STRENGTH, show_default=True, help="Inverse regularisation of the cue model.")
@click.option("--role-strength", default=STRENGTH, show_default=True, help="Inverse regularisation of the role model.")
def fit_command(
    gold: Path,
    parses: Path,
    output: Path,
    folds: str,
    threshold: float,
    nested_threshold: float,
    cue_strength: float,
    role_strength: float,
) -> None:
    """Estimate the weights and write them."""
    cue_facts, cue_labels, role_facts, role_labels = examples(list(load(gold, parses, folds)), load_lexicon())
    click.echo(f"{len(cue_labels)} candidates, {sum(cue_labels)} cues; {Counter(role_labels)}", err=True)
    about = (
        "Weights of the log-linear cue and role models; see attribution/extraction/weights.py. Estimated by "
        "scripts/train_extraction.py from PolNeAR (Newell, Margolin and Ruths 2018)."
    )
    cue = fit(cue_facts, cue_labels, cue_strength)
    role = fit(role_facts, role_labels, role_strength)
    write_weights(output, AttributionWeights(about, threshold, nested_threshold, cue, role))
    click.echo(f"{output}: {len(cue.weights)} cue and {len(role.weights)} role features", err=True)


@main.command("predict")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("parses", type=click.Path(exists=True, path_type=Path))
@click.argument("weights", type=click.Path(exists=True, path_type=Path))
@click.argument("predictions", type=click.Path(path_type=Path))
@click.option("--folds", default="4", show_default=True, help="Folds to predict.")
def predict_command(gold: Path, parses: Path, weights: Path, predictions: Path, folds: str) -> None:
    """Write the outermost attributions of some folds, and beside them the gold of the same folds (``…-gold.jsonl``)."""
    lexicon, model = load_lexicon(), read_weights(weights)
    write_predictions(load(gold, parses, folds), lexicon, model, predictions)


def write_predictions(
    documents: Iterable[Document], lexicon: Lexicon, model: AttributionWeights, predictions: Path, mode: str = "w"
) -> None:
    """Write the outermost attributions of the documents, and beside them their gold."""
    with (
        predictions.open(mode, encoding="utf-8") as out,
        predictions.with_name(f"{predictions.stem}-gold.jsonl").open(mode, encoding="utf-8") as kept,
    ):
        for document, draft, sentences in documents:
            quotations, _ = find_quotations(draft)
            found = accepted_cues(Doc(draft, mended(sentences, lexicon)), quotations, lexicon, model)
            rows = [
                {
                    "source": [[span.start, span.end] for span in attribution.source],
                    "cue": [[span.start, span.end] for span in attribution.cue],
                    "content": [[span.start, span.end] for span in attribution.content],
                }
                for attribution in found
                if attribution.parent is None
            ]
            out.write(json.dumps({"doc": document["doc"], "attributions": rows}) + "\n")
            kept.write(json.dumps(document) + "\n")


@main.command("crossvalidate")
@click.argument("gold", type=click.Path(exists=True, path_type=Path))
@click.argument("parses", type=click.Path(exists=True, path_type=Path))
@click.argument("predictions", type=click.Path(path_type=Path))
def crossvalidate_command(gold: Path, parses: Path, predictions: Path) -> None:
    """Predict each fold with weights from the other folds: ``PREDICTIONS`` for all, ``PREDICTIONS.0`` … for each."""
    lexicon = load_lexicon()
    shipped = built_in_weights()
    by_fold = {fold: list(load(gold, parses, str(fold))) for fold in range(FOLDS)}
    facts = {fold: examples(documents, lexicon) for fold, documents in by_fold.items()}
    for fold, documents in by_fold.items():
        others = [facts[other] for other in by_fold if other != fold]
        cue_facts, cue_labels, role_facts, role_labels = (list(chain(*parts)) for parts in zip(*others, strict=True))
        cue = fit(cue_facts, cue_labels, STRENGTH)
        role = fit(role_facts, role_labels, STRENGTH)
        model = AttributionWeights(shipped.about, shipped.threshold, shipped.nested_threshold, cue, role)
        write_predictions(documents, lexicon, model, predictions, "w" if fold == 0 else "a")
        write_predictions(documents, lexicon, model, predictions.with_name(f"{predictions.stem}-{fold}.jsonl"))


if __name__ == "__main__":
    main()
