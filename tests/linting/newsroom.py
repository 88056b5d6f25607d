"""The example newsroom of ``tests/newsroom``: its drafts, and their parses, which are put into the cache for a test."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from placed_parses import aligned
from rule_cases import parses_in, words

from attribution.analysis import analyse_parsed
from attribution.ingest import find_drafts, read_draft
from attribution.records import Analysis, Draft
from attribution.resources import cache_folder
from attribution.session.cache import Cache
from attribution.session.inputs import form_of

if TYPE_CHECKING:
    import pytest

NEWSROOM = Path(__file__).parent.parent / "newsroom"
NEWSROOM_PARSES = NEWSROOM / "parses.conllu"
OWN_OUTLETS = ("Valley Echo",)


def newsroom_drafts() -> list[Draft]:
    return [read_draft(path) for path in find_drafts([NEWSROOM])]


def key_of(draft: Draft) -> str:
    """The key of a stored parse: the words of the draft's blocks, whatever comes between them in its file."""
    words = "\n".join(draft.text[block.span.start : block.span.end] for block in draft.blocks)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def newsroom_analysis(
    draft: Draft, own_outlets: tuple[str, ...] = OWN_OUTLETS, ignored_marks: tuple[str, ...] = ()
) -> Analysis:
    lexicon, weights = words()
    sentences = aligned(draft, parses_in(NEWSROOM_PARSES)[key_of(draft)])
    return analyse_parsed(draft, sentences, lexicon, weights, "stored", own_outlets, ignored_marks)


def keep_analyses(
    folder: Path, own_outlets: tuple[str, ...] = OWN_OUTLETS, ignored_marks: tuple[str, ...] = ()
) -> None:
    """Put the analyses of a folder's drafts into the cache, so that linting them needs no model."""
    cache = Cache(cache_folder(), None, (), own_outlets, ignored_marks)
    for path in find_drafts([folder]):
        analysis = newsroom_analysis(read_draft(path), own_outlets, ignored_marks)
        cache.keep(path.read_bytes(), form_of(str(path)), analysis)


def open_newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the newsroom as working directory, and a cache with the analyses of its drafts."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ATTRIB_CACHE_DIR", str(tmp_path / "cache"))
    folder = tmp_path / "newsroom"
    shutil.copytree(NEWSROOM, folder)
    monkeypatch.chdir(folder)
    keep_analyses(folder)
    return folder


ARTICLE_PARSES = Path(__file__).parent / "articles.conllu"
DRAFTS = Path(__file__).parent / "drafts"
FAULTY = NEWSROOM.parent.parent / "seeds" / "conflict-logistics-chief.txt"
"""An article with many of the sourcing faults that rules look for."""

CLEAN = tuple(
    DRAFTS / name
    for name in (
        "first/airport-runway.txt",
        "first/bakery-award.txt",
        "first/dam-safety.txt",
        "first/drug-trial.txt",
        "first/election-count.txt",
        "first/volcano.txt",
        "second/fishing-quota.txt",
        "second/space-launch.txt",
        "second/weather-record.txt",
        "second/whale.txt",
        "third/budget-vote.txt",
        "third/swimming-record.txt",
        "third/teachers-pay.txt",
        "third/zoo-escape.txt",
    )
)
"""Articles in which everything has a source."""


def article_drafts() -> list[Draft]:
    return [read_draft(path) for path in (FAULTY, *CLEAN)]


def article_analysis(path: Path) -> Analysis:
    lexicon, weights = words()
    draft = read_draft(path)
    sentences = aligned(draft, parses_in(ARTICLE_PARSES)[key_of(draft)])
    return analyse_parsed(draft, sentences, lexicon, weights, "stored", ())
