"""From the arguments of a command to analyses, one file after the other; a file that fails does not stop the others."""

from __future__ import annotations

import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from attribution.cli.main import FAILED, complain
from attribution.cli.progress import Progress

if TYPE_CHECKING:
    from attribution.analysis import Analyser
    from attribution.lexicon import Lexicon
    from attribution.records import Analysis, Draft, Sentence

Made = TypeVar("Made")

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


class Settings(NamedTuple):
    """What the options say about how drafts are read."""

    stdin_filename: str
    model: str | None
    lexicons: tuple[Path, ...]
    own_outlets: tuple[str, ...]
    force: bool
    quiet: bool
    verbose: bool


class Outcome(NamedTuple):
    """What came of one file: what was made of its analysis, None without one, and what the user is to be told."""

    made: Any
    failed: bool
    messages: tuple[str, ...]
    traceback: str = ""


File = tuple[str, bytes | None]
"""The path of a file, and what standard input holds when it is that."""

BATCH = 20_000
"""Bytes of files that the parser reads together: large enough for it to be fast, small enough for reports to flow."""


def batches_of(files: Iterable[File]) -> Iterator[list[File]]:
    """The files in their order, as many together as make up a batch."""
    batch: list[File] = []
    size = 0
    for path, data in files:
        here = _size(path) if data is None else len(data)
        if batch and size + here > BATCH:
            yield batch
            batch, size = [], 0
        batch.append((path, data))
        size += here
    if batch:
        yield batch


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


class Reader:
    """Reads and analyses files; loads words and model once, with the first file."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._analyser: Analyser | None = None

    @property
    def analyser(self) -> Analyser:
        """The analyser, loaded when the first draft needs it."""
        if self._analyser is None:
            from attribution.analysis import Analyser

            self._analyser = Analyser(self.settings.model, self.settings.lexicons, self.settings.own_outlets)
        return self._analyser

    def read(self, files: Sequence[File], make: Callable[[Analysis, Lexicon], Any]) -> list[Outcome]:
        """What ``make`` makes of the analysis of each file; the parser reads them together.

        Raises AttribError for missing words or a missing model, without which no file can be read.
        """
        from attribution.records import AttribError

        drafts: list[tuple[Draft, Sequence[Sentence] | None] | AttribError] = []
        for path, data in files:
            try:
                drafts.append(self._draft(path, data))
            except AttribError as error:
                drafts.append(error)
        unparsed = [one[0] for one in drafts if isinstance(one, tuple) and one[1] is None]
        parsed = iter(self._parsed(unparsed) if len(unparsed) > 1 else [None] * len(unparsed))
        outcomes = []
        for (path, _), one in zip(files, drafts, strict=True):
            if isinstance(one, AttribError):
                outcomes.append(Outcome(None, True, (str(one),)))
            elif one[1] is None:
                outcomes.append(self._outcome(one[0], next(parsed), None, make))
            else:
                outcomes.append(self._outcome(one[0], one[1], path, make))
        return outcomes

    def _parsed(self, drafts: Sequence[Draft]) -> Sequence[Sequence[Sentence] | None]:
        """The sentences of each draft; None for all when a fault of ours in one keeps them from being read together."""
        from attribution.records import AttribError

        parser = self.analyser.parser
        try:
            return parser.parse(drafts)
        except AttribError:
            raise
        except Exception:
            return [None] * len(drafts)

    def _outcome(
        self,
        draft: Draft,
        sentences: Sequence[Sentence] | None,
        parse: str | None,
        make: Callable[[Analysis, Lexicon], Any],
    ) -> Outcome:
        """What comes of a draft; ``parse`` names the file its sentences come from when no model gave them."""
        from attribution.records import AttribError

        analyser = self.analyser
        if sentences is None:
            _ = analyser.parser
        started = time.perf_counter()
        try:
            if sentences is None:
                analysis = analyser.analyse(draft)
            else:
                analysis = analyser.analyse_parsed(draft, sentences, parse)
            seconds = time.perf_counter() - started
            made = make(analysis, analyser.lexicon)
        except AttribError as error:
            return Outcome(None, True, (str(error),))
        except Exception as error:
            # A fault of ours in one draft must not take the reports on the others away.
            message = (
                f"{draft.path}: a fault in attrib ({type(error).__name__}: {error}); "
                "run again with --verbose and report what it prints"
            )
            return Outcome(None, True, (message,), traceback.format_exc() if self.settings.verbose else "")
        messages = () if self.settings.quiet else draft.notices
        if self.settings.verbose:
            messages += (f"{draft.path}: read by {analysis.model} in {seconds:.1f} s",)
        return Outcome(made, False, messages)

    def _draft(self, path: str, data: bytes | None) -> tuple[Draft, tuple[Sentence, ...] | None]:
        """The draft, and its sentences when the file holds their parse."""
        from attribution.ingest import check_english, read_bytes, read_draft

        if data is None and path.endswith(CONLLU):
            return _read_parsed(path)
        draft = read_draft(Path(path)) if data is None else read_bytes(data, self.settings.stdin_filename)
        if not self.settings.force:
            check_english(draft)
        return draft, None


def itself(analysis: Analysis, lexicon: Lexicon) -> Analysis:
    """The analysis, for what needs it whole."""
    return analysis


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
        jobs: int = 1,
    ) -> None:
        self.failed = False
        self.quiet = quiet
        self.stdin_filename = stdin_filename or "<stdin>"
        self._settings = Settings(
            self.stdin_filename, model, tuple(lexicons), tuple(own_outlets), force, quiet, verbose
        )
        self._jobs = jobs
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
        return self.each(itself)

    def each(self, make: Callable[[Analysis, Lexicon], Made]) -> Iterator[Made]:
        """What ``make`` makes of the analysis of each draft that can be read, in the order of the drafts.

        It is called in the process that reads the draft: a function of a module, with results that can be pickled.
        """
        typed = STDIN in self.paths and sys.stdin.isatty()
        with Progress(() if self.quiet or typed else self.paths) as self._progress:
            outcomes = self._outcomes(make)
            for path in self.paths:
                self._progress.at(path)
                outcome = next(outcomes)
                self.failed = self.failed or outcome.failed
                for message in outcome.messages:
                    self._tell(message)
                if outcome.traceback:
                    click.echo(outcome.traceback, err=True, nl=False)
                # Done before the result is written: behind the last one the spinner must not come back.
                self._progress.advance()
                if not outcome.failed:
                    yield outcome.made

    def _outcomes(self, make: Callable[[Analysis, Lexicon], Any]) -> Iterator[Outcome]:
        from attribution.cli.processes import in_order, processes_for

        files = ((path, sys.stdin.buffer.read() if path == STDIN else None) for path in self.paths)
        # With --verbose each file's own time is told.
        batches = ([file] for file in files) if self._settings.verbose else batches_of(files)
        processes = processes_for(self._jobs, len(self.paths))
        if processes == 1:
            reader = Reader(self._settings)
            return (outcome for batch in batches for outcome in reader.read(batch, make))
        tasks = ((None, (self._settings, batch, make)) for batch in batches)
        return (outcome for _, outcomes in in_order(tasks, read_elsewhere, processes) for outcome in outcomes)

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
                self.failed = True
                self._tell(str(error))
        return list(found)

    def _tell(self, message: str) -> None:
        with self._progress.paused():
            complain(message)


_reader_of = cache(Reader)
"""The reader of a process of ``--jobs``, which is given the same settings with each file."""


def read_elsewhere(
    settings: Settings, files: Sequence[File], make: Callable[[Analysis, Lexicon], Any]
) -> list[Outcome]:
    """What ``Reader.read`` gives, in a process of ``--jobs``."""
    return _reader_of(settings).read(files, make)


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
