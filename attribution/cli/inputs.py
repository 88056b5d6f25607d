"""From the arguments of a command to analyses, one file after the other; a file that fails does not stop the others."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from attribution.cli.main import FAILED, complain
from attribution.cli.progress import Progress

if TYPE_CHECKING:
    from attribution.analysis import Analyser
    from attribution.records import Analysis, Draft, Sentence

STDIN = "-"
CONLLU = ".conllu"


def input_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the arguments and options that say what to read and how."""
    for decorate in reversed(
        (
            click.argument("files", nargs=-1, metavar="[FILES | DIRECTORIES | -]", type=click.Path()),
            click.option(
                "--stdin-filename",
                metavar="NAME",
                help="The name that standard input goes by; its suffix tells the format.",
            ),
            click.option("--model", metavar="default|DIR", help="Stanza models to use instead of the embedded one."),
            click.option(
                "--lexicon",
                "lexicons",
                metavar="DIR",
                multiple=True,
                type=click.Path(path_type=Path),
                help="A folder of words that add to the built-in ones or override them; may be repeated.",
            ),
            click.option(
                "--own-outlet",
                "own_outlets",
                metavar="NAME",
                multiple=True,
                help="The paper's own name: what it attributes to itself is no source; may be repeated.",
            ),
            click.option("--force", is_flag=True, help="Analyse drafts that do not look like English."),
            click.option(
                "-q", "--quiet", is_flag=True, help="Errors only on standard error; no table for several files."
            ),
            click.option("-v", "--verbose", is_flag=True, help="Tell the model and the time for each file."),
        )
    ):
        command = decorate(command)
    return command


class Inputs:
    """What to read, and what went wrong while reading. Iterating gives the analyses, one by one."""

    def __init__(
        self,
        files: Sequence[str],
        *,
        stdin_filename: str | None,
        model: str | None,
        lexicons: Sequence[Path],
        own_outlets: Sequence[str],
        force: bool,
        quiet: bool,
        verbose: bool,
    ) -> None:
        self.failed = False
        self.force, self.quiet, self.verbose = force, quiet, verbose
        self._model, self._lexicons, self._own_outlets = model, lexicons, own_outlets
        self.stdin_filename = stdin_filename or "<stdin>"
        self._analyser: Analyser | None = None
        self._progress = Progress(())
        if not files and sys.stdin.isatty():
            raise click.UsageError("name files or directories, or - for standard input", click.get_current_context())
        self.paths = self._find(files or (STDIN,))

    @property
    def several(self) -> bool:
        """Whether there is more than one draft."""
        return len(self.paths) > 1

    @property
    def exit_code(self) -> int:
        """2 when a draft could not be read, else 0."""
        return FAILED if self.failed else 0

    def __iter__(self) -> Iterator[Analysis]:
        typed = STDIN in self.paths and sys.stdin.isatty()
        with Progress(() if self.quiet or typed else self.paths) as self._progress:
            for path in self.paths:
                self._progress.at(path)
                analysis = self._analysis_of(path)
                if analysis is not None:
                    yield analysis
                self._progress.advance()

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Takes the progress bar off the terminal, so that a result can be written there."""
        with self._progress.paused():
            yield

    def _find(self, files: Sequence[str]) -> list[str]:
        from attribution.ingest import find_drafts
        from attribution.records import AttribError

        found: dict[str, None] = {}
        for name in files:
            if name == STDIN or name.endswith(CONLLU):
                found[name] = None
                continue
            try:
                found.update(dict.fromkeys(map(str, find_drafts([Path(name)]))))
            except AttribError as error:
                self._fail(str(error))
        return list(found)

    def _analysis_of(self, path: str) -> Analysis | None:
        """The analysis of one file; None, after a line on stderr, when it cannot be had.

        Raises AttribError for missing words or a missing model, without which no file can be read.
        """
        from attribution.records import AttribError

        started = time.perf_counter()
        try:
            draft, sentences = self._read(path)
        except AttribError as error:
            self._fail(str(error))
            return None
        analyser = self.analyser
        if sentences is None:
            _ = analyser.parser
        try:
            if sentences is None:
                analysis = analyser.analyse(draft)
            else:
                analysis = analyser.analyse_parsed(draft, sentences, path)
        except AttribError as error:
            self._fail(str(error))
            return None
        except Exception as error:
            # A fault of ours in one draft must not take the reports on the others away.
            self._fail(
                f"{draft.path}: a fault in attrib ({type(error).__name__}: {error}); "
                "run again with --verbose and report what it prints"
            )
            if self.verbose:
                click.echo(traceback.format_exc(), err=True, nl=False)
            return None
        if not self.quiet:
            for notice in draft.notices:
                self._tell(notice)
        if self.verbose:
            self._tell(f"{draft.path}: read by {analysis.model} in {time.perf_counter() - started:.1f} s")
        return analysis

    def _read(self, path: str) -> tuple[Draft, tuple[Sentence, ...] | None]:
        """The draft, and its sentences when the file holds their parse."""
        from attribution.ingest import check_english, read_bytes, read_draft

        if path.endswith(CONLLU):
            return _read_parsed(path)
        draft = read_bytes(sys.stdin.buffer.read(), self.stdin_filename) if path == STDIN else read_draft(Path(path))
        if not self.force:
            check_english(draft)
        return draft, None

    @property
    def analyser(self) -> Analyser:
        """The analyser, loaded when the first draft needs it."""
        if self._analyser is None:
            from attribution.analysis import Analyser

            self._analyser = Analyser(self._model, self._lexicons, self._own_outlets)
        return self._analyser

    def _fail(self, message: str) -> None:
        self.failed = True
        self._tell(message)

    def _tell(self, message: str) -> None:
        with self._progress.paused():
            complain(message)


def _read_parsed(path: str) -> tuple[Draft, tuple[Sentence, ...]]:
    from attribution.parsing import read_conllu
    from attribution.records import AttribError

    try:
        text = Path(path).read_text(encoding="utf-8")
    except OSError as error:
        raise AttribError(f"{path}: cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise AttribError(f"{path}: is not UTF-8; save it as UTF-8") from error
    draft, sentences = read_conllu(text, path)
    if not sentences:
        raise AttribError(f"{path}: holds no sentence; give a parse in CoNLL-U")
    return draft, sentences
