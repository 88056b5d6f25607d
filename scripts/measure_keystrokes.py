#!/usr/bin/env python3
"""Measure how soon an editor has the findings of a draft after a keystroke, through ``attrib lsp`` itself.

    .venv/bin/python scripts/measure_keystrokes.py --words 1500 --keystrokes 60

The draft is made of the sample articles. A word is typed into paragraphs at its beginning, middle and end; each time,
a letter is sent when the findings of the last one have come. Time is that of a clock, from the letter to the findings,
with all that the server does: read, divide, parse what is new, analyse, lint, publish. Beside it stands the processor
time that the server used in the mean, which other work on the machine hardly changes (Linux alone tells it).
"""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import time
from itertools import islice
from pathlib import Path

import click
from lsprotocol import types
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-c", "from attribution.cli.main import main; main()", "lsp"]
TYPED = " Officials say it will reportedly be late again."
PLACES = (0.02, 0.5, 0.98)
WARM = 5
"""Keystrokes that are not counted: the first analyses fill caches."""


def draft_of(words: int) -> str:
    """The sample articles, one after the other, up to a number of words."""
    texts = (path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))
    paragraphs = [paragraph for text in texts for paragraph in text.strip().split("\n\n")]
    found: list[str] = []
    count = 0
    for paragraph in paragraphs * (1 + words // 1000):
        if count >= words:
            break
        here = list(islice(paragraph.split(), words - count))
        found.append(" ".join(here))
        count += len(here)
    return "\n\n".join(found)


def processor_seconds(process: int) -> float:
    """The processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measured(text: str, keystrokes: int) -> tuple[list[float], float]:
    """The seconds from each keystroke to its findings, and the processor time of the server for one in the mean."""
    client = LanguageClient("measure", "1")
    arrived: asyncio.Queue[int | None] = asyncio.Queue()

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    def published(params: types.PublishDiagnosticsParams) -> None:
        arrived.put_nowait(params.version)

    await client.start_io(*COMMAND)
    await client.initialize_async(types.InitializeParams(types.ClientCapabilities()))
    client.initialized(types.InitializedParams())
    uri = (ROOT / "seeds" / "draft.md").as_uri()
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "markdown", 1, text)))
    await arrived.get()
    lines = text.split("\n")
    filled = [number for number, line in enumerate(lines) if line]
    assert client._server is not None
    seconds = []
    used = 0.0
    version = 1
    for place in PLACES:
        line = filled[int(place * len(filled))]
        width = len(lines[line].encode("utf-16-le")) // 2
        for number in range(keystrokes // len(PLACES) + WARM):
            version += 1
            if number == WARM:
                used -= processor_seconds(client._server.pid)
            here = types.Position(line, width + number)
            change = types.TextDocumentContentChangePartial(
                range=types.Range(here, here), text=TYPED[number % len(TYPED)]
            )
            started = time.perf_counter()
            document = types.VersionedTextDocumentIdentifier(version, uri)
            client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
            while await arrived.get() != version:
                pass
            if number >= WARM:
                seconds.append(time.perf_counter() - started)
        used += processor_seconds(client._server.pid)
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()
    return seconds, used / len(seconds)


@click.command()
@click.option("--words", default=1_500, show_default=True, help="Words of the draft.")
@click.option("--keystrokes", default=60, show_default=True, help="Letters that are typed.")
def main(words: int, keystrokes: int) -> None:
    """Print the median, the nineteenth of twenty and the longest time, and the processor time, in milliseconds."""
    text = draft_of(words)
    found, used = asyncio.run(measured(text, keystrokes))
    seconds = sorted(found)
    click.echo("| words | keystrokes | median | 95 of 100 | longest | processor |\n|" + " --- |" * 6)
    nearly = seconds[int(0.95 * (len(seconds) - 1))]
    figures = [f"{1000 * value:.0f} ms" for value in (statistics.median(seconds), nearly, seconds[-1], used)]
    click.echo(f"| {len(text.split()):,} | {len(seconds)} | {' | '.join(figures)} |")


if __name__ == "__main__":
    main()
