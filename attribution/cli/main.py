"""The ``attrib`` command. Commands are imported only when they are called, so that ``--help`` is fast."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click

import attribution
from attribution.cli.guard import listen

FAILED = 2
FAULT = 3
INTERRUPTED = 130
BROKEN_PIPE = 141

TRACEBACK = "ATTRIB_TRACEBACK"
"""The environment variable that shows where a fault happened."""

COMMANDS = {
    "report": "Show, for every claim, its source and how certain the text is.",
    "watch": "Report on a draft again each time it is saved.",
    "sources": "List the sources of a story, and how much of it each carries.",
    "diff": "Show what an edit did to the sourcing.",
    "tree": "Draw the parse, with everything found on it.",
    "lint": "Report sourcing problems, for editors and CI.",
    "explain": "Explain what a rule of lint means, and why.",
    "rules": "List the rules of lint, or test your own.",
    "evaluate": "Measure against annotated articles.",
    "convert": "Write annotations in another tool's format.",
    "corpus": "Analyse thousands of articles or more, into tables.",
    "schema": "Print the JSON Schema of a command's output.",
    "serve": "Serve a page to write in, and an API, on this machine.",
    "lsp": "Serve an editor, with findings while a draft is written.",
    "cache": "Show or clear the analysis cache.",
}
"""The commands and their short help; the command ``name`` is the function ``name`` in ``attribution.cli.name``."""

EPILOGUE = """\b
Shell completion:
  bash  eval "$(_ATTRIB_COMPLETE=bash_source attrib)"     in ~/.bashrc
  zsh   eval "$(_ATTRIB_COMPLETE=zsh_source attrib)"      in ~/.zshrc
  fish  _ATTRIB_COMPLETE=fish_source attrib | source      in ~/.config/fish/config.fish
"""


class CommandGroup(click.Group):
    """Finds its commands by name, and reports errors in one line."""

    def list_commands(self, context: click.Context) -> list[str]:
        """All commands, the main one first."""
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """The command, imported now; None if there is none of this name."""
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"attribution.cli.{name}"), name)
        command.short_help = COMMANDS[name]
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands and what they do, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(  # type: ignore[override]  # always exits, whatever standalone_mode says
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> NoReturn:
        """Run the command line and exit.

        With 0, with 2 after a one-line error on stderr, with 3 after a fault of attrib itself, with 130 if interrupted,
        with 141 if nobody reads the result any more.
        """
        extra["standalone_mode"] = False
        listen()
        try:
            refuse_empty(sys.argv[1:] if args is None else args)
            code = super().main(args, prog_name or "attrib", **extra)
            flush()
        except click.Abort:
            sys.exit(INTERRUPTED)
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else "attrib"
            complain(f"{error.format_message().rstrip('.')}; see {path} --help")
            sys.exit(FAILED)
        except click.ClickException as error:
            complain(error.format_message())
            sys.exit(FAILED)
        except BrokenPipeError:
            give_up(sys.stdout)
            sys.exit(BROKEN_PIPE)
        except Exception as error:
            give_up(sys.stdout)
            sys.exit(_told(error))
        sys.exit(code if isinstance(code, int) else 0)


def refuse_empty(arguments: Sequence[str]) -> None:
    """Raise UsageError for an argument without a character: most likely a variable of a shell that is not set.

    As a path it would stand for the working folder.
    """
    before = ""
    for argument in arguments:
        if not argument or (argument.startswith("--") and argument.endswith("=")):
            option = before if not argument else argument.removesuffix("=")
            after = f" after {option}" if option.startswith("-") else ""
            raise click.UsageError(f"the argument{after} is empty; give it a value (. is this folder), or leave it out")
        before = argument


def _told(error: Exception) -> int:
    """The exit code for an error, of which the user is told in one line."""
    from attribution.records import AttribError
    from attribution.session.processes import NO_MEMORY

    if isinstance(error, AttribError):
        complain(str(error))
        return FAILED
    if isinstance(error, MemoryError):
        complain(NO_MEMORY)
        return FAILED
    if os.environ.get(TRACEBACK):
        print_on_stderr(traceback.format_exc())
    if isinstance(error, OSError):
        complain(_environment(error))
        return FAILED
    complain(
        f"this is a fault of attrib, which it did not foresee ({type(error).__name__}: {error}); please report it "
        f"with the command and the version {attribution.__version__} ({TRACEBACK}=1 shows where it happened)"
    )
    return FAULT


def _environment(error: OSError) -> str:
    """What is wrong outside attrib: a full disk, a folder that has gone, too few file handles."""
    try:
        Path.cwd()
    except OSError:
        return "the working folder is gone; change into one that exists"
    if error.filename is not None:
        return f"{os.fsdecode(error.filename)}: cannot be used ({error.strerror or error}); check the path and the disk"
    return f"cannot read or write ({error.strerror or error}); check the disk, and where the output goes"


def flush() -> None:
    """Write out what waits for standard output, while an error can still be told."""
    sys.stdout.flush()


def give_up(stream: TextIO) -> None:
    """Keep Python from writing to a standard stream again when it exits."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def open_closed_streams() -> None:
    """Give the process the standard streams that it was started without; writing to such an output is an error."""
    for name, mode, flags in (("stdin", "r", os.O_RDONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The name of a file may be no text; it is written with escapes.
            stream.reconfigure(errors="backslashreplace")


def complain(message: str) -> None:
    """Print one line on stderr, without control characters."""
    from attribution.reporting.escaping import one_line

    print_on_stderr("attrib: " + " ".join(one_line(message).split()) + "\n")


def print_on_stderr(text: str) -> None:
    """Print lines on stderr; if that is full or closed, the results and the exit code stay what they are."""
    try:
        click.echo(text, err=True, nl=False)
    except OSError:
        give_up(sys.stderr)


def _print_version(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"attrib {attribution.__version__}")
        context.exit()


@click.group(cls=CommandGroup, epilog=EPILOGUE, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version, help="Print the version."
)
def attrib() -> None:
    """Who says so, and how sure are they? Reads drafts in English and attributes each claim to its source.

    Works offline; prints results on standard output and everything else on standard error. Exits with 0, or 2 if a file
    could not be read; attrib lint exits with 1 if it finds something.
    """


def complain_of_namesake() -> None:
    """Exit if another tool has overwritten or removed ``attribution/__init__.py``; warn if it shares the folder.

    PyPI has a tool named *attribution*, whose package has the same name. In one environment, the later of the two
    overwrites files of the other, and removing either removes them.
    """
    ours = getattr(attribution, "__distribution__", None) == "attrib"
    packages = Path(__file__).parents[2]
    if not ours:
        complain(
            f"another tool named “attribution” has overwritten or removed files of attrib in {packages}; run "
            "pip uninstall attribution and pip install --force-reinstall --no-deps attrib, or give attrib its own "
            "environment"
        )
        sys.exit(FAILED)
    if next(packages.glob("attribution-*.dist-info"), None):
        complain(
            f"another tool named “attribution” shares files with attrib in {packages}; give attrib its own environment"
        )


def collect_seldom() -> None:
    """Make Python collect reference cycles less often.

    Analyses leave none behind, and looking for them took a twelfth of the time.
    """
    from attribution.session.processes import COLLECT_AFTER

    gc.set_threshold(COLLECT_AFTER)


def main() -> NoReturn:
    """The console script."""
    try:
        open_closed_streams()
        complain_of_namesake()
        collect_seldom()
        attrib.main()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
