"""The server: it keeps the open drafts, has the newest state of each analysed, and publishes what was found.

Messages are handled in one thread and drafts analysed in another, one at a time, so that an editor is answered while an
analysis runs. One that is overtaken by a change is given up as soon as possible. Whatever goes wrong in one draft or
message, the server goes on.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, PyglsError
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

import attribution
from attribution.lsp.actions import Editor
from attribution.lsp.checked import Checked
from attribution.lsp.diagnostics import diagnostics_of
from attribution.lsp.documents import OpenDraft, PlacedText
from attribution.lsp.protocol import DraftProtocol
from attribution.lsp.settings import Settings, options_with, read_settings
from attribution.parsing.form_parser import FormParser
from attribution.records import AttribError
from attribution.reporting.escaping import one_line
from attribution.session.incremental import IncrementalAnalyser, SupersededError
from attribution.session.options import Options

SLOW = 1.0
"""Seconds of processor time of an analysis from which a draft is analysed again only after a rest."""

REST = 1.0
"""Seconds without a change after which such a draft is analysed."""

LONGEST = 200_000
"""The most characters of a draft that is checked while it is written: analysed anew at each rest, a novel would keep a
processor busy all day."""

TOO_LONG = (
    f"attrib does not check drafts of more than {LONGEST:,} characters while they are written; run attrib lint on the "
    "file, or divide it"
)

FIRST = "The bridge is safe, said the mayor, Ada Quill."
"""What is analysed before the first draft, so that words and model are loaded."""

logger = logging.getLogger(__name__)


class DraftServer(LanguageServer):
    """Keeps the open drafts and what was found in them."""

    protocol: DraftProtocol

    def __init__(self, options: Options | None = None, parser: FormParser | None = None) -> None:
        """``options`` are those of the command line, ``parser`` replaces their model."""
        super().__init__("attrib", attribution.__version__, protocol_cls=DraftProtocol)
        self.settings = Settings()
        self.editor = Editor()
        self.drafts: dict[str, OpenDraft] = {}
        self._options = options or Options()
        self._analyser = IncrementalAnalyser(self._options, parser)
        self._worker = ThreadPoolExecutor(1, "attrib")
        self._is_stopping = False
        self._is_at_work = False

    # --------------------------------------------------------------------------------------------------- open drafts

    def open(self, item: types.TextDocumentItem) -> None:
        """Keep a draft that has been opened, and have it analysed."""
        unit = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        draft = self.drafts[item.uri] = OpenDraft(item, unit)
        self._have_checked(draft)

    def change(self, uri: str, changes: Iterable[types.TextDocumentContentChangeEvent], version: int | None) -> None:
        """Make the editor's changes, and have the draft analysed again."""
        draft = self.drafts.get(uri)
        if draft is None:
            logger.warning("a change of a draft that is not open: %s", uri)
            return
        draft.change(changes, version)
        self._have_checked(draft)

    def close(self, uri: str) -> None:
        """Forget a draft, and take its findings from the editor."""
        draft = self.drafts.pop(uri, None)
        if draft is not None:
            draft.is_open = False
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    async def checked(self, uri: str) -> Checked | None:
        """What was found in the draft as it is now, once that is known; None if it is not open, or closed meanwhile."""
        draft = self.drafts.get(uri)
        while draft is not None and draft.is_open and draft.checked_stamp != draft.stamp:
            self._have_checked(draft)
            if draft.task is not None:
                await asyncio.shield(draft.task)
        return draft.checked if draft is not None and draft.is_open else None

    # ------------------------------------------------------------------------------------------------------ analyses

    def warm_up(self) -> None:
        """Load words and model before the first draft is opened."""
        self._worker.submit(self._load)

    def _load(self) -> None:
        try:
            self._analyser.findings(self._analyser.analyse(FIRST, "untitled"))
        except Exception as error:
            logger.warning("cannot be made ready: %s", error)
        # What has been loaded stays for good; looking for garbage in it would take a tenth of the time.
        gc.collect()
        gc.freeze()

    def _have_checked(self, draft: OpenDraft) -> None:
        if draft.task is None or draft.task.done():
            draft.task = asyncio.ensure_future(self._keep_checked(draft))

    async def _keep_checked(self, draft: OpenDraft) -> None:
        """Analyse a draft until what was found is that of its newest state, and publish it."""
        while draft.is_open and draft.checked_stamp != draft.stamp:
            stamp = draft.stamp
            if draft.seconds > SLOW and draft.checked is not None:
                await asyncio.sleep(REST)
                if draft.stamp != stamp:
                    continue
            work = partial(self._check, draft.placed, draft.version, draft, stamp)
            checked = await asyncio.get_running_loop().run_in_executor(self._worker, work)
            if checked is None or draft.stamp != stamp or not draft.is_open:
                continue
            draft.checked, draft.checked_stamp = checked, stamp
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(draft.uri, diagnostics_of(checked), checked.version)
            )

    def _check(self, placed: PlacedText, version: int | None, draft: OpenDraft, stamp: int) -> Checked | None:
        """What is found in a state of a draft; None if it is not wanted any more."""

        def is_wanted() -> bool:
            return draft.is_open and draft.stamp == stamp and not self._is_stopping

        if not is_wanted():
            return None
        self._is_at_work = True
        started = time.thread_time()
        try:
            return self._found(placed, version, draft.path, draft.form, is_wanted)
        except SupersededError:
            return None
        except AttribError as error:
            return Checked(placed, version, error=f"attrib cannot check this draft: {one_line(str(error))}")
        except Exception as error:
            logger.exception("a fault in %s", draft.uri)
            told = one_line(f"{type(error).__name__}: {error}")
            return Checked(
                placed, version, error=f"attrib has a fault that this draft shows ({told}); please report it"
            )
        finally:
            draft.seconds = time.thread_time() - started
            self._is_at_work = False

    def _found(
        self, placed: PlacedText, version: int | None, path: str, form: str | None, is_wanted: Callable[[], bool]
    ) -> Checked:
        if len(placed.text) > LONGEST:
            return Checked(placed, version, error=TOO_LONG)
        analyser = self._analyser
        analyser.check_configuration(path)
        if analyser.session.is_excluded(path):
            return Checked(placed, version)
        try:
            analysed = analyser.analyse(placed.text, path, form, is_wanted)
        except AttribError as error:
            # An empty text, or one in another language, is nothing that an editor must be told of.
            logger.info("%s is not checked: %s", path, error)
            return Checked(placed, version)
        folders = analysed.configuration.lexicons
        own_words = self._own_words() or (folders[-1] if folders else None)
        return Checked(placed, version, analysed, analyser.findings(analysed), own_words=own_words)

    # ------------------------------------------------------------------------------------- settings and configuration

    @property
    def folder(self) -> Path:
        """The editor's first folder, to which paths in its settings are relative."""
        workspace = self.workspace
        uris = [*workspace.folders, *([workspace.root_uri] if workspace.root_uri else [])]
        return Path(next((path for uri in uris if (path := to_fs_path(uri))), None) or Path.cwd())

    def _own_words(self) -> str | None:
        return str(self.folder / self.settings.own_words) if self.settings.own_words else None

    async def set(self, given: Any) -> None:
        """Use the settings that the editor gives; tell it of those that cannot be read."""
        settings, complaints = read_settings(given)
        for complaint in complaints:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"attrib: {complaint}"))
        if settings == self.settings:
            return
        shows_hints = settings.inlay_hints != self.settings.inlay_hints
        self.settings = settings
        await self.renew()
        workspace = self.client_capabilities.workspace
        if shows_hints and workspace and workspace.inlay_hint and workspace.inlay_hint.refresh_support:
            await self.workspace_inlay_hint_refresh_async(None)

    async def renew(self) -> None:
        """Read configuration, words and rules again, and analyse all open drafts with them."""
        options = options_with(self._options, self.settings, self.folder)
        await asyncio.get_running_loop().run_in_executor(self._worker, self._analyser.renew, options)
        for draft in self.drafts.values():
            draft.stamp += 1
            self._have_checked(draft)

    # ----------------------------------------------------------------------------------------------- end and mistakes

    def stop(self) -> None:
        """Give up what is being analysed."""
        self._is_stopping = True

    @property
    def is_at_work(self) -> bool:
        """Whether an analysis still runs."""
        return self._is_at_work

    @property
    def exit_code(self) -> int:
        """0 if the editor has asked the server to end before it went, otherwise 1, as the protocol has it."""
        return 0 if self.protocol._shutdown else 1

    def report_server_error(self, error: Exception, source: type[PyglsError] | type[JsonRpcException]) -> None:
        """Tell of a message that could not be handled in the editor's log, without a window in the writer's way."""
        if self.protocol.writer is not None:
            told = one_line(f"{type(error).__name__}: {error}")
            self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"attrib: {told}"))
