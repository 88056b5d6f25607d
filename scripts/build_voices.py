#!/usr/bin/env python3
"""Build the articles whose sentences are marked by voice, and their gold, from marked text.

    build_voices.py [--check] [FOLDER]

``seeds/voices/marked/NAME.SUFFIX.voices`` gives ``seeds/voices/NAME.SUFFIX`` (the article) and a line of
``seeds/voices/voices.jsonl``, so that offsets are right by construction; ``seeds/voices/held-out`` is built the same
way. ``--check`` writes nothing and exits with 1 if a file on disk differs from what the marked texts give.

The marks (README.md of the seeds explains what they mean):

    %key NAME / OTHER    at the head of the file: a source, with the full name and other right names;
                         ``%key? the mate`` is a source who is described and not named
    ^S ^H ^O ^N          a sentence begins here, in the voice of a source, hearsay, the paper's own; N claims nothing.
                         It ends at the next mark or with its line or HTML block
    ^S+O.q.c@key         in one word after the voice: other voices an editor would accept, then q (quoted),
                         c (no cue of its own), x (mixed) or the kind (``headline``, ``list`` …), then the source
    {s|…}                the words that name the source: in this sentence, and in its next ones until named otherwise
    {h|…} {o|…}          a hedge; a hedge that may be left out
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from build_seeds import BLOCK_END, VOICES, MarkError, find_places

from attribution.ingest import read_bytes

KINDS = frozenset(
    "body headline standfirst byline dateline caption crosshead pullquote signature list boilerplate frame".split()
)
FLAGS = {"q": "quoted", "c": "cueless", "x": "mixed"}
SPANS = {"s": "source", "h": "hedge", "o": "optional"}
MARK = re.compile(r"\^(?P<voice>[SHON])(?P<alt>(?:\+[SHON])*)(?P<labels>(?:\.[a-z]+)*)(?:@(?P<key>[a-z]+))? ")
SPEAKER = re.compile(r"%(?P<key>[a-z]+)(?P<anonymous>\??) (?P<names>.+)")


@dataclass
class Speaker:
    """A source of an article, as listed at the head of its file."""

    names: list[str]
    anonymous: bool
    last: str = ""


@dataclass
class Unit:
    """A marked sentence, in offsets of the article's file."""

    mark: re.Match[str]
    start: int
    end: int = 0
    spans: list[tuple[str, int, int]] = field(default_factory=list)


def read_speakers(marked: str) -> tuple[dict[str, Speaker], str]:
    """The sources that the head of a file lists, and the rest of the file."""
    speakers: dict[str, Speaker] = {}
    while marked.startswith("%"):
        line, _, marked = marked.partition("\n")
        match = SPEAKER.fullmatch(line.rstrip())
        if match is None or match["key"] in speakers:
            raise MarkError(f"no source, or one given twice: {line!r}")
        names = [name.strip() for name in match["names"].split(" / ")]
        speakers[match["key"]] = Speaker(names, bool(match["anonymous"]))
    return speakers, marked.lstrip("\n")


def read_units(marked: str) -> tuple[str, list[Unit]]:
    """The article without its marks, and its sentences."""
    article = ""
    units: list[Unit] = []
    open_unit: Unit | None = None
    open_spans: list[tuple[str, int]] = []
    position = 0
    while position < len(marked):
        character = marked[position]
        mark = MARK.match(marked, position)
        ends = character in "\n^" or BLOCK_END.match(marked, position) is not None
        if ends and open_unit is not None:
            if open_spans:
                raise MarkError(f"brace left open in {article[open_unit.start :]!r}")
            open_unit.end = len(article)
            open_unit = None
        if character == "^":
            if mark is None:
                raise MarkError(f"unknown mark {marked[position : position + 30]!r}")
            open_unit = Unit(mark, len(article))
            units.append(open_unit)
            position = mark.end()
        elif character == "{":
            label, _, _ = marked[position + 1 :].partition("|")
            if label not in SPANS:
                raise MarkError(f"unknown label {label[:20]!r}")
            open_spans.append((label, len(article)))
            position += len(label) + 2
        elif character == "}":
            if open_unit is None or not open_spans:
                raise MarkError(f"closing brace without an opening one near {article[-40:]!r}")
            label, start = open_spans.pop()
            open_unit.spans.append((SPANS[label], start, len(article)))
            position += 1
        else:
            article += character
            position += 1
    if open_unit is not None:
        open_unit.end = len(article)
    return article, units


def sentence_record(unit: Unit, start: int, end: int, article: str, speakers: dict[str, Speaker]) -> dict[str, object]:
    """One sentence of the gold, from ``start`` to ``end`` of the reading text; the unit's spans are of ``article``."""
    labels = unit.mark["labels"].split(".")[1:]
    unknown = [label for label in labels if label not in KINDS and label not in FLAGS]
    key = unit.mark["key"]
    voice = VOICES[unit.mark["voice"]]
    if unknown or (key and key not in speakers) or (voice == "source" and not key):
        raise MarkError(f"unknown label or source in {unit.mark.group()!r}")
    words = {kind: [article[a:b] for part, a, b in unit.spans if part == kind] for kind in SPANS.values()}
    speaker = speakers[key] if key else None
    if speaker is not None:
        speaker.last = (words["source"] or [speaker.last])[0]
    return {
        "start": start,
        "end": end,
        "kind": next((label for label in labels if label in KINDS), "body"),
        "voice": voice,
        "alt": [VOICES[letter] for letter in unit.mark["alt"] if letter != "+"],
        "mixed": "x" in labels,
        "source_text": speaker.last if speaker else "",
        "who": speaker.names[0] if speaker else "",
        "who_ok": speaker.names if speaker else [],
        "quoted": "q" in labels,
        "cueless": "c" in labels,
        "anon": speaker.anonymous if speaker else False,
        "hedges": words["hedge"],
        "opt": words["optional"],
    }


def build_article(marked_path: Path) -> tuple[str, dict[str, object]]:
    """The article and its gold."""
    name = marked_path.name.removesuffix(".voices")
    speakers, marked = read_speakers(marked_path.read_text(encoding="utf-8"))
    article, units = read_units(marked)
    draft = read_bytes(article.encode("utf-8"), name)
    places = find_places(article, draft)
    for unit in reversed(units):
        for kind, start, end in unit.spans:
            if kind == "source" and unit.mark["key"] in speakers:
                speakers[unit.mark["key"]].last = article[start:end]
    sentences = []
    claimed: set[int] = set()
    for unit in units:
        inside = [places[offset] for offset in range(unit.start, unit.end) if offset in places]
        inside = [offset for offset in inside if not draft.text[offset].isspace()]
        if not inside:
            raise MarkError(f"{article[unit.start : unit.end]!r} is not part of the draft's text")
        start, end = inside[0], inside[-1] + 1
        claimed.update(range(start, end))
        sentences.append(sentence_record(unit, start, end, article, speakers))
    for offset, character in enumerate(draft.text):
        if character.isalnum() and offset not in claimed:
            raise MarkError(f"unmarked: {draft.text[offset : offset + 40]!r}")
    return article, {"doc": Path(name).stem, "file": name, "text": draft.text, "sentences": sentences}


def build(folder: Path) -> Iterable[tuple[Path, str]]:
    """The articles of a folder with a ``marked`` folder in it, and their gold, as (path, contents)."""
    records = []
    for marked_path in sorted((folder / "marked").glob("*.voices")):
        try:
            article, record = build_article(marked_path)
        except MarkError as error:
            raise MarkError(f"{marked_path}: {error}") from None
        yield folder / marked_path.name.removesuffix(".voices"), article
        records.append(json.dumps(record, ensure_ascii=False))
    yield folder / "voices.jsonl", "".join(record + "\n" for record in records)


def main() -> int:
    """Build or check all marked articles."""
    parser = argparse.ArgumentParser(description="Build articles and the gold of their voices from marked text.")
    default = Path(__file__).resolve().parent.parent / "seeds" / "voices"
    parser.add_argument("folder", nargs="?", type=Path, default=default)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file differs")
    options = parser.parse_args()
    differs = False
    try:
        for marked in sorted(options.folder.rglob("marked")):
            for path, contents in build(marked.parent):
                if not options.check:
                    path.write_text(contents, encoding="utf-8")
                elif not path.exists() or path.read_text(encoding="utf-8") != contents:
                    differs = True
                    print(f"{path}: differs from its marked text", file=sys.stderr)
    except MarkError as error:
        print(error, file=sys.stderr)
        return 2
    return int(differs)


if __name__ == "__main__":
    sys.exit(main())
