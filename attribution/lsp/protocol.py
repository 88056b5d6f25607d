"""The protocol as pygls speaks it, with two differences.

The drafts' texts are kept in ``documents``, whose lines are those of the protocol: pygls divides lines as Python does,
at form feeds and paragraph separators too, and would change the wrong words of such a text. And a request that cannot
be read gets an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

if TYPE_CHECKING:
    from attribution.lsp.server import DraftServer


class DraftProtocol(LanguageServerProtocol):
    """Hands the texts of drafts and their changes to the server itself."""

    @property
    def drafts(self) -> DraftServer:
        """The server."""
        return cast("DraftServer", self._server)

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> None:
        """A draft has been opened."""
        self.drafts.open(params.text_document)

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> None:
        """A draft has changed."""
        self.drafts.change(params.text_document.uri, params.content_changes, params.text_document.version)

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> None:
        """A draft has been closed."""
        self.drafts.close(params.text_document.uri)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """The message in JSON as a record; a request that is none is answered with an error."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "method" in data and isinstance(data.get("id"), str | int):
                self._send_response(data["id"], error=error.to_response_error())
            raise
