"""An editor that speaks with ``attrib lsp`` over its standard input and output, through pygls' own client."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.client import LanguageClient

PATIENCE = 120
"""Seconds after which an answer is missed: long, since the machine may be busy."""

COMMAND = [sys.executable, "-c", "from attribution.cli.main import main; main()", "lsp", "--stdio"]


def capabilities(*encodings: str, pulls: bool = True, **more: Any) -> types.ClientCapabilities:
    """What the editor can do."""
    return types.ClientCapabilities(
        general=types.GeneralClientCapabilities(position_encodings=list(encodings) or None),
        workspace=types.WorkspaceClientCapabilities(
            configuration=pulls,
            apply_edit=True,
            workspace_edit=types.WorkspaceEditClientCapabilities(
                document_changes=True, resource_operations=[types.ResourceOperationKind.Create]
            ),
            did_change_watched_files=types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True),
            **more,
        ),
    )


class Editor(LanguageClient):
    """Keeps what the server publishes, and answers what it asks."""

    def __init__(self) -> None:
        super().__init__("test editor", "1")
        self.settings: dict[str, Any] = {}
        self.published: dict[str, types.PublishDiagnosticsParams] = {}
        self.log: list[str] = []
        self.shown: list[str] = []
        self.registered: list[str] = []
        self.applied: list[types.WorkspaceEdit] = []
        self.news = asyncio.Condition()

    async def publish(self, params: types.PublishDiagnosticsParams) -> None:
        async with self.news:
            self.published[params.uri] = params
            self.news.notify_all()

    async def open(self, uri: str, text: str, language: str = "markdown", version: int = 1) -> None:
        item = types.TextDocumentItem(uri=uri, language_id=language, version=version, text=text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, uri: str, version: int, *changes: types.TextDocumentContentChangeEvent) -> None:
        document = types.VersionedTextDocumentIdentifier(uri=uri, version=version)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, list(changes)))

    async def diagnostics(self, uri: str, version: int) -> list[types.Diagnostic]:
        """The findings of a version of a draft, once they are published."""

        def there() -> bool:
            return uri in self.published and self.published[uri].version == version

        async with self.news:
            await asyncio.wait_for(self.news.wait_for(there), PATIENCE)
        return list(self.published[uri].diagnostics)

    async def codes(self, uri: str, version: int) -> list[str]:
        return [str(found.code) for found in await self.diagnostics(uri, version)]


def insertion(line: int, character: int, text: str) -> types.TextDocumentContentChangePartial:
    """Typing at a place."""
    place = types.Position(line, character)
    return types.TextDocumentContentChangePartial(range=types.Range(place, place), text=text)


@asynccontextmanager
async def editing(
    root: Path,
    settings: dict[str, Any] | None = None,
    given: types.ClientCapabilities | None = None,
    options: dict[str, Any] | None = None,
    command: Sequence[str] = COMMAND,
) -> AsyncIterator[Editor]:
    """An editor with a server that has begun, in a folder."""
    editor = Editor()
    editor.settings = settings or {}

    @editor.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    async def published(params: types.PublishDiagnosticsParams) -> None:
        await editor.publish(params)

    @editor.feature(types.WINDOW_LOG_MESSAGE)
    def logged(params: types.LogMessageParams) -> None:
        editor.log.append(params.message)

    @editor.feature(types.WINDOW_SHOW_MESSAGE)
    def shown(params: types.ShowMessageParams) -> None:
        editor.shown.append(params.message)

    @editor.feature(types.WORKSPACE_CONFIGURATION)
    def configuration(params: types.ConfigurationParams) -> list[Any]:
        return [editor.settings for _ in params.items]

    @editor.feature(types.CLIENT_REGISTER_CAPABILITY)
    def registered(params: types.RegistrationParams) -> None:
        editor.registered += [registration.method for registration in params.registrations]

    @editor.feature(types.WORKSPACE_APPLY_EDIT)
    def applied(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        editor.applied.append(params.edit)
        return types.ApplyWorkspaceEditResult(applied=True)

    await editor.start_io(*command, cwd=root)
    asked = types.InitializeParams(
        capabilities=given or capabilities(),
        root_uri=root.as_uri(),
        initialization_options=options,
        workspace_folders=[types.WorkspaceFolder(root.as_uri(), root.name)],
    )
    await asyncio.wait_for(editor.initialize_async(asked), PATIENCE)
    editor.initialized(types.InitializedParams())
    try:
        yield editor
    finally:
        if not editor.stopped:
            await asyncio.wait_for(editor.shutdown_async(None), PATIENCE)
            editor.exit(None)
            await asyncio.wait_for(editor.stop(), PATIENCE)
