#!/usr/bin/env python3
"""Measure how soon marks appear on the page of ``attrib serve`` after a letter, in headless Chromium.

    .venv/bin/python scripts/measure_typing.py --words 600 --keystrokes 60

The draft is made of the sample articles. Letters are typed at its beginning, middle and end; each is typed when the
marks of the last one stand. Two times are taken of each letter, by the page's own clock: from the letter to the next
frame with its marks, and the part of it that the request took, with all that the server does. Beside them stands the
processor time that the server used in the mean, which other work hardly changes (Linux alone tells it).
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import click
from measure_keystrokes import PLACES, TYPED, WARM, draft_of, processor_seconds

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browser.chromium import Chromium, find_chromium  # noqa: E402  # of the tests

COMMAND = [sys.executable, "-c", "from attribution.cli.main import main; main()", "serve", "--no-browser", "--isolated"]

WATCH = """(() => {
    const text = document.getElementById("text"), sheet = document.getElementById("sheet");
    let typed = 0;
    window.measured = null;
    text.addEventListener("beforeinput", () => { typed = performance.now(); window.measured = null; });
    new MutationObserver(() => {
        if (sheet.dataset.shown !== sheet.dataset.changes) return;
        requestAnimationFrame(() => setTimeout(() => {
            window.measured = [performance.now() - typed, Number(sheet.dataset.took)];
        }));
    }).observe(sheet, { attributeFilter: ["data-shown"] });
})()"""


def measured(browser: Chromium, process: int, text: str, keystrokes: int) -> tuple[list[tuple[float, float]], float]:
    """Of each letter the milliseconds to its marks and those of the request, and the server's seconds in the mean."""
    browser.run("document.getElementById('text').focus()")
    browser.paste(text)
    browser.wait_for("(({changes, shown}) => changes && changes === shown)(document.getElementById('sheet').dataset)")
    browser.run(WATCH)
    found: list[tuple[float, float]] = []
    used = 0.0
    for place in PLACES:
        at = text.find("\n", int(place * len(text)))
        browser.run(f"document.getElementById('text').setSelectionRange({at}, {at})")
        for number in range(keystrokes // len(PLACES) + WARM):
            if number == WARM:
                used -= processor_seconds(process)
            browser.press(TYPED[number % len(TYPED)])
            browser.wait_for("window.measured")
            if number >= WARM:
                whole, request = browser.run("window.measured")
                found.append((whole, request))
        used += processor_seconds(process)
    return found, used / len(found)


@click.command()
@click.option("--words", default=600, show_default=True, help="Words of the draft.")
@click.option("--keystrokes", default=60, show_default=True, help="Letters that are typed.")
def main(words: int, keystrokes: int) -> None:
    """Print the median, the nineteenth of twenty and the longest of both times, and the processor time."""
    program = find_chromium()
    if program is None:
        raise click.ClickException("needs Chromium on the path, or named by CHROMIUM")
    text = draft_of(words) + "\n"
    process = subprocess.Popen(COMMAND, cwd=tempfile.gettempdir(), stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with tempfile.TemporaryDirectory() as profile, Chromium(program, Path(profile)) as browser:
            browser.visit(address)
            found, used = measured(browser, process.pid, text, keystrokes)
            browser.run("document.getElementById('text').select()")
            browser.press("Backspace")
    finally:
        process.terminate()
        process.wait()
    click.echo("| words | letters | time | median | 95 of 100 | longest |\n|" + " --- |" * 6)
    for name, times in (("letter to marks", [whole for whole, _ in found]), ("request", [part for _, part in found])):
        ordered = sorted(times)
        figures = (statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))], ordered[-1])
        told = " | ".join(f"{value:.0f} ms" for value in figures)
        click.echo(f"| {len(text.split()):,} | {len(ordered)} | {name} | {told} |")
    click.echo(f"processor time of the server for a letter: {1000 * used:.0f} ms")


if __name__ == "__main__":
    main()
