#!/usr/bin/env python3
"""Build the seed articles and their gold annotation from marked text.

    build_seeds.py [--check] [SEEDS_FOLDER]

``seeds/marked/NAME.SUFFIX.marked`` gives ``seeds/NAME.SUFFIX`` (the article) and ``seeds/NAME.ann`` (brat standoff), so
that offsets are right by construction; ``seeds/held-out`` is built the same way. ``--check`` writes nothing and exits
with 1 if a file on disk differs from what its marked text gives.

The marks (README.md of the seeds explains what they mean):

    ^S ^H ^O ^N          a sentence begins here, in the voice of a source, hearsay, the paper's own; N claims nothing.
                         It ends at the next mark or with its line or HTML block. A line break before a mark
                         (no blank line) becomes a space.
    {s1|…} {s1,2|…}      source of attribution 1, of 1 and 2
    {k1|…} {c1|…}        its cue, its content; several pieces with one number are one discontinuous span.
                         ``k1!`` marks a withheld statement (*declined to say*).
    {h.modal|…}          a hedge and its category
    {@Ann Lee|she}       a pronoun or role noun and the source it stands for; other names of hers after ``/``;
                         ``{@?|they}`` if the text does not tell
    {k1 h.hearsay|…}     labels combine; ``@`` comes last
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from attribution.records import Draft

VOICES = {"S": "source", "H": "hearsay", "O": "own", "N": "none"}
ROLES = {"s": "Source", "k": "Cue", "c": "Content"}
CATEGORIES = ("hearsay", "modal", "epistemic", "belief", "agentless-passive", "approximator", "conditional")
BLOCK_END = re.compile(r"</(?:p|h\d|li|blockquote|figcaption|title)>")
LABEL = re.compile(r"(?P<role>[skc])(?P<numbers>\d+(?:,\d+)*)(?P<withheld>!?)$")


class MarkError(Exception):
    """A mistake in a marked text, with its place."""


@dataclass
class Marks:
    """The marks of an article, in offsets of the text without them."""

    text: str = ""
    roles: dict[tuple[str, str], list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    withheld: set[str] = field(default_factory=set)
    hedges: list[tuple[int, int, str]] = field(default_factory=list)
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    sentences: list[tuple[int, int, str]] = field(default_factory=list)


def read_marks(marked: str) -> Marks:
    """Take the marks out of a text; offsets count code points of the remaining text."""
    marks = Marks()
    written: list[str] = []
    length = 0
    open_labels: list[tuple[int, str]] = []
    open_sentence: tuple[int, str] | None = None

    def close_sentence() -> None:
        nonlocal open_sentence
        if open_sentence is not None:
            start, voice = open_sentence
            end = start + len("".join(written)[start:].rstrip().rstrip("*_"))
            if end == start:
                raise MarkError(f"empty sentence at {start}")
            marks.sentences.append((start, end, voice))
            open_sentence = None

    position = 0
    marked = re.sub(r"(?<=[^\n])\n(?=(?:\{[^|{}]*\|)*\^[SHON] )", " ", marked)
    while position < len(marked):
        character = marked[position]
        if character == "^":
            if not re.match(r"\^[SHON] ", marked[position:]):
                raise MarkError(f"unknown sentence mark {marked[position : position + 20]!r}")
            close_sentence()
            open_sentence = (length, VOICES[marked[position + 1]])
            position += 3
        elif character == "{":
            label, _, _ = marked[position + 1 :].partition("|")
            open_labels.append((length, label))
            position += len(label) + 2
        elif character == "}":
            if not open_labels:
                raise MarkError(f"closing brace without an opening one near {''.join(written)[-40:]!r}")
            start, label = open_labels.pop()
            add_label(marks, label, start, length, "".join(written)[start:length])
            position += 1
        else:
            if character == "\n" or BLOCK_END.match(marked, position):
                close_sentence()
            written.append(character)
            length += 1
            position += 1
    close_sentence()
    if open_labels:
        raise MarkError(f"brace left open: {open_labels[-1][1]!r}")
    marks.text = "".join(written)
    return marks


def add_label(marks: Marks, label: str, start: int, end: int, text: str) -> None:
    """Record the labels of a pair of braces."""
    if not text or text != text.strip():
        raise MarkError(f"span empty or with spaces at its ends: {label}|{text}")
    plain, at, name = label.partition("@")
    if at:
        if LABEL.match(name.split()[-1]):
            raise MarkError(f"@ and the name come last in a label: {label}")
        marks.mentions.append((start, end, "unresolved" if name.strip() == "?" else name.strip()))
    for part in plain.split():
        match = LABEL.match(part)
        if match:
            marks.roles[match["role"], match["numbers"]].append((start, end))
            if match["withheld"]:
                marks.withheld.add(match["numbers"])
        elif part.startswith("h.") and part[2:] in CATEGORIES:
            marks.hedges.append((start, end, part[2:]))
        else:
            raise MarkError(f"unknown label {part!r} on {text!r}")


def write_standoff(marks: Marks, place: Callable[[int], int], text: str) -> str:
    """Brat standoff of the marks. ``place`` turns an offset of the unmarked file into one of ``text``."""
    lines: list[str] = []
    entities: list[tuple[list[tuple[int, int]], str, object]] = []
    for (role, numbers), pieces in marks.roles.items():
        entities.append((sorted(pieces), ROLES[role], numbers))
    entities += [([(start, end)], "Hedge", category) for start, end, category in marks.hedges]
    entities += [([(start, end)], "Mention", name) for start, end, name in marks.mentions]
    entities += [([(start, end)], f"Voice-{voice}", "") for start, end, voice in marks.sentences]
    entities.sort(key=lambda entity: (entity[0][0][0], -entity[0][-1][1], entity[1]))
    ids: dict[tuple[str, str], str] = {}
    after: list[str] = []
    for number, (pieces, kind, value) in enumerate(entities, start=1):
        placed = [(place(start), place(end - 1) + 1) for start, end in pieces]
        spans = ";".join(f"{start} {end}" for start, end in placed)
        words = " ".join(re.sub(r"\s", " ", text[start:end]) for start, end in placed)
        lines.append(f"T{number}\t{kind} {spans}\t{words}")
        if kind == "Hedge":
            after.append(f"A\tCategory T{number} {value}")
        elif kind == "Mention":
            after.append(f"#\tAnnotatorNotes T{number}\t{value}")
        elif kind in ROLES.values():
            for attribution in str(value).split(","):
                if (kind, attribution) in ids:
                    raise MarkError(f"attribution {attribution} has two {kind} spans that are not one label")
                ids[kind, attribution] = f"T{number}"
    attributions = sorted({attribution for _, attribution in ids}, key=int)
    contents = {
        attribution: [
            p for (role, n), ps in marks.roles.items() if role == "c" and attribution in n.split(",") for p in ps
        ]
        for attribution in attributions
    }
    for attribution in attributions:
        if ("Cue", attribution) not in ids or ("Content", attribution) not in ids:
            raise MarkError(f"attribution {attribution} lacks a cue or a content")
        if ("Source", attribution) in ids:
            after.append(f"R\tSource-of Arg1:{ids['Cue', attribution]} Arg2:{ids['Source', attribution]}")
        after.append(f"R\tContent-of Arg1:{ids['Cue', attribution]} Arg2:{ids['Content', attribution]}")
        cue = [p for (role, n), ps in marks.roles.items() if role == "k" and attribution in n.split(",") for p in ps]
        others = [p for other, pieces in contents.items() if other != attribution for p in pieces]
        if all(any(start <= a and b <= end for start, end in others) for a, b in cue):
            after.append(f"A\tNested {ids['Cue', attribution]}")
        if any(attribution in n.split(",") for n in marks.withheld):
            after.append(f"A\tWithheld {ids['Cue', attribution]}")
    counters: dict[str, int] = defaultdict(int)
    for line in sorted(after, key=lambda entry: "RA#".index(entry[0])):
        counters[line[0]] += 1
        lines.append(f"{line[0]}{counters[line[0]]}{line[1:]}")
    return "\n".join(lines) + "\n"


def find_places(article: str, draft: Draft) -> dict[int, int]:
    """The offset in the draft's text of each character of the article's file that is part of it."""
    places: dict[int, int] = {}
    for index, anchor in enumerate(draft.anchors):
        stop = draft.anchors[index + 1].text if index + 1 < len(draft.anchors) else len(draft.text)
        for step in range(stop - anchor.text):
            if article[anchor.file + step : anchor.file + step + 1] == draft.text[anchor.text + step]:
                places.setdefault(anchor.file + step, anchor.text + step)
    return places


def build(marked_path: Path) -> Iterable[tuple[Path, str]]:
    """The article and its standoff file as (path, contents)."""
    folder = marked_path.parent.parent
    name = marked_path.name.removesuffix(".marked")
    marks = read_marks(marked_path.read_text(encoding="utf-8"))
    article = folder / name
    if article.suffix == ".txt":
        place: Callable[[int], int] = lambda offset: offset  # noqa: E731
        text = marks.text
    else:
        from attribution.ingest import read_bytes

        draft = read_bytes(marks.text.encode("utf-8"), name)
        text = draft.text
        places = find_places(marks.text, draft)

        def place(offset: int) -> int:
            if offset not in places:
                raise MarkError(f"{marks.text[offset : offset + 30]!r} is not part of the draft's text")
            return places[offset]

    yield article, marks.text
    yield article.with_suffix(".ann"), write_standoff(marks, place, text)


def main() -> int:
    """Build or check all seeds."""
    parser = argparse.ArgumentParser(description="Build seed articles and gold annotation from marked text.")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parent.parent / "seeds")
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a file differs")
    options = parser.parse_args()
    differs = False
    for marked_path in sorted(options.folder.rglob("*.marked")):
        try:
            for path, contents in build(marked_path):
                if options.check:
                    if not path.exists() or path.read_text(encoding="utf-8") != contents:
                        differs = True
                        print(f"{path}: differs from {marked_path}", file=sys.stderr)
                else:
                    path.write_text(contents, encoding="utf-8")
        except MarkError as error:
            print(f"{marked_path}: {error}", file=sys.stderr)
            return 2
    return int(differs)


if __name__ == "__main__":
    sys.exit(main())
