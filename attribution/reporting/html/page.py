"""The page of one article: head, policy, style and script around what the other modules make."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from xml.etree.ElementTree import Element

from attribution.ingest import locate
from attribution.records import Analysis
from attribution.reporting.html import notes, overview
from attribution.reporting.html.article import Remark, article, stops_of
from attribution.reporting.html.elements import Child, element, markup, path_words, plain, words_of_draft
from attribution.reporting.lookup import Lookup
from attribution.reporting.text import WEAKEST
from attribution.resources import page_folder

KEYS = (
    ("j or ↓", "next claim"),
    ("k or ↑", "previous claim"),
    ("Enter", "from a claim’s mark to its note"),
    ("f or /", "filters; arrows move between them"),
    ("s", "sources"),
    ("m", "marks on and off"),
    ("d", "dark or light"),
    ("Esc", "close the note, then show all"),
    ("?", "this help"),
)


def report_html(analysis: Analysis, *, findings: Sequence[Remark] = (), home: str | None = None) -> str:
    """The report as one HTML file that needs nothing else: no network, no other file.

    ``findings`` are lint findings to show in the text. ``home`` is the address of the index page, for a link back.
    """
    lookup = Lookup(analysis)
    remarks = sorted(findings, key=lambda one: (one.span, one.rule))
    stops = stops_of(lookup)
    weakest = {claim.id for claim in lookup.weakest()[:WEAKEST]}
    draft, numbers = analysis.draft, analysis.summary
    facts = " · ".join(
        (
            overview.count(len(draft.text.split()), "word"),
            overview.count(numbers.sentences, "sentence"),
            overview.count(numbers.claims, "claim"),
        )
    )
    body = [
        element("a", {"class": "skip", "href": "#draft"}, "Skip to the draft"),
        overview.patterns(),
        element(
            "header",
            {"class": "top"},
            element(
                "div",
                {"class": "title"},
                element("a", {"class": "home", "href": home}, "All drafts") if home is not None else None,
                path_words(draft.path, "h1"),
                element("p", {"class": "facts"}, facts),
            ),
            tools(),
        ),
        overview.summary(numbers),
        overview.legend(analysis),
        overview.filters(lookup, stops, remarks, weakest),
        element(
            "main",
            {"class": "desk"},
            overview.strip(lookup, stops),
            article(lookup, stops, remarks),
            element(
                "div",
                {"class": "side"},
                panel(),
                element(
                    "section",
                    {"class": "sources", "id": "sources", "aria-labelledby": "sources-heading"},
                    element("h2", {"id": "sources-heading"}, "Sources"),
                    overview.ledger(lookup),
                ),
            ),
            element(
                "div",
                {"class": "below"},
                notes.findings(remarks, lookup),
                problems(lookup),
                element(
                    "section",
                    {"class": "notes", "id": "notes", "aria-labelledby": "notes-heading"},
                    element("h2", {"id": "notes-heading"}, "Notes on every claim"),
                    element(
                        "button",
                        {
                            "type": "button",
                            "class": "js-only unfold",
                            "aria-expanded": "false",
                            "aria-controls": "notes-list",
                        },
                        "Show all",
                    ),
                    element(
                        "div", {"id": "notes-list", "class": "notes-body"}, notes.notes(lookup, stops, remarks, weakest)
                    ),
                ),
            ),
        ),
        element("p", {"class": "hidden", "role": "status", "aria-live": "polite", "id": "status"}),
        keys_help(),
    ]
    return page(draft.path, body, ("look.css", "report.css"), ("theme.js", "report.js"))


def tools(marks: bool = True) -> Element:
    """The buttons for the look of the page."""
    return element(
        "div",
        {"class": "tools js-only"},
        element("button", {"type": "button", "id": "marks", "aria-pressed": "true"}, "Marks") if marks else None,
        element("button", {"type": "button", "id": "theme", "aria-pressed": "false"}, "Dark"),
        element("button", {"type": "button", "id": "help", "aria-label": "Keys and help"}, "?") if marks else None,
    )


def panel() -> Element:
    """Where the note on the chosen claim is shown: at the side, or on narrow screens as a sheet at the bottom."""
    return element(
        "section",
        {"class": "panel js-only", "id": "panel", "aria-label": "The chosen claim", "tabindex": -1},
        element(
            "div",
            {"class": "panel-tools"},
            element("button", {"type": "button", "data-step": "-1", "aria-label": "Previous claim"}, "‹"),
            element("span", {"class": "panel-place"}),
            element("button", {"type": "button", "data-step": "1", "aria-label": "Next claim"}, "›"),
            element("button", {"type": "button", "data-close": "", "aria-label": "Close"}, "×"),
        ),
        element(
            "div",
            {"class": "panel-body"},
            element(
                "p",
                {"class": "hint"},
                "Point at a claim, tap it or press j: who says so, and why it scores as it does.",
            ),
        ),
    )


def problems(lookup: Lookup) -> Element | None:
    """What the reader of the report should know about the input."""
    draft = lookup.analysis.draft
    places = [":".join(map(str, locate(draft, one.start))) for one in lookup.analysis.problems]
    told = [f"{one.code} {place}: {one.message}" for one, place in zip(lookup.analysis.problems, places, strict=True)]
    if not told:
        return None
    return element(
        "section",
        {"class": "problems", "aria-labelledby": "problems-heading"},
        element("h2", {"id": "problems-heading"}, "Problems"),
        element("ul", None, [words_of_draft(one, "li") for one in told]),
    )


def keys_help() -> Element:
    """What the keys do."""
    rows = [
        element("div", None, element("dt", None, element("kbd", None, keys)), element("dd", None, meaning))
        for keys, meaning in KEYS
    ]
    return element(
        "dialog",
        {"id": "keys", "aria-labelledby": "keys-heading"},
        element("h2", {"id": "keys-heading"}, "Keys"),
        element("dl", {"class": "keys"}, rows),
        element("form", {"method": "dialog"}, element("button", {"type": "submit"}, "Close")),
    )


def page(title: str, body: Sequence[Child], styles: Sequence[str], scripts: Sequence[str] = ()) -> str:
    """A whole page. Its policy forbids it to fetch anything and to run anything but its own style and script."""
    style, script = packaged(tuple(styles)), packaged(tuple(scripts))
    runs = f"script-src '{digest(script)}'; " if script else ""
    policy = f"default-src 'none'; style-src '{digest(style)}'; {runs}base-uri 'none'; form-action 'none'"
    root = element(
        "html",
        {"lang": "en"},
        element(
            "head",
            None,
            element("meta", {"charset": "utf-8"}),
            element("meta", {"http-equiv": "Content-Security-Policy", "content": policy}),
            element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            element("meta", {"name": "referrer", "content": "no-referrer"}),
            element("meta", {"name": "color-scheme", "content": "light dark"}),
            element("title", None, plain(f"{title} – attrib")),
            element("style", None, style),
            element("script", None, script) if script else None,
        ),
        element("body", None, body),
    )
    return f"<!doctype html>\n{markup(root)}\n"


@cache
def packaged(names: tuple[str, ...]) -> str:
    """The text of the packaged style sheets or scripts, one after the other."""
    return "\n".join((page_folder() / name).read_text(encoding="utf-8") for name in names)


def digest(text: str) -> str:
    """The hash by which a content security policy knows an inline style or script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
