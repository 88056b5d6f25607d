"""Small text files, and what is said of those that cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from attribution.records import AttribError
from attribution.text_files import read_text_file


def test_a_text_loses_its_mark_and_its_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_bytes(b"\xef\xbb\xbfcaf\xc3\xa9\r\nbar\n")
    assert read_text_file(path) == "café\nbar\n"
    assert read_text_file(path, newline="") == "café\r\nbar\n"


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("gone", "there is no such file; check the name"),
        ("latin", "is not UTF-8; save it as UTF-8"),
        ("folder", "cannot be read (Is a directory); check the file and its permissions"),
    ],
)
def test_what_cannot_be_read_is_named_as_the_user_names_it(file: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes(b"caf\xe9")
    (tmp_path / "folder").mkdir()
    for name, shown in ((None, str(tmp_path / file)), ("its name", "its name")):
        with pytest.raises(AttribError, match=rf"^{re.escape(f'{shown}: {message}')}$"):
            read_text_file(tmp_path / file, name)
