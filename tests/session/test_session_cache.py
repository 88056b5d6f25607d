"""The cache: whatever is wrong with an entry, it counts as missing; never a traceback, never other findings."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

import attribution
from attribution.records import Analysis, Draft, Summary, VoiceCounts
from attribution.resources import cache_folder
from attribution.session.cache import Cache

DATA = b"The pier is old.\n"
SUMMARY = Summary(1, 0, VoiceCounts(), None, None, 0, 0)
ANALYSIS = Analysis(Draft("The pier is old.\n", (), "pier.txt"), "model", (), (), (), (), (), (), (), SUMMARY, ())

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "new" / "cache"))
    mask = os.umask(0o022)
    yield tmp_path / "new" / "cache"
    os.umask(mask)


@pytest.fixture
def entry(folder: Path) -> Path:
    """The file of an entry."""
    Cache(cache_folder()).keep(DATA, "text", ANALYSIS)
    (file,) = folder.glob("*/*")
    assert load() == ANALYSIS
    return file


def load() -> Analysis | None:
    return Cache(cache_folder()).load(DATA, "text", "pier.txt")


def test_the_same_text_under_another_name(entry: Path) -> None:
    found = Cache(cache_folder()).load(DATA, "text", "other.txt")
    assert found is not None
    assert found.draft.path == "other.txt"


def test_an_entry_holds_only_for_what_it_was_made_from(
    entry: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "words"
    words.mkdir()
    (words / "hedges.toml").write_text("", encoding="utf-8")
    folder = cache_folder()
    others = [
        Cache(folder, "default"),
        Cache(folder, None, [words]),
        Cache(folder, None, (), ["Valley Echo"]),
        Cache(folder, None, (), (), ["death"]),
        Cache(folder, forced=True),
    ]
    assert [other.load(DATA, "text", "pier.txt") for other in others] == [None] * len(others)
    assert Cache(folder).load(DATA, "markdown", "pier.txt") is None
    assert Cache(folder).load(DATA + b" ", "text", "pier.txt") is None
    monkeypatch.setattr(attribution, "__version__", "99.0")
    assert load() is None


def test_a_model_of_the_users_own_counts_by_its_files(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    (model / "parser.pt").write_bytes(b"weights")
    kept = Cache(tmp_path / "cache", str(model))
    kept.keep(DATA, "text", ANALYSIS)
    assert Cache(tmp_path / "cache", str(model)).load(DATA, "text", "pier.txt") == ANALYSIS
    (model / "parser.pt").write_bytes(b"Weights")
    assert Cache(tmp_path / "cache", str(model)).load(DATA, "text", "pier.txt") is None


def test_flipped_bits(entry: Path) -> None:
    whole = entry.read_bytes()
    places = random.Random(0).sample(range(8 * len(whole)), 200)
    for place in places:
        damaged = bytearray(whole)
        damaged[place // 8] ^= 1 << place % 8
        entry.write_bytes(damaged)
        assert load() is None, place


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data + b"\0",
        lambda data: msgspec.msgpack.encode(ANALYSIS),
    ],
    ids=["empty", "cut off", "longer", "without checksum"],
)
def test_damaged_entries(entry: Path, damage: Callable[[bytes], bytes]) -> None:
    entry.write_bytes(damage(entry.read_bytes()))
    assert load() is None


def test_an_entry_under_another_name_is_none(entry: Path) -> None:
    cache = Cache(cache_folder())
    cache.keep(b"Other words.\n", "text", ANALYSIS)
    (other,) = (file for file in cache_folder().glob("*/*") if file != entry)
    entry.write_bytes(other.read_bytes())
    assert load() is None


@posix
@pytest.mark.parametrize("mode", [0o622, 0o666, 0o602])
def test_an_entry_that_others_may_write_is_none(entry: Path, mode: int) -> None:
    entry.chmod(mode)
    assert load() is None


@posix
@pytest.mark.parametrize("level", [0, 1])
def test_nothing_is_read_from_a_folder_that_others_may_write(entry: Path, level: int) -> None:
    entry.parents[level].chmod(0o777)
    assert load() is None
    Cache(cache_folder()).keep(DATA, "text", ANALYSIS)
    assert entry.parents[level].stat().st_mode & 0o777 == 0o700, "the user's own folder is made private again"
    assert load() == ANALYSIS


@posix
def test_an_entry_of_somebody_else_is_none(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert load() is None


@posix
def test_a_link_is_no_entry(entry: Path, tmp_path: Path) -> None:
    entry.rename(tmp_path / "elsewhere")
    entry.symlink_to(tmp_path / "elsewhere")
    assert load() is None


@posix
def test_a_pipe_is_not_waited_for(entry: Path) -> None:
    entry.unlink()
    os.mkfifo(entry)
    assert load() is None


def test_a_folder_is_no_entry(entry: Path) -> None:
    entry.unlink()
    entry.mkdir()
    assert load() is None
    Cache(cache_folder()).keep(DATA, "text", ANALYSIS)
    assert load() is None


@posix
def test_the_cache_is_private_whatever_the_mask(folder: Path) -> None:
    os.umask(0)
    Cache(cache_folder()).keep(DATA, "text", ANALYSIS)
    for path in (folder, *folder.rglob("*")):
        assert not path.stat().st_mode & 0o077, path
    assert load() == ANALYSIS


@posix
def test_words_that_others_may_write_are_not_believed(folder: Path) -> None:
    from attribution import lexicon as words

    read = words._built_in_lexicon.__wrapped__
    first = read()
    file = words.kept_words_file()
    file.chmod(0o666)
    planted = file.read_bytes()[:-1] + b"?"
    file.write_bytes(planted)
    assert read() == first
    assert file.read_bytes() != planted
