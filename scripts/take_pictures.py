"""Take the pictures of the documentation anew, in docs/pictures: python scripts/take_pictures.py [NAME…]

Terminals are drawn as SVG with the fonts of the reader, pages are taken by Chromium. Shown is the sample article about
an army's supplies. Needs Chromium, tmux and Neovim, and the extras watch, lsp and serve; names take only some of the
pictures.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import click
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from attribution import Analyser
from attribution.ingest import read_draft
from attribution.reporting.html import notebook_html
from attribution.reporting.word import word_report

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
PICTURES = ROOT / "docs" / "pictures"
DRAFT = ROOT / "seeds" / "conflict-logistics-chief.txt"
ATTRIB = [sys.executable, "-c", "from attribution.cli.main import main; main()"]
COLUMNS, LINES = 104, 36
PATIENCE = 60.0
"""Seconds to wait for what a picture is to show."""

DARK = TerminalTheme(
    (27, 30, 35),
    (234, 232, 227),
    [(27, 30, 35), (255, 154, 145), (92, 196, 181), (232, 178, 101), (134, 183, 224), (210, 159, 208), (92, 196, 181)]
    + [(234, 232, 227)],
    [(118, 123, 130), (255, 154, 145), (159, 227, 177), (232, 178, 101), (134, 183, 224), (210, 159, 208)]
    + [(92, 196, 181), (255, 255, 255)],
)
"""The dark colours of our pages, for the sixteen of a terminal."""

SHAPE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">
<style>
text {{ font: {char_height}px ui-monospace, "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace }}
text {{ white-space: pre }}
{styles}
</style>
<defs>{lines}</defs>
<rect width="100%" height="100%" rx="6" fill="#1b1e23"/>
<g transform="translate(12, 10)">
{backgrounds}
{matrix}
</g>
</svg>
"""
"""As rich draws a terminal, without its window, and without fonts from another host."""

LUA = """
vim.opt.number = true
vim.opt.wrap = true
vim.opt.linebreak = true
vim.opt.signcolumn = "yes"
vim.cmd("highlight SignColumn ctermbg=NONE")
vim.cmd("highlight DiagnosticUnderlineWarn cterm=underline")
vim.diagnostic.config({ virtual_text = { prefix = "■" } })
local client = vim.lsp.start_client({ name = "attrib", cmd = COMMAND, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, client)
"""


WEB_PAGE = """<!doctype html><html lang="en"><title>Karsovia drops army supply chief</title><body>
<nav><a href="/">Home</a> <a href="/world">World</a> <a href="/sport">Sport</a></nav>
<div class="cookie-notice">We use cookies to show you what you like. <button>Accept</button></div>
<main><h1>Karsovia drops army supply chief amid reports of frozen convoys</h1>
PARAGRAPHS<aside class="related"><h2>More stories</h2><p><a href="/ferry">Ferry to be sold for a crown</a></p></aside>
<p>Sign up to our newsletter for news from the front every morning.</p></main>
<footer>© The Valley Echo. All rights reserved.</footer></body></html>
"""
"""A page with what stands around articles."""


def report(picture: Path) -> None:
    """The report on a terminal, down to who carries the story."""
    draw(terminal_text(report_command(DRAFT.name), 48), picture)


def watch(picture: Path) -> None:
    """The list beside an editor, after a save."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "supplies.txt"
        draft.write_text(DRAFT.read_text(encoding="utf-8"), encoding="utf-8")
        with Screen([*ATTRIB, "watch", "--color", "always", draft.name], draft.parent) as screen:
            screen.wait_for("waits for changes")
            text = draft.read_text(encoding="utf-8").replace(
                "Reportedly, President", "The Tribuna wrote that President"
            )
            draft.write_text(text, encoding="utf-8")
            draw(screen.wait_for("Since the last save"), picture)


def editor(picture: Path) -> None:
    """Neovim, with what the language server finds."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "supplies.md"
        draft.write_text(DRAFT.read_text(encoding="utf-8"), encoding="utf-8")
        settings = Path(folder) / "init.lua"
        command = "{" + ", ".join(f"[==[{part}]==]" for part in [*ATTRIB, "lsp"]) + "}"
        settings.write_text(LUA.replace("COMMAND", command), encoding="utf-8")
        with Screen(["nvim", "--clean", "-n", draft.name, "-S", settings.name], draft.parent) as screen:
            draw(screen.wait_for("■"), picture)


def word(picture: Path) -> None:
    """The report on a Word file, whose places are paragraphs."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "supplies.docx"
        draft.write_bytes(word_report(Analyser().analyse(read_draft(DRAFT))))
        draw(terminal_text(report_command(draft.name), 26, draft.parent), picture)


def web(picture: Path) -> None:
    """The report on a saved web page, with all that was left out of it."""
    paragraphs = "".join(f"<p>{text}</p>\n" for text in DRAFT.read_text(encoding="utf-8").split("\n\n")[1:])
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "supplies.html"
        draft.write_text(WEB_PAGE.replace("PARAGRAPHS", paragraphs), encoding="utf-8")
        draw(terminal_text([*report_command(draft.name), "--verbose"], 26, draft.parent), picture)


def page(picture: Path) -> None:
    """The report as a web page."""
    with tempfile.TemporaryDirectory() as folder:
        html = Path(folder) / "report.html"
        subprocess.run([*ATTRIB, "report", "-f", "html", DRAFT.name, "-o", str(html)], cwd=DRAFT.parent, check=True)
        photograph(html, picture, 1280, 860)


def serve(picture: Path) -> None:
    """The page to write in, with the note on a place and who says so."""
    from browser.chromium import Chromium

    program = chromium()
    server = subprocess.Popen([*ATTRIB, "serve", "--no-browser", "--isolated"], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = server.stdout.readline().strip()
        with tempfile.TemporaryDirectory() as profile, Chromium(program, Path(profile)) as browser:
            browser.size(1280, 860)
            browser.media()
            browser.visit(address)
            browser.click("#sample")
            browser.wait_for("document.querySelector('.fixes')")
            browser.click(".item:has(.fixes) summary")
            browser.run("scrollTo(0, 0); document.getElementById('brief').scrollTo(0, 0)")
            browser.settle()
            browser.screenshot(picture)
    finally:
        server.terminate()
        server.wait()


def notebook(picture: Path) -> None:
    """The marked text below a notebook's cell."""
    with tempfile.TemporaryDirectory() as folder:
        html = Path(folder) / "notebook.html"
        shown = notebook_html(Analyser().analyse(read_draft(DRAFT)))
        style = "<style>body { margin: 12px; background: white; color-scheme: light }</style>"
        html.write_text(f"<!doctype html><meta charset=utf-8>{style}<body data-jp-theme-light=true>{shown}", "utf-8")
        photograph(html, picture, 780, 560)


TAKEN: dict[str, Callable[[Path], None]] = {
    "report.svg": report,
    "watch.svg": watch,
    "editor.svg": editor,
    "word.svg": word,
    "web.svg": web,
    "page.png": page,
    "serve.png": serve,
    "notebook.png": notebook,
}


def report_command(name: str) -> list[str]:
    """The command that reports on a draft as on a terminal."""
    return [*ATTRIB, "report", "--color", "always", "--width", str(COLUMNS), "--no-cache", name]


def terminal_text(command: list[str], most: int, folder: Path = DRAFT.parent) -> str:
    """The first lines that a command writes, what it tells beside the result first."""
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
    return "\n".join([*done.stderr.splitlines(), *done.stdout.split("\n")][:most])


def draw(text: str, picture: Path) -> None:
    """Draw the lines of a terminal."""
    lines = Text.from_ansi(text.rstrip())
    console = Console(width=COLUMNS, record=True, file=StringIO(), force_terminal=True, legacy_windows=False)
    console.print(lines, soft_wrap=False)
    drawn = console.export_svg(theme=DARK, code_format=SHAPE, unique_id=picture.stem)
    picture.write_text(drawn, encoding="utf-8")


def chromium() -> str:
    """The program that takes pages, which the tests use as well."""
    from browser.chromium import find_chromium

    program = find_chromium()
    if program is None:
        raise click.ClickException("Chromium is needed for the pictures of pages; install it")
    return program


def photograph(html: Path, picture: Path, width: int, height: int) -> None:
    """Have Chromium take the top of a page."""
    program = chromium()
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={width},{height}"]
    subprocess.run([program, *flags, f"--screenshot={picture}", html.as_uri()], check=True, capture_output=True)


class Screen:
    """A terminal of tmux in which a program runs."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self._socket = f"pictures-{os.getpid()}"
        size = ["-x", str(COLUMNS), "-y", str(LINES)]
        environment = ["-e", f"PYTHONPATH={ROOT}", "-e", "COLORTERM=truecolor"]
        self._tmux("new-session", "-d", *size, "-c", str(folder), *environment, *command)

    def __enter__(self) -> Screen:
        return self

    def __exit__(self, *error: object) -> None:
        self._tmux("kill-server")

    def wait_for(self, words: str) -> str:
        """What the terminal shows once it shows these words."""
        end = time.monotonic() + PATIENCE
        while words not in self._tmux("capture-pane", "-p"):
            if time.monotonic() > end:
                shown = self._tmux("capture-pane", "-p")
                raise click.ClickException(f"the program does not show {words!r}; it shows {shown}")
            time.sleep(0.2)
        return self._tmux("capture-pane", "-p", "-e")

    def _tmux(self, *arguments: str) -> str:
        done = subprocess.run(["tmux", "-L", self._socket, *arguments], check=True, capture_output=True, text=True)
        return done.stdout


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(sorted(TAKEN)))
def main(names: tuple[str, ...]) -> None:
    """Take the pictures of these names, or all."""
    PICTURES.mkdir(exist_ok=True)
    for name in names or sorted(TAKEN):
        TAKEN[name](PICTURES / name)
        click.echo(f"docs/pictures/{name}")


if __name__ == "__main__":
    main()
