"""How every command reads drafts: one set of options, one session, and what the user is told meanwhile."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from attribution.cli.main import FAILED, complain, print_on_stderr
from attribution.cli.progress import Progress
from attribution.session.options import AUTO, STDIN, UNNAMED, Options
from attribution.session.processes import MOST, WORTHWHILE

if TYPE_CHECKING:
    from attribution.session import Session
    from attribution.session.inputs import Input
    from attribution.session.session import Maker


def number_of_jobs(context: click.Context, parameter: click.Parameter, value: str) -> int:
    """The number of processes that an option gives; ``AUTO`` for auto."""
    if value == "auto":
        return AUTO
    if not value.isascii() or not value.isdigit() or int(value) < 1:
        raise click.BadParameter(f"{value!r} is not a number of processes; give auto, or a number from 1")
    return int(value)


config_option = click.option(
    "--config", metavar="FILE", type=click.Path(), help="Use only this configuration (docs/CI.md)."
)
model_option = click.option(
    "--model", metavar="default|DIR", help="Stanza models to use instead of the embedded model."
)
lexicon_option = click.option(
    "--lexicon",
    "lexicons",
    metavar="DIR",
    multiple=True,
    type=click.Path(),
    help="A folder of words that add to the built-in ones or override them; may be repeated.",
)
own_rules_option = click.option(
    "--rules",
    "own_rules",
    metavar="DIR|FILE|PACKAGE",
    multiple=True,
    help="Rules of your own to add (docs/OWN_RULES.md); may be repeated.",
)

isolated_option = click.option("--isolated", is_flag=True, help="Use no configuration file.")
own_outlet_option = click.option(
    "--own-outlet",
    "own_outlets",
    metavar="NAME",
    multiple=True,
    help="The paper's own name: what it attributes to itself has no source; may be repeated.",
)
ignore_mark_option = click.option(
    "--ignore-mark",
    "ignored_marks",
    metavar="NAME",
    multiple=True,
    help="List no places for this mark of exposure (docs/SCORING.md names them).",
)
whole_page_option = click.option("--whole-page", is_flag=True, help="Read all of a web page, not only its article.")
force_option = click.option("--force", is_flag=True, help="Analyse drafts that do not look like English.")

OPTIONS = (
    config_option,
    isolated_option,
    click.option(
        "--stdin-filename", metavar="NAME", help="The name to give standard input; its extension tells the format."
    ),
    model_option,
    lexicon_option,
    own_rules_option,
    own_outlet_option,
    ignore_mark_option,
    click.option(
        "--cache/--no-cache", "caching", default=True, help="Keep analyses of unchanged drafts.  [default: cache]"
    ),
    click.option(
        "-j",
        "--jobs",
        callback=number_of_jobs,
        metavar="N",
        default="auto",
        show_default=True,
        help=f"Processes that read drafts; auto means one, and up to {MOST} for {WORTHWHILE} drafts or more.",
    ),
    click.option("--force-exclude", is_flag=True, help="Exclude what the configuration excludes even if it is named."),
    whole_page_option,
    force_option,
    click.option("-q", "--quiet", is_flag=True, help="Only errors on standard error; no table for several files."),
    click.option(
        "-v",
        "--verbose",
        is_flag=True,
        help="Show for each draft where its analysis comes from, and what was left out of web pages.",
    ),
)
"""The options for reading drafts, in the order in which the help shows them."""

files_argument = click.argument("files", nargs=-1, metavar="[FILES | DIRECTORIES | -]", type=click.Path())


def session_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options for reading drafts; the command gets them as one argument, ``inputs``."""

    @wraps(command)
    def run(
        *,
        config: str | None,
        isolated: bool,
        stdin_filename: str | None,
        lexicons: tuple[str, ...],
        own_rules: tuple[str, ...],
        quiet: bool,
        verbose: bool,
        **values: Any,
    ) -> Any:
        if config is not None and isolated:
            raise click.UsageError("--config and --isolated exclude each other", click.get_current_context())
        names = ("model", "own_outlets", "ignored_marks", "caching", "jobs", "force", "force_exclude", "whole_page")
        options = Options(
            config=config,
            isolated=isolated,
            lexicons=lexicons,
            own_rules=own_rules,
            stdin_filename=stdin_filename or UNNAMED,
            one_by_one=verbose,
            **{name: values.pop(name) for name in names},
        )
        return command(inputs=Inputs(options, quiet=quiet, verbose=verbose), **values)

    for option in reversed(OPTIONS):
        run = option(run)
    return run


class Inputs:
    """The drafts of a command, read through a session; tells the user of progress, notices and errors."""

    def __init__(self, options: Options, *, quiet: bool, verbose: bool) -> None:
        self.options = options
        self.quiet = quiet
        self.verbose = verbose
        self.failures: list[tuple[str, str]] = []
        self.paths: tuple[str, ...] = ()
        self._session: Session | None = None
        self._progress = Progress(())

    @property
    def session(self) -> Session:
        """The session, which begins when it is first asked for."""
        if self._session is None:
            from attribution.session import Session

            self._session = Session(self.options)
        return self._session

    def renew(self) -> None:
        """Begin a session that reads all files again, with the model of the last one."""
        self.failures = []
        if self._session is not None:
            self._session = self._session.renewed()

    def configure(self, **changes: Any) -> None:
        """Change the options of the session that is to begin."""
        self.options = replace(self.options, **changes)

    @property
    def several(self) -> bool:
        """Whether there is more than one draft."""
        return len(self.paths) > 1

    @property
    def failed(self) -> bool:
        """Whether a draft could not be read."""
        return bool(self.failures)

    @property
    def exit_code(self) -> int:
        """2 if a draft could not be read, otherwise 0."""
        return FAILED if self.failed else 0

    def find(self, names: Sequence[str]) -> None:
        """Set the ``paths`` that files and folders lead to; without names, standard input, unless it is a terminal."""
        if not names and sys.stdin.isatty():
            raise click.UsageError("name files or directories, or - for standard input", click.get_current_context())
        self.paths = self.found(names or (STDIN,))

    def found(self, names: Sequence[str]) -> tuple[str, ...]:
        """The drafts that files and folders lead to; tells of those that lead to none."""
        found = self.session.find(names)
        if not self.quiet:
            for notice in found.notices:
                self.tell(notice)
        for name, error in found.errors:
            self.fail(name, error)
        return found.paths

    def each(self, make: Maker) -> Iterator[Any]:
        """The result of ``make`` on each readable draft of ``paths``, in their order."""
        return (made for made in self.each_of(self.given(self.paths), make) if made is not None)

    def given(self, paths: Sequence[str]) -> list[Input]:
        """The drafts at these paths, with the content of standard input if it is one of them."""
        from attribution.session.inputs import Input

        return [Input(path, sys.stdin.buffer.read() if path == STDIN else None) for path in paths]

    def each_of(self, inputs: Sequence[Input], make: Maker) -> Iterator[Any]:
        """The result of ``make`` on each input, None for those that cannot be read; tells why they cannot."""
        names = [given.shown or self.session.name_of(given.path) for given in inputs]
        with Progress(() if self.quiet else names) as self._progress:
            outcomes = self.session.each(inputs, make)
            for name in names:
                self._progress.at(name)
                outcome = next(outcomes)
                if outcome.error is not None:
                    self.fail(name, outcome.error)
                    if outcome.traceback and self.verbose:
                        print_on_stderr(outcome.traceback)
                elif not self.quiet:
                    for notice in outcome.notices:
                        self.tell(f"{name}: {notice}")
                if outcome.origin and self.verbose:
                    self.tell(f"{name}: {outcome.origin}")
                    for line in outcome.left_out:
                        self.tell(f"{name}:{line}")
                # Advance before the result is written, so that the spinner does not come back after the last one.
                self._progress.advance()
                yield outcome.made if outcome.error is None else None

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Takes the progress bar off the terminal, so that a result can be written there."""
        with self._progress.paused():
            yield

    def fail(self, name: str, message: str) -> None:
        """Tell of a draft that cannot be read, and keep its name and the message in ``failures``."""
        self.failures.append((name, message))
        self.tell(message)

    def tell(self, message: str) -> None:
        """Tell the user something in a line of standard error."""
        with self._progress.paused():
            complain(message)
