"""All stored drafts of the extraction's tests, and the sample articles, file by file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from parsed_drafts import PARSES, headlines
from placed_parses import laid_over
from turn_drafts import DRAFTS, doc_of

from attribution.ingest import read_draft
from attribution.parsing import read_conllu
from attribution.records import Draft, Sentence

ARTICLES = PARSES.parents[1] / "linting" / "articles.conllu"
SEED_PARSES = PARSES / "seeds.conllu"
"""Parses of the sample articles as the embedded model gives them."""

SEEDS = PARSES.parents[2] / "seeds"
SEED_MARK = "# seed = "
MARK = re.compile(r"(?m)^# (?:newdoc id|scenario|example|seed) = (.*)\n")
"""The comment that begins a draft; a file without any is one draft."""


def files() -> list[Path]:
    """The files with stored drafts."""
    return [ARTICLES, *sorted(PARSES.glob("*.conllu"))]


def seed_drafts() -> list[Path]:
    """The sample articles, but for those held out."""
    found = (path for folder in (SEEDS, SEEDS / "mentions", SEEDS / "voices") for path in folder.iterdir())
    return sorted(path for path in found if path.suffix in (".txt", ".md", ".html") and path.name != "README.md")


def drafts_of(path: Path) -> Iterator[tuple[str, Draft, Sequence[Sentence]]]:
    """The name of each draft in a file, the draft and its sentences."""
    text = path.read_text(encoding="utf-8")
    if path.stem == "turns":
        for name in DRAFTS:
            doc = doc_of(name)
            yield name, doc.draft, doc.sentences
    elif path.stem == "headlines":
        for number, doc in enumerate(headlines()):
            yield str(number), doc.draft, doc.sentences
    elif MARK.search(text):
        parts = MARK.split(text)
        for name, rows in zip(parts[1::2], parts[2::2], strict=True):
            draft, sentences = read_conllu(rows)
            if path == SEED_PARSES:
                draft = read_draft(SEEDS / name)
                sentences = laid_over(draft, sentences)
            yield name, draft, sentences
    else:
        yield path.stem, *read_conllu(text)
