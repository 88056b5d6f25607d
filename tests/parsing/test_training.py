"""The training scripts from end to end, on a few sentences and for a few steps."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from attribution.parsing import load_parser, write_conllu
from attribution.records import Block, BlockKind, Draft, Span

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
    """The command of one of the scripts."""
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
