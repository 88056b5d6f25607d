"""The index page of several articles: a table to sort, with small charts."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

import msgspec

from attribution.records import Analysis, Voice
from attribution.reporting.html import overview
from attribution.reporting.html.article import band
from attribution.reporting.html.elements import element, path_words, scaled
from attribution.reporting.html.notes import meter
from attribution.reporting.html.page import page, tools
from attribution.reporting.look import score_number
from attribution.reporting.overview import Line, line_of, total

PROFILE_WIDTH, PROFILE_HEIGHT = 120, 20
NARROWEST = 1.0


class Tick(msgspec.Struct, frozen=True):
    """A claim in an article's profile: where in the text it begins and ends (0 to 1), its voice and its score."""

    start: float
    end: float
    voice: Voice
    sourcing: float


class Entry(msgspec.Struct, frozen=True):
    """What the index says of one article; small, so that the analyses of many need not be kept."""

    line: Line
    address: str
    profile: tuple[Tick, ...]


def entry_of(analysis: Analysis, address: str) -> Entry:
    """The entry of an article whose page is at the address."""
    length = max(1, len(analysis.draft.text))
    ticks = [
        Tick(claim.spans[0].start / length, claim.spans[-1].end / length, claim.voice, claim.sourcing)
        for claim in analysis.claims
        if claim.spans
    ]
    return Entry(line_of(analysis), address, tuple(ticks))


def index_html(entries: Sequence[Entry]) -> str:
    """The index page, as self-contained as the articles' pages."""
    everything = total([entry.line for entry in entries])
    facts = f"{overview.count(everything.words, 'word')} · {overview.count(everything.summary.claims, 'claim')}"
    columns = (
        ("document", "text", None),
        ("sourcing", "number", None),
        ("own voice", "number", "the bar: source, hearsay, own, speaker not clear"),
        ("certainty", "number", None),
        ("claims", "number", None),
        ("words", "number", None),
        ("named", "number", "named sources of all"),
        ("thin places", None, "from the beginning of the text to its end: the taller, the thinner"),
    )
    head = []
    for name, kind, title in columns:
        inner: Element | str = element("button", {"type": "button", "data-sort": kind}, name) if kind else name
        head.append(
            element("th", {"scope": "col", "title": title, "class": "amount" if kind == "number" else None}, inner)
        )
    body = [
        overview.patterns(),
        element(
            "header",
            {"class": "top"},
            element(
                "div",
                {"class": "title"},
                element("h1", None, overview.count(len(entries), "draft")),
                element("p", {"class": "facts"}, facts),
            ),
            tools(marks=False),
        ),
        overview.summary(everything.summary),
        element(
            "main",
            {"class": "index"},
            element(
                "div",
                {"class": "scroll", "tabindex": 0, "role": "region", "aria-label": "Drafts"},
                element(
                    "table",
                    {"class": "drafts"},
                    element("thead", None, element("tr", None, head)),
                    element("tbody", None, [row(entry) for entry in entries]),
                ),
            ),
        ),
        element("p", {"class": "hidden", "role": "status", "aria-live": "polite", "id": "status"}),
    ]
    return page("drafts", body, ("look.css", "index.css"), ("theme.js", "index.js"))


def row(entry: Entry) -> Element:
    """An article's line of the table."""
    numbers = entry.line.summary
    own = numbers.voice.shares()[Voice.OWN]

    def amount(value: float | None, *shown: Element | str) -> Element:
        return element("td", {"class": "amount", "data-value": -1 if value is None else f"{value:.4f}"}, shown)

    return element(
        "tr",
        None,
        element(
            "th",
            {"scope": "row", "data-value": entry.line.path},
            element("a", {"href": entry.address}, path_words(entry.line.path)),
        ),
        amount(numbers.sourcing, meter(numbers.sourcing), score_number(numbers.sourcing)),
        amount(own, overview.share_bar(numbers.voice), f"{own:.0%}"),
        amount(numbers.certainty, meter(numbers.certainty), score_number(numbers.certainty)),
        amount(numbers.claims, f"{numbers.claims:,}"),
        amount(entry.line.words, f"{entry.line.words:,}"),
        amount(numbers.named_sources, f"{numbers.named_sources} of {numbers.distinct_sources}"),
        element("td", None, profile(entry)),
    )


def profile(entry: Entry) -> Element:
    """The article's claims from left to right, the taller the thinner."""
    bars = []
    for tick in entry.profile:
        height = PROFILE_HEIGHT * (0.15 + 0.85 * (1 - tick.sourcing))
        bars.append(
            element(
                "rect",
                {
                    "class": f"share {tick.voice.value} {band(tick.sourcing)}",
                    "x": scaled(tick.start * PROFILE_WIDTH),
                    "y": scaled(PROFILE_HEIGHT - height),
                    "width": scaled(max(NARROWEST, (tick.end - tick.start) * PROFILE_WIDTH - 0.5)),
                    "height": scaled(height),
                },
            )
        )
    thin = sum(band(tick.sourcing) == "weak" for tick in entry.profile)
    return element(
        "svg",
        {
            "class": "profile",
            "viewBox": f"0 0 {PROFILE_WIDTH} {PROFILE_HEIGHT}",
            "preserveAspectRatio": "none",
            "role": "img",
            "aria-label": f"{overview.count(thin, 'thin claim')} of {len(entry.profile)}",
        },
        bars,
    )
