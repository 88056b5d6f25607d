"""Whatever a client sends or a draft holds, the server answers the next message; only the protocol is on its output."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lsp.editor import COMMAND, PATIENCE, editing, insertion
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from attribution.lsp.server import TOO_LONG

TEXT = "The bridge will close, according to media reports."

MALFORMED = [
    b"{",
    b"[" * 50_000,
    b"[]",
    b"17",
    b'{"jsonrpc": "2.0"}',
    b'{"jsonrpc": "1.0", "method": "shutdown", "id": 1}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": null}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": {"uri": 3}}}',
    b'{"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///no.md"}}}',
    b'{"jsonrpc": "2.0", "method": "no/such/thing", "params": {}}',
    b'{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": "never"}}',
    b'{"jsonrpc": "2.0", "id": 5, "result": 3}',
    b'{"jsonrpc": "2.0", "id": "x", "method": "textDocument/hover", "params": {"position": -1}}',
    b'{"jsonrpc": "2.0", "id": "y", "method": "no/such/request", "params": {}}',
    b"\xff\xfe\x00",
]


def framed(body: bytes) -> bytes:
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def message(method: str, params: Any, identifier: int | None = None) -> bytes:
    content = {"jsonrpc": "2.0", "method": method, "params": params}
    return framed(json.dumps(content if identifier is None else {**content, "id": identifier}).encode())


def answers(output: bytes) -> list[dict[str, Any]]:
    """The messages of an output, which holds nothing else."""
    stream, found = io.BytesIO(output), []
    while header := stream.readline():
        name, _, length = header.partition(b": ")
        assert name == b"Content-Length", output[:200]
        while stream.readline() != b"\r\n":
            pass
        found.append(json.loads(stream.read(int(length))))
    return found


INITIALIZE = {"processId": None, "rootUri": None, "capabilities": {}}


@pytest.mark.slow
def test_malformed_messages(tmp_path: Path) -> None:
    item = {"uri": (tmp_path / "dam.md").as_uri(), "languageId": "markdown", "version": 1, "text": TEXT}
    hover = {"textDocument": {"uri": item["uri"]}, "position": {"line": 0, "character": 6}}
    sent = [
        b"Some-Header: x\r\n",
        message("initialize", INITIALIZE, 100),
        message("initialized", {}),
        *map(framed, MALFORMED),
        message("textDocument/didOpen", {"textDocument": item}),
        message("textDocument/hover", hover, 101),
        message("textDocument/hover", hover, 102),
        message("$/cancelRequest", {"id": 102}),
        message("workspace/executeCommand", {"command": "attrib.ignore", "arguments": [1]}, 103),
        message("workspace/executeCommand", {"command": "attrib.ignore", "arguments": ["file:///x", "f", "r"]}, 104),
        message("workspace/executeCommand", {"command": "no.such"}, 105),
        message("textDocument/codeAction", {**hover, "range": {}, "context": {}}, 106),
    ]
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(b"".join(sent))
        server.stdin.flush()
        read = b""
        # Analysed last: once it is answered, all before it is.
        while b'"id": 101' not in read:
            line = server.stdout.readline()
            assert line
            read += line
            if line == b"\r\n":
                read += server.stdout.read(int(read.rsplit(b"Content-Length: ", 1)[1].split(b"\r\n", 1)[0]))
        rest, _ = server.communicate(message("shutdown", None, 200) + message("exit", None), timeout=PATIENCE)
        found = answers(read + rest)
    by_id = {answer["id"]: answer for answer in found if "id" in answer and "method" not in answer}
    assert "media reports" in by_id[101]["result"]["contents"]["value"]
    assert by_id[102]["error"]["code"] == -32800
    assert by_id["x"]["error"]["code"] == -32602
    assert by_id["y"]["error"]["code"] == -32601
    assert "error" in by_id[103]
    assert by_id[104]["result"] is False
    assert "error" in by_id[105]
    assert "error" in by_id[106]
    assert by_id[200]["result"] is None
    assert server.returncode == 0


@pytest.mark.slow
def test_an_editor_that_goes_without_a_word(tmp_path: Path) -> None:
    sent = message("initialize", INITIALIZE, 1) + message("exit", None)
    done = subprocess.run(COMMAND, input=sent, capture_output=True, cwd=tmp_path, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert [answer["id"] for answer in answers(done.stdout)] == [1]
    done = subprocess.run(COMMAND, input=b"", capture_output=True, cwd=tmp_path, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (1, b"")


@pytest.mark.slow
def test_a_huge_draft_that_is_closed_while_it_is_analysed(tmp_path: Path) -> None:
    huge = "\n\n".join(f"Paragraph {number} is what experts {'say ' * (number % 40)}." for number in range(20_000))

    async def session() -> None:
        async with editing(tmp_path) as editor:
            uri, other = ((tmp_path / name).as_uri() for name in ("huge.md", "dam.md"))
            await editor.open(uri, huge)
            editor.change(uri, 2, insertion(0, 0, "x"))
            editor.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
            await editor.open(other, TEXT)
            assert "SRC105" in await editor.codes(other, 1)
            await editor.open(uri, huge)  # and the editor leaves while it is analysed

    asyncio.run(session())


@pytest.mark.slow
def test_a_draft_that_is_too_long_is_told_of_and_not_analysed(tmp_path: Path) -> None:
    async def session() -> None:
        async with editing(tmp_path) as editor:
            uri = (tmp_path / "novel.md").as_uri()
            await editor.open(uri, f"{TEXT}\n\n" * 6_000)
            (told,) = await editor.diagnostics(uri, 1)
            assert told.message == TOO_LONG
            place = types.TextDocumentPositionParams(types.TextDocumentIdentifier(uri), types.Position(0, 6))
            assert (
                await editor.text_document_hover_async(types.HoverParams(place.text_document, place.position)) is None
            )
            editor.change(uri, 2, types.TextDocumentContentChangeWholeDocument(TEXT))
            assert "SRC105" in await editor.codes(uri, 2)

    asyncio.run(session())


MOST = 2**31 - 1

PLACES = [(0, 0), (0, 6), (0, 7), (0, 8), (0, MOST), (1, 0), (2, 1), (MOST, 0), (MOST, MOST)]
"""Lines and characters, the last ones outside the draft; the third is within the surrogates of a character."""


@pytest.mark.slow
def test_requests_for_any_place_and_any_draft_are_answered(tmp_path: Path) -> None:
    async def session() -> None:
        async with editing(tmp_path, settings={"inlayHints": True}) as editor:
            uri = (tmp_path / "dam.md").as_uri()
            await editor.open(uri, f"Dam 👩\u200d🚒: {TEXT}\r\n\n\ud83d{TEXT}\x00\u2028é")
            await editor.diagnostics(uri, 1)
            for name in (uri, "file:///not/open.md", "untitled:Untitled-1", "", "no uri", "file://%ff/\u202e"):
                document = types.TextDocumentIdentifier(name)
                await editor.text_document_document_symbol_async(types.DocumentSymbolParams(document))
                for number, (line, character) in enumerate(PLACES):
                    place, other = types.Position(line, character), types.Position(*PLACES[number - 1])
                    stretch = types.Range(place, other)  # which ends before it begins, but once
                    found = await editor.text_document_hover_async(types.HoverParams(document, place))
                    assert found is None or name == uri
                    actions = types.CodeActionParams(document, stretch, types.CodeActionContext([]))
                    assert not await editor.text_document_code_action_async(actions) or name == uri
                    hints = types.InlayHintParams(document, stretch)
                    assert not await editor.text_document_inlay_hint_async(hints) or name == uri
            for number, (line, character) in enumerate(PLACES):
                editor.change(uri, number + 2, insertion(line, character, "\ud800é"))
            await editor.diagnostics(uri, len(PLACES) + 1)

    asyncio.run(session())


@pytest.mark.slow
@pytest.mark.parametrize(
    "position",
    [{"line": -1, "character": 0}, {"line": 0}, {"line": 1e99, "character": 0}, {"line": "0", "character": 0}],
)
def test_a_position_that_is_none_gets_an_error(position: Any, tmp_path: Path) -> None:
    params = {"textDocument": {"uri": (tmp_path / "dam.md").as_uri()}, "position": position}
    sent = message("initialize", INITIALIZE, 1) + message("textDocument/hover", params, 2)
    sent += message("shutdown", None, 3) + message("exit", None)
    done = subprocess.run(COMMAND, input=sent, capture_output=True, cwd=tmp_path, timeout=PATIENCE, check=False)
    by_id = {answer["id"]: answer for answer in answers(done.stdout) if "method" not in answer and "id" in answer}
    assert "error" in by_id[2] or by_id[2]["result"] is None
    assert by_id[3]["result"] is None
    assert done.returncode == 0


@pytest.mark.slow
def test_a_fault_of_attrib_is_told_in_the_draft(tmp_path: Path) -> None:
    """Nothing that goes wrong in one draft keeps the server from the others."""
    fault = (
        "import attribution.session.incremental as module\n"
        "analyse = module.IncrementalAnalyser.analyse\n"
        "def broken(self, text, *rest):\n"
        "    print('printed by a library')\n"
        "    if 'fault' in text: raise ZeroDivisionError('by design')\n"
        "    return analyse(self, text, *rest)\n"
        "module.IncrementalAnalyser.analyse = broken\n"
    )
    command = [sys.executable, "-c", fault + COMMAND[2], *COMMAND[3:]]

    async def session() -> None:
        async with editing(tmp_path, command=command) as editor:
            uri, other = ((tmp_path / name).as_uri() for name in ("fault.md", "dam.md"))
            await editor.open(uri, "A fault.")
            (told,) = await editor.diagnostics(uri, 1)
            assert "ZeroDivisionError: by design" in told.message
            await editor.open(other, TEXT)
            assert "SRC105" in await editor.codes(other, 1)
            editor.change(uri, 2, types.TextDocumentContentChangeWholeDocument(TEXT))
            assert "SRC105" in await editor.codes(uri, 2)
            with pytest.raises(JsonRpcException):
                await editor.workspace_execute_command_async(types.ExecuteCommandParams("no.such"))

    asyncio.run(session())


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls").mkdir()
    (tmp_path / "pygls" / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'pygls'\", name='pygls')\n", encoding="utf-8"
    )
    paths = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        COMMAND, input="", capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": paths}
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "attrib: attrib lsp needs other packages; install them with pip install 'attrib[lsp]'\n"
