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
    """Add the arguments and options that tell what to read and how."""
    for decorate in reversed(
        (
            click.argument("files", nargs=-1, metavar="[FILES | DIRECTORIES | -]", type=click.Path()),
            click.option(
                "--stdin-filename",
                metavar="NAME",
                help="The name to give standard input; its extension tells the format.",
            ),
            click.option("--model", metavar="default|DIR", help="Stanza models to use instead of the embedded model."),
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
                help="The paper's own name: what it attributes to itself has no source; may be repeated.",
            ),
            click.option("--force", is_flag=True, help="Analyse drafts that do not look like English."),
            click.option(
                "-q", "--quiet", is_flag=True, help="Only errors on standard error; no table for several files."
            ),
            click.option("-v", "--verbose", is_flag=True, help="Show the model and the time for each file."),
        )
    ):
        command = decorate(command)
    return command


class Settings(NamedTuple):
    """The options for reading drafts."""

    stdin_filename: str
    model: str | None
    lexicons: tuple[Path, ...]
    own_outlets: tuple[str, ...]
    force: bool
    quiet: bool
    verbose: bool
    ignored_marks: tuple[str, ...] = ()


class Outcome(NamedTuple):
    """The outcome for a file: what was made of its analysis, if it has one, and messages for the user."""

    made: Any
    failed: bool
    messages: tuple[str, ...]
    traceback: str = ""


File = tuple[str, bytes | None]
"""The path of a file, and the content of standard input if it is that."""

BATCH = 20_000
"""Bytes of files that are parsed together: enough for speed, few enough for reports to come continuously."""


def batches_of(files: Iterable[File]) -> Iterator[list[File]]:
    """The files in their order, divided into batches."""
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
        """The analyser, loaded for the first draft that needs it."""
        if self._analyser is None:
            from attribution.analysis import Analyser

            self._analyser = Analyser(
                self.settings.model,
                self.settings.lexicons,
                self.settings.own_outlets,
                ignored_marks=self.settings.ignored_marks,
            )
        return self._analyser

    def read(self, files: Sequence[File], make: Callable[[Analysis, Lexicon], Any]) -> list[Outcome]:
        """The outcome of ``make`` on the analysis of each file; the parser reads the files together.

        Raises AttribError if words or model are missing, without which no file can be read.
        """
        from attribution.records import AttribError

        inputs: list[tuple[Draft, Sequence[Sentence] | None] | AttribError] = []
        for path, data in files:
            try:
                inputs.append(self._draft(path, data))
            except AttribError as error:
                inputs.append(error)
        unparsed = [item[0] for item in inputs if isinstance(item, tuple) and item[1] is None]
        parsed = iter(self._parsed(unparsed) if len(unparsed) > 1 else [None] * len(unparsed))
        outcomes = []
        for (path, _), item in zip(files, inputs, strict=True):
            if isinstance(item, AttribError):
                outcomes.append(Outcome(None, True, (str(item),)))
                continue
            draft, sentences = item
            if sentences is None:
                outcomes.append(self._outcome(draft, next(parsed), None, make))
            else:
                outcomes.append(self._outcome(draft, sentences, path, make))
        return outcomes

    def _parsed(self, drafts: Sequence[Draft]) -> Sequence[Sequence[Sentence] | None]:
        """The sentences of each draft; None for all of them if a bug prevents parsing them together."""
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
        """The outcome for a draft; ``parse`` names the file from which its sentences were read, if not by a model."""
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
            # A bug that one draft triggers must not lose the reports on the others.
            message = (
                f"{draft.path}: internal error ({type(error).__name__}: {error}); "
                "run again with --verbose and report the output as a bug"
            )
            return Outcome(None, True, (message,), traceback.format_exc() if self.settings.verbose else "")
        messages = () if self.settings.quiet else draft.notices
        if self.settings.verbose:
            messages += (f"{draft.path}: read by {analysis.model} in {seconds:.1f} s",)
        return Outcome(made, False, messages)

    def _draft(self, path: str, data: bytes | None) -> tuple[Draft, tuple[Sentence, ...] | None]:
        """The draft, and its sentences if the file holds their parse."""
        from attribution.ingest import check_english, read_bytes, read_draft

        if data is None and path.endswith(CONLLU):
            return read_parsed(path)
        draft = read_draft(Path(path)) if data is None else read_bytes(data, self.settings.stdin_filename)
        if not self.settings.force:
            check_english(draft)
        return draft, None


def itself(analysis: Analysis, lexicon: Lexicon) -> Analysis:
    """The analysis itself, for callers that need all of it."""
    return analysis


class Inputs:
    """The drafts to read, and whether reading failed. Iterating gives the analyses one by one."""

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
        ignored_marks: Sequence[str] = (),
    ) -> None:
        self.failed = False
        self.quiet = quiet
        self.stdin_filename = stdin_filename or "<stdin>"
        self._settings = Settings(
            self.stdin_filename, model, tuple(lexicons), tuple(own_outlets), force, quiet, verbose, tuple(ignored_marks)
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
        """2 if a draft could not be read, otherwise 0."""
        return FAILED if self.failed else 0

    def __iter__(self) -> Iterator[Analysis]:
        return self.each(itself)

    def each(self, make: Callable[[Analysis, Lexicon], Made]) -> Iterator[Made]:
        """The result of ``make`` on the analysis of each readable draft, in the order of the drafts.

        ``make`` runs in the process that reads the draft, so it must be a module's function with results that can be
        pickled.
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
                # Advance before the result is written, so that the spinner does not come back after the last one.
                self._progress.advance()
                if not outcome.failed:
                    yield outcome.made

    def _outcomes(self, make: Callable[[Analysis, Lexicon], Any]) -> Iterator[Outcome]:
        from attribution.cli.processes import in_order, processes_for

        files = ((path, sys.stdin.buffer.read() if path == STDIN else None) for path in self.paths)
        # With --verbose each file is timed separately.
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
"""A reader in a process of ``--jobs``, cached because each file comes with the same settings."""


def read_elsewhere(
    settings: Settings, files: Sequence[File], make: Callable[[Analysis, Lexicon], Any]
) -> list[Outcome]:
    """The results of ``Reader.read``, in a process of ``--jobs``."""
    return _reader_of(settings).read(files, make)


def read_parsed(path: str) -> tuple[Draft, tuple[Sentence, ...]]:
    """The draft and its sentences in a CoNLL-U file; AttribError if it cannot be read or holds no sentences."""
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
        raise AttribError(f"{path}: holds no sentences; give a parse in CoNLL-U")
    return draft, sentences
