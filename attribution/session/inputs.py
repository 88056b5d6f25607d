"""What a session reads: drafts by their path or content, found in folders, and decoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

import msgspec

from attribution.ingest import check_english, find_drafts, read_bytes
from attribution.ingest.files import format_of, line_and_column, source_of_bytes
from attribution.records import AttribError, Draft, Sentence
from attribution.session.options import STDIN

CONLLU = ".conllu"

TABLES = {
    ".csv": "a table",
    ".tsv": "a table",
    ".json": "JSON",
    ".jsonl": "JSON Lines",
    ".ndjson": "JSON Lines",
}
"""Files of data, by their extension: read as prose they would give nonsense."""


@dataclass(frozen=True)
class Input:
    """A draft to read: the file at ``path``, or ``data`` under that name, or a draft that has been read already.

    ``shown`` is the name that people see, if it is not ``path``.
    """

    path: str
    data: bytes | None = None
    draft: Draft | None = None
    shown: str | None = None


@dataclass(frozen=True)
class Found:
    """The paths of the drafts to read, each once.

    ``errors`` has each name that leads to none, with a message; ``notices`` has a line for each file or folder that was
    skipped in a folder.
    """

    paths: tuple[str, ...]
    errors: tuple[tuple[str, str], ...]
    notices: tuple[str, ...] = ()


def find(names: Sequence[str], is_excluded: Callable[[str], bool], *, force_exclude: bool = False) -> Found:
    """The drafts that files and folders name; those in folders can be excluded, those named only by force."""
    found: dict[str, None] = {}
    errors: list[tuple[str, str]] = []
    notices: list[str] = []
    for name in names:
        if not name:
            errors.append((name, "a name is empty; name files or folders, or . for this folder"))
            continue
        if name == STDIN or name.endswith(CONLLU):
            if not (force_exclude and is_excluded(name)):
                found[name] = None
            continue
        try:
            drafts = [str(path) for path in find_drafts([Path(name)], notices.append)]
        except AttribError as error:
            errors.append((name, str(error)))
            continue
        except OSError as error:
            errors.append((name, f"{name}: cannot be read ({error.strerror or error}); check the path"))
            continue
        is_named = drafts == [name] and not force_exclude
        found.update(dict.fromkeys(draft for draft in drafts if is_named or not is_excluded(draft)))
    return Found(tuple(found), tuple(errors), tuple(notices))


def form_of(path: str) -> str:
    """The format in which a file of this name is read."""
    return "conllu" if path.endswith(CONLLU) else format_of(path)


def draft_of(
    data: bytes, name: str, *, force: bool, whole_page: bool = False
) -> tuple[Draft, tuple[Sentence, ...] | None]:
    """The draft in a file, and its sentences if the file holds their parse.

    Raises AttribError if the bytes are no draft, or not in English and not to be read by ``force``.
    """
    if form_of(name) == "conllu":
        return _parsed(data, name)
    refuse_tables(data, name)
    draft = read_bytes(data, name, whole_page=whole_page)
    if not force:
        check_english(draft)
    return draft, None


def source_of(data: bytes, name: str, draft: Draft) -> str:
    """The decoded file of a draft, as its offsets count it; of a parse, the text that it makes up."""
    if form_of(name) == "conllu":
        return draft.text
    return source_of_bytes(data, name)


def told_left_out(draft: Draft) -> tuple[str, ...]:
    """A line about each block of a page that is not in its draft: line and column, why, and how it begins."""
    return tuple(
        "{}:{}: left out ({}): {}".format(*line_and_column(draft, block.file), block.reason, block.words)
        for block in draft.left_out
    )


def _parsed(data: bytes, name: str) -> tuple[Draft, tuple[Sentence, ...]]:
    from attribution.parsing import read_conllu

    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise AttribError(f"{name}: is not UTF-8; save it as UTF-8") from error
    draft, sentences = read_conllu(text, name)
    if not sentences:
        raise AttribError(f"{name}: holds no sentences; give a parse in CoNLL-U")
    return draft, sentences


def refuse_tables(data: bytes, name: str) -> None:
    """Raise AttribError if the name or the content tells that a file holds a table or other data instead of prose."""
    form = TABLES.get(PurePath(name).suffix.lower()) or ("JSON" if _is_json(data) else None)
    if form is not None:
        raise AttribError(
            f"{name}: holds {form}, and attrib reads drafts (text, Markdown, HTML or CoNLL-U); "
            "save the text of each article as a file that ends in .txt, .md or .html"
        )


def _is_json(data: bytes) -> bool:
    """Whether the first line, or all of it, is an object or a list of JSON: no draft begins so."""
    if data.lstrip()[:1] not in (b"{", b"["):
        return False
    for text in (data.lstrip().split(b"\n", 1)[0], data):
        try:
            return isinstance(msgspec.json.decode(text), dict | list)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
    return False
