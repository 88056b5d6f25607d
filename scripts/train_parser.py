#!/usr/bin/env python
"""Trains the embedded English model from CoNLL-U files, stage by stage.

    scripts/train_parser.py --folder run --train train.conllu --dev dev.conllu STAGE [options]

Stages, in order: ``vectors``, ``tagger``, ``lemmatizer``, ``parser``, ``lemmas``, ``polish``, ``segmenter``, ``prune``.
Each leaves its files in the folder, and beside them ``STAGE.json`` with every option, seed, version and the SHA-256 of
what it read and wrote. A stage that finished with the same options and inputs is not run again; ``parser`` and
``polish`` resume from their last checkpoint. Set OMP_NUM_THREADS=1 for the same numbers on every machine of a kind.

``prune`` writes the folder that ``--model`` takes; ``scripts/measure_model.py`` measures it.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import json
import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from attribution.parsing.model_files import read_model, write_model
from attribution.parsing.models import OWN_FILES

Row = list[str]


@dataclass(frozen=True)
class Run:
    """The folders and files of a training run."""

    folder: Path
    train: Path
    dev: Path

    def is_finished(self, stage: str, inputs: Iterable[Path], outputs: Iterable[Path], options: dict[str, Any]) -> bool:
        """Whether the stage was run with the same options on the same inputs, and its outputs are still there."""
        record = self.folder / f"{stage}.json"
        if not record.exists() or not all(path.exists() for path in outputs):
            return False
        known = json.loads(record.read_text(encoding="utf-8"))
        same = known["options"] == json.loads(json.dumps(options)) and known["inputs"] == _hashes(inputs)
        if same:
            click.echo(f"{stage}: already done, see {record}")
        return bool(same)

    def record(
        self, stage: str, inputs: Iterable[Path], outputs: Iterable[Path], options: dict[str, Any], **found: Any
    ) -> None:
        """Record the stage's options and results."""
        content = {
            "stage": stage,
            "options": options,
            "versions": {name: importlib.metadata.version(name) for name in ("stanza", "torch", "nltk")},
            "inputs": _hashes(inputs),
            "outputs": _hashes(outputs),
            **found,
        }
        text = json.dumps(content, indent=2, sort_keys=True, default=str) + "\n"
        (self.folder / f"{stage}.json").write_text(text, encoding="utf-8")


def _hashes(paths: Iterable[Path]) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def read_rows(path: Path) -> Iterator[list[Row]]:
    """Yield each sentence's rows of a CoNLL-U file, without comments."""
    rows: list[Row] = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if line and not line.startswith("#"):
                rows.append(line.split("\t"))
            elif not line and rows:
                yield rows
                rows = []
    if rows:
        yield rows


def read_words(path: Path) -> Iterator[list[Row]]:
    """Yield each sentence's words of a CoNLL-U file, without multiword tokens and empty nodes."""
    for rows in read_rows(path):
        yield [row for row in rows if row[0].isdigit()]


def write_rows(path: Path, sentences: Iterable[list[Row]]) -> Path:
    """Write sentences as CoNLL-U and give the path."""
    with path.open("w", encoding="utf-8") as file:
        for rows in sentences:
            file.writelines("\t".join(row) + "\n" for row in rows)
            file.write("\n")
    return path


def without_features(source: Path, target: Path) -> Path:
    """Write a copy with the FEATS column blank: the small model predicts none."""
    return write_rows(target, ([[*row[:5], "_", *row[6:]] for row in rows] for rows in read_rows(source)))


@click.group()
@click.option("--folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="Where all files go.")
@click.option("--train", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dev", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_context
def main(context: click.Context, folder: Path, train: Path, dev: Path) -> None:
    """Train the embedded English model from CoNLL-U files."""
    folder.mkdir(parents=True, exist_ok=True)
    context.obj = Run(folder, train, dev)


@main.command()
@click.option("--source", required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--words", default=56_000, show_default=True, help="How many words to keep.")
@click.option("--dimensions", default=125, show_default=True)
@click.pass_obj
def vectors(run: Run, source: Path, words: int, dimensions: int) -> None:
    """Reduce word vectors to few dimensions and to the words that matter.

    SOURCE is text, a word with its numbers on each line, most frequent words first (gzip if it ends in .gz); a word2vec
    header line is skipped. The words of the training file are kept, then the most frequent. Stanza looks words up in
    lower case, so capitalised forms are only used for words without a vector in lower case.
    """
    import numpy
    import torch
    from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
    from stanza.models.common.vocab import VOCAB_PREFIX

    options = {"words": words, "dimensions": dimensions}
    output = run.folder / "vectors.pt"
    if run.is_finished("vectors", [source, run.train], [output], options):
        return
    seen = Counter(row[1].lower() for rows in read_words(run.train) for row in rows)
    frequent: dict[str, Any] = {}
    treebank: dict[str, Any] = {}
    opener: Any = gzip.open if source.suffix == ".gz" else open
    with opener(source, "rt", encoding="utf-8") as file:
        for line in file:
            word, *numbers = line.rstrip().split(" ")
            if len(numbers) < 2:
                continue
            key = word.lower()
            chosen = treebank if key in seen else frequent
            if (chosen is frequent and len(frequent) >= words) or (key in chosen and word != key):
                continue
            chosen[key] = numpy.array(numbers, dtype=numpy.float32)
    kept = dict(list((treebank | frequent).items())[:words])
    matrix = numpy.stack(list(kept.values()))
    # Projecting onto the first singular directions preserves the vectors' products best (Eckart and Young 1936).
    _, directions = numpy.linalg.eigh(matrix.T @ matrix)
    reduced = matrix @ directions[:, ::-1][:, :dimensions]
    table = torch.zeros(len(kept) + len(VOCAB_PREFIX), reduced.shape[1])
    table[len(VOCAB_PREFIX) :] = torch.from_numpy(numpy.ascontiguousarray(reduced))
    pretrain = Pretrain(str(output))
    pretrain._vocab, pretrain._emb = PretrainedWordVocab(list(kept)), table
    pretrain.save(str(output))
    run.record("vectors", [source, run.train], [output], options)


@main.command()
@click.option("--steps", default=12_000, show_default=True)
@click.option("--patience", default=1_000, show_default=True, help="Steps without improvement before stopping.")
@click.option("--interval", default=400, show_default=True, help="Steps between measurements.")
@click.option("--seed", default=11, show_default=True)
@click.pass_obj
def tagger(run: Run, steps: int, patience: int, interval: int, seed: int) -> None:
    """Train the tagger (UPOS, XPOS)."""
    from stanza.models import tagger as stanza_tagger

    options = {"steps": steps, "patience": patience, "interval": interval, "seed": seed}
    inputs, output = [run.train, run.dev, run.folder / "vectors.pt"], run.folder / "tagger.pt"
    if run.is_finished("tagger", inputs, [output], options):
        return
    train = without_features(run.train, run.folder / "train-without-features.conllu")
    dev = without_features(run.dev, run.folder / "dev-without-features.conllu")
    arguments = f"--mode train --share_hid --lang en --shorthand en_news --cpu --train_file {train} --eval_file {dev}"
    arguments += f" --wordvec_pretrain_file {run.folder / 'vectors.pt'} --save_dir {run.folder} --save_name tagger.pt"
    arguments += " --hidden_dim 200 --char_hidden_dim 100 --char_emb_dim 50 --num_layers 2 --dropout 0.33"
    arguments += " --word_dropout 0.2 --lr 0.002 --batch_size 60 --fix_eval_interval"
    arguments += f" --max_steps {steps} --max_steps_before_stop {patience} --eval_interval {interval} --seed {seed}"
    stanza_tagger.main(arguments.split())
    run.record("tagger", inputs, [output], options, arguments=arguments)


@main.command()
@click.option("--epochs", default=20, show_default=True)
@click.option("--seed", default=1234, show_default=True)
@click.pass_obj
def lemmatizer(run: Run, epochs: int, seed: int) -> None:
    """Train the lemmatizer on each form and tag once, with its most frequent lemma, twenty to a sentence."""
    from stanza.models import lemmatizer as stanza_lemmatizer

    options = {"epochs": epochs, "seed": seed}
    inputs, output = [run.train, run.dev], run.folder / "lemmatizer.pt"
    if run.is_finished("lemmatizer", inputs, [output], options):
        return
    lemmas: dict[tuple[str, str], Counter[str]] = {}
    for rows in read_words(run.train):
        for row in rows:
            lemmas.setdefault((row[1], row[3]), Counter())[row[2]] += 1
    types = [[form, known.most_common(1)[0][0], tag] for (form, tag), known in lemmas.items()]
    chunks = [types[start : start + 20] for start in range(0, len(types), 20)]
    train = write_rows(
        run.folder / "types.conllu",
        (
            [
                [str(place), form, lemma, tag, "_", "_", str(place - 1), "root" if place == 1 else "dep", "_", "_"]
                for place, (form, lemma, tag) in enumerate(chunk, 1)
            ]
            for chunk in chunks
        ),
    )
    dev = without_features(run.dev, run.folder / "dev-without-features.conllu")
    arguments = f"--mode train --cpu --shorthand en_news --train_file {train} --eval_file {dev} --num_epoch {epochs}"
    arguments += f" --decay_epoch 10 --hidden_dim 100 --batch_size 100 --seed {seed}"
    arguments += f" --save_dir {run.folder} --save_name lemmatizer.pt"
    stanza_lemmatizer.main(arguments.split())
    run.record("lemmatizer", inputs, [output], options, arguments=arguments)


@main.command()
@click.option("--steps", default=20_000, show_default=True)
@click.option("--second-stage", default=7_000, show_default=True, help="Step at which the learning rate drops.")
@click.option("--interval", default=500, show_default=True, help="Steps between measurements and checkpoints.")
@click.option("--seed", default=7, show_default=True)
@click.pass_obj
def parser(run: Run, steps: int, second_stage: int, interval: int, seed: int) -> None:
    """Train the parser on gold lemmas; resumes from its checkpoint if stopped."""
    from stanza.models import parser as stanza_parser

    options = {"steps": steps, "second_stage": second_stage, "interval": interval, "seed": seed}
    inputs, output = [run.train, run.dev, run.folder / "vectors.pt"], run.folder / "parser.pt"
    if run.is_finished("parser", inputs, [output], options):
        return
    arguments = f"--mode train --lang en --shorthand en_news --cpu --train_file {run.train} --eval_file {run.dev}"
    arguments += f" --wordvec_pretrain_file {run.folder / 'vectors.pt'} --save_dir {run.folder} --save_name parser.pt"
    arguments += " --hidden_dim 200 --char_hidden_dim 100 --char_emb_dim 50 --deep_biaff_hidden_dim 100 --num_layers 2"
    arguments += " --no_upos --no_xpos --no_ufeats --batch_size 1200 --optim adam --lr 0.002 --dropout 0.33"
    arguments += f" --second_optim_start_step {second_stage} --max_steps {steps} --eval_interval {interval}"
    arguments += f" --seed {seed} --checkpoint_save_name parser-checkpoint.pt"
    stanza_parser.main(arguments.split())
    run.record("parser", inputs, [output], options, arguments=arguments)


@main.command()
@click.pass_obj
def lemmas(run: Run) -> None:
    """Replace gold tags and lemmas by predicted ones, as the parser will meet them in use."""
    inputs = [run.train, run.dev, *(run.folder / name for name in ("vectors.pt", "tagger.pt", "lemmatizer.pt"))]
    outputs = [run.folder / "train-predicted.conllu", run.folder / "dev-predicted.conllu"]
    if run.is_finished("lemmas", inputs, outputs, {}):
        return
    pipeline = _pipeline(run.folder, "tokenize,pos,lemma")
    for source, target in zip((run.train, run.dev), outputs, strict=True):
        sentences = list(read_rows(source))
        words = [[row for row in rows if row[0].isdigit()] for rows in sentences]
        document = pipeline([[row[1] for row in rows] for rows in words])
        for rows, sentence in zip(words, document.sentences, strict=True):
            for row, word in zip(rows, sentence.words, strict=True):
                row[2:5] = word.lemma or "_", word.upos or "_", word.xpos or "_"
        write_rows(target, sentences)
    run.record("lemmas", inputs, outputs, {})


def _pipeline(folder: Path, processors: str, **more: Any) -> Any:
    import stanza

    (folder / "resources.json").write_text('{"en":{"lang_name":"English"}}\n', encoding="utf-8")
    return stanza.Pipeline(
        lang="en",
        dir=str(folder),
        package=None,
        processors=processors,
        tokenize_pretokenized=True,
        pos_model_path=str(folder / "tagger.pt"),
        pos_pretrain_path=str(folder / "vectors.pt"),
        lemma_model_path=str(folder / "lemmatizer.pt"),
        download_method=None,
        use_gpu=False,
        verbose=False,
        **more,
    )


@main.command()
@click.option("--start", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Weights to start with.")
@click.option("--steps", default=2_400, show_default=True)
@click.option("--rate", default=0.001, show_default=True, help="Learning rate at the start; falls to a twentieth.")
@click.option("--memory", default=0.998, show_default=True, help="Decay of the moving average.")
@click.option("--forget", default=0.1, show_default=True, help="Share of lemmas hidden from the parser.")
@click.option("--words", default=1_200, show_default=True, help="Words in a batch.")
@click.option("--interval", default=250, show_default=True, help="Steps between measurements and checkpoints.")
@click.option("--seed", default=5, show_default=True)
@click.pass_obj
def polish(
    run: Run,
    start: Path | None,
    steps: int,
    rate: float,
    memory: float,
    forget: float,
    words: int,
    interval: int,
    seed: int,
) -> None:
    """Continue training the parser with predicted lemmas, and keep the moving average of its weights.

    The average of the weights along the way generalises better than the last of them (Polyak and Juditsky 1992;
    Izmailov et al. 2018). The best average on the development file goes to ``parser-polished.pt``.
    """
    import torch
    from stanza.models.common.pretrain import Pretrain
    from stanza.models.common.vocab import UNK_ID, VOCAB_PREFIX_SIZE
    from stanza.models.depparse.data import DataLoader, InfiniteBatch
    from stanza.models.depparse.trainer import Trainer
    from stanza.utils.conll import CoNLL

    start = start or run.folder / "parser.pt"
    options = {
        "steps": steps,
        "rate": rate,
        "memory": memory,
        "forget": forget,
        "words": words,
        "interval": interval,
        "seed": seed,
    }
    train, dev = run.folder / "train-predicted.conllu", run.folder / "dev-predicted.conllu"
    inputs, output = [train, dev, start, run.folder / "vectors.pt"], run.folder / "parser-polished.pt"
    if run.is_finished("polish", inputs, [output], options):
        return
    random.seed(seed)
    torch.manual_seed(seed)
    pretrain = Pretrain(str(run.folder / "vectors.pt"))
    settings = {"second_stage": False, "optim": "adam", "lr": rate, "weight_decay": 1e-5, "beta2": 0.999}
    trainer = Trainer.load(str(start), pretrain, args=settings, device="cpu", reset_history=True)
    model, (optimizer,) = trainer.model, trainer.optimizer.values()
    batches = InfiniteBatch(
        DataLoader(CoNLL.conll2doc(str(train)), words, trainer.args, pretrain, vocab=trainer.vocab, evaluation=False)
    )
    measured = DataLoader(
        CoNLL.conll2doc(str(dev)),
        3000,
        trainer.args,
        pretrain,
        vocab=trainer.vocab,
        evaluation=True,
        sort_during_eval=True,
    )
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    best, first = -1.0, 1
    checkpoint = run.folder / "polish-checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        if saved["options"] | {"steps": steps, "interval": interval} == options:  # these may change on the way
            model.load_state_dict(saved["model"])
            optimizer.load_state_dict(saved["optimizer"])
            average, best, first = saved["average"], saved["best"], saved["step"] + 1
            click.echo(f"polish: goes on from step {first}")
    click.echo(f"polish: begins at LAS {_accuracy(model, measured):.2f}")
    for step in range(first, steps + 1):
        progress = step / steps
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1.0, step / 100) * (0.05 + 0.95 * (1 + math.cos(math.pi * progress)) / 2)
        batch = list(batches.next_batch())
        hidden = (torch.rand(batch[8].shape) < forget) & (batch[8] >= VOCAB_PREFIX_SIZE)
        batch[8] = batch[8].masked_fill(hidden, UNK_ID)
        trainer.update(batch)
        decay = min(memory, step / (step + 10))
        with torch.no_grad():
            for name, value in model.state_dict().items():
                average[name].lerp_(value, 1 - decay)
        if step % interval == 0 or step == steps:
            kept = {name: value.detach().clone() for name, value in model.state_dict().items()}
            last = _accuracy(model, measured)
            model.load_state_dict(average)
            score = _accuracy(model, measured)
            click.echo(f"polish: step {step}, LAS {last:.2f}, of the average {score:.2f}")
            if score > best:
                best = score
                trainer.global_step = step
                trainer.save(str(output))
            model.load_state_dict(kept)
            torch.save(
                {
                    "options": options,
                    "step": step,
                    "best": best,
                    "model": kept,
                    "average": average,
                    "optimizer": optimizer.state_dict(),
                },
                checkpoint,
            )
    run.record("polish", inputs, [output], options, best=best)


@main.command()
@click.option("--parser", "parser_file", default="parser-polished.pt", show_default=True, help="Which parser to use.")
@click.option(
    "--segmenter", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="segmenter.json to add."
)
@click.pass_obj
def prune(run: Run, parser_file: str, segmenter: Path | None) -> None:
    """Write the folder ``model`` with what reading needs and no more; Stanza reads ``pruned``, which holds the same.

    Weights are stored in half precision, word vectors only under the lower-case keys that Stanza looks up, and file
    names of the training machine are removed.
    """
    import torch

    pruned, target = run.folder / "pruned", run.folder / "model"
    pruned.mkdir(exist_ok=True)
    target.mkdir(exist_ok=True)
    names = {name: run.folder / name for name in ("vectors.pt", "tagger.pt", "lemmatizer.pt")}
    names["parser.pt"] = run.folder / parser_file
    outputs = [target / name for name in OWN_FILES]
    if run.is_finished("prune", names.values(), outputs, {"parser_file": parser_file}):
        return
    for name, path in names.items():
        content = torch.load(path, map_location="cpu", weights_only=True)
        if name == "vectors.pt":
            content = _lower_case_vectors(content)
        else:
            content = {key: value for key, value in content.items() if key not in TRAINING_ONLY}
            content["model"] = {key: _halved(value) for key, value in content["model"].items()}
            for key, value in content["config"].items():
                if isinstance(value, str) and key.endswith(("_file", "_dir", "_name", "_from")):
                    content["config"][key] = None
        torch.save(content, pruned / name, _use_new_zipfile_serialization=False)
    write_model(read_model(pruned), target)
    if segmenter is not None:
        (target / "segmenter.json").write_bytes(segmenter.read_bytes())
    run.record("prune", names.values(), outputs, {"parser_file": parser_file})


TRAINING_ONLY = ("optimizer_state_dict", "scheduler_state_dict", "dev_score_history", "global_step", "last_best_step")


def _halved(value: Any) -> Any:
    import torch

    return value.half() if torch.is_tensor(value) and value.dtype == torch.float32 else value


def _lower_case_vectors(content: dict[str, Any]) -> dict[str, Any]:
    import torch
    from stanza.models.common.vocab import VOCAB_PREFIX

    words = content["vocab"]["_id2unit"]
    kept = [place for place, word in enumerate(words) if word in VOCAB_PREFIX or word == word.lower()]
    names = [words[place] for place in kept]
    vocabulary = {**content["vocab"], "_id2unit": names, "_unit2id": {name: place for place, name in enumerate(names)}}
    return {"vocab": vocabulary, "emb": content["emb"][torch.tensor(kept)].half()}


def _accuracy(model: Any, measured: Any) -> float:
    """LAS (percent, with subtypes) on a development set, by the package's own decoding."""
    import torch
    from stanza.models.common.utils import unsort

    from attribution.parsing.decode import parse_batch

    right = total = 0
    model.eval()
    with torch.no_grad():
        for batch in measured:
            heads, relations, order, lengths = batch[9], batch[10], batch[11], batch[13]
            gold = [
                list(zip(head[: length - 1], model.vocab["deprel"].unmap(relation[: length - 1]), strict=True))
                for head, relation, length in zip(heads.tolist(), relations.tolist(), lengths, strict=True)
            ]
            for ours, wanted in zip(parse_batch(model, batch, True), unsort(gold, order), strict=True):
                right += sum(found == other for found, other in zip(ours, wanted, strict=True))
                total += len(wanted)
    return 100 * right / total


if __name__ == "__main__":
    main()
