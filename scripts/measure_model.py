#!/usr/bin/env python
"""Measures a model on a CoNLL-U file with gold trees: from raw text, and from gold tokens.

    scripts/measure_model.py FILE... [--model FOLDER] [--json OUT] [--check]

With ``--check`` tags, lemmas and trees are compared with those of Stanza's own pipeline, and results for batches of
different sizes with each other, on gold tokens.

Figures of the first block are those of the CoNLL 2018 shared task (Zeman et al. 2018), by Stanza's copy of its
scorer: F1 of tokens, sentences and words, then UPOS, XPOS, lemma, UAS and LAS over words (universal relations). The
second block is F1 of arcs by relation: an arc is right if word, head and relation are the gold ones. The last line,
``reports``, is the share of right ones among the arcs from or to a verb of saying.
"""

from __future__ import annotations

import io
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from attribution.extraction.repairs.pattern import REPORTING_FRAMES
from attribution.lexicon import CueVerb, load_lexicon
from attribution.parsing import load_parser, read_conllu, write_conllu
from attribution.parsing.form_parser import FormParser
from attribution.parsing.model_names import has_own_format
from attribution.parsing.stanza_parser import StanzaParser
from attribution.parsing.windows import Word
from attribution.records import ROOT, Attitude, Sentence, Token
from attribution.resources import model_folder

METRICS = ("Tokens", "Sentences", "Words", "UPOS", "XPOS", "Lemmas", "UAS", "LAS")
RELATIONS = ("nsubj", "ccomp", "xcomp", "parataxis", "obl", "obl:agent", "acl", "mark", "case", "advmod") + (
    "advcl",
    "conj",
    "obj",
    "nmod",
    "root",
)
CLITICS = re.compile(r"(?i)['’`´](s|m|d|re|ve|ll)?|n['’`]?t|not|na|ta|me|nt")


def join_contractions(sentences: Sequence[Sentence]) -> str:
    """CoNLL-U with contractions (*do* + *n't*) as one token of two words, as the treebanks have them."""
    lines = write_conllu(sentences).splitlines()
    output: list[str] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        columns = line.split("\t")
        if len(columns) == 10:
            last = index
            while (
                lines[last].endswith("SpaceAfter=No")
                and last + 1 < len(lines)
                and CLITICS.fullmatch(lines[last + 1].split("\t")[1])
                and columns[1][-1].isalpha()
            ):
                last += 1
            if last > index:
                rows = [row.split("\t") for row in lines[index : last + 1]]
                form = "".join(row[1] for row in rows)
                output.append("\t".join([f"{rows[0][0]}-{rows[-1][0]}", form, *"_______", rows[-1][9]]))
                output.extend("\t".join([*row[:9], "_"]) for row in rows)
                index = last + 1
                continue
        output.append(line)
        index += 1
    return "\n".join(output) + "\n"


def shared_task(gold: str, predicted: str) -> dict[str, float]:
    """F1 (percent) by the shared task's scorer."""
    from stanza.models.common.utils import ud_scores

    found = ud_scores(io.StringIO(gold), io.StringIO(predicted))
    return {metric: 100 * found[metric].f1 for metric in METRICS}


def arcs(sentences: Iterable[Sentence], keep_subtype: str | None) -> Counter[tuple[object, ...]]:
    """Word, head and relation of each arc; relations are reduced to universal ones except where a subtype is kept."""
    found: Counter[tuple[object, ...]] = Counter()
    for sentence in sentences:
        for token in sentence.tokens:
            head: Token | None = None if token.head == ROOT else sentence.tokens[token.head]
            place = None if head is None else (head.start, head.end)
            relation = token.relation if keep_subtype else token.relation.split(":")[0]
            found[(token.start, token.end), place, relation] += 1
    return found


def by_relation(gold: Sequence[Sentence], predicted: Sequence[Sentence]) -> dict[str, float]:
    """F1 (percent) of the arcs of each relation."""
    found: dict[str, float] = {}
    for relation in RELATIONS:
        subtype = relation if ":" in relation else None
        right = arcs(gold, subtype)
        ours = arcs(predicted, subtype)
        right = Counter({arc: number for arc, number in right.items() if arc[2] == relation})
        ours = Counter({arc: number for arc, number in ours.items() if arc[2] == relation})
        both = sum((right & ours).values())
        found[relation] = 200 * both / max(1, sum(right.values()) + sum(ours.values()))
    return found


def arcs_of_reports(gold: Sequence[Sentence], predicted: Sequence[Sentence]) -> float:
    """The share (percent) of the arcs from or to a verb of saying that are right, relations without subtypes."""
    lexicon = load_lexicon()
    told = {
        (token.start, token.end)
        for sentence in gold
        for token in sentence.tokens
        if token.upos == "VERB" and any(map(_says, lexicon.verbs_of(token.lemma)))
    }
    right = Counter({arc: number for arc, number in arcs(gold, None).items() if not told.isdisjoint(arc[:2])})
    return 100 * sum((right & arcs(predicted, None)).values()) / max(1, sum(right.values()))


def _says(entry: CueVerb) -> bool:
    return entry.attitude is Attitude.ASSERTION and not (REPORTING_FRAMES | {"quotation"}).isdisjoint(entry.frames)


def measure(path: Path, model: str | None) -> dict[str, object]:
    """All figures for one file."""
    gold_text = path.read_text(encoding="utf-8")
    draft, gold = read_conllu(gold_text, str(path))
    parser = load_form_parser(model)
    start = time.process_time()
    (raw,) = parser.parse([draft])
    seconds = time.process_time() - start
    (given,) = parser.parse_segmented(
        [(draft, [(sentence.block, [t.span for t in sentence.tokens]) for sentence in gold])]
    )
    return {
        "file": path.name,
        "words": sum(len(sentence.tokens) for sentence in gold),
        "words per processor second": sum(len(sentence.tokens) for sentence in raw) / seconds,
        "raw text": scores(gold, raw, gold_text, join_contractions(raw)),
        "gold tokens": scores(gold, given, gold_text, _with_gold_tokens(gold_text, given)),
    }


def scores(gold: Sequence[Sentence], predicted: Sequence[Sentence], gold_text: str, text: str) -> dict[str, float]:
    """The shared task's scores, those of relations and that of reports; ``text`` is what was predicted as CoNLL-U."""
    reports = {"reports": arcs_of_reports(gold, predicted)}
    return shared_task(gold_text, text) | by_relation(gold, predicted) | reports


def load_form_parser(model: str | None) -> FormParser:
    """The parser, which must read word forms."""
    parser = load_parser(model)
    assert isinstance(parser, FormParser)
    return parser


def check(path: Path, model: str | None) -> dict[str, int]:
    """How many words Stanza itself tags, lemmatises or attaches differently, and how many depend on the batch size."""
    from attribution.parsing.stanza_files import write_stanza_files
    from attribution.parsing.stanza_parser import load_default, load_folder

    parser = load_form_parser(model)
    _, sentences = read_conllu(path.read_text(encoding="utf-8"), str(path))
    forms = [[token.text for token in sentence.tokens] for sentence in sentences]
    ours = parser.parse_forms(forms)
    found: dict[str, int] = {"words": sum(map(len, ours))}
    for size in (1, 200, 1000, 10_000):
        found[f"differ in batches of {size} words"] = _differences(ours, parser.parse_forms(forms, size))
    with TemporaryDirectory() as converted:
        folder = Path(model) if model else model_folder()
        if model != "default" and has_own_format(folder):
            write_stanza_files(folder, Path(converted))
            folder = Path(converted)
        stanza = load_default() if model == "default" else load_folder(folder, "Stanza")
    for field, number in stanza_differences(stanza, forms, ours).items():
        found[f"{field} otherwise by Stanza"] = number
    return found


def stanza_differences(
    stanza: StanzaParser, forms: Sequence[Sequence[str]], ours: Sequence[Sequence[Word]]
) -> Counter[str]:
    """How often each field of a word differs from the results of Stanza's whole pipeline for the same forms."""
    different = Counter(dict.fromkeys(Word._fields, 0))
    for sentence, words in zip(stanza.read_by_stanza_alone(forms), ours, strict=True):
        for theirs, our in zip(sentence, words, strict=True):
            different.update(name for name in Word._fields if getattr(theirs, name) != getattr(our, name))
    return different


def _differences(first: Sequence[Sequence[Word]], second: Sequence[Sequence[Word]]) -> int:
    return sum(
        left != right
        for mine, theirs in zip(first, second, strict=True)
        for left, right in zip(mine, theirs, strict=True)
    )


def _with_gold_tokens(gold: str, sentences: Sequence[Sentence]) -> str:
    """The gold file with the predicted columns in place of the gold ones."""
    rows = iter(token for sentence in sentences for token in sentence.tokens)
    lines: list[str] = []
    for line in gold.splitlines():
        columns = line.split("\t")
        if columns[0].isdigit():
            token = next(rows)
            head = 0 if token.head == ROOT else token.head + 1
            columns[2:8] = [token.lemma, token.upos, token.xpos, "_", str(head), token.relation]
            line = "\t".join(columns)
        lines.append(line)
    return "\n".join(lines) + "\n"


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--model", help="Folder of a model (the embedded one).")
@click.option("--json", "output", type=click.Path(dir_okay=False, path_type=Path), help="Also write the figures here.")
@click.option("--check", "checked", is_flag=True, help="Also compare with Stanza, and batch sizes.")
def main(files: tuple[Path, ...], model: str | None, output: Path | None, checked: bool) -> None:
    """Print a table of the model's accuracy on each of FILES (CoNLL-U with gold trees)."""
    results = [measure(path, model) for path in files]
    for result in results:
        raw, given = result["raw text"], result["gold tokens"]
        assert isinstance(raw, dict)
        assert isinstance(given, dict)
        click.echo(f"{result['file']}: {result['words']} words, {result['words per processor second']:.0f} a second")
        click.echo(f"{'':12}{'raw text':>10}{'gold tokens':>14}")
        for name in raw:
            click.echo(f"{name:12}{raw[name]:10.2f}{given[name]:14.2f}")
    for path in files if checked else ():
        click.echo(f"{path.name}: " + ", ".join(f"{name} {number}" for name, number in check(path, model).items()))
    if output is not None:
        output.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
