"""Finding and checking model files; every fault is one line with the path."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from small_models import small_parts, write_stanza_model

from attribution.ingest import read_text
from attribution.parsing import load_parser, model_files, stanza_parser
from attribution.parsing.model_checks import check_parts
from attribution.parsing.model_files import ModelParts, read_model, write_model
from attribution.parsing.model_names import MANIFEST, NETWORKS, STANZA_FILES, VOCABULARIES
from attribution.parsing.models import OWN_FILES, STANZA_FOLDER
from attribution.records import AttribError
from attribution.resources import model_folder

DRAFT = read_text("It rained. Tea ate it, it rained in Tierra – it.")


def wrong(model: Path) -> str:
    with pytest.raises(AttribError) as caught:
        load_parser(str(model))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def outcome(model: Path) -> str:
    """What happens to a draft that is read with the model: an error in one line, or nothing."""
    try:
        (sentences,) = load_parser(str(model)).parse([DRAFT])
    except AttribError as error:
        return str(error)
    assert len(sentences) == 2
    return ""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A small model in this project's format."""
    write_model(small_parts(), tmp_path)
    return tmp_path


@pytest.fixture
def stanza(tmp_path: Path) -> Path:
    """The same model in Stanza's format."""
    write_stanza_model(small_parts(), tmp_path)
    return tmp_path


def sealed(folder: Path) -> None:
    """Make the manifest fit the files, however they are damaged."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    for name, entry in manifest["files"].items():
        data = (folder / name).read_bytes()
        entry.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    (folder / MANIFEST).write_text(json.dumps(manifest))


@pytest.mark.parametrize(("tagger_layers", "parser_layers"), [(1, 1), (1, 2), (2, 3)])
def test_networks_of_one_to_three_layers_are_read(tmp_path: Path, tagger_layers: int, parser_layers: int) -> None:
    write_model(small_parts(tagger_layers, parser_layers), tmp_path)
    assert outcome(tmp_path) == ""


def test_layers_that_are_not_there_are_told(tmp_path: Path) -> None:
    parts = small_parts()
    parts.parser["config"]["num_layers"] = 3
    write_model(parts, tmp_path)
    assert outcome(tmp_path).startswith(f"{tmp_path}: the model files do not fit together: ")


def test_missing_folder_and_missing_files(tmp_path: Path) -> None:
    assert wrong(tmp_path / "nowhere").startswith(f"{tmp_path / 'nowhere'}: no such model folder; ")
    for names in (STANZA_FOLDER, OWN_FILES):
        for name in names if names is STANZA_FOLDER else names[1:]:
            (tmp_path / MANIFEST).unlink(missing_ok=True)
            if names is OWN_FILES:
                (tmp_path / MANIFEST).write_bytes(b"")
            assert wrong(tmp_path).startswith(f"{tmp_path / name}: model file is missing; ")
            (tmp_path / name).write_bytes(b"")


def test_the_package_carries_the_whole_model() -> None:
    files = {path.name: path.stat().st_size for path in model_folder().iterdir()}
    assert {*OWN_FILES, "segmenter.json", "MODEL_CARD.md"} <= set(files)
    assert not [name for name in files if name.endswith(".pt")]
    assert sum(files.values()) < 25_000_000


@pytest.mark.slow
def test_the_embedded_model_fits_together() -> None:
    check_parts(read_model(model_folder()))


def test_importing_the_room_imports_no_library_that_reads() -> None:
    code = (
        "import sys, attribution.parsing; "
        "print(sorted({'torch', 'stanza', 'nltk', 'numpy', 'safetensors'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_both_formats_hold_the_same(tmp_path: Path) -> None:
    parts = small_parts()
    folders = [tmp_path / "own", tmp_path / "stanza"]
    for folder, write in zip(
        folders,
        (lambda folder: write_model(parts, folder), lambda folder: write_stanza_model(parts, folder)),
        strict=True,
    ):
        folder.mkdir()
        write(folder)
    for read in map(read_model, folders):
        for content, wanted in zip(read, parts, strict=True):
            assert {key: content[key] for key in content if key not in ("model", "emb")} == {
                key: wanted[key] for key in wanted if key not in ("model", "emb")
            }
            arrays = wanted.get("model", {"emb": wanted.get("emb")})
            for name, array in arrays.items():
                assert np.array_equal(content.get("model", content)[name], array)
    parses = [load_parser(str(folder)).parse([DRAFT]) for folder in folders]
    assert parses[0] == parses[1]


# --- This project's format --------------------------------------------------------------------------------------------


def test_any_damage_to_a_file_is_noticed(own: Path) -> None:
    chance = random.Random(3)
    for name in OWN_FILES:
        data = (own / name).read_bytes()
        for place in chance.sample(range(len(data)), 20):
            (own / name).write_bytes(data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :])
            told = outcome(own)
            # A flipped bit of the manifest may change nothing, such as the case of a letter of JSON's white space.
            assert told or name == MANIFEST
            (own / name).write_bytes(data[:place])
            assert wrong(own).endswith("model file is truncated, damaged or of another format; copy it again")
        (own / name).write_bytes(data)
    assert not outcome(own)


def test_a_later_format(own: Path) -> None:
    manifest = json.loads((own / MANIFEST).read_bytes())
    (own / MANIFEST).write_text(json.dumps({**manifest, "format": 2}))
    assert wrong(own) == f"{own / MANIFEST}: the model's format is 2, and this version of attrib reads 1"


def test_a_manifest_that_fits_damaged_files(own: Path) -> None:
    """Whoever makes a model can also make its manifest: what is in the files is checked as well."""
    chance = random.Random(4)
    for name in (NETWORKS, VOCABULARIES):
        data = (own / name).read_bytes()
        for _ in range(60):
            damaged = bytearray(data)
            for _ in range(chance.choice((1, 1, 3))):
                place = chance.randrange(len(damaged) if chance.random() < 0.3 else min(3000, len(damaged)))
                damaged[place] = chance.choice((damaged[place] ^ 1 << chance.randrange(8), 0, 255, 57))
            (own / name).write_bytes(damaged)
            sealed(own)
            outcome(own)
        (own / name).write_bytes(data)


@pytest.mark.parametrize(
    "data", [b"", b"\xff" * 8, (1 << 62).to_bytes(8, "little"), b"\2\0\0\0\0\0\0\0{}", b"[" * 100_000]
)
def test_files_of_another_kind(own: Path, data: bytes) -> None:
    for name in (NETWORKS, VOCABULARIES):
        before = (own / name).read_bytes()
        (own / name).write_bytes(data)
        sealed(own)
        assert wrong(own)
        (own / name).write_bytes(before)


# --- Stanza's format --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STANZA_FILES)
def test_truncated_model_file(stanza: Path, name: str) -> None:
    content = (stanza / name).read_bytes()
    for length in (0, 10, len(content) // 2, len(content) - 1):
        (stanza / name).write_bytes(content[:length])
        damaged = "model file is truncated, damaged or of another format; copy it again"
        assert wrong(stanza) == f"{stanza / name}: {damaged}"


def test_flipped_bits_give_one_line_or_another_model(stanza: Path) -> None:
    chance = random.Random(6)
    for name in STANZA_FILES:
        data = (stanza / name).read_bytes()
        for _ in range(40):
            damaged = bytearray(data)
            place = chance.randrange(len(damaged))
            damaged[place] ^= 1 << chance.randrange(8)
            (stanza / name).write_bytes(damaged)
            outcome(stanza)
        (stanza / name).write_bytes(data)


def test_swapped_model_files(stanza: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (stanza / "tagger.pt").write_bytes((stanza / "vectors.pt").read_bytes())
    assert wrong(stanza).startswith(f"{stanza / 'tagger.pt'}: this is not the tagger of a Stanza model; ")
    (stanza / "tagger.pt").write_bytes((stanza / "parser.pt").read_bytes())
    assert wrong(stanza).startswith(f"{stanza}: the model files do not fit together: ")
    assert capfd.readouterr() == ("", "")


def test_a_dictionary_that_expands_without_end(stanza: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_files, "LARGEST_DICTIONARY", 1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(60)) + packer.flush()
    assert len(bomb) < 100_000
    parts = small_parts()
    parts.lemmatizer["dicts"] = None
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=r"^$"):
            model_files._dictionary(bomb)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5 << 20


# --- Parts that do not fit --------------------------------------------------------------------------------------------


def changed(change: Callable[[ModelParts], Any]) -> ModelParts:
    parts = small_parts()
    change(parts)
    return parts


def test_every_array_of_another_shape_is_noticed(tmp_path: Path) -> None:
    for number, part in enumerate(small_parts()):
        for name in part.get("model", ["emb"]):
            parts = small_parts()
            arrays = parts[number].get("model", parts[number])
            for axis in range(arrays[name].ndim):
                kept = arrays[name]
                arrays[name] = np.concatenate([kept, kept], axis)
                if axis or "emb" not in name:  # A table of vectors may have rows that no word uses.
                    with pytest.raises(ValueError, match=r"dimension|fit|describe"):
                        check_parts(parts)
                arrays[name] = kept
            arrays[name] = np.full_like(arrays[name], np.inf)
            with pytest.raises(ValueError, match="not an array of numbers"):
                check_parts(parts)
            del arrays[name]
            with pytest.raises(KeyError):
                check_parts(parts)


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.vectors["vocab"]["_unit2id"].update(it=5),
        lambda parts: parts.vectors["vocab"]["_unit2id"].update(it=-1),
        lambda parts: parts.tagger["vocab"]["word"]["_unit2id"].update(it=1 << 40),
        lambda parts: parts.tagger["vocab"]["word"]["_unit2id"].update(it="1"),
        lambda parts: parts.tagger["vocab"]["char"]["_unit2id"].pop("<UNK>"),
        lambda parts: parts.tagger["vocab"]["upos"]["_id2unit"].pop(),
        lambda parts: parts.tagger["vocab"]["xpos"]["_id2unit"].append(None),
        lambda parts: parts.tagger["vocab"].update(upos=None),
        lambda parts: parts.parser["vocab"]["deprel"]["_id2unit"].pop(),
        lambda parts: parts.parser["vocab"]["lemma"]["_unit2id"].update(it=99),
        lambda parts: parts.lemmatizer["vocab"]["char"]["_id2unit"].pop(),
        lambda parts: parts.lemmatizer["config"].update(max_dec_len=1 << 40),
        lambda parts: parts.lemmatizer["config"].update(max_dec_len="5"),
        lambda parts: parts.lemmatizer["dicts"].pop("*"),
        lambda parts: parts.lemmatizer["dicts"].update(X=["rained"]),
        lambda parts: parts.lemmatizer["dicts"]["X"].update(rained=1),
        lambda parts: parts.lemmatizer.update(dicts=3),
    ],
)
def test_vocabularies_that_do_not_fit(tmp_path: Path, change: Callable[[ModelParts], Any]) -> None:
    with pytest.raises((ValueError, LookupError, TypeError, AttributeError)):
        check_parts(changed(change))


def test_weights_too_large_to_compute_with(own: Path) -> None:
    parts = small_parts()
    for name, array in parts.parser["model"].items():
        parts.parser["model"][name] = np.full(array.shape, 3e38, "<f4")
    write_model(parts, own)
    assert "copy the model's files again" in outcome(own)


# --- The models of others ---------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_published_models_are_named_when_absent(tmp_path: Path) -> None:
    code = "from attribution.parsing import load_parser\nload_parser('default')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={"STANZA_RESOURCES_DIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
    )
    last = done.stderr.splitlines()[-1]
    assert str(tmp_path) in last
    assert "stanza.download('en')" in last


@pytest.mark.parametrize(("module", "extra"), [("stanza", "stanza"), ("torch", "stanza"), ("transformers", "train")])
def test_the_extra_that_brings_a_module_is_told(module: str, extra: str) -> None:
    wanted = f"m: these networks are run by Stanza itself: no module {module}; pip install 'attrib[{extra}]'"
    with pytest.raises(AttribError) as caught, stanza_parser._quiet("m: these networks are"):
        raise ModuleNotFoundError(name=module)
    assert str(caught.value) == wanted


@pytest.mark.slow
def test_a_folder_is_read_like_the_embedded_model() -> None:
    assert load_parser(str(model_folder())).name == str(model_folder())
    assert load_parser().name == "embedded"
