from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from attribution.ingest import find_drafts, read_bytes, read_draft, read_text
from attribution.records import AttribError


@pytest.mark.parametrize(
    ("name", "draft_format"),
    [
        ("a.txt", "text"),
        ("a.md", "markdown"),
        ("a.MARKDOWN", "markdown"),
        ("a.htm", "html"),
        ("a.html", "html"),
        ("a.draft", "text"),
    ],
)
def test_the_ending_tells_the_format(tmp_path: Path, name: str, draft_format: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"# She left.")
    draft = read_draft(path)
    assert (draft.format, draft.path) == (draft_format, str(path))
    assert draft.sha256 == hashlib.sha256(b"# She left.").hexdigest()
    assert read_bytes(b"# She left.", str(path)) == draft


def test_a_text_has_the_hash_of_its_utf8_bytes() -> None:
    assert read_text("Café.").sha256 == hashlib.sha256("Café.".encode()).hexdigest()


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(AttribError, match=r"none\.txt: there is no such file; check the name$"):
        read_draft(tmp_path / "none.txt")


def test_a_folder_is_not_a_draft(tmp_path: Path) -> None:
    with pytest.raises(AttribError, match=r"is a folder, not a draft; name a file$"):
        read_draft(tmp_path)


def test_a_file_that_may_not_be_read_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The tests may run as a user whom permissions do not bind.
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(AttribError, match=r"a\.txt: may not be read; check its permissions$"):
        read_draft(tmp_path / "a.txt")


def test_a_path_that_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("She left.")
    with pytest.raises(AttribError, match="cannot be read"):
        read_draft(tmp_path / "a.txt" / "b.txt")


def test_folders_are_searched_for_drafts(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.html", "sub/notes.ann", ".hidden/d.txt", ".e.txt", "README.md", "picture.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("She left.")
    expected = [tmp_path / "a.md", tmp_path / "b.txt", tmp_path / "sub" / "c.html"]
    assert find_drafts([tmp_path]) == expected
    assert find_drafts([tmp_path / "b.txt", tmp_path]) == [expected[1], expected[0], expected[2]]
    assert find_drafts([tmp_path / "picture.png", tmp_path / "none.txt"]) == [
        tmp_path / "picture.png",
        tmp_path / "none.txt",
    ]


def test_a_folder_without_drafts_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.ann").write_text("T1")
    with pytest.raises(AttribError, match=r"the folder holds no drafts; give files ending in \.md, \.markdown"):
        find_drafts([tmp_path])
