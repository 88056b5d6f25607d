"""The training scripts from end to end, on a few sentences and for a few steps."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from attribution.parsing import load_parser, read_conllu, write_conllu
from attribution.records import AttribError, Block, BlockKind, Draft, Span

pytestmark = [
    pytest.mark.slow,
    # Stanza's trainers leave it to the interpreter to close the files they read.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]

SCRIPTS = Path(__file__).parents[2] / "scripts"
TEXT = (
    "Officials said the dam was safe. The mayor denied it. “We were told nothing,” said Ruth Ames, who runs the "
    "shelter. According to two engineers, the gates had not been tested since May. They can't say why. "
    "He claimed that the report was wrong. Reportedly, the council will meet on Friday. Nobody was hurt."
)


def script(name: str) -> click.Command:
    """The command of one of the scripts, which import each other by name."""
    if str(SCRIPTS) not in sys.path:
        sys.path.append(str(SCRIPTS))
    specification = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[name] = module
    specification.loader.exec_module(module)
    assert isinstance(module.main, click.Command)
    return module.main


def run(command: click.Command, *arguments: str | Path) -> str:
    done = CliRunner().invoke(command, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with training and development files of our own, and vectors of a few words."""
    folder = tmp_path_factory.mktemp("training")
    (sentences,) = load_parser().parse([Draft(TEXT, (Block(BlockKind.PARAGRAPH, Span(0, len(TEXT))),))])
    (folder / "train.conllu").write_text(write_conllu(sentences) * 5, encoding="utf-8")
    (folder / "dev.conllu").write_text(write_conllu(sentences), encoding="utf-8")
    words = sorted({token.text for sentence in sentences for token in sentence.tokens})
    lines = [
        f"{word} " + " ".join(str((place * number) % 7 - 3) for number in range(1, 11))
        for place, word in enumerate(words)
    ]
    (folder / "vectors.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def test_every_stage_leaves_a_model_that_reads(folder: Path) -> None:
    train_parser = script("train_parser")

    def stage(*arguments: str | Path) -> str:
        data = ("--train", folder / "train.conllu", "--dev", folder / "dev.conllu")
        return run(train_parser, "--folder", folder / "run", *data, *arguments)

    stages: tuple[tuple[str | Path, ...], ...] = (
        ("vectors", "--source", folder / "vectors.txt", "--words", "40", "--dimensions", "4"),
        ("tagger", "--steps", "4", "--interval", "2"),
        ("lemmatizer", "--epochs", "1"),
        ("parser", "--steps", "4", "--interval", "2", "--second-stage", "3"),
        ("lemmas",),
        ("polish", "--steps", "4", "--interval", "2"),
        ("prune",),
    )
    for arguments in stages:
        stage(*arguments)
        name = str(arguments[0])
        record = json.loads((folder / "run" / f"{name}.json").read_text(encoding="utf-8"))
        assert record["stage"] == name
        assert record["inputs"]
        assert record["outputs"]
        assert "stanza" in record["versions"]
        assert f"{name}: already done" in stage(*arguments)
    assert "goes on from step 5" in stage("polish", "--steps", "6", "--interval", "2")

    model = folder / "run" / "model"
    (sentences,) = load_parser(str(model)).parse([Draft(TEXT, (Block(BlockKind.PARAGRAPH, Span(0, len(TEXT))),))])
    assert len(sentences) == 8
    table = run(script("measure_model"), folder / "dev.conllu", "--model", model, "--json", folder / "figures.json")
    assert "LAS" in table
    (figures,) = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert figures["raw text"]["Words"] == 100


@pytest.fixture(scope="module")
def trained(folder: Path) -> Path:
    """The folder of a run with a tiny model in Stanza's format, under ``pruned``."""
    train_parser = script("train_parser")
    data = ("--train", folder / "train.conllu", "--dev", folder / "dev.conllu")
    stages: tuple[tuple[str | Path, ...], ...] = (
        ("vectors", "--source", folder / "vectors.txt", "--words", "40", "--dimensions", "4"),
        ("tagger", "--steps", "2", "--interval", "2"),
        ("lemmatizer", "--epochs", "1"),
        ("parser", "--steps", "2", "--interval", "2"),
        ("prune", "--parser", "parser.pt"),
    )
    for arguments in stages:
        run(train_parser, "--folder", folder / "small", *data, *arguments)
    return folder / "small"


def silver_of(source: Path, target: Path) -> Path:
    """The trees of a file as a teacher writes them, unsure of every second word."""
    lines = []
    for line in source.read_text(encoding="utf-8").split("\n"):
        columns = line.split("\t")
        if len(columns) == 10 and columns[0].isdigit():
            number, head = int(columns[0]), int(columns[6])
            other = 0 if head else 1 + (number == 1)
            heads = f"{head}:60,{other}:39" if number % 2 else f"{head}:100"
            columns[9] = f"Heads={heads}|Relation=90|Tags=95"
        lines.append("\t".join(columns))
    target.write_text("\n".join(lines), encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Path:
    """A tiny pretrained encoder, as transformers reads it, that knows single letters."""
    transformers = pytest.importorskip("transformers", reason="needs transformers of the extra train")
    target = folder / "encoder"
    target.mkdir()
    letters = "abcdefghijklmnopqrstuvwxyz.,?!'“”"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    (target / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    transformers.BertTokenizerFast(str(target / "vocab.txt")).save_pretrained(target)
    configuration = transformers.BertConfig(
        vocab_size=len(pieces),
        hidden_size=8,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=8,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    transformers.BertModel(configuration).save_pretrained(target)
    return target


def test_a_teacher_is_trained_and_labels_text(folder: Path, encoder: Path) -> None:
    teacher = script("train_teacher")
    data = ("--encoder", encoder, "--train", folder / "train.conllu", "--dev", folder / "dev.conllu")
    for name in ("first.pt", "second.pt"):
        assert "LAS" in run(teacher, "train", *data, "--output", folder / name, "--epochs", "1", "--pieces", "300")

    texts = folder / "texts"
    texts.mkdir()
    (texts / "draft.txt").write_text("The dam is safe, officials said. Nobody saw it.\n", encoding="utf-8")
    line = json.dumps({"text": "The mayor denied it. Nobody saw it."})
    (texts / "drafts.jsonl").write_text(line + "\n", encoding="utf-8")
    silver = folder / "labelled.conllu"
    teachers = ("--teacher", folder / "first.pt", "--teacher", folder / "second.pt")
    told = run(teacher, "label", "--encoder", encoder, *teachers, "--output", silver, texts)
    assert "3 sentences, 17 words" in told
    _, sentences = read_conllu(silver.read_text(encoding="utf-8"), str(silver))
    assert {" ".join(token.text for token in sentence.tokens) for sentence in sentences} == {
        "The dam is safe , officials said .",
        "The mayor denied it .",
        "Nobody saw it .",
    }
    rows = [line.split("\t") for line in silver.read_text(encoding="utf-8").splitlines() if line]
    for row in rows:
        notes = dict(note.split("=") for note in row[9].split("|"))
        heads = dict(pair.split(":") for pair in notes["Heads"].split(","))
        assert row[6] in heads
        assert row[0] not in heads
        assert 0 <= int(notes["Relation"]) <= 100
        assert 0 <= int(notes["Tags"]) <= 100


def test_students_learn_from_gold_trees_and_a_teachers(folder: Path, trained: Path) -> None:
    students = script("train_students")
    silver = silver_of(folder / "train.conllu", folder / "silver.conllu")
    data = ("--train", folder / "train.conllu", "--silver", silver, "--dev", folder / "dev.conllu")
    target = folder / "students"
    options = ("--units", "6", "--steps", "4", "--interval", "2", "--words", "60")

    def student(*arguments: str) -> str:
        return run(students, "--start", trained / "pruned", *data, "--folder", target, *arguments, *options)

    assert "step 4" in student("tagger", "--layers", "1", "--scorer-units", "7", "--character-units", "5")
    assert "step 4" in student("parser", "--layers", "1")
    assert "goes on from step 5" in student("parser", "--layers", "1")
    record = json.loads((target / "parser.json").read_text(encoding="utf-8"))
    assert (record["units"], record["layers"]) == (6, 1)

    packed = ("--folder", target, "--train", folder / "train.conllu", "--dev", folder / "dev.conllu", "prune")
    run(script("train_parser"), *packed, "--parser", "parser.pt")
    assert "lemmas added" in run(script("extend_lemmas"), target / "model")
    table = run(script("measure_model"), folder / "dev.conllu", "--model", target / "model", "--check")
    assert "LAS" in table


def test_a_student_with_an_encoder_is_run_by_stanza(
    folder: Path, trained: Path, encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = folder / "alone.pt"
    data = ("--train", folder / "train.conllu", "--dev", folder / "dev.conllu")
    learned = ("--output", teacher, "--epochs", "1", "--pieces", "300")
    run(script("train_teacher"), "train", "--encoder", encoder, *data, *learned)
    written = ("--teacher", teacher, "--output", tmp_path / "tuned")
    run(script("train_teacher"), "encoder", "--encoder", encoder, *written)

    model = tmp_path / "model"
    for name in ("tagger", "parser"):
        shape = ("--layers", "1", "--units", "6", "--encoder-layers", "2")
        steps = ("--steps", "2", "--interval", "2", "--words", "60")
        student = ("--start", trained / "pruned", *data, "--folder", model, "--encoder", tmp_path / "tuned")
        assert "step 2" in run(script("train_students"), *student, name, *shape, *steps)
    monkeypatch.chdir(tmp_path)  # The encoder is found beside the model's files, not where the command runs.
    draft = Draft(TEXT, (Block(BlockKind.PARAGRAPH, Span(0, len(TEXT))),))
    (sentences,) = load_parser(str(model)).parse([draft])
    assert len(sentences) == 8

    weights = model / "encoder" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])
    with pytest.raises(AttribError, match="encoder: not an encoder that transformers reads: "):
        load_parser(str(model))
    shutil.rmtree(model / "encoder")
    with pytest.raises(AttribError, match="encoder: the networks read with a pretrained encoder, which is missing"):
        load_parser(str(model))


def parser_of(trained: Path) -> tuple[Any, Any, Any, Any]:
    """The module that trains students, a trained model's vectors and parser, and the forms that they number."""
    script("train_students")
    students: Any = sys.modules["train_students"]
    start = trained / "pruned"
    pretrain = students.vectors_of(start)
    parent = students.ParserTrainer.load(str(start / "parser.pt"), pretrain, device="cpu")
    return students, pretrain, parent, students.Forms(parent.vocab["word"], parent.vocab["char"], pretrain.vocab)


@pytest.mark.parametrize(("layers", "encoded"), [(1, False), (2, False), (1, True)])
def test_students_loss_on_gold_trees_is_stanzas(
    folder: Path,
    trained: Path,
    layers: int,
    encoded: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    import torch
    from stanza.models.depparse.data import DataLoader
    from stanza.utils.conll import CoNLL

    students, pretrain, parent, forms = parser_of(trained)
    options = {"units": 6, "scorer_units": 5, "character_units": 4, "layers": layers, "encoder_layers": 2}
    options |= {"dropout": 0.0, "rate": 0.002}
    read_with = request.getfixturevalue("encoder") if encoded else None
    arguments = students.student_arguments(parent.args, options, read_with) | {"word_dropout": 0.0}
    arguments |= {"augment_nopunct": 0.0, "drop_initial_punct_prob": 0.0}
    torch.manual_seed(3)
    trainer = students.GraphTrainer(args=arguments, vocab=parent.vocab, pretrain=pretrain, device="cpu")
    with torch.no_grad():
        for weights in trainer.model.parameters():
            weights.copy_(torch.randn(weights.shape) * 0.3)
    trainer.model.train()
    reader = students.Reader(parent.vocab, forms, lambda sentences: sentences)
    monkeypatch.setattr(students, "FORGOTTEN", 0.0)
    # One by one: Stanza's loss of distances also counts what pads shorter sentences.
    for number, text in enumerate((folder / "dev.conllu").read_text(encoding="utf-8").strip().split("\n\n")):
        path = tmp_path / f"{number}.conllu"
        path.write_text(text + "\n\n", encoding="utf-8")
        loader = DataLoader(
            CoNLL.conll2doc(str(path)), 1_000, arguments, pretrain, vocab=parent.vocab, evaluation=False
        )
        (batch,) = loader
        wanted, _ = trainer.model.loss(*batch[:11], *batch[12:16])
        found = students.parser_loss(trainer.model, students.batch_of(reader.read(path, 90, False), True), forms)
        assert found.item() == pytest.approx(wanted.item(), rel=1e-4)


def test_a_smaller_student_begins_as_the_larger_one_without_its_idle_units(folder: Path, trained: Path) -> None:
    import torch

    students, pretrain, parent, forms = parser_of(trained)
    reader = students.Reader(parent.vocab, forms, lambda sentences: sentences)
    sentences = reader.read(folder / "dev.conllu", 90, True)
    shape = {"layers": 2, "dropout": 0.0, "rate": 0.002, "encoder_layers": 2}

    def network(units: int, scorer_units: int, character_units: int, layers: int = 2) -> Any:
        sizes = {"units": units, "scorer_units": scorer_units, "character_units": character_units}
        options = {**shape, **sizes, "layers": layers}
        arguments = students.student_arguments(parent.args, options)
        model = students.GraphTrainer(args=arguments, vocab=parent.vocab, pretrain=pretrain, device="cpu").model
        return model.eval()

    def scores(model: Any) -> Any:
        batch = students.batch_of(sentences, True)
        states, _ = students.pad_packed_sequence(
            students.states_of(model, batch, forms, "parserlstm"), batch_first=True
        )
        heads = students.padded([sentence.heads for sentence in batch.sentences])
        return students.arcs_of(model, states)[0], students.relations_of(model, states, heads)

    torch.manual_seed(5)
    large = network(6, 5, 7)
    with torch.no_grad():
        for weights in large.parameters():
            weights.copy_(torch.randn(weights.shape) * 0.5)
        for name, weights in large.named_parameters():
            reads_states = re.match(r"parserlstm\.(lstm|highway|gate)\.1\..*(weight_ih|weight$)", name)
            if reads_states or re.match(r"\w+\.W[12]\.weight", name):
                weights[:, [1, 4, 6 + 0, 6 + 3]] = 0.0
            elif "charlstm.lstm.weight_hh" in name or name in ("charmodel.char_attn.weight", "trans_char.weight"):
                weights[:, [2, 5]] = 0.0
            elif "weight_hh" in name:
                weights[:, [0, 3] if "reverse" in name else [1, 4]] = 0.0
            elif name.endswith("W_bilin.weight"):
                weights[[0, 2]] = 0.0
                weights[:, [1, 4]] = 0.0
    small = network(4, 3, 5)
    small.load_state_dict(students.carried(small.state_dict(), large.state_dict()))
    with torch.no_grad():
        for found, wanted in zip(scores(small), scores(large), strict=True):
            assert torch.allclose(found, wanted, atol=1e-5)

    larger = students.carried(network(8, 7, 9).state_dict(), large.state_dict())
    kept = large.state_dict()["parserlstm.lstm.0.lstm.weight_hh_l0"].view(4, 6, 6)
    assert torch.equal(larger["parserlstm.lstm.0.lstm.weight_hh_l0"].view(4, 8, 8)[:, :6, :6], kept)
    lower = network(6, 5, 7, layers=1).state_dict()
    carried = students.carried(lower, large.state_dict())
    assert torch.equal(carried["unlabeled.W1.weight"], lower["unlabeled.W1.weight"])
    assert torch.equal(carried["word_emb.weight"], large.state_dict()["word_emb.weight"])
    assert torch.equal(larger["trans_char.weight"][:, :7], large.state_dict()["trans_char.weight"])


def test_segmenter_is_learned_from_a_treebank_and_text(folder: Path) -> None:
    pytest.importorskip("sklearn", reason="needs scikit-learn of the extra dev")
    text = folder / "more.jsonl"
    text.write_text(
        json.dumps({"text": "The re-elected mayor of St. Orrin cannot stay. The mayor left."}) + "\n", encoding="utf-8"
    )
    output = folder / "segmenter.json"
    run(script("train_segmenter"), folder / "train.conllu", "--text", text, "--output", output)
    learned = json.loads(output.read_text(encoding="utf-8"))
    assert set(learned) == {
        "abbreviations",
        "sentence_starters",
        "orthographic_context",
        "joined_prefixes",
        "fused_words",
        "boundary_bias",
        "boundary_weights",
    }
    assert learned["boundary_weights"]
    assert "re" in learned["joined_prefixes"]
    assert learned["orthographic_context"]["the"] & (1 << 5)
