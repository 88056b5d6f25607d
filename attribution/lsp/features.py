"""What the server answers: each handler waits for the analysis of the draft as it is now."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from lsprotocol import types

from attribution.lsp.actions import FIX_ALL, IGNORE, Editor, actions_at, ignore_edit
from attribution.lsp.hover import hover_at
from attribution.lsp.server import DraftServer
from attribution.lsp.symbols import hints_of, symbols_of
from attribution.parsing.form_parser import FormParser
from attribution.session.options import Options

SECTION = "attrib"
"""The name under which editors keep the settings."""

PATIENCE = 5.0
"""Seconds that an editor has to tell its settings."""


def make_server(options: Options | None = None, parser: FormParser | None = None) -> DraftServer:
    """The server with all that it answers; arguments as for ``DraftServer``."""
    server = DraftServer(options, parser)
    for register in (_register_life, _register_configuration, _register_answers):
        register(server)
    return server


def _register_life(server: DraftServer) -> None:
    @server.feature(types.INITIALIZE)
    def initialize(ls: DraftServer, params: types.InitializeParams) -> None:
        given = params.initialization_options
        given = given if isinstance(given, dict) else {}
        workspace = params.capabilities.workspace
        edits = workspace.workspace_edit if workspace else None
        creates = bool(
            edits and edits.document_changes and types.ResourceOperationKind.Create in (edits.resource_operations or ())
        )
        ls.editor = Editor(creates_files=creates, asks_reason=given.get("asksReason") is True)

    @server.feature(types.INITIALIZED)
    async def initialized(ls: DraftServer, params: types.InitializedParams) -> None:
        ls.warm_up()
        workspace = ls.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if watched and watched.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher("**/*.toml")])
            registration = types.Registration("attrib-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            ls.client_register_capability(types.RegistrationParams([registration]))
        if not (workspace and workspace.configuration):
            return
        await _pull_settings(ls)

    @server.feature(types.SHUTDOWN)
    def shutdown(ls: DraftServer, params: Any) -> None:
        ls.stop()


async def _pull_settings(ls: DraftServer) -> None:
    asked = types.ConfigurationParams([types.ConfigurationItem(section=SECTION)])
    with contextlib.suppress(asyncio.TimeoutError):
        found = await asyncio.wait_for(ls.workspace_configuration_async(asked), PATIENCE)
        await ls.set(found[0] if found else None)


def _register_configuration(server: DraftServer) -> None:
    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def settings_changed(ls: DraftServer, params: types.DidChangeConfigurationParams) -> None:
        workspace = ls.client_capabilities.workspace
        if workspace and workspace.configuration:
            await _pull_settings(ls)
        elif isinstance(params.settings, dict):
            await ls.set(params.settings.get(SECTION, params.settings))

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    async def files_changed(ls: DraftServer, params: types.DidChangeWatchedFilesParams) -> None:
        await ls.renew()

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    async def saved(ls: DraftServer, params: types.DidSaveTextDocumentParams) -> None:
        """Configuration may have changed unseen where an editor does not watch files."""
        workspace = ls.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if not (watched and watched.dynamic_registration):
            await ls.renew()

    @server.command(IGNORE)
    async def ignore(ls: DraftServer, uri: str, fingerprint: str, reason: str) -> bool:
        """Suppress a finding for a reason; gives whether the editor has done so."""
        checked = await ls.checked(uri)
        finding = (
            next((found for found in checked.findings if found.fingerprint == fingerprint), None) if checked else None
        )
        if checked is None or finding is None:
            return False
        edit = ignore_edit(checked, uri, finding, reason, ls.editor)
        if edit is None:
            return False
        done = await ls.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(edit, f"Ignore {finding.rule}"))
        return bool(done.applied)


def _register_answers(server: DraftServer) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    async def hover(ls: DraftServer, params: types.HoverParams) -> types.Hover | None:
        checked = await ls.checked(params.text_document.uri)
        if checked is None:
            return None
        document = ls.client_capabilities.text_document
        formats = document.hover.content_format if document and document.hover else None
        markdown = formats is None or types.MarkupKind.Markdown in formats
        return hover_at(checked, checked.placed.offset(params.position), markdown=markdown)

    kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind.RefactorRewrite, FIX_ALL]

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))
    async def code_actions(ls: DraftServer, params: types.CodeActionParams) -> list[types.CodeAction]:
        checked = await ls.checked(params.text_document.uri)
        if checked is None:
            return []
        start, end = (checked.placed.offset(place) for place in (params.range.start, params.range.end))
        return actions_at(checked, params.text_document.uri, start, end, ls.editor, params.context.only)

    @server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(ls: DraftServer, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol]:
        checked = await ls.checked(params.text_document.uri)
        return [] if checked is None else symbols_of(checked)

    @server.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    async def hints(ls: DraftServer, params: types.InlayHintParams) -> list[types.InlayHint]:
        if not ls.settings.inlay_hints:
            return []
        checked = await ls.checked(params.text_document.uri)
        if checked is None:
            return []
        start, end = (checked.placed.offset(place) for place in (params.range.start, params.range.end))
        return hints_of(checked, start, end)
