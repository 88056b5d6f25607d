"""What an edit did, as one page that needs nothing else: both versions side by side, or stacked when narrow."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from attribution.comparison import Change, ChangeKind, Comparison
from attribution.records import Analysis
from attribution.reporting.diff_marks import TITLES, Piece, RowView, Weight, counts, row_views
from attribution.reporting.diff_words import message, quoted

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

STYLE = """
:root { color-scheme: light dark; --ground: #fdfdfb; --text: #1c1c1a; --quiet: #5c5c57; --line: #d5d5cf;
  --card: #f3f3ee; --gone: #fde2df; --gone-strong: #9d1c12; --came: #dcf1df; --came-strong: #14602a;
  --weak: #9d1c12; --mild: #7a4d00; --good: #14602a; --calm: #1d5488; }
@media (prefers-color-scheme: dark) { :root { --ground: #171816; --text: #ecece6; --quiet: #a9a9a1; --line: #3c3d39;
  --card: #22231f; --gone: #4a211d; --gone-strong: #ffb3aa; --came: #1c3d25; --came-strong: #9fe3b1;
  --weak: #ffaba1; --mild: #f0c26b; --good: #9fe3b1; --calm: #9cc9f5; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1rem; background: var(--ground); color: var(--text);
  font: 1rem/1.55 Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
h1, h2, .kind, .where, .side, nav, footer, .counts, .changes { font-family: system-ui, sans-serif; }
h1 { font-size: 1.3rem; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
.counts, .changes { list-style: none; padding: 0; margin: .5rem 0; }
.counts { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; }
nav ol { padding-left: 1.5rem; margin: .5rem 0; font-size: .95rem; }
nav a { color: inherit; }
.row { display: grid; grid-template-columns: 1fr; gap: 0 1.5rem; padding: .35rem .5rem;
  border-left: .25rem solid transparent; }
.row.changed { background: var(--card); border-left-color: var(--mild); margin: .5rem 0; padding: .6rem .75rem; }
.row.new-block { margin-top: 1.1rem; }
.row p { margin: 0; }
.changes { grid-column: 1 / -1; font-size: .95rem; margin: 0 0 .5rem; }
.changes li { margin: .15rem 0; }
.kind { font-weight: 700; }
.where, .quiet, footer { color: var(--quiet); font-size: .85rem; }
.side { display: none; color: var(--quiet); font-size: .75rem; text-transform: uppercase; letter-spacing: .05em; }
.row.same .old { display: none; }
.row.differs .side { display: block; }
del, ins { text-decoration-thickness: .08em; padding: 0 .1em; border-radius: .15em; }
del { background: var(--gone); color: var(--gone-strong); text-decoration: line-through; }
ins { background: var(--came); color: var(--came-strong); text-decoration: underline; }
del.telling, ins.telling { font-weight: 700; outline: 1px solid currentColor; }
.source-dropped, .hardened, .quotation-altered { color: var(--weak); }
.source-replaced, .claim-added-unsourced, .voice-changed { color: var(--mild); }
.source-added { color: var(--good); }
.softened, .claim-dropped { color: var(--calm); }
:target { outline: 2px solid var(--calm); }
@media (min-width: 50rem) {
  .row { grid-template-columns: 1fr 1fr; }
  .row.same .old { display: block; }
  .row.differs .side { display: none; }
}
@media print { body { max-width: none; } .row.changed { break-inside: avoid; } }
"""


def diff_html(comparisons: Sequence[Comparison], nothing: str = "No draft changed.") -> str:
    """The page; ``nothing`` is what it says when there is nothing to compare. All text of the drafts is escaped."""
    several = len(comparisons) > 1
    sections = [_comparison(one, f"f{number}") for number, one in enumerate(comparisons, 1)]
    total = sum(len(one.changes) for one in comparisons)
    heading = "What the edit did to the sourcing"
    title = f"{heading}: {_name(comparisons[0])}" if len(comparisons) == 1 else heading
    index = ""
    if several:
        items = "".join(
            f'<li><a href="#f{number}">{escape(_name(one))}</a> '
            f'<span class="where">{_changes(len(one.changes))}</span></li>'
            for number, one in enumerate(comparisons, 1)
        )
        index = f'<nav aria-label="Drafts"><ol>{items}</ol></nav>'
    body = "".join(sections) or f"<p>{escape(nothing)}</p>"
    return _clean(
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
        f'<header><h1>{heading}</h1><p class="quiet">{_changes(total)} in who says so and how sure the text is. '
        "<del>Struck out</del> words are gone, <ins>underlined</ins> ones are new; "
        "framed ones are what a change is about."
        f"</p>{index}</header><main>{body}</main>"
        "<footer><p>Not checked: whether anything is true, in either version.</p></footer></body></html>\n"
    )


def _comparison(comparison: Comparison, identifier: str) -> str:
    views = row_views(comparison)
    totals = "".join(
        f'<li><span class="kind {kind.value}">{SIGNS[kind]} {TITLES[kind]}</span> {number}</li>'
        for kind, number in counts(comparison.changes)
    )
    links = "".join(
        f'<li><a href="#{identifier}-{change.id}"><span class="kind {change.kind.value}">{SIGNS[change.kind]} '
        f"{TITLES[change.kind]}</span></a> {escape(message(change))} {_about(change)}</li>"
        for view in views
        for change in view.changes
    )
    summary = (
        f'<ul class="counts">{totals}</ul><nav aria-label="Changes"><ol>{links}</ol></nav>'
        if links
        else "<p>Nothing changed in who says so and how sure the text is.</p>"
    )
    rows: list[str] = []
    block: int | None = None
    blocks = {one.id: one.block for one in comparison.new.sentences}
    for view in views:
        here = blocks[view.row.new[0]] if view.row.new else block
        rows.append(_row(view, identifier, opens_block=here != block))
        block = here
    heading = f"<h2>{escape(_name(comparison))}</h2>"
    return f'<section id="{identifier}">{heading}{summary}<div class="versions">{"".join(rows)}</div></section>'


def _about(change: Change) -> str:
    """The claim that the change is about, where the message does not say it."""
    side = change.new
    if side is None or change.kind in (ChangeKind.CLAIM_ADDED_UNSOURCED, ChangeKind.QUOTATION_ALTERED):
        return ""
    return f'<span class="where">{escape(quoted(side.text))}</span>'


def _row(view: RowView, identifier: str, opens_block: bool) -> str:
    names = ["row", "differs" if view.differs else "same"]
    names += ["changed"] if view.changes else []
    names += ["new-block"] if opens_block else []
    changes = "".join(_change(change, identifier) for change in view.changes)
    listed = f'<ul class="changes">{changes}</ul>' if changes else ""
    moved = ' <span class="where">(moved)</span>' if view.moved else ""
    old = _cell("old", "Before", view.old, "del", bool(view.new))
    new = _cell("new", "After", view.new, "ins", bool(view.old), moved)
    return f'<div class="{" ".join(names)}">{listed}{old}{new}</div>'


def _cell(name: str, label: str, sentences: Sequence[Sequence[Piece]], tag: str, beside: bool, note: str = "") -> str:
    if not sentences:
        return f'<div class="{name}"></div>'
    text = " ".join("".join(_piece(piece, tag) for piece in pieces) for pieces in sentences)
    return f'<div class="{name}"><span class="side">{label}</span><p>{text}{note}</p></div>'


def _piece(piece: Piece, tag: str) -> str:
    words = escape(piece.text)
    if piece.weight is Weight.SAME:
        return words
    telling = ' class="telling"' if piece.weight is Weight.TELLING else ""
    return f"<{tag}{telling}>{words}</{tag}>"


def _change(change: Change, identifier: str) -> str:
    where = f"line {change.new.line}" if change.new is not None else ""
    if change.old is not None:
        where += f"{', ' if where else ''}was line {change.old.line}"
    return (
        f'<li id="{identifier}-{change.id}"><span class="kind {change.kind.value}">{SIGNS[change.kind]} '
        f'{TITLES[change.kind]}</span> {escape(message(change))} <span class="where">{escape(where)}</span></li>'
    )


def _name(comparison: Comparison) -> str:
    old, new = _path(comparison.old), _path(comparison.new)
    return new if old == new else f"{old} → {new}"


def _path(analysis: Analysis) -> str:
    return analysis.draft.path if analysis.draft.text else "(no file)"


def _changes(number: int) -> str:
    return f"{number} change{'' if number == 1 else 's'}"


def _clean(page: str) -> str:
    """The page without characters that HTML forbids: a draft may hold control characters and lone surrogates."""
    kept = (one if one in "\t\n" or (one >= " " and not "\x7f" <= one <= "\x9f") else "\ufffd" for one in page)
    return "".join(kept).encode("utf-8", "replace").decode()
