"""The index page of several articles: what to look at in each, and links to their pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from attribution.index import AnalysisIndex
from attribution.records import Analysis, BlockKind
from attribution.reporting import words
from attribution.reporting.attention import points_of
from attribution.reporting.html.report import Item, headline, items_of, kinds_of, shares_of, shortened
from attribution.reporting.html.templates import render
from attribution.reporting.overview import Line, line_of, total, without_common_folder

if TYPE_CHECKING:
    from attribution.linting import Finding

FIRST = 3
"""Places that the index tells of each draft before it folds the rest."""
LONGEST_TITLE = 90
"""Characters of a title that the index shows."""


class Entry(msgspec.Struct, frozen=True):
    """What the index says of one article; small, so that the analyses of many need not be kept."""

    line: Line
    address: str
    title: str
    items: tuple[Item, ...]


def entry_of(analysis: Analysis, address: str, *, findings: Sequence[Finding] = ()) -> Entry:
    """The entry of an article whose page is at the address."""
    index = AnalysisIndex(analysis, vouching_only=True)
    points = points_of(analysis, findings)
    return Entry(line_of(analysis, len(points)), address, _title(analysis), items_of(points, index))


def _title(analysis: Analysis) -> str:
    """The draft's headline, or how it begins; empty for an empty draft."""
    blocks = sorted(analysis.draft.blocks, key=lambda block: block.kind is not BlockKind.HEADLINE)
    if not blocks:
        return ""
    return shortened(analysis.draft.text[blocks[0].span.start : blocks[0].span.end], LONGEST_TITLE)


def index_html(entries: Sequence[Entry]) -> str:
    """The index page, as self-contained as the articles' pages; drafts with most to look at come first."""
    ordered = sorted(entries, key=lambda entry: -len(entry.items))
    items = [item for entry in entries for item in entry.items]
    kinds = [
        (kind, label, sum(any(item.kind == kind for item in entry.items) for entry in entries))
        for kind, label, _ in kinds_of(items)
    ]
    clear = sum(not entry.items for entry in entries)
    everything = total([entry.line for entry in entries])
    paths = [entry.line.path for entry in entries]
    folder, inside = without_common_folder(paths)
    names = dict(zip(paths, inside, strict=True))
    return render(
        "index.html.jinja",
        title=words.count(len(entries), "draft"),
        headline=f"{headline(items)} in {words.count(len(entries), 'draft')}",
        words=everything.words,
        counts=words.counts_words(everything.summary),
        folder=folder,
        drafts=len(entries),
        kinds=[*kinds, ("nothing", "Nothing to look at", clear)] if clear else kinds,
        entries=[_shown(entry, names[entry.line.path]) for entry in ordered],
        first=FIRST,
    )


class _Shown(msgspec.Struct, frozen=True):
    """An entry as the page shows it."""

    title: str
    folder: str
    file: str
    path: str
    address: str
    items: tuple[Item, ...]
    groups: str
    words: int
    claims: int
    counts: str
    shares: tuple[tuple[str, float], ...]


def _shown(entry: Entry, name: str) -> _Shown:
    folder, slash, file = name.rpartition("/")
    summary = entry.line.summary
    return _Shown(
        entry.title,
        folder + slash,
        file,
        entry.line.path,
        entry.address,
        entry.items,
        " ".join(dict.fromkeys(item.kind.value for item in entry.items)) or "nothing",
        entry.line.words,
        summary.claims,
        words.counts_words(summary),
        tuple(shares_of(summary)),
    )
