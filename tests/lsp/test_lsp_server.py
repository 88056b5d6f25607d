"""Sessions of an editor with ``attrib lsp``: what is published and answered while drafts are written."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsp.editor import PATIENCE, Editor, capabilities, editing, insertion
from lsprotocol import types

from attribution.ingest.offsets import Offsets
from attribution.linting import FileFindings
from attribution.session import Options, Session

pytestmark = pytest.mark.slow

DRAFT = (
    "# Bridge 🌉 to close\n\n🌉 The bridge will close on Friday, according to media reports. “It was “never” safe,” "
    "said Ola Brandt, the site engineer.\n\nThe nurse claimed she was tired. Pilot Harbourside quipped that it was "
    "late.\n"
)


def lint(text: str, name: str) -> FileFindings:
    """What ``attrib lint`` finds in a file with this text."""
    session = Session(Options(caching=False))
    return session.findings(session.analyse(name, text.encode())).file


def ranges(found: FileFindings, encoding: str) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    """Rule, start and end of the findings, with characters counted as the encoding does."""
    places = []
    for finding in found.findings:
        ends = []
        for position in (finding.start, finding.end):
            start = Offsets(found.source).from_line_column(position.line, 1)
            before = found.source[start : position.offset]
            width = {"utf-8": len(before.encode()), "utf-16": len(before.encode("utf-16-le")) // 2}
            ends.append((position.line - 1, width.get(encoding, len(before))))
        places.append((finding.rule, ends[0], ends[1]))
    return places


def published(found: list[types.Diagnostic]) -> list[tuple[str, tuple[int, int], tuple[int, int]]]:
    return [
        (
            str(diagnostic.code),
            (diagnostic.range.start.line, diagnostic.range.start.character),
            (diagnostic.range.end.line, diagnostic.range.end.character),
        )
        for diagnostic in found
    ]


def document(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


def at(uri: str, line: int, character: int) -> types.HoverParams:
    return types.HoverParams(document(uri), types.Position(line, character))


async def hover(editor: Editor, uri: str, line: int, character: int) -> str | None:
    found = await editor.text_document_hover_async(at(uri, line, character))
    if found is None:
        return None
    assert isinstance(found.contents, types.MarkupContent)
    return found.contents.value


async def actions(editor: Editor, uri: str, *kinds: str, around: types.Range | None = None) -> list[types.CodeAction]:
    around = around or types.Range(types.Position(0, 0), types.Position(99, 0))
    context = types.CodeActionContext([], only=list(kinds) or None)
    found = await editor.text_document_code_action_async(types.CodeActionParams(document(uri), around, context))
    return [action for action in found or () if isinstance(action, types.CodeAction)]


def edited(text: str, edit: types.WorkspaceEdit | None, uri: str) -> str:
    """The text after an edit that an editor makes, which counts in UTF-16."""
    assert edit is not None
    assert edit.changes is not None
    lines = text.splitlines(keepends=True)

    def offset(place: types.Position) -> int:
        before = "".join(lines[: place.line]).encode("utf-16-le")
        return len(before) + 2 * place.character

    data = text.encode("utf-16-le")
    for change in sorted(edit.changes[uri], key=lambda change: offset(change.range.start), reverse=True):
        data = (
            data[: offset(change.range.start)] + change.new_text.encode("utf-16-le") + data[offset(change.range.end) :]
        )
    return data.decode("utf-16-le")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_findings_are_those_of_lint_while_a_draft_is_written(tmp_path: Path, encoding: str) -> None:
    async def session() -> None:
        async with editing(tmp_path, given=capabilities(encoding)) as editor:
            uri = (tmp_path / "dam.md").as_uri()
            await editor.open(uri, DRAFT)
            found = await editor.diagnostics(uri, 1)
            assert published(found) == ranges(lint(DRAFT, "dam.md"), encoding)
            assert {"SRC105", "VRB401"} <= {str(diagnostic.code) for diagnostic in found}
            first = found[0]
            assert first.source == "attrib"
            assert first.code_description == types.CodeDescription(f"https://docs.test/rules/{first.code}/")
            # Typed letter by letter; the answer is that of lint on the last state.
            typed, text = "Experts say 🌉. ", DRAFT
            width = {"utf-8": len("🌉 ".encode()), "utf-16": 3}.get(encoding, 2)
            place = text.index("The bridge")
            for number, letter in enumerate(typed, 2):
                editor.change(uri, number, insertion(2, width, letter))
                width += {"utf-8": len(letter.encode()), "utf-16": len(letter.encode("utf-16-le")) // 2}.get(
                    encoding, 1
                )
            text = text[:place] + typed + text[place:]
            found = await editor.diagnostics(uri, len(typed) + 1)
            assert published(found) == ranges(lint(text, "dam.md"), encoding)
            editor.text_document_did_close(types.DidCloseTextDocumentParams(document(uri)))
            assert await asyncio.wait_for(_emptied(editor, uri), PATIENCE) == []

    asyncio.run(session())


async def _emptied(editor: Editor, uri: str) -> list[types.Diagnostic]:
    async with editor.news:
        await editor.news.wait_for(lambda: editor.published[uri].version is None)
    return list(editor.published[uri].diagnostics)


@pytest.mark.parametrize(
    ("name", "language", "text"),
    [
        ("dam.html", "html", "<p>The bridge &amp; the dam will close, according to <b>media reports</b>.</p>"),
        ("dam.txt", "plaintext", "The bridge\r\nwill close, according\r\nto media reports.\r\n"),
        ("Untitled-1", "markdown", "*The bridge* will close, according to media reports."),
    ],
)
def test_other_formats(tmp_path: Path, name: str, language: str, text: str) -> None:
    async def session() -> None:
        async with editing(tmp_path) as editor:
            uri = f"untitled:{name}" if "." not in name else (tmp_path / name).as_uri()
            await editor.open(uri, text, language)
            found = await editor.diagnostics(uri, 1)
            as_file = name if "." in name else f"{name}.md"
            assert published(found) == ranges(lint(text, as_file), "utf-16")
            assert "SRC105" in {str(diagnostic.code) for diagnostic in found}

    asyncio.run(session())


def test_who_says_so_and_how_sure(tmp_path: Path) -> None:
    async def session() -> None:
        async with editing(tmp_path, {"inlayHints": True}) as editor:
            uri = (tmp_path / "dam.md").as_uri()
            await editor.open(uri, DRAFT)
            told = await hover(editor, uri, 2, 8)
            assert told is not None
            assert told.startswith("**From nobody in particular**: an unnamed group (“media reports”)\n")
            assert "- certainty 0.90: stated plainly" in told
            named = await hover(editor, uri, 2, 70)
            assert named is not None
            assert named.startswith("**From a named source**: Ola Brandt")
            assert await hover(editor, uri, 3, 0) is None
            symbols = await editor.text_document_document_symbol_async(types.DocumentSymbolParams(document(uri)))
            outline = {symbol.name: symbol for symbol in symbols or () if isinstance(symbol, types.DocumentSymbol)}
            assert outline["Ola Brandt"].detail == "person, 1 claim"
            assert [claim.name for claim in outline["media reports"].children or ()] == [
                "The bridge will close on Friday"
            ]
            for symbol in outline.values():
                for part in (symbol, *(symbol.children or ())):
                    assert _within(part.selection_range, part.range)
                assert all(_within(child.range, symbol.range) for child in symbol.children or ())
            whole = types.Range(types.Position(0, 0), types.Position(3, 0))
            hints = await editor.text_document_inlay_hint_async(types.InlayHintParams(document(uri), whole))
            assert [hint.label for hint in hints or ()] == ["nobody", "named"]

    asyncio.run(session())


def _within(inner: types.Range, outer: types.Range) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def test_hints_are_off_unless_they_are_asked_for(tmp_path: Path) -> None:
    async def session() -> None:
        async with editing(tmp_path) as editor:
            uri = (tmp_path / "dam.md").as_uri()
            await editor.open(uri, DRAFT)
            whole = types.Range(types.Position(0, 0), types.Position(9, 0))
            assert not await editor.text_document_inlay_hint_async(types.InlayHintParams(document(uri), whole))

    asyncio.run(session())


def test_a_fix_and_a_reason_to_ignore(tmp_path: Path) -> None:
    async def session() -> None:
        async with editing(tmp_path, {"ownWords": "ours"}) as editor:
            uri = (tmp_path / "dam.md").as_uri()
            await editor.open(uri, DRAFT)
            offered = {action.title: action for action in await actions(editor, uri)}
            fixed = edited(DRAFT, offered["Write “said”"].edit, uri)
            assert "The nurse said she was tired." in fixed
            ignoring = offered["Ignore SRC105 here, and say why"]
            assert ignoring.diagnostics is not None
            assert [diagnostic.code for diagnostic in ignoring.diagnostics] == ["SRC105"]
            commented = edited(DRAFT, ignoring.edit, uri)
            assert "engineer. <!-- attrib: ignore[SRC105] -->\n" in commented
            editor.change(uri, 2, types.TextDocumentContentChangeWholeDocument(commented))
            codes = await editor.codes(uri, 2)
            assert "SRC105" not in codes
            assert "SUP902" in codes  # asks for the reason
            # With the reason, as an editor that asks for it sends it.
            editor.change(uri, 3, types.TextDocumentContentChangeWholeDocument(DRAFT))
            (found,) = [found for found in await editor.diagnostics(uri, 3) if found.code == "SRC105"]
            assert isinstance(found.data, dict)
            arguments = [uri, found.data["fingerprint"], "the wire has <three> -- named"]
            assert await editor.workspace_execute_command_async(types.ExecuteCommandParams("attrib.ignore", arguments))
            reasoned = edited(DRAFT, editor.applied[0], uri)
            assert "<!-- attrib: ignore[SRC105] the wire has <three› – named -->" in reasoned
            assert not {"SRC105", "SUP901", "SUP902"} & {finding.rule for finding in lint(reasoned, "dam.md").findings}

    asyncio.run(session())


def test_a_word_of_the_newsroom(tmp_path: Path) -> None:
    async def session() -> None:
        async with editing(tmp_path, {"ownWords": "ours"}) as editor:
            uri = (tmp_path / "dam.md").as_uri()
            text = "The mayor blurbled that the dam is safe. The harbourwright agreed."
            await editor.open(uri, text)
            place = types.Position(0, text.index("blurbled") + 2)
            (added,) = await actions(editor, uri, "refactor", around=types.Range(place, place))
            assert added.title == "Add “blurble” to the newsroom’s words: a verb of saying"
            create, change = added.edit.document_changes if added.edit and added.edit.document_changes else ()
            assert isinstance(create, types.CreateFile)
            assert isinstance(change, types.TextDocumentEdit)
            assert create.uri == (tmp_path / "ours" / "cue-verbs.toml").as_uri()
            (tmp_path / "ours").mkdir()
            entry = change.edits[0]
            assert isinstance(entry, types.TextEdit)
            (tmp_path / "ours" / "cue-verbs.toml").write_text(entry.new_text, encoding="utf-8")
            event = types.FileEvent(create.uri, types.FileChangeType.Created)
            editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
            editor.change(uri, 2, insertion(0, 0, " "))
            await editor.diagnostics(uri, 2)
            # What is known is not offered again.
            assert await actions(editor, uri, "refactor", around=types.Range(place, place)) == []

    asyncio.run(session())


def test_plain_text_is_ignored_in_a_file_beside_it(tmp_path: Path) -> None:
    async def session() -> None:
        async with editing(tmp_path) as editor:
            uri = (tmp_path / "dam.txt").as_uri()
            text = "The bridge will close, according to media reports."
            await editor.open(uri, text, "plaintext")
            (action,) = [action for action in await actions(editor, uri) if "SRC105" in action.title]
            _, change = action.edit.document_changes if action.edit and action.edit.document_changes else ()
            assert isinstance(change, types.TextDocumentEdit)
            assert change.text_document.uri == (tmp_path / ".attrib-ignore.toml").as_uri()
            entry = change.edits[0]
            assert isinstance(entry, types.TextEdit)
            assert entry.new_text == (
                '[[ignore]]\nfile = "dam.txt"\nrule = "SRC105"\nwords = "media reports"\nreason = ""\n'
            )
            (tmp_path / ".attrib-ignore.toml").write_text(entry.new_text, encoding="utf-8")
            event = types.FileEvent(change.text_document.uri, types.FileChangeType.Created)
            editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
            editor.change(uri, 2, insertion(0, 0, " "))
            assert "SRC105" not in await editor.codes(uri, 2)

    asyncio.run(session())


def test_configuration_and_settings(tmp_path: Path) -> None:
    async def session() -> None:
        config = tmp_path / ".attrib.toml"
        config.write_text('select = ["SRC105"]\nexclude = ["old/*"]\n', encoding="utf-8")
        async with editing(tmp_path) as editor:
            uri = (tmp_path / "dam.md").as_uri()
            await editor.open(uri, DRAFT)
            assert await editor.codes(uri, 1) == ["SRC105"]
            old = (tmp_path / "old" / "dam.md").as_uri()
            await editor.open(old, DRAFT)
            assert await editor.codes(old, 1) == []
            assert editor.registered == ["workspace/didChangeWatchedFiles"]
            # A mistake in the configuration is told in the draft, until it is mended.
            for number, written in enumerate(('select = ["SRC999"]\n', 'select = ["VRB401"]\n'), 2):
                config.write_text(written, encoding="utf-8")
                event = types.FileEvent(config.as_uri(), types.FileChangeType.Changed)
                editor.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
                editor.change(uri, number, insertion(0, 2, " "))
                found = await editor.diagnostics(uri, number)
                if number == 2:
                    (error,) = found
                    assert error.severity is types.DiagnosticSeverity.Error
                    assert error.message.startswith("attrib cannot check this draft: .attrib.toml:1:")
            assert [diagnostic.code for diagnostic in found] == ["VRB401"]
            editor.settings = {"select": ["DOC"], "preview": "yes"}
            editor.workspace_did_change_configuration(types.DidChangeConfigurationParams(None))
            assert await editor.text_document_hover_async(at(uri, 2, 8)) is not None
            editor.change(uri, 9, insertion(0, 2, " "))
            assert all(code.startswith("DOC") for code in await editor.codes(uri, 9))
            assert editor.shown == ["attrib: the setting attrib.preview is not used: Expected `bool | null`, got `str`"]

    asyncio.run(session())


@pytest.mark.parametrize("text", ["", "…\n", "Das Rathaus wurde am Montag geschlossen, weil das Dach kaputt war. " * 4])
def test_what_is_no_english_draft_has_no_findings(tmp_path: Path, text: str) -> None:
    async def session() -> None:
        async with editing(tmp_path) as editor:
            uri = (tmp_path / "dam.md").as_uri()
            await editor.open(uri, text)
            assert await editor.diagnostics(uri, 1) == []
            assert await hover(editor, uri, 0, 0) is None
            assert editor.shown == []

    asyncio.run(session())
