#!/usr/bin/env python
"""Trains a large tagger and parser on a pretrained encoder, which is not shipped, and labels text with it.

    scripts/train_teacher.py train --encoder FOLDER --train train.conllu --dev dev.conllu --output teacher.pt
    scripts/train_teacher.py label --encoder FOLDER --teacher teacher.pt --output silver.conllu TEXTS
    scripts/train_teacher.py encoder --encoder FOLDER --teacher teacher.pt --output TUNED

The embedded model's small networks learn from these labels (``scripts/train_students.py``): what a network knows that
is too slow to be used passes to one that is fast (Hinton, Vinyals and Dean 2015). FOLDER holds an encoder that
transformers reads, such as MiniLM-L6 (22 million weights, Apache-2.0). All need the extra ``train``; ``train`` resumes
from its last checkpoint. TEXTS are folders of drafts, files, or JSON Lines with a ``text`` in each. ``encoder`` writes
what training made of the encoder, for networks of Stanza's kind that read with it (``train_students.py --encoder``).
Set OMP_NUM_THREADS=1 for the same numbers on every machine of a kind.

A labelled word's last column (MISC) tells how sure the teacher was, in percent: ``Heads=3:91,7:8`` of its likeliest
heads, ``Relation=95`` and ``Tags=99`` of the relation and tags that stand in their columns.
"""

from __future__ import annotations

import json
import math
import random
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
import torch
import torch.nn.functional as functional
from numpy.typing import NDArray
from torch import Tensor, nn
from train_parser import Row, read_words

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from attribution.ingest import read_text  # noqa: E402
from attribution.parsing import segment  # noqa: E402
from attribution.parsing.arborescence import best_tree  # noqa: E402
from attribution.parsing.constraints import repaired, violation  # noqa: E402
from attribution.parsing.forms import readable_forms  # noqa: E402
from attribution.parsing.lemmatizer import Lemmatizer  # noqa: E402
from attribution.parsing.model_files import read_model  # noqa: E402
from attribution.parsing.networks import model_form  # noqa: E402
from attribution.records import AttribError  # noqa: E402

LONGEST = 90
"""The most words of a sentence that the teacher learns from or labels."""

SHAPES = 6
ARC_UNITS = 300
RELATION_UNITS = 100
NO_ANSWER = -100
EMBEDDED = ROOT / "attribution" / "parsing" / "model"


@dataclass(frozen=True)
class Names:
    """The tags and relations of a treebank, in the order of the teacher's answers."""

    upos: list[str]
    xpos: list[str]
    relations: list[str]


@dataclass(frozen=True)
class Example:
    """A sentence as the networks read it; the answers are empty if nobody gave any."""

    pieces: list[int]
    words_of_pieces: list[int]
    shapes: list[int]
    upos: list[int]
    xpos: list[int]
    heads: list[int]
    relations: list[int]


def shape_of(form: str) -> int:
    """A number for how a word is written: encoders in lower case do not see it."""
    if form.islower():
        return 0
    if form.istitle():
        return 1
    if form.isupper() and len(form) > 1:
        return 2
    if form[:1].isupper():
        return 3
    return 4 if any(character.isdigit() for character in form) else 5


def example_of(forms: Sequence[str], tokenizer: Any, rows: Sequence[Row], names: Names) -> Example:
    """A sentence for the networks; ``rows`` hold the answers, and may be empty."""
    encoded = tokenizer(list(forms), is_split_into_words=True)
    return Example(
        pieces=encoded["input_ids"],
        words_of_pieces=[0 if word is None else word + 1 for word in encoded.word_ids()],
        shapes=[shape_of(form) for form in forms],
        upos=[names.upos.index(row[3]) if row[3] in names.upos else NO_ANSWER for row in rows],
        xpos=[names.xpos.index(row[4]) if row[4] in names.xpos else NO_ANSWER for row in rows],
        heads=[int(row[6]) for row in rows],
        relations=[names.relations.index(row[7]) if row[7] in names.relations else NO_ANSWER for row in rows],
    )


class Biaffine(nn.Module):
    """Scores pairs of a dependent and a head (Dozat and Manning 2017)."""

    def __init__(self, units: int, answers: int, bias_of_heads: bool) -> None:
        super().__init__()
        self.bias_of_heads = bias_of_heads
        self.weight = nn.Parameter(torch.randn(answers, units + 1, units + bias_of_heads) * 0.01)

    def forward(self, dependents: Tensor, heads: Tensor, pattern: str) -> Tensor:
        """Scores of pairs, or of words and their heads, as ``pattern`` tells (Einstein's notation)."""
        dependents = functional.pad(dependents, (0, 1), value=1.0)
        if self.bias_of_heads:
            heads = functional.pad(heads, (0, 1), value=1.0)
        return torch.einsum(pattern, dependents, self.weight, heads)


class Teacher(nn.Module):
    """A tagger and graph parser over a mix of a pretrained encoder's layers."""

    def __init__(self, encoder: Any, names: Names) -> None:
        super().__init__()
        self.encoder = encoder
        units = encoder.config.hidden_size + 32
        self.mix = nn.Parameter(torch.zeros(encoder.config.num_hidden_layers))
        self.shapes = nn.Embedding(SHAPES, 32)
        self.root = nn.Parameter(torch.randn(units) * 0.02)
        self.arc_dependents, self.arc_heads = (_hidden(units, ARC_UNITS) for _ in range(2))
        self.relation_dependents, self.relation_heads = (_hidden(units, RELATION_UNITS) for _ in range(2))
        self.arcs = Biaffine(ARC_UNITS, 1, bias_of_heads=False)
        self.relations = Biaffine(RELATION_UNITS, len(names.relations), bias_of_heads=True)
        self.upos = nn.Linear(units, len(names.upos))
        self.xpos = nn.Linear(units, len(names.xpos))
        self.dropout = nn.Dropout(0.2)

    def forward(self, batch: Mapping[str, Tensor]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """Scores of UPOS, XPOS and heads of each word, and the hidden units that relations are scored from.

        Position 0 of the heads and of the hidden units is the root.
        """
        with torch.autocast("cpu", dtype=torch.bfloat16):
            layers = self.encoder(
                input_ids=batch["pieces"], attention_mask=batch["attended"], output_hidden_states=True
            ).hidden_states[1:]
        shares = self.mix.softmax(0)
        mixed = sum(share * layer.float() for share, layer in zip(shares, layers, strict=True))
        count, length = batch["words"].shape
        # A word is the mean of its pieces; row 0 collects what belongs to no word.
        summed = torch.zeros(count, length + 1, mixed.shape[-1])
        summed.scatter_add_(1, batch["words_of_pieces"].unsqueeze(-1).expand_as(mixed), mixed)
        means = summed[:, 1:] / batch["piece_counts"].unsqueeze(-1).clamp(min=1)
        words = self.dropout(torch.cat([means, self.shapes(batch["shapes"])], -1))
        nodes = torch.cat([self.root.expand(count, 1, -1), words], 1)
        arcs = self.arcs(self.arc_dependents(nodes), self.arc_heads(nodes), "bxi,oij,byj->bxyo").squeeze(-1)
        present = torch.cat([torch.ones(count, 1, dtype=torch.bool), batch["words"]], 1)
        own = torch.eye(length + 1, dtype=torch.bool)
        arcs = arcs.masked_fill(~present.unsqueeze(1) | own, -1e4)
        return self.upos(words), self.xpos(words), arcs, self.relation_dependents(nodes), self.relation_heads(nodes)

    def relations_of(self, dependents: Tensor, heads: Tensor, chosen: Tensor) -> Tensor:
        """Scores of the relations of each word to its chosen head."""
        governors = heads.gather(1, chosen.unsqueeze(-1).expand(-1, -1, heads.shape[-1]))
        scores: Tensor = self.relations(dependents[:, 1:], governors, "bni,oij,bnj->bno")
        return scores


def _hidden(inputs: int, units: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inputs, units), nn.LeakyReLU(0.1), nn.Dropout(0.33))


def padded(rows: Sequence[Sequence[Any]], empty: Any = 0) -> Tensor:
    """The rows as one tensor."""
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[empty] * (longest - len(row))] for row in rows])


def batch_of(examples: Sequence[Example]) -> dict[str, Tensor]:
    """The examples as padded tensors."""
    pieces = padded([example.pieces for example in examples], -1)
    words_of_pieces = padded([example.words_of_pieces for example in examples])
    shapes = padded([example.shapes for example in examples], -1)
    counts = torch.zeros(len(examples), shapes.shape[1] + 1)
    counts.scatter_add_(1, words_of_pieces, torch.ones_like(words_of_pieces, dtype=torch.float32))
    batch = {
        "pieces": pieces.clamp(min=0),
        "attended": (pieces >= 0).long(),
        "words_of_pieces": words_of_pieces,
        "piece_counts": counts[:, 1:],
        "shapes": shapes.clamp(min=0),
        "words": shapes >= 0,
    }
    if examples[0].heads:
        for name in ("upos", "xpos", "heads", "relations"):
            batch[name] = padded([getattr(example, name) for example in examples], NO_ANSWER)
    return batch


def batches_of(examples: Sequence[Example], pieces: int, shuffled: bool) -> list[list[int]]:
    """The numbers of the examples in batches of similar length, of at most so many pieces with padding."""
    order = sorted(
        range(len(examples)), key=lambda number: len(examples[number].pieces) + (random.random() * 6 if shuffled else 0)
    )
    batches: list[list[int]] = []
    batch: list[int] = []
    for number in order:
        if batch and (len(batch) + 1) * len(examples[number].pieces) > pieces:
            batches.append(batch)
            batch = []
        batch.append(number)
    batches.append(batch)
    if shuffled:
        random.shuffle(batches)
    return batches


@click.group(help=__doc__)
def main() -> None:
    """Train a teacher, or label text with it."""
    torch.set_num_threads(1)


@main.command()
@click.option("--encoder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--train", "train_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dev", "dev_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--epochs", default=6, show_default=True)
@click.option("--pieces", default=1_500, show_default=True, help="Pieces of words in a batch.")
@click.option("--interval", default=400, show_default=True, help="Steps between measurements and checkpoints.")
@click.option("--seed", default=1, show_default=True)
def train(
    encoder: Path, train_file: Path, dev_file: Path, output: Path, epochs: int, pieces: int, interval: int, seed: int
) -> None:
    """Train the teacher on gold trees."""
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(seed)
    random.seed(seed)
    sentences = [rows for rows in read_words(train_file) if len(rows) <= LONGEST]
    names = Names(*(sorted({row[column] for rows in sentences for row in rows}) for column in (3, 4, 7)))
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    examples = [example_of([row[1] for row in rows], tokenizer, rows, names) for rows in sentences]
    measured = [example_of([row[1] for row in rows], tokenizer, rows, names) for rows in read_words(dev_file)]
    teacher = Teacher(AutoModel.from_pretrained(encoder), names)
    inner = [weight for name, weight in teacher.named_parameters() if name.startswith("encoder.")]
    outer = [weight for name, weight in teacher.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW(
        [{"params": inner, "lr": 1.2e-4}, {"params": outer, "lr": 2e-3}], weight_decay=0.01, betas=(0.9, 0.98)
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    steps = epochs * len(batches_of(examples, pieces, True))
    step, checkpoint = 0, output.with_suffix(".checkpoint")
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        teacher.load_state_dict(saved["model"])
        optimizer.load_state_dict(saved["optimizer"])
        step = saved["step"]
        random.seed(seed + step)
        torch.manual_seed(seed + step)
    started = time.time()
    while step < steps:
        for numbers in batches_of(examples, pieces, True)[: steps - step]:
            step += 1
            share = min(1.0, step / 200) * max(0.02, 0.5 * (1 + math.cos(math.pi * step / steps)))
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * share
            loss = _loss(teacher, batch_of([examples[number] for number in numbers]))
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 5.0)
            optimizer.step()
            if step % interval == 0 or step == steps:
                accuracy = ", ".join(
                    f"{name} {100 * share:.2f}" for name, share in _accuracy(teacher, measured).items()
                )
                click.echo(f"step {step} of {steps}, {time.time() - started:.0f} s, loss {loss.item():.3f}: {accuracy}")
                content = {"model": teacher.state_dict(), "optimizer": optimizer.state_dict(), "step": step}
                torch.save(content, checkpoint)
    content = {"model": teacher.state_dict(), "upos": names.upos, "xpos": names.xpos, "relations": names.relations}
    torch.save(content, output)


def _loss(teacher: Teacher, batch: Mapping[str, Tensor]) -> Tensor:
    def crossed(scores: Tensor, answers: Tensor) -> Tensor:
        return functional.cross_entropy(scores.reshape(-1, scores.shape[-1]), answers.reshape(-1))

    upos, xpos, arcs, dependents, heads = teacher(batch)
    relations = teacher.relations_of(dependents, heads, batch["heads"].clamp(min=0))
    loss = crossed(arcs[:, 1:], batch["heads"]) + crossed(relations, batch["relations"])
    return loss + 0.3 * crossed(upos, batch["upos"]) + 0.3 * crossed(xpos, batch["xpos"])


def _accuracy(teacher: Teacher, examples: Sequence[Example]) -> dict[str, float]:
    """Shares of words with the right UPOS, XPOS, head, and head and relation, of each word's best head by itself."""
    right, total = dict.fromkeys(("UPOS", "XPOS", "UAS", "LAS"), 0), 0
    teacher.eval()
    with torch.no_grad():
        for numbers in batches_of(examples, 3_000, False):
            batch = batch_of([examples[number] for number in numbers])
            upos, xpos, arcs, dependents, heads = teacher(batch)
            chosen = arcs[:, 1:].argmax(-1)
            relations = teacher.relations_of(dependents, heads, chosen).argmax(-1)
            present = batch["words"]
            attached = (chosen == batch["heads"]) & present
            total += int(present.sum())
            right["UPOS"] += int(((upos.argmax(-1) == batch["upos"]) & present).sum())
            right["XPOS"] += int(((xpos.argmax(-1) == batch["xpos"]) & present).sum())
            right["UAS"] += int(attached.sum())
            right["LAS"] += int(((relations == batch["relations"]) & attached).sum())
    teacher.train()
    return {name: number / total for name, number in right.items()}


@main.command()
@click.option("--encoder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--teacher",
    "teacher_files",
    required=True,
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="May be given several times; probabilities are averaged.",
)
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--seed", default=1, show_default=True, help="The sentences are written in random order.")
@click.argument("texts", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def label(encoder: Path, teacher_files: tuple[Path, ...], output: Path, seed: int, texts: tuple[Path, ...]) -> None:
    """Write TEXTS as CoNLL-U with the teachers' tags and trees; a file that ends in .conllu is labelled anew."""
    from transformers import AutoTokenizer

    both = [loaded(encoder, path) for path in teacher_files]
    teachers, names = [teacher for teacher, _ in both], both[0][1]
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    lemmatizer = Lemmatizer(read_model(EMBEDDED).lemmatizer)
    seen: dict[tuple[str, ...], None] = {}
    for path in texts:
        seen.update(dict.fromkeys(tuple(forms) for forms in sentences_of(path) if 1 < len(forms) <= LONGEST))
    sentences = list(seen)
    random.Random(seed).shuffle(sentences)
    examples = [example_of(forms, tokenizer, [], names) for forms in sentences]
    click.echo(f"{len(sentences)} sentences, {sum(map(len, sentences))} words")
    with output.open("w", encoding="utf-8") as stream, torch.no_grad():
        for start in range(0, len(examples), 2_000):
            part = examples[start : start + 2_000]
            labelled: dict[int, str] = {}
            for numbers in batches_of(part, 3_000, False):
                batch = batch_of([part[number] for number in numbers])
                answers = _probabilities(teachers, batch)
                for place, number in enumerate(numbers):
                    forms = sentences[start + number]
                    given = [answer[place] for answer in answers]
                    labelled[number] = conllu_of(forms, given, names, lemmatizer)
            stream.writelines(labelled[number] for number in range(len(part)))
            click.echo(f"{start + len(part)} of {len(examples)}")


@main.command("encoder")
@click.option("--encoder", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--teacher", "teacher_file", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", required=True, type=click.Path(file_okay=False, path_type=Path))
def write_encoder(encoder: Path, teacher_file: Path, output: Path) -> None:
    """Write a teacher's encoder as a folder that transformers reads."""
    from transformers import AutoTokenizer

    teacher, _ = loaded(encoder, teacher_file)
    teacher.encoder.save_pretrained(output)
    AutoTokenizer.from_pretrained(encoder).save_pretrained(output)


def loaded(encoder: Path, path: Path) -> tuple[Teacher, Names]:
    """A trained teacher, ready to label; ``encoder`` tells its shape."""
    from transformers import AutoConfig, AutoModel

    content = torch.load(path, weights_only=True)
    names = Names(content["upos"], content["xpos"], content["relations"])
    teacher = Teacher(AutoModel.from_config(AutoConfig.from_pretrained(encoder)), names)
    teacher.load_state_dict(content["model"])
    return teacher.eval(), names


def _probabilities(teachers: Sequence[Teacher], batch: Mapping[str, Tensor]) -> list[NDArray[Any]]:
    """Mean probabilities of UPOS, XPOS and heads, and of relations of each pair of words, for each sentence."""
    sums: list[Tensor] = []
    for teacher in teachers:
        upos, xpos, arcs, dependents, heads = teacher(batch)
        relations = teacher.relations(dependents, heads, "bxi,oij,byj->bxyo")
        given = [scores.softmax(-1) for scores in (upos, xpos, arcs, relations)]
        sums = [before + more for before, more in zip(sums, given, strict=True)] if sums else given
    return [(total / len(teachers)).numpy() for total in sums]


def conllu_of(forms: Sequence[str], given: Sequence[NDArray[Any]], names: Names, lemmatizer: Lemmatizer) -> str:
    """A labelled sentence as CoNLL-U; ``given`` are its probabilities, as ``_probabilities`` gives them."""
    upos, xpos, arcs, relations = given
    nodes = len(forms) + 1
    scores = np.log(arcs[:nodes, :nodes] + 1e-9)
    labels = np.log(relations[:nodes, :nodes] + 1e-9)
    tree = best_tree(scores)
    best = labels[np.arange(nodes), tree].argmax(-1).tolist()
    chosen = [names.relations[number] for number in best]
    if violation(tree, chosen) is not None:
        tree, chosen = repaired(scores, labels.__getitem__, names.relations, tree, best)
    tags = [(names.upos[upos[word].argmax()], names.xpos[xpos[word].argmax()]) for word in range(len(forms))]
    lemmas = lemmatizer.lemmas([(form, tag) for form, (tag, _) in zip(forms, tags, strict=True)])
    rows = []
    for word, (form, lemma, (tag, detailed)) in enumerate(zip(forms, lemmas, tags, strict=True), 1):
        sure_of_tags = upos[word - 1].max() * xpos[word - 1].max()
        head, relation = tree[word], chosen[word]
        sure_of_relation = relations[word, head, names.relations.index(relation)]
        likely = {int(place) for place in np.argsort(-arcs[word, :nodes])[:4] if arcs[word, place] >= 0.01} | {head}
        percents = ",".join(f"{place}:{100 * arcs[word, place]:.0f}" for place in sorted(likely))
        misc = f"Heads={percents}|Relation={100 * sure_of_relation:.0f}|Tags={100 * sure_of_tags:.0f}"
        rows.append(f"{word}\t{form}\t{lemma}\t{tag}\t{detailed}\t_\t{head}\t{relation}\t_\t{misc}\n")
    return "".join(rows) + "\n"


def sentences_of(path: Path) -> Iterator[list[str]]:
    """The word forms of each sentence of a folder, a file of text or Markdown or HTML, JSON Lines, or CoNLL-U."""
    if path.is_dir():
        for inner in sorted(path.iterdir()):
            yield from sentences_of(inner)
    elif path.suffix == ".conllu":
        yield from ([row[1] for row in rows] for rows in read_words(path))
    elif path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from _segmented(json.loads(line)["text"], "text")
    elif path.suffix in (".txt", ".md", ".html"):
        yield from _segmented(path.read_text(encoding="utf-8", errors="replace"), path.suffix[1:])


def _segmented(text: str, form: str) -> Iterable[list[str]]:
    try:
        draft = read_text(text, {"txt": "text", "md": "markdown"}.get(form, form))
    except AttribError as error:
        click.echo(f"left out: {error}", err=True)
        return
    for _, spans in segment(draft):
        yield [model_form(form) for form in readable_forms([draft.text[span.start : span.end] for span in spans])]


if __name__ == "__main__":
    main()
