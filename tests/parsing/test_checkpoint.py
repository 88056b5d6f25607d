"""Reading Stanza's model files without torch."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import numpy as np
import pytest

from attribution.parsing.checkpoint import MAGIC, CheckpointError, read_checkpoint
from attribution.resources import model_folder


def test_the_vectors_are_words_and_numbers() -> None:
    content = read_checkpoint(model_folder() / "vectors.pt")
    words = content["vocab"]["_id2unit"]
    assert words[:5] == ["<PAD>", "<UNK>", "<EMPTY>", "<ROOT>", "the"]
    assert content["emb"].shape == (len(words), 125)
    assert content["emb"].dtype == np.float16
    assert 0.01 < np.abs(content["emb"][4:].astype(np.float32)).mean() < 10


@pytest.mark.parametrize("length", [0, 10, 100_000, -1])
def test_a_file_that_ends_too_early(tmp_path: Path, length: int) -> None:
    path = tmp_path / "parser.pt"
    path.write_bytes((model_folder() / "parser.pt").read_bytes()[:length])
    with pytest.raises(CheckpointError):
        read_checkpoint(path)


class Harmful:
    """Would make a folder if it were unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, ("made by a model file",)


@pytest.mark.parametrize("place", range(4))
def test_code_in_a_file_does_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: int) -> None:
    monkeypatch.chdir(tmp_path)
    parts: list[object] = [MAGIC, 1001, {}, {}, []]
    parts[place] = Harmful()
    path = tmp_path / "parser.pt"
    path.write_bytes(b"".join(pickle.dumps(part, 2) for part in parts))
    with pytest.raises(CheckpointError):
        read_checkpoint(path)
    assert [file.name for file in tmp_path.iterdir()] == ["parser.pt"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["vectors.pt", "tagger.pt", "lemmatizer.pt", "parser.pt"])
def test_torch_reads_the_same(name: str) -> None:
    import torch

    theirs = torch.load(model_folder() / name, map_location="cpu", weights_only=True)
    ours = read_checkpoint(model_folder() / name)
    assert ours["vocab"] == theirs["vocab"]
    weights = theirs.get("model", {"emb": theirs.get("emb")})
    for key, value in weights.items():
        assert np.array_equal(ours.get("model", ours)[key], value.numpy())
