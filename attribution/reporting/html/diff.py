"""The page of a comparison: what an edit did, with both versions side by side, or stacked when the screen is narrow."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from attribution.comparison import Change, ChangeKind, Comparison
from attribution.records import Analysis
from attribution.reporting.diff_marks import TITLES, Piece, RowView, Weight, counts, row_views
from attribution.reporting.diff_words import message, quoted
from attribution.reporting.html.elements import Child, element, words_of_draft
from attribution.reporting.html.overview import count
from attribution.reporting.html.page import page

SIGNS = {
    ChangeKind.SOURCE_DROPPED: "⊖",
    ChangeKind.SOURCE_REPLACED: "⇄",
    ChangeKind.SOURCE_ADDED: "⊕",
    ChangeKind.HARDENED: "▲",
    ChangeKind.SOFTENED: "▽",
    ChangeKind.QUOTATION_ALTERED: "❞",
    ChangeKind.CLAIM_ADDED_UNSOURCED: "+",
    ChangeKind.CLAIM_DROPPED: "−",
    ChangeKind.VOICE_CHANGED: "≠",
}
"""A sign for each kind, so that nothing is told by colour alone."""

HEADING = "What the edit did to the sourcing"


def diff_html(comparisons: Sequence[Comparison], nothing: str = "No draft changed.") -> str:
    """The page; ``nothing`` is what it says when there is nothing to compare. It loads nothing and runs nothing."""
    title = f"{HEADING}: {_name(comparisons[0])}" if len(comparisons) == 1 else HEADING
    sections = [_section(comparison, f"f{number}") for number, comparison in enumerate(comparisons, 1)]
    body = [
        element(
            "header",
            {"class": "top"},
            element(
                "div",
                {"class": "title"},
                element("h1", None, HEADING),
                element("p", {"class": "facts"}, *_introduction(comparisons)),
                _drafts(comparisons) if len(comparisons) > 1 else None,
            ),
        ),
        element("main", {"class": "diff"}, sections or [element("p", None, nothing)]),
        element("footer", None, element("p", None, "Not checked: whether anything is true, in either version.")),
    ]
    return page(title, body, ("look.css", "diff.css"))


def _introduction(comparisons: Sequence[Comparison]) -> list[Child]:
    total = sum(len(comparison.changes) for comparison in comparisons)
    return [
        f"{count(total, 'change')} in who says so and how sure the text is. ",
        element("del", None, "Struck out"),
        " words are gone, ",
        element("ins", None, "underlined"),
        " ones are new; framed ones are what a change is about.",
    ]


def _drafts(comparisons: Sequence[Comparison]) -> Element:
    """The drafts that were compared, each a link to its part of the page."""
    items = [
        element(
            "li",
            None,
            element("a", {"href": f"#f{number}"}, words_of_draft(_name(comparison))),
            " ",
            element("span", {"class": "where"}, count(len(comparison.changes), "change")),
        )
        for number, comparison in enumerate(comparisons, 1)
    ]
    return element("nav", {"aria-label": "Drafts"}, element("ol", None, items))


def _section(comparison: Comparison, identifier: str) -> Element:
    """One draft: how many changes of each kind, the list of changes, and the versions row by row."""
    views = row_views(comparison)
    summary = [element("p", None, "Nothing changed in who says so and how sure the text is.")]
    if comparison.changes:
        totals = [element("li", None, _kind(kind, "span"), f" {number}") for kind, number in counts(comparison.changes)]
        links = [_link(change, identifier) for view in views for change in view.changes]
        summary = [
            element("ul", {"class": "counts"}, totals),
            element("nav", {"aria-label": "Changes"}, element("ol", None, links)),
        ]
    rows: list[Element] = []
    block: int | None = None
    blocks = {sentence.id: sentence.block for sentence in comparison.new.sentences}
    for view in views:
        here = blocks[view.row.new[0]] if view.row.new else block
        rows.append(_row(view, identifier, opens_block=here != block))
        block = here
    return element(
        "section",
        {"id": identifier},
        words_of_draft(_name(comparison), "h2"),
        summary,
        element("div", {"class": "versions"}, rows),
    )


def _kind(kind: ChangeKind, name: str, **attributes: str) -> Element:
    return element(name, {"class": f"kind {kind.value}", **attributes}, f"{SIGNS[kind]} {TITLES[kind]}")


def _link(change: Change, identifier: str) -> Element:
    """The change in the list at the top, with the claim it is about where the message does not say it."""
    about = None
    if change.new is not None and change.kind not in (ChangeKind.CLAIM_ADDED_UNSOURCED, ChangeKind.QUOTATION_ALTERED):
        about = words_of_draft(quoted(change.new.text), kind="words where")
    return element(
        "li",
        None,
        _kind(change.kind, "a", href=f"#{identifier}-{change.id}"),
        " ",
        words_of_draft(message(change)),
        " ",
        about,
    )


def _row(view: RowView, identifier: str, opens_block: bool) -> Element:
    """Sentences that correspond, side by side, under the changes that begin in them."""
    names = ["row", "differs" if view.differs else "same"]
    names += ["changed"] if view.changes else []
    names += ["new-block"] if opens_block else []
    changes = [_change(change, identifier) for change in view.changes]
    moved = element("span", {"class": "where"}, " (moved)") if view.moved else None
    return element(
        "div",
        {"class": " ".join(names)},
        element("ul", {"class": "changes"}, changes) if changes else None,
        _cell("old", "Before", view.old, "del"),
        _cell("new", "After", view.new, "ins", moved),
    )


def _change(change: Change, identifier: str) -> Element:
    places = [f"line {change.new.line}"] if change.new is not None else []
    places += [f"was line {change.old.line}"] if change.old is not None else []
    return element(
        "li",
        {"id": f"{identifier}-{change.id}"},
        _kind(change.kind, "span"),
        " ",
        words_of_draft(message(change)),
        " ",
        element("span", {"class": "where"}, ", ".join(places)),
    )


def _cell(
    name: str, label: str, sentences: Sequence[Sequence[Piece]], tag: str, note: Element | None = None
) -> Element:
    if not sentences:
        return element("div", {"class": name})
    words: list[Child] = []
    for number, pieces in enumerate(sentences):
        words += [" "] if number else []
        words += [_piece(piece, tag) for piece in pieces]
    return element(
        "div",
        {"class": name},
        element("span", {"class": "version"}, label),
        element("p", {"class": "words"}, words, note),
    )


def _piece(piece: Piece, tag: str) -> Child:
    if piece.weight is Weight.SAME:
        return piece.text
    return element(tag, {"class": "telling" if piece.weight is Weight.TELLING else None}, piece.text)


def _name(comparison: Comparison) -> str:
    old, new = _path(comparison.old), _path(comparison.new)
    return new if old == new else f"{old} → {new}"


def _path(analysis: Analysis) -> str:
    return analysis.draft.path if analysis.draft.text else "(no file)"
