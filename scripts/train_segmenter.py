#!/usr/bin/env python
"""Learns the segmenter's parameters (``attribution/parsing/model/segmenter.json``) from a treebank and other text.

    scripts/train_segmenter.py TREEBANK.conllu [--text FILE]... --output segmenter.json

Punkt's abbreviations and sentence starters are learned as described by Kiss and Strunk (2006), by NLTK's trainer, on
the raw text of all files. Its orthographic context, how each word is written within and at the start of sentences, is
counted on the treebank's own sentences and on Punkt's sentences of the other texts; a rare spelling (a heading, a name)
does not count against a common one. Which hyphenated prefixes stay with their word, and which contractions are written
without an apostrophe, is counted on the treebank. The weights that decide where sentences end
(``attribution/parsing/boundaries.py``) are estimated on the treebank's sentences. Nothing else of the texts is kept.

A ``--text`` file is plain text, or JSON lines with the text in ``text``.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
import msgspec
from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer, PunktTrainer

from attribution.parsing import read_conllu
from attribution.parsing.boundaries import FIRST_LOWER, FIRST_UPPER, WITHIN_LOWER, WITHIN_UPPER
from attribution.parsing.segmentation import SegmenterParameters, boundaries_of, read_abbreviations
from attribution.records import Draft, Sentence

# Hyphenated affixes that the guidelines of the LDC English Web Treebank (Bies et al. 2012), and with them UD English,
# leave with their word.
GUIDELINE_PREFIXES = (
    "a ante anti be bi bio co counter cross cyber de e eco ex extra inter intra macro mega micro mid mini multi neo "
    "non over pan para post pre pro pseudo quasi re semi sub super trans tri u ultra un uni"
).split()

CONTRACTED = {"nt", "not", "na", "ta", "m", "ve", "ll", "re"}
"""Second words of contractions; possessives without an apostrophe (*jacks*) are too much like plurals to be split."""

RARE = 0.1
"""A spelling seen in less than this share of a word's uses does not count."""


RAREST = 3
"""The fewest occurrences of a feature of sentence ends."""

EXAMPLES = 4
"""The number of examples of abbreviations in a paragraph."""

STRENGTH = 0.5
"""Inverse of the L1 penalty on weights of sentence ends; higher keeps more features."""


def read_text(path: Path) -> str:
    """The text of a file; for JSON lines, the ``text`` of each, as separate paragraphs."""
    content = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return "\n\n".join(json.loads(line)["text"] for line in content.splitlines())
    return content


def orthographic_context(sentences: Iterable[Sequence[str]]) -> dict[str, int]:
    """Punkt's flags for each word type, depending on how often it was written in which way."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for words in sentences:
        lettered = [word for word in words if word[0].isalpha()]
        if sum(word[0].isupper() for word in lettered) > max(1, len(lettered) * 0.6):
            continue  # a headline, which tells nothing about its words
        for place, word in enumerate(words):
            if word[0].isalpha():
                first, upper = place == 0, word[0].isupper()
                flag = (FIRST_UPPER if first else WITHIN_UPPER) if upper else (FIRST_LOWER if first else WITHIN_LOWER)
                counts[word.lower().rstrip(".")][flag] += 1
    context: dict[str, int] = {}
    for word, seen in counts.items():
        total = sum(seen.values())
        if total > 1:
            context[word] = sum(flag for flag, number in seen.items() if number > RARE * total)
    return context


def joined_prefixes(text: str, sentences: Sequence[Sentence]) -> list[str]:
    """Prefixes that stay with the word after their hyphen: more often than not, and with at least two words."""
    starts = {token.start for sentence in sentences for token in sentence.tokens}
    joined: defaultdict[str, set[str]] = defaultdict(set)
    parted: Counter[str] = Counter()
    for match in re.finditer(r"(?<![\w-])([A-Za-z]+)-(?=([a-z]+))", text):
        prefix = match[1].lower()
        if match.end() in starts:
            parted[prefix] += 1
        else:
            joined[prefix].add(match[2])
    learned = {prefix for prefix, words in joined.items() if len(words) > 1 and len(words) > parted[prefix]}
    return sorted(learned | {prefix for prefix in GUIDELINE_PREFIXES if parted[prefix] <= len(joined[prefix])})


def fused_words(path: Path) -> dict[str, tuple[int, ...]]:
    """Contractions written without an apostrophe (*cannot*, *gonna*, *dont*), and where their words begin."""
    fused: defaultdict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
    unfused: Counter[str] = Counter()
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    last = 0
    for place, row in enumerate(rows):
        if "-" in row[0]:
            first, last = (int(number) for number in row[0].split("-"))
            if row[1].isalpha():
                fused[row[1].lower()][tuple(row[1].lower() for row in rows[place + 1 : place + 2 + last - first])] += 1
        elif row[0].isdigit():
            if int(row[0]) == 1:
                last = 0
            if int(row[0]) > last:
                unfused[row[1].lower()] += 1
    found: dict[str, tuple[int, ...]] = {}
    for word, ways in sorted(fused.items()):
        parts, number = ways.most_common(1)[0]
        if "".join(parts) == word and parts[-1] in CONTRACTED and number > 1 and number > unfused[word]:
            found[word] = tuple(sum(map(len, parts[:count])) for count in range(1, len(parts)))
    return found


def learn(treebank: Path, texts: Sequence[str]) -> SegmenterParameters:
    """All parameters of the segmenter."""
    draft, sentences = read_conllu(treebank.read_text(encoding="utf-8"), str(treebank))
    trainer = PunktTrainer()
    trainer.train("\n\n".join([draft.text, *texts]))
    learned: PunktParameters = trainer.get_params()
    known = {token.text.lower() for sentence in sentences for token in sentence.tokens if not token.text.endswith(".")}
    stopped = Counter(
        token.text.lower()[:-1] for sentence in sentences for token in sentence.tokens if token.text.endswith(".")
    )
    abbreviations = sorted(word for word in learned.abbrev_types if stopped[word] > 1 or word not in known)
    punkt = PunktSentenceTokenizer(learned)
    words = [[token.text for token in sentence.tokens] for sentence in sentences]
    for text in texts:
        words.extend(re.findall(r"\w[\w.’'-]*", sentence) or ["."] for sentence in punkt.tokenize(text))
    context = orthographic_context(words)
    tables = SegmenterParameters(
        abbreviations=tuple(word for word in abbreviations if re.fullmatch(r"[a-z][a-z.]*", word)),
        sentence_starters=tuple(sorted(word for word in learned.sent_starters if context.get(word, 0) & WITHIN_LOWER)),
        orthographic_context=dict(sorted(context.items())),
        joined_prefixes=tuple(joined_prefixes(draft.text, sentences)),
        fused_words=fused_words(treebank),
        boundary_bias=0.0,
        boundary_weights={},
    )
    return with_boundary_weights(tables, draft, sentences)


def batched(items: Sequence[str], size: int) -> list[Sequence[str]]:
    """The items in groups of ``size``; the last may be shorter."""
    return [items[start : start + size] for start in range(0, len(items), size)]


LabelledGaps = list[tuple[list[str], bool]]
"""Features of places where a sentence may end, and whether one does."""


def with_boundary_weights(
    known: SegmenterParameters, draft: Draft, sentences: Sequence[Sentence]
) -> SegmenterParameters:
    """The parameters with the weights of the log-linear model that finds sentence ends.

    Learned from the draft's sentences and from the examples of the newsroom's abbreviations, each of which is a
    sentence; several of them make a paragraph. In the second round, the gaps are also seen as the first model leaves
    them, errors included, so that one error does not lead to the next (Ross, Gordon and Bagnell 2011).
    """
    texts: list[tuple[str, set[int]]] = []
    for examples in batched([abbreviation.example for abbreviation in read_abbreviations()], EXAMPLES):
        ends = {sum(map(len, examples[:count])) + count - 1 for count in range(1, len(examples))}
        texts.append((" ".join(examples), ends))
    blocks: defaultdict[int, set[int]] = defaultdict(set)
    for sentence in sentences:
        blocks[sentence.block].add(sentence.end - draft.blocks[sentence.block].span.start)
    texts += [
        (draft.text[block.span.start : block.span.end], blocks[place]) for place, block in enumerate(draft.blocks)
    ]
    boundaries = boundaries_of(known)
    gaps = [(gap.features, ends) for text, within in texts for gap, ends in boundaries.gaps(text, within)]
    first = boundaries_of(_fitted(known, gaps, STRENGTH))
    for text, within in texts:
        met = first.gaps(text, lambda _, features: first.ends(features))
        gaps += [(gap.features, gap.end in within) for gap, _ in met]
    return _fitted(known, gaps, STRENGTH / 2)


def _fitted(known: SegmenterParameters, gaps: LabelledGaps, strength: float) -> SegmenterParameters:
    """The parameters with weights from logistic regression; its L1 penalty leaves few features with a weight."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(feature for features, _ in gaps for feature in features)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{name: 1.0 for name in features if counts[name] >= RAREST} for features, _ in gaps]
    )
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")  # for liblinear
    model = LogisticRegression(l1_ratio=1.0, C=strength, solver="liblinear", max_iter=300, random_state=0)
    model.fit(matrix, [ends for _, ends in gaps])
    names = vectorizer.get_feature_names_out()
    weights = {str(name): round(float(weight), 3) for name, weight in zip(names, model.coef_[0], strict=True)}
    return msgspec.structs.replace(
        known,
        boundary_bias=round(float(model.intercept_[0]), 3),
        boundary_weights={name: weight for name, weight in weights.items() if weight},
    )


def to_json(learned: SegmenterParameters) -> str:
    """The parameters as readable JSON: one table per line, and one weight per line."""
    tables = msgspec.to_builtins(learned)
    weights = tables.pop("boundary_weights")
    lines = [f"{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in tables.items()]
    rows = [f"  {json.dumps(name, ensure_ascii=False)}: {weight}" for name, weight in sorted(weights.items())]
    return "{\n" + ",\n".join([*lines, '"boundary_weights": {\n' + ",\n".join(rows) + "\n}"]) + "\n}\n"


@click.command()
@click.argument("treebank", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--text", "texts", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
def main(treebank: Path, texts: tuple[Path, ...], output: Path) -> None:
    """Learn the segmenter's parameters from TREEBANK (CoNLL-U) and other texts."""
    output.write_text(to_json(learn(treebank, [read_text(path) for path in texts])), encoding="utf-8")


if __name__ == "__main__":
    main()
