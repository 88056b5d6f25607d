"""What stands beside the article: the numbers, the legend, the ledger, the filters, and the strip of thin places."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from attribution.ingest import locate
from attribution.records import Analysis, Claim, Summary, VoiceCounts
from attribution.reporting import words
from attribution.reporting.html.article import Remark, Stop, band, groups_of
from attribution.reporting.html.elements import element, scaled, words_of_draft
from attribution.reporting.html.notes import meter
from attribution.reporting.look import score_number, voice_shares
from attribution.reporting.lookup import Lookup
from attribution.reporting.text import ledger_rows

BAR = 100
STRIP_WIDTH, STRIP_HEIGHT = 24, 1000
SHORTEST = 4.0

FILTERS = {
    "all": "All claims",
    "own": "Own voice",
    "hearsay": "Hearsay",
    "unclear": "Speaker not clear",
    "unnamed": "Unnamed source",
    "weakest": "Weakest",
}


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def patterns() -> Element:
    """The fills of all voices but source, so that no chart tells them apart by colour alone."""
    return element(
        "svg",
        {"class": "patterns", "width": 0, "height": 0, "aria-hidden": "true", "focusable": "false"},
        element(
            "defs",
            None,
            element(
                "pattern",
                {
                    "id": "stripes",
                    "width": 4,
                    "height": 4,
                    "patternUnits": "userSpaceOnUse",
                    "patternTransform": "rotate(45)",
                },
                element("rect", {"class": "hearsay-ground", "width": 4, "height": 4}),
                element("rect", {"class": "hearsay-ink", "width": 2, "height": 4}),
            ),
            element(
                "pattern",
                {"id": "dots", "width": 4, "height": 4, "patternUnits": "userSpaceOnUse"},
                element("rect", {"class": "own-ground", "width": 4, "height": 4}),
                element("circle", {"class": "own-ink", "cx": 2, "cy": 2, "r": 1.1}),
            ),
            element(
                "pattern",
                {"id": "bars", "width": 4, "height": 4, "patternUnits": "userSpaceOnUse"},
                element("rect", {"class": "unclear-ground", "width": 4, "height": 4}),
                element("rect", {"class": "unclear-ink", "width": 4, "height": 2}),
            ),
        ),
    )


def share_bar(voices: VoiceCounts) -> Element:
    """The shares as one bar, each voice in a fill of its own."""
    parts: list[Element] = [element("rect", {"class": "track", "width": BAR, "height": 12})]
    start = 0.0
    for voice, share in voice_shares(voices):
        if share:
            parts.append(
                element(
                    "rect",
                    {
                        "class": f"share {voice.value}",
                        "x": scaled(start * BAR),
                        "width": scaled(share * BAR),
                        "height": 12,
                    },
                )
            )
        start += share
    label = ", ".join(f"{words.VOICES[voice]} {share:.0%}" for voice, share in voice_shares(voices))
    return element(
        "svg",
        {
            "class": "shares",
            "viewBox": f"0 0 {BAR} 12",
            "preserveAspectRatio": "none",
            "role": "img",
            "aria-label": label,
        },
        parts,
    )


def summary(numbers: Summary) -> Element:
    """Both scores, the shares behind them, how many sources are named, and what nobody checked."""
    unchecked = "; ".join(words.NOT_CHECKED) + "."
    if not numbers.claims:
        body: list[Element] = [element("p", {"class": "nothing"}, "The text makes no claim that could be checked.")]
    else:
        body = [
            element(
                "dl",
                {"class": "numbers"},
                _number(
                    "Sourcing", score_number(numbers.sourcing), meter(numbers.sourcing), "how clear it is who says so"
                ),
                _number(
                    "Certainty", score_number(numbers.certainty), meter(numbers.certainty), "how committed the text is"
                ),
                _number(
                    "Voices",
                    None,
                    share_bar(numbers.voice),
                    [
                        element("span", {"class": f"key {voice.value}"}, f"{words.VOICES[voice]} {share:.0%}")
                        for voice, share in voice_shares(numbers.voice)
                    ],
                ),
                _number(
                    "Sources",
                    f"{numbers.named_sources} of {numbers.distinct_sources}",
                    meter(numbers.named_sources / max(1, numbers.distinct_sources)),
                    "named",
                ),
            )
        ]
    return element(
        "section",
        {"class": "summary", "aria-labelledby": "summary-heading"},
        element("h2", {"id": "summary-heading", "class": "hidden"}, "Summary"),
        body,
        element("p", {"class": "unchecked"}, element("b", None, "Not checked: "), unchecked),
    )


def _number(name: str, number: str | None, drawing: Element, meaning: str | list[Element]) -> Element:
    return element(
        "div",
        None,
        element("dt", None, name),
        element(
            "dd",
            None,
            element("b", None, number) if number is not None else None,
            drawing,
            element("small", None, meaning),
        ),
    )


def legend(analysis: Analysis) -> Element:
    """What the marks in the article mean; those that few articles have only where they occur."""

    def sample(kind: str, text: str) -> Element:
        return element("li", None, element("span", {"class": kind}, text))

    return element(
        "ul",
        {"class": "legend draft-look", "aria-label": "Legend"},
        sample("claim source fair", "said by a source"),
        sample("claim hearsay fair", "hearsay"),
        sample("claim own fair", "own voice"),
        sample("claim unclear fair", words.SPEAKER_NOT_CLEAR) if analysis.summary.voice.unclear else None,
        element("li", None, element("span", {"class": "claim source weak"}, "heavier"), " = thinner sourcing"),
        sample("is-source", "source"),
        sample("is-cue", "cue"),
        sample("is-hedge", "hedge"),
        sample("is-booster", "booster") if analysis.boosters else None,
    )


def filters(lookup: Lookup, stops: Sequence[Stop], remarks: Sequence[Remark], weakest: set[str]) -> Element:
    """The buttons that show some claims and dim the others."""
    found = [groups_of(stop.claim, lookup, weakest) for stop in stops if stop.claim is not None]
    buttons = []
    for name, label in FILTERS.items():
        number = len(found) if name == "all" else sum(name in groups for groups in found)
        if name == "unclear" and not number:
            continue  # few articles have any
        buttons.append(
            element(
                "button",
                {"type": "button", "data-filter": name, "aria-pressed": "true" if name == "all" else "false"},
                label,
                " ",
                element("span", {"class": "count"}, str(number)),
            )
        )
    if remarks:
        buttons.append(
            element("a", {"href": "#findings"}, "Findings ", element("span", {"class": "count"}, str(len(remarks))))
        )
    return element("div", {"class": "filters js-only", "role": "group", "aria-label": "Show claims"}, buttons)


def ledger(lookup: Lookup) -> Element:
    """Who carries the story; each row leads to the first of its claims."""
    total = max(1, len(lookup.analysis.claims))
    rows = []
    for row in ledger_rows(lookup.analysis):
        first = row.carried[0] if row.carried else None
        name = words_of_draft(row.name, "span", "name" if row.entry else "name nobody")
        place = ":".join(map(str, locate(lookup.analysis.draft, row.first))) if row.first is not None else None
        rows.append(
            element(
                "tr",
                {"data-claims": " ".join(row.carried) or None, "data-entity": row.id},
                element(
                    "th",
                    {"scope": "row"},
                    element("a", {"href": f"#{first}"}, name) if first is not None else name,
                    element("small", None, row.kind, f" · first at {place}" if place is not None else None),
                ),
                element("td", {"class": "amount"}, str(row.claims)),
                element("td", {"class": "amount"}, f"{row.claims / total:.0%}"),
                element("td", {"class": "bar"}, meter(row.claims / total, row.voice)),
            )
        )
    if not rows:
        return element("p", {"class": "nothing"}, "Nobody speaks in this text.")
    names = ("source", "claims", "share")
    head = [element("th", {"scope": "col", "class": None if name == "source" else "amount"}, name) for name in names]
    return element(
        "table",
        {"class": "ledger"},
        element("thead", None, element("tr", None, head, element("td", {"class": "bar"}))),
        element("tbody", None, rows),
    )


def strip(lookup: Lookup, stops: Sequence[Stop]) -> Element:
    """The article from top to bottom in one narrow strip: the further a line sticks out, the thinner the sourcing."""
    length = max(1, len(lookup.analysis.draft.text))
    lines = []
    for stop in stops:
        claim = stop.claim
        if claim is None or not claim.spans:
            continue
        top, bottom = claim.spans[0].start / length, claim.spans[-1].end / length
        height = max(SHORTEST, (bottom - top) * STRIP_HEIGHT - 1)
        lines.append(
            element(
                "a",
                {"href": f"#{claim.id}", "tabindex": -1, "data-stop": claim.id},
                element(
                    "rect",
                    {
                        "class": f"share {claim.voice.value} {band(claim.sourcing)}",
                        "y": scaled(top * STRIP_HEIGHT),
                        "width": scaled(reach(claim)),
                        "height": scaled(height),
                    },
                ),
            )
        )
    return element(
        "div",
        {"class": "strip", "aria-hidden": "true", "title": "The longer the line, the thinner the sourcing"},
        element(
            "svg",
            {"viewBox": f"0 0 {STRIP_WIDTH} {STRIP_HEIGHT}", "preserveAspectRatio": "none", "focusable": "false"},
            element("rect", {"class": "view", "width": STRIP_WIDTH, "height": 0}),
            lines,
        ),
    )


def reach(claim: Claim) -> float:
    """How far the claim's line sticks out in the strip."""
    return STRIP_WIDTH * (0.2 + 0.8 * (1 - claim.sourcing))
