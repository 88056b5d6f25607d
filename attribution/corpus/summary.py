"""Sums up a corpus: who answers for the claims of each outlet, section or month, and who is quoted most."""

from __future__ import annotations

import datetime
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from attribution.corpus.schema import ARTICLES, KEY, SOURCES
from attribution.corpus.store import Store
from attribution.extraction.names import Name, same_body, same_person, split_titles
from attribution.lexicon import Lexicon, load_lexicon
from attribution.records import AttribError, Carrier, CarrierCounts

NO_VALUE = "(none)"
"""The group of articles without a value."""

PERIODS = ("day", "week", "month", "year")
_DATE = re.compile(r"\s*(\d{4})[-/.]?(\d{2})(?:[-/.]?(\d{2}))?(?!\d)")
CARRIED = {carrier: f"carried_by_{carrier.value}" for carrier in Carrier}
COUNTS = ("words", "claims", *CARRIED.values(), "distinct_sources", "named_sources")
SCORES = ("sourcing", "certainty")
PERSON = "named-person"


@dataclass
class Group:
    """Articles that have a value in common: how many, their words and claims, who answers for these, and the scores.

    ``values`` are those of the columns that are asked for, in their order. The scores are means over the claims.
    """

    values: tuple[str, ...]
    articles: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    scores: Counter[str] = field(default_factory=Counter)

    def add(self, row: Mapping[str, Any]) -> None:
        """Add an article."""
        self.articles += 1
        for name in COUNTS:
            self.counts[name] += row[name]
        for name in SCORES:
            self.scores[name] += (row[name] or 0.0) * row["claims"]

    @property
    def carriers(self) -> CarrierCounts:
        """For how many claims each carrier answers."""
        return CarrierCounts(**{carrier.value: self.counts[name] for carrier, name in CARRIED.items()})

    @property
    def unnamed_sources(self) -> float:
        """Which share of the sources that carry a claim has no name."""
        sources = self.counts["distinct_sources"]
        return 1 - self.counts["named_sources"] / sources if sources else 0.0

    def score(self, name: str) -> float:
        """The mean of a score over all claims."""
        return self.scores[name] / max(1, self.counts["claims"])


@dataclass
class Quoted:
    """Somebody or something with a name, in all articles that use it.

    ``claims`` are those that it carries and ``attributions`` the times that something is attributed to it. ``forms``
    are the ways in which it is written. ``may_be`` names others of the corpus that might be the same; nothing but the
    name is compared, so people who share one are counted as one.
    """

    name: str
    kinds: Counter[str] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    articles: int = 0
    claims: int = 0
    attributions: int = 0
    may_be: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """What kind of source it is in most articles."""
        return most_common(self.kinds)


@dataclass(frozen=True)
class CorpusSummary:
    """A corpus in numbers: all of it, its groups, and who is quoted, most first."""

    by: tuple[str, ...]
    every: str | None
    total: Group
    groups: tuple[Group, ...]
    quoted: tuple[Quoted, ...]


def summarise(store: Store, by: Sequence[str] = (), every: str | None = None) -> CorpusSummary:
    """Sum up the finished parts of a corpus, which are read one by one.

    Groups are those of the columns ``by``, the one with most articles first; with ``every``, a period, the first column
    holds dates, and the groups are in their order. AttribError if there is no such corpus or column.
    """
    names = sorted(store.part_names())
    if not names:
        raise AttribError(f"{store.address}: holds no results; name the folder that attrib corpus has written")
    there = store.columns(ARTICLES, names[0])
    for column in by:
        if column not in there:
            raise AttribError(f"{store.address}: has no column {column!r}; give one of {', '.join(there)}")
    total = Group(("all",))
    groups: dict[tuple[str, ...], Group] = {}
    merger = NameMerger(load_lexicon())
    columns = list(dict.fromkeys((*by, *COUNTS, *SCORES)))
    for name in names:
        for row in store.read(ARTICLES, name, columns).to_pylist():
            total.add(row)
            values = tuple(
                period_of(row[column], every) if every and not number else _shown(row[column])
                for number, column in enumerate(by)
            )
            groups.setdefault(values, Group(values)).add(row)
        wanted = [KEY, "name", "kind", "named", "claims", "attributions"]
        for row in store.read(SOURCES, name, wanted).to_pylist():
            if row["named"] and (row["attributions"] or row["claims"]):
                merger.add(row)
    order: Callable[[Group], Any] = (
        (lambda group: group.values) if every else (lambda group: (-group.articles, group.values))
    )
    return CorpusSummary(
        tuple(by), every, total, tuple(sorted(groups.values(), key=order)) if by else (), merger.quoted()
    )


class NameMerger:
    """Merges the sources of articles by their names: titles, case and *the* make no difference.

    A short name (*Brandt*, *EPA*) is not merged with a longer one, as it may be somebody else's in another article;
    whose it may be is told instead.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._found: dict[tuple[str, ...], Quoted] = {}

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a source of an article."""
        keys = self._keys(row["name"])
        if not keys:
            return
        found = self._found.setdefault(keys, Quoted(""))
        found.forms[row["name"]] += 1
        found.kinds[row["kind"]] += 1
        found.articles += 1
        found.claims += row["claims"]
        found.attributions += row["attributions"]

    def quoted(self) -> tuple[Quoted, ...]:
        """Everybody, those first to whom most is attributed."""
        for found in self._found.values():
            found.name = most_common(found.forms)
        for keys, others in self._similar():
            self._found[keys].may_be = tuple(sorted(others))
        order = sorted(self._found.items(), key=lambda item: (-item[1].attributions, -item[1].articles, item[0]))
        return tuple(found for _, found in order)

    def _keys(self, name: str) -> tuple[str, ...]:
        _, words = split_titles(name.split(), self._lexicon)
        return Name(tuple(words) or tuple(name.split())).keys

    def _similar(self) -> Iterator[tuple[tuple[str, ...], set[str]]]:
        """The names that may be those of others, and whose."""
        names = {keys: Name(tuple(found.name.split())) for keys, found in self._found.items()}
        near: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for keys in names:
            for word in {keys[0], keys[-1], names[keys].acronym.lower()} - {""}:
                near[word].append(keys)
        for keys, name in names.items():
            same = same_person if self._found[keys].kind == PERSON else same_body
            others = {other for word in {keys[0], keys[-1]} for other in near[word] if other != keys}
            longer = {
                self._found[other].name
                for other in others
                if len(other) > len(keys)
                and (self._found[other].kind == PERSON) == (self._found[keys].kind == PERSON)
                and same(name, names[other])
            }
            if longer:
                yield keys, longer


def most_common(counts: Counter[str]) -> str:
    """What was counted most often; of several the longest, then the first of the alphabet."""
    return min(counts, key=lambda text: (-counts[text], -len(text), text))


def period_of(value: Any, every: str) -> str:
    """The period that a date is in: *2026-11-03*, *2026-W45*, *2026-11*, *2026*; none for what is no date.

    Dates are those of Parquet, or strings that begin with year, month and day (ISO 8601, with other signs between, or
    none).
    """
    if isinstance(value, datetime.date):
        year, month, day = value.year, value.month, value.day
    else:
        found = _DATE.match(str(value))
        if found is None:
            return NO_VALUE
        year, month, day = int(found[1]), int(found[2]), int(found[3] or 0)
    if every == "year":
        return f"{year:04}"
    if every == "month":
        return f"{year:04}-{month:02}"
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return NO_VALUE
    week = date.isocalendar()
    return date.isoformat() if every == "day" else f"{week.year:04}-W{week.week:02}"


def _shown(value: Any) -> str:
    return NO_VALUE if value is None or value == "" else str(value)
