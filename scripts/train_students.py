#!/usr/bin/env python
r"""Trains smaller taggers and parsers of Stanza's kind on gold trees and on a teacher's (``scripts/train_teacher.py``).

    scripts/train_students.py --start STANZA_FOLDER --train train.conllu --silver silver.conllu --dev dev.conllu \
        --folder run parser --units 160 --layers 2

STANZA_FOLDER holds a model in Stanza's format (``scripts/convert_model.py to-stanza``): its vocabularies, vectors and
lemmatizer are kept, and what fits of its weights is where the student begins. The student is a model of Stanza's own
classes and is saved in its format as ``FOLDER/tagger.pt`` or ``parser.pt``; ``scripts/train_parser.py prune`` packs it.

The objective is that of Stanza's trainers, with two changes. On the teacher's sentences, heads are learned as the
distribution that the teacher gives (Hinton, Vinyals and Dean 2015), and relations and tags count as much as the teacher
was sure of them. And relations are scored for the right heads only, characters encoded once for a form in a batch, and
what pads short sentences is not counted. What is kept is the moving average of the weights (Izmailov et al. 2018). Both
commands resume from their last checkpoint. Set OMP_NUM_THREADS=1 for the same numbers on every machine of a kind.

With ``--encoder``, a folder that transformers reads, the student also reads a pretrained encoder's vectors (Stanza's
``--bert_model``), which it does not train any further. It needs Stanza to run, and the folder ``encoder`` beside it.
"""

from __future__ import annotations

import json
import math
import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import torch
import torch.nn.functional as functional
from stanza.models.common.bert_embedding import extract_bert_embeddings
from stanza.models.common.pretrain import Pretrain
from stanza.models.common.vocab import PAD_ID, ROOT_ID, UNK_ID, VOCAB_PREFIX_SIZE
from stanza.models.depparse.trainer import GraphTrainer
from stanza.models.depparse.trainer import Trainer as ParserTrainer
from stanza.models.pos.trainer import Trainer as TaggerTrainer
from student_start import carried
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence, pad_sequence
from train_parser import Row, read_words
from train_teacher import LONGEST, padded

from attribution.parsing.arborescence import best_tree
from attribution.parsing.constraints import repaired, violation
from attribution.parsing.lemmatizer import Lemmatizer
from attribution.parsing.model_files import read_model
from attribution.parsing.model_names import ENCODER
from attribution.parsing.networks import Tagger, Vectors, model_form
from attribution.parsing.stanza_files import RESOURCES

FORGOTTEN = 0.1
"""The share of lemmas that are hidden from the parser."""

MEMORY = 0.998
"""The decay of the moving average of the weights."""


@dataclass(frozen=True)
class Sentence:
    """A sentence in numbers; what begins with a root (position 0) is marked so."""

    forms: list[int]
    """Numbers of word forms, with the root."""
    lemmas: list[int]
    """Numbers in the parser's vocabulary of lemmas, with the root."""
    upos: list[int]
    xpos: list[int]
    heads: list[int]
    relations: list[int]
    likely: list[tuple[int, int, float]]
    """Word (from 0), head (from 0, the root) and probability, of the heads that the teacher found likely."""
    sure_of_relations: list[float]
    sure_of_tags: list[float]


@dataclass
class Forms:
    """The word forms of all sentences, and the numbers by which the networks know them."""

    words: Any
    characters: Any
    vectors: Any
    numbers: dict[str, int] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    word_numbers: list[int] = field(default_factory=list)
    vector_numbers: list[int] = field(default_factory=list)
    character_numbers: list[list[int]] = field(default_factory=list)

    def number(self, form: str) -> int:
        """The number of a form; the empty form is the root."""
        if form not in self.numbers:
            self.numbers[form] = len(self.numbers)
            self.texts.append(form)
            self.word_numbers.append(self.words.unit2id(form) if form else ROOT_ID)
            self.vector_numbers.append(self.vectors.unit2id(form.lower()) if form else ROOT_ID)
            self.character_numbers.append(self.characters.map(list(form)) if form else [ROOT_ID])
        return self.numbers[form]


@dataclass(frozen=True)
class Batch:
    """Sentences as tensors, longest first; ``order`` are the places of the words, row by row, in packed order."""

    lengths: list[int]
    order: Tensor
    sizes: Tensor
    forms: Tensor
    sentences: list[Sentence]


class Reader:
    """Turns rows of CoNLL-U into sentences in numbers."""

    def __init__(
        self, vocabularies: Any, forms: Forms, lemmas_of: Callable[[list[list[str]]], list[list[str]]]
    ) -> None:
        self.vocabularies = vocabularies
        self.forms = forms
        self.lemmas_of = lemmas_of

    def read(self, path: Path, longest: int, gold: bool) -> list[Sentence]:
        """The sentences of a file; lemmas of gold ones are predicted, as the parser will meet them in use."""
        sentences = []
        part: list[list[Row]] = []
        for words in read_words(path):
            if len(words) <= longest:
                part.append(words)
            if len(part) == 2_000:
                sentences += self._numbered(part, gold)
                part = []
        return sentences + (self._numbered(part, gold) if part else [])

    def _numbered(self, part: list[list[Row]], gold: bool) -> list[Sentence]:
        forms = [[model_form(row[1]) for row in rows] for rows in part]
        lemmas = self.lemmas_of(forms) if gold else [[row[2] for row in rows] for rows in part]
        return [self._sentence(*given) for given in zip(part, forms, lemmas, strict=True)]

    def _sentence(self, rows: list[Row], forms: list[str], lemmas: list[str]) -> Sentence:
        known = self.vocabularies
        likely, sure_of_relations, sure_of_tags = [], [], []
        for place, row in enumerate(rows):
            notes = dict(note.split("=") for note in row[9].split("|")) if "Heads=" in row[9] else {}
            heads = [pair.split(":") for pair in notes.get("Heads", f"{row[6]}:100").split(",")]
            total = sum(float(percent) for _, percent in heads) or 1.0
            likely += [(place, int(head), float(percent) / total) for head, percent in heads]
            sure_of_relations.append(float(notes.get("Relation", 100)) / 100)
            sure_of_tags.append(float(notes.get("Tags", 100)) / 100)
        return Sentence(
            forms=[self.forms.number(""), *map(self.forms.number, forms)],
            lemmas=[ROOT_ID, *(known["lemma"].unit2id(lemma) for lemma in lemmas)] if "lemma" in known else [],
            upos=known["upos"].map([row[3] for row in rows]),
            xpos=known["xpos"].map([row[4] for row in rows]),
            heads=[int(row[6]) for row in rows],
            relations=known["deprel"].map([row[7] for row in rows]) if "deprel" in known else [],
            likely=likely,
            sure_of_relations=sure_of_relations,
            sure_of_tags=sure_of_tags,
        )


def batch_of(sentences: Sequence[Sentence], with_root: bool) -> Batch:
    """A batch of the sentences, with or without the root before each."""
    ordered = sorted(sentences, key=lambda sentence: -len(sentence.forms))
    first = 0 if with_root else 1
    lengths = [len(sentence.forms) - first for sentence in ordered]
    places = torch.arange(len(ordered) * lengths[0]).view(len(ordered), -1)
    packed = pack_padded_sequence(places, lengths, batch_first=True)
    forms = padded([sentence.forms[first:] for sentence in ordered])
    return Batch(lengths, packed.data, packed.batch_sizes, forms, ordered)


def batches_of(sentences: Sequence[Sentence], words: int) -> Iterator[list[Sentence]]:
    """Batches of sentences of similar length, of about so many words, in random order; without end."""
    while True:
        order = sorted(sentences, key=lambda sentence: len(sentence.forms) + random.random() * 4)
        batches: list[list[Sentence]] = []
        total = words
        for sentence in order:
            if total + len(sentence.forms) > words:
                batches.append([])
                total = 0
            batches[-1].append(sentence)
            total += len(sentence.forms)
        random.shuffle(batches)
        yield from batches


def states_of(model: Any, batch: Batch, forms: Forms, network: str) -> PackedSequence:
    """The states of the highest layer, as the ``forward`` of Stanza's models computes them."""
    numbers = batch.forms.view(-1)[batch.order]
    unique, places = numbers.unique(return_inverse=True)
    # Stanza's character model takes words longest first, and gives them back in their own order, as one sentence.
    characters = [forms.character_numbers[number] for number in unique.tolist()]
    by_length = sorted(range(len(characters)), key=lambda place: -len(characters[place]))
    padded_characters = padded([characters[place] for place in by_length], PAD_ID)
    lengths = [len(characters[place]) for place in by_length]
    encoded = model.charmodel(padded_characters, padded_characters == PAD_ID, by_length, [len(unique)], lengths).data
    spelled = model.trans_char(model.drop(encoded))[places]
    words = model.word_emb(torch.tensor([forms.word_numbers[number] for number in unique.tolist()]))[places]
    vectors = torch.tensor([forms.vector_numbers[number] for number in unique.tolist()])
    known = model.trans_pretrained(model.pretrained_emb(vectors))[places]
    if network == "parserlstm":
        lemmas = padded([sentence.lemmas for sentence in batch.sentences]).view(-1)[batch.order]
        if model.training:
            hidden = (torch.rand(lemmas.shape) < FORGOTTEN) & (lemmas >= VOCAB_PREFIX_SIZE)
            lemmas = lemmas.masked_fill(hidden, UNK_ID)
        parts = [known, words, model.lemma_emb(lemmas), spelled]
    else:
        parts = [words, known, spelled]
    if model.bert_model is not None:
        parts.append(encoded_by(model, batch, forms, network == "parserlstm"))
    inputs = model.drop(model.worddrop(torch.cat(parts, 1), model.drop_replacement))
    units, layers = model.args["hidden_dim"], model.args["num_layers"]
    first = tuple(
        getattr(model, f"{network}_{kind}_init").expand(2 * layers, len(batch.lengths), units).contiguous()
        for kind in "hc"
    )
    states, _ = getattr(model, network)(PackedSequence(inputs, batch.sizes), batch.lengths, hx=first)
    return states


def encoded_by(model: Any, batch: Batch, forms: Forms, with_root: bool) -> Tensor:
    """The pretrained encoder's vectors of words in packed order; the root's is that of the sentence's beginning."""
    texts = [[forms.texts[number] for number in sentence.forms[1:]] for sentence in batch.sentences]
    vectors = extract_bert_embeddings(
        ENCODER,
        model.bert_tokenizer,
        model.bert_model,
        texts,
        "cpu",
        keep_endpoints=with_root,
        bert_layer_mix=model.bert_layer_mix,
    )
    rows = [row[:-1] if with_root else row for row in vectors]
    padded_rows: Tensor = pad_sequence(rows, batch_first=True)
    return padded_rows.flatten(0, 1)[batch.order]


def tagger_loss(model: Any, batch: Batch, forms: Forms) -> Tensor:
    """The loss of Stanza's tagger, each word weighed by how sure the teacher was."""
    hidden = functional.relu(model.upos_hid(model.drop(states_of(model, batch, forms, "taggerlstm").data)))
    weights = padded([sentence.sure_of_tags for sentence in batch.sentences], 0.0).view(-1)[batch.order]
    loss = torch.zeros(())
    for classifier, name in ((model.upos_clf, "upos"), (model.tag_clf["xpos"], "xpos")):
        answers = padded([getattr(sentence, name) for sentence in batch.sentences]).view(-1)[batch.order]
        losses = functional.cross_entropy(classifier(model.drop(hidden)), answers, reduction="none")
        loss = loss + (losses * weights).sum() / weights.sum()
    return loss


def tags_of(model: Any, batch: Batch, forms: Forms) -> list[Tensor]:
    """UPOS and XPOS of the batch's words in packed order."""
    hidden = functional.relu(model.upos_hid(states_of(model, batch, forms, "taggerlstm").data))
    return [classifier(hidden).argmax(1) for classifier in (model.upos_clf, model.tag_clf["xpos"])]


def arcs_of(model: Any, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Scores of heads (columns) of dependents (rows), order scores, distance scores, and offsets of heads."""
    count, length, _ = states.shape
    positions = torch.arange(length)
    offsets = (positions.view(1, 1, -1) - positions.view(1, -1, 1)).expand(count, -1, -1)
    scores = model.unlabeled(model.drop(states), model.drop(states)).squeeze(3)
    order = model.linearization(model.drop(states), model.drop(states)).squeeze(3)
    scores = scores + functional.logsigmoid(order * torch.sign(offsets).float()).detach()
    distances = 1 + functional.softplus(model.distance(model.drop(states), model.drop(states)).squeeze(3))
    distances = -torch.log((offsets.abs().float() - distances) ** 2 / 2 + 1)
    scores = scores + distances.detach()
    return scores.masked_fill(torch.eye(length, dtype=torch.bool), -math.inf), order, distances, offsets


def relations_of(model: Any, states: Tensor, heads: Tensor) -> Tensor:
    """Scores of the relation of each word to its head; words × relations for each sentence."""
    scorer = model.deprel
    dependents = scorer.dropout(functional.relu(scorer.W1(model.drop(states))))[:, 1:]
    governors = scorer.dropout(functional.relu(scorer.W2(model.drop(states))))
    governors = governors.gather(1, heads.unsqueeze(2).expand(-1, -1, governors.shape[2]))
    bilinear = scorer.scorer.W_bilin
    dependents, governors = (functional.pad(units, (0, 1), value=1.0) for units in (dependents, governors))
    weighed = torch.matmul(dependents, bilinear.weight.flatten(1)).unflatten(2, bilinear.weight.shape[1:])
    scores: Tensor = torch.einsum("bnjo,bnj->bno", weighed, governors) + bilinear.bias
    return scores


def parser_loss(model: Any, batch: Batch, forms: Forms) -> Tensor:
    """The loss of Stanza's graph parser, with the teacher's distribution over heads."""
    states, _ = pad_packed_sequence(states_of(model, batch, forms, "parserlstm"), batch_first=True)
    heads = padded([sentence.heads for sentence in batch.sentences])
    present = padded([[1] * len(sentence.heads) for sentence in batch.sentences]).bool()
    scores, order, distances, offsets = arcs_of(model, states)
    absent = torch.cat([torch.zeros(len(heads), 1, dtype=torch.bool), ~present], 1)
    scores = scores[:, 1:].masked_fill(absent.unsqueeze(1), -math.inf)
    likely = [(row, *arc) for row, sentence in enumerate(batch.sentences) for arc in sentence.likely]
    rows, words, governors, shares = zip(*likely, strict=True)
    known = functional.log_softmax(scores, 2)[list(rows), list(words), list(governors)]
    loss = -(torch.tensor(shares) * known).sum()
    weights = padded([sentence.sure_of_relations for sentence in batch.sentences], 0.0)
    answers = (padded([sentence.relations for sentence in batch.sentences]) - VOCAB_PREFIX_SIZE).clamp(min=0)
    relations = relations_of(model, states, heads)
    losses = functional.cross_entropy(relations.flatten(0, 1), answers.view(-1), reduction="none")
    loss = loss + (losses * weights.view(-1)).sum()
    order, distances, offsets = (
        part[:, 1:].gather(2, heads.unsqueeze(2)).squeeze(2) for part in (order, distances, offsets)
    )
    signs = torch.where(offsets > 0, 1.0, -1.0)
    loss = loss - (functional.logsigmoid(order * signs) * present).sum() - (distances * present).sum()
    # Stanza counts the root among the words.
    return loss / sum(batch.lengths)


def parser_accuracy(trainer: Any, sentences: Sequence[Sentence], forms: Forms) -> float:
    """LAS (percent, with subtypes) of exact trees without two subjects or objects of a head."""
    names = trainer.vocab["deprel"]._id2unit[VOCAB_PREFIX_SIZE:]
    right = total = 0
    for start in range(0, len(sentences), 50):
        batch = batch_of(sentences[start : start + 50], True)
        states, _ = pad_packed_sequence(states_of(trainer.model, batch, forms, "parserlstm"), batch_first=True)
        scores = arcs_of(trainer.model, states)[0]
        for number, sentence in enumerate(batch.sentences):
            length = batch.lengths[number]
            given = functional.log_softmax(scores[number, :length, :length], 1).numpy()
            heads = best_tree(given)
            chosen = torch.tensor([heads[1:]])
            alone = states[number : number + 1, :length]
            best = [0, *relations_of(trainer.model, alone, chosen)[0].argmax(1).tolist()]
            relations = [names[label] for label in best]
            if violation(heads, relations) is not None:
                every = functional.log_softmax(trainer.model.deprel(alone, alone)[0], 2).numpy()
                heads, relations = repaired(given, every.__getitem__, names, heads, best)
            wanted = [names[relation - VOCAB_PREFIX_SIZE] for relation in sentence.relations]
            found = zip(heads[1:], relations[1:], strict=True)
            right += sum(
                arc == other for arc, other in zip(found, zip(sentence.heads, wanted, strict=True), strict=True)
            )
            total += length - 1
    return 100 * right / total


def tagger_accuracy(trainer: Any, sentences: Sequence[Sentence], forms: Forms) -> float:
    """The mean of UPOS and XPOS accuracy, percent."""
    right = total = 0
    for start in range(0, len(sentences), 50):
        batch = batch_of(sentences[start : start + 50], False)
        for name, found in zip(("upos", "xpos"), tags_of(trainer.model, batch, forms), strict=True):
            answers = padded([getattr(sentence, name) for sentence in batch.sentences]).view(-1)[batch.order]
            right += int((found == answers).sum())
            total += len(answers)
    return 100 * right / total


@dataclass(frozen=True)
class Run:
    """What both commands need."""

    start: Path
    train: Path
    silver: Path | None
    dev: Path
    folder: Path
    encoder: Path | None


@click.group(help=__doc__)
@click.option("--start", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--train", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--silver", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The teacher's trees.")
@click.option("--dev", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where files go.")
@click.option("--encoder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A pretrained encoder.")
@click.pass_context
def main(
    context: click.Context,
    start: Path,
    train: Path,
    silver: Path | None,
    dev: Path,
    folder: Path,
    encoder: Path | None,
) -> None:
    """Train a student."""
    torch.set_num_threads(1)
    folder.mkdir(parents=True, exist_ok=True)
    context.obj = Run(start, train, silver, dev, folder, encoder)


def with_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of both commands."""
    for option in (
        click.option("--seed", default=1, show_default=True),
        click.option("--interval", default=500, show_default=True, help="Steps between measurements and checkpoints."),
        click.option(
            "--encoder-layers", default=6, show_default=True, help="Highest layers of the encoder that are mixed."
        ),
        click.option("--gold", default=0.3, show_default=True, help="Share of batches of gold sentences."),
        click.option("--dropout", default=0.33, show_default=True),
        click.option("--words", default=1_500, show_default=True, help="Words in a batch."),
        click.option(
            "--rate", default=0.002, show_default=True, help="Learning rate at the start; falls to a twentieth."
        ),
        click.option("--steps", default=8_000, show_default=True),
        click.option("--layers", default=2, show_default=True),
        click.option("--scorer-units", type=int, help="Units behind the layers; as many as in --start unless given."),
        click.option("--character-units", type=int, help="Of the network that reads spelling; likewise."),
        click.option("--units", default=160, show_default=True),
    ):
        command = option(command)
    return click.pass_obj(command)


@main.command()
@with_options
def tagger(run: Run, **options: Any) -> None:
    """Train a student of the tagger."""
    pretrain = vectors_of(run.start)
    parent = TaggerTrainer(model_file=str(run.start / "tagger.pt"), pretrain=pretrain, device="cpu")
    arguments = student_arguments(parent.args, options, run.encoder)
    trainer = TaggerTrainer(args=arguments, vocab=parent.vocab, pretrain=pretrain, device="cpu")
    distil(run, "tagger", parent, trainer, pretrain, options)


@main.command()
@with_options
def parser(run: Run, **options: Any) -> None:
    """Train a student of the parser."""
    pretrain = vectors_of(run.start)
    parent = ParserTrainer.load(str(run.start / "parser.pt"), pretrain, device="cpu")
    arguments = student_arguments(parent.args, options, run.encoder)
    trainer = GraphTrainer(args=arguments, vocab=parent.vocab, pretrain=pretrain, device="cpu")
    distil(run, "parser", parent, trainer, pretrain, options)


def vectors_of(folder: Path) -> Any:
    """The vectors of a model, in single precision."""
    pretrain = Pretrain(str(folder / "vectors.pt"))
    pretrain.load()
    pretrain._emb = pretrain._emb.float()
    return pretrain


def student_arguments(
    arguments: dict[str, Any], options: dict[str, Any], encoder: Path | None = None
) -> dict[str, Any]:
    """Stanza's arguments of a student."""
    return {
        **arguments,
        "bert_model": None if encoder is None else str(encoder),
        "bert_hidden_layers": None if encoder is None else options["encoder_layers"],
        "bert_finetune": False,
        "hidden_dim": options["units"],
        "num_layers": options["layers"],
        "char_hidden_dim": options["character_units"] or arguments["char_hidden_dim"],
        "deep_biaff_hidden_dim": options["scorer_units"] or arguments["deep_biaff_hidden_dim"],
        "dropout": options["dropout"],
        "optim": "adam",
        "second_stage": False,
        "lr": options["rate"],
        "weight_decay": 1e-5,
        "beta2": 0.999,
        "enable_gradient_checkpointing": False,
    }


def distil(run: Run, name: str, parent: Any, trainer: Any, pretrain: Any, options: dict[str, Any]) -> None:
    """Train, and save what measures best; resume if there is a checkpoint of the same options."""
    random.seed(options["seed"])
    torch.manual_seed(options["seed"])
    for kept_file in ("vectors.pt", "lemmatizer.pt"):
        shutil.copyfile(run.start / kept_file, run.folder / kept_file)
    (run.folder / "resources.json").write_text(RESOURCES, encoding="utf-8")
    model = trainer.model
    if run.encoder is not None:
        shutil.copytree(run.encoder, run.folder / ENCODER, dirs_exist_ok=True)
        trainer.args["bert_model"] = ENCODER
    model.load_state_dict(carried(model.state_dict(), parent.model.state_dict()))
    forms = Forms(trainer.vocab["word"], trainer.vocab["char"], pretrain.vocab)
    reader = Reader(trainer.vocab, forms, lemmas_by(run.start) if name == "parser" else lambda sentences: sentences)
    gold, measured = reader.read(run.train, LONGEST, True), reader.read(run.dev, 10_000, True)
    sources = [batches_of(gold, options["words"])]
    if run.silver is not None:
        sources.append(batches_of(reader.read(run.silver, LONGEST, False), options["words"]))
    loss_of = {"tagger": tagger_loss, "parser": parser_loss}[name]
    accuracy_of = {"tagger": tagger_accuracy, "parser": parser_accuracy}[name]
    optimizer = torch.optim.Adam(
        [weight for weight in model.parameters() if weight.requires_grad], lr=options["rate"], betas=(0.9, 0.98)
    )
    average = {key: value.detach().clone() for key, value in model.state_dict().items()}
    best, first = -1.0, 1
    checkpoint, output = run.folder / f"{name}-checkpoint.pt", run.folder / f"{name}.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        if saved["options"] == options:
            model.load_state_dict(saved["model"])
            optimizer.load_state_dict(saved["optimizer"])
            average, best, first = saved["average"], saved["best"], saved["step"] + 1
            click.echo(f"{name}: goes on from step {first}")
            random.seed(first)
            torch.manual_seed(first)
    started, losses = time.time(), 0.0
    for step in range(first, options["steps"] + 1):
        share = min(1.0, step / 200) * (0.02 + 0.98 * (1 + math.cos(math.pi * step / options["steps"])) / 2)
        for group in optimizer.param_groups:
            group["lr"] = options["rate"] * share
        source = sources[0 if len(sources) == 1 or random.random() < options["gold"] else 1]
        model.train()
        loss = loss_of(model, batch_of(next(source), name == "parser"), forms)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), trainer.args["max_grad_norm"])
        optimizer.step()
        losses += loss.item()
        decay = min(MEMORY, step / (step + 10))
        with torch.no_grad():
            for key, value in model.state_dict().items():
                average[key].lerp_(value, 1 - decay)
        if step % options["interval"] == 0 or step == options["steps"]:
            kept = {key: value.detach().clone() for key, value in model.state_dict().items()}
            model.load_state_dict(average)
            model.eval()
            with torch.no_grad():
                accuracy = accuracy_of(trainer, measured, forms)
            seconds, losses = time.time() - started, losses / options["interval"]
            click.echo(f"{name}: step {step}, {seconds:.0f} s, loss {losses:.3f}, average's accuracy {accuracy:.2f}")
            losses = 0.0
            if accuracy > best:
                best = accuracy
                trainer.save(str(output))
                report = {"accuracy": accuracy, "step": step, **options}
                output.with_suffix(".json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
            model.load_state_dict(kept)
            content = {"options": options, "step": step, "best": best, "model": kept, "average": average}
            torch.save({**content, "optimizer": optimizer.state_dict()}, checkpoint)


def lemmas_by(folder: Path) -> Callable[[list[list[str]]], list[list[str]]]:
    """What gives the lemmas of sentences of forms by the tagger and lemmatizer of a model."""
    parts = read_model(folder)
    tagger = Tagger(parts.tagger, Vectors(parts.vectors["vocab"]["_unit2id"], parts.vectors["emb"]))
    lemmatizer = Lemmatizer(parts.lemmatizer)

    def lemmas_of(sentences: list[list[str]]) -> list[list[str]]:
        lemmas: list[list[str]] = [[] for _ in sentences]
        order = sorted(range(len(sentences)), key=lambda number: -len(sentences[number]))
        for start in range(0, len(order), 100):
            numbers = order[start : start + 100]
            tags = tagger.tag([sentences[number] for number in numbers])
            for number, tagged in zip(numbers, tags, strict=True):
                words = zip(sentences[number], tagged, strict=True)
                lemmas[number] = lemmatizer.lemmas([(form, upos) for form, (upos, _) in words])
        return lemmas

    return lemmas_of


if __name__ == "__main__":
    main()
