"""The cache of the built-in words."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from attribution import lexicon as words
from attribution.lexicon import Lexicon
from attribution.records import AttribError
from attribution.resources import lexicon_folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of two built-in files, an empty cache, and nothing left from earlier tests."""
    folder = tmp_path / "lexicons"
    folder.mkdir()
    for name in ("boosters.toml", "cue-phrases.toml"):
        shutil.copy(lexicon_folder() / name, folder)
    monkeypatch.setattr(words, "lexicon_folder", lambda: folder)
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    return folder


def read_again() -> Lexicon:
    """The built-in words as loaded by a new process."""
    return words._built_in_lexicon.__wrapped__()


def test_cached_words_are_used_without_reading_the_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_again()
    assert len(first.boosters) > 10
    monkeypatch.setattr(words, "_with_files", lambda *_: pytest.fail("read anew"))
    assert read_again() == first


def test_changed_words_are_read_and_checked_again(folder: Path) -> None:
    first = read_again()
    file = folder / "boosters.toml"
    entry = (
        '\n[[entry]]\nwords = "beyond argument"\nstrength = 0.8\nexample = "It is beyond argument."\nsource = "test"\n'
    )
    file.write_text(file.read_text(encoding="utf-8") + entry, encoding="utf-8")
    second = read_again()
    assert {entry.words for entry in second.boosters} - {entry.words for entry in first.boosters} == {"beyond argument"}
    file.write_text(file.read_text(encoding="utf-8") + entry, encoding="utf-8")
    with pytest.raises(AttribError, match=r'boosters\.toml:\d+: entry "beyond argument": is given twice'):
        read_again()


@pytest.mark.parametrize("damage", [lambda data: data[:-40], lambda data: data[:-1] + b"x", lambda data: b""])
def test_a_damaged_cache_is_replaced(folder: Path, damage: Callable[[bytes], bytes]) -> None:
    first = read_again()
    file = words.kept_words_file()
    contents = file.read_bytes()
    file.write_bytes(damage(contents))
    assert read_again() == first
    assert file.read_bytes() == contents


def test_words_are_read_if_no_cache_can_be_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(folder / "boosters.toml" / "below-a-file"))
    assert read_again().boosters


def test_words_are_read_for_a_user_without_a_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(words, "cache_folder", homeless)
    assert read_again().boosters
