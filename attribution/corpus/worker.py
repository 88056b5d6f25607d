"""Makes the tables of a part. It runs in any process on any machine, and keeps words and model between parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from attribution.corpus.parts import Part, Settings
from attribution.corpus.readers import Row
from attribution.corpus.rows import Rows, rows_of
from attribution.corpus.schema import ARTICLES, ERRORS, KEY, TABLES
from attribution.corpus.store import PartEntry, Store
from attribution.draft_errors import CrashError, DraftError, check_length
from attribution.ingest import check_english, read_bytes, read_text
from attribution.ingest.decoding import decode
from attribution.records import AttribError, Draft
from attribution.reporting.jsonl import report_jsonl
from attribution.session import AnalysedDraft, Session
from attribution.session.inputs import Input
from attribution.session.session import fingerprint_of, session_here

FORMATS = {
    "text": "text",
    "txt": "text",
    "text/plain": "text",
    "plain": "text",
    "markdown": "markdown",
    "md": "markdown",
    "text/markdown": "markdown",
    "html": "html",
    "htm": "html",
    "text/html": "html",
    "application/xhtml+xml": "html",
}
"""The formats that a column may name, in any case."""


@dataclass(frozen=True)
class Finished:
    """A finished part: its entry, its number and share of its source, and how many of its articles were analysed."""

    entry: PartEntry
    number: int
    share: float
    analysed: int


def make_part(part: Part, settings: Settings, address: str) -> Finished:
    """Analyse the rows of a part, and write its tables into the store at an address.

    Articles that stand unchanged in an earlier part are taken from there. AttribError if this process has other words,
    another model or another version of attrib than the one that divides the work.
    """
    check_same(settings)
    store = Store(address)
    rows: Rows = {table.name: [] for table in TABLES}
    lines: list[bytes] = []
    drafts, errors = _drafts(part, settings)
    earlier = _Earlier(store, part.earlier, with_json=settings.with_json)
    waiting = [draft for number, draft in sorted(drafts.items()) if not earlier.has(part.rows[number].id, draft)]
    outcomes = session_here(settings.options).each(
        [Input("corpus", draft=draft) for draft in waiting], partial(_made, with_json=settings.with_json)
    )
    analysed = 0
    for number, row in enumerate(part.rows):
        origin = {"input": row.id if row.is_file else part.source}
        if number in drafts:
            draft = drafts[number]
            if earlier.has(row.id, draft):
                made, line = earlier.of(row.id)
            else:
                outcome = next(outcomes)
                analysed += 1
                if outcome.error is not None:
                    rows[ERRORS].append({KEY: row.id, **origin, "reason": "fault", "message": outcome.error})
                    continue
                made, line = outcome.made
            kept = dict(zip((column.name for column in settings.kept), row.kept, strict=True))
            (article,) = made[ARTICLES]
            rows[ARTICLES].append({**article, **origin, **kept})
            for table in made.keys() - {ARTICLES}:
                rows[table] += made[table]
            if settings.with_json:
                lines.append(line)
        else:
            reason, message = errors[number]
            rows[ERRORS].append({KEY: row.id, **origin, "reason": reason, "message": message})
    return Finished(store.write(part.name, part.source, settings, rows, lines), part.number, part.share, analysed)


def read_part(part: Part, settings: Settings) -> None:
    """Analyse the rows of a part and keep nothing: to see whether a process survives it."""
    drafts, _ = _drafts(part, settings)
    inputs = [Input("corpus", draft=draft) for draft in drafts.values()]
    for _ in session_here(settings.options).each(inputs, partial(_made, with_json=settings.with_json)):
        pass


def check_same(settings: Settings) -> None:
    """Raise AttribError if this process would analyse otherwise than the settings say."""
    if _fingerprint_here(settings.options) != settings.fingerprint:
        raise AttribError(
            "a worker has another version of attrib, other words or another model than this machine; give all machines "
            "the same installation and the same folders of words"
        )


@cache
def _fingerprint_here(options: Any) -> str:
    return fingerprint_of(options)


def _made(session: Session, analysed: AnalysedDraft, with_json: bool) -> tuple[Rows, bytes]:
    """The rows of an article, and its report as a line of JSON, if that is kept."""
    analysis = analysed.analysis
    return rows_of(analysis, analysis.draft.path), report_jsonl(analysis).encode() if with_json else b""


def _drafts(part: Part, settings: Settings) -> tuple[dict[int, Draft], dict[int, tuple[str, str]]]:
    """The drafts of the rows that can be read, by their number, and reason and message for the others."""
    drafts: dict[int, Draft] = {}
    errors: dict[int, tuple[str, str]] = {}
    seen: set[str] = set()
    for number, row in enumerate(part.rows):
        if row.id in seen:
            errors[number] = "duplicate-id", f"{row.id}: stands in the id column more than once; make its values unique"
            continue
        seen.add(row.id)
        try:
            drafts[number] = _draft(row, settings)
        except DraftError as error:
            errors[number] = error.reason, str(error)
        except AttribError as error:
            errors[number] = DraftError.reason, str(error)
    return drafts, errors


def _draft(row: Row, settings: Settings) -> Draft:
    if row.crashes:
        raise CrashError(f"{row.id}: each process that reads it dies, perhaps for lack of memory; divide it")
    if row.problem is not None:
        raise AttribError(row.problem)
    if row.is_file:
        draft = read_bytes(row.text, row.id, whole_page=settings.options.whole_page)
    else:
        form = FORMATS.get((row.format or "text").strip().lower())
        if form is None:
            raise AttribError(f"{row.id}: the format {row.format!r} is none of {', '.join(FORMATS)}; correct it")
        text = decode(row.text, row.id)[0] if isinstance(row.text, bytes) else row.text
        draft = read_text(_with_title(text, row.title, form), form, row.id)
    check_length(draft, settings.longest)
    if not settings.options.force:
        check_english(draft)
    return draft


def _with_title(text: Any, title: str | None, form: str) -> Any:
    """The text under its headline, which counts as its first paragraph."""
    if not isinstance(text, str) or not title or not text:
        return text
    title = " ".join(title.split())
    if form == "html":
        from html import escape

        return f"<h1>{escape(title)}</h1>\n{text}"
    return f"# {title}\n\n{text}" if form == "markdown" else f"{title}\n\n{text}"


class _Earlier:
    """What an earlier run has found in articles that have not changed."""

    def __init__(self, store: Store, names: tuple[str, ...], *, with_json: bool) -> None:
        self._articles: dict[str, dict[str, Any]] = {}
        self._rows: dict[str, Rows] = {}
        self._lines: dict[str, bytes] = {}
        own = [column.name for column in TABLES[0].columns]
        for name in names:
            articles = store.read(ARTICLES, name, own).to_pylist()
            if with_json:
                self._lines.update(zip((row[KEY] for row in articles), store.json_lines(name), strict=True))
            for row in articles:
                self._articles[row[KEY]] = row
                self._rows[row[KEY]] = {table.name: [] for table in TABLES if table.name != ERRORS}
                self._rows[row[KEY]][ARTICLES] = [row]
            for table in TABLES:
                if table.name not in (ARTICLES, ERRORS):
                    for row in store.read(table.name, name).to_pylist():
                        self._rows[row[KEY]][table.name].append(row)

    def has(self, article: str, draft: Draft) -> bool:
        """Whether the article was found, and was read from the same text in the same format."""
        row = self._articles.get(article)
        return row is not None and (row["sha256"], row["format"]) == (draft.sha256, draft.format)

    def of(self, article: str) -> tuple[Rows, bytes]:
        """Its rows, and its report as a line of JSON, if that was kept."""
        return self._rows[article], self._lines.get(article, b"")
