"""``attrib diff``: what an edit did to the sourcing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from attribution.cli.inputs import Inputs, session_options
from attribution.cli.main import FAILED
from attribution.cli.output import Output, output_options
from attribution.session.options import STDIN

if TYPE_CHECKING:
    from attribution.comparison import Comparison
    from attribution.records import Analysis
    from attribution.session import AnalysedDraft
    from attribution.session.inputs import Input

CHANGED = 1
PATHS = "attribution.cli.diff.paths"
KINDS = (
    "source-dropped",
    "source-replaced",
    "source-added",
    "hardened",
    "softened",
    "quotation-altered",
    "claim-added-unsourced",
    "claim-dropped",
    "voice-changed",
    "made-direct",
    "figure-changed",
    "place-opened",
    "place-closed",
)

HELP = """Show what an edit did to who says so, and to how sure the text is.

Compares two files (or directories, by the names of the files in them), a git revision with the files as they are now,
or two git revisions:

\b
  attrib diff wire.txt rewrite.txt
  attrib diff HEAD -- drafts/
  attrib diff v1 v2 -- drafts/harbour.md

Kinds of change: source-dropped, source-replaced, source-added, hardened, softened, quotation-altered,
claim-added-unsourced, claim-dropped, voice-changed, made-direct (put between quotation marks), figure-changed,
place-opened and place-closed (to look at). Exits with 0, with 1 if --fail-on found something, and with 2 if something
could not be read.
"""

_Pair = tuple["Input | None", "Input | None"]
"""The two versions of a draft; None where there is none."""


class _DiffCommand(click.Command):
    """Separates the arguments after ``--``: revisions come before it, paths after it."""

    def parse_args(self, context: click.Context, args: list[str]) -> list[str]:
        """Take the paths out of the arguments."""
        if "--" in args:
            place = args.index("--")
            context.meta[PATHS] = args[place + 1 :]
            args = args[:place]
        return super().parse_args(context, args)

    def collect_usage_pieces(self, context: click.Context) -> list[str]:
        """The two forms of the command."""
        return ["[OPTIONS] OLD NEW | REV [REV] -- PATHS..."]


def _kinds(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = [name.strip() for name in (value or "").split(",") if name.strip()]
    for name in names:
        if name not in KINDS and name != "any":
            raise click.BadParameter(f"{name} is not a kind of change; give {', '.join(KINDS)}, or any")
    return KINDS if "any" in names else tuple(names)


@click.command(cls=_DiffCommand, help=HELP)
@click.argument("versions", nargs=-1, metavar="OLD NEW | REV [REV] -- PATHS...")
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "github", "gitlab"]),
    default="text",
    show_default=True,
    help="For people, for programs, as a page side by side, or as annotations of a pull request (github) or a merge "
    "request (gitlab).",
)
@click.option(
    "--fail-on",
    "failing",
    metavar="KINDS",
    callback=_kinds,
    help="Exit with 1 if there is a change of these kinds, separated by commas; any means all of them.",
)
@output_options
@session_options
@click.pass_context
def diff(
    context: click.Context,
    inputs: Inputs,
    versions: tuple[str, ...],
    form: str,
    failing: tuple[str, ...],
    output: str | None,
    color: str,
    width: int | None,
) -> int:
    """Show what an edit did to the sourcing; ``HELP`` is the help for users."""
    paths: list[str] | None = context.meta.get(PATHS)
    target = Output(output, color, width)
    if paths is None:
        if len(versions) != 2:
            raise click.UsageError("name two files, or revisions and -- and paths", context)
        target.refuse_inputs(versions)
        pairs = _pairs_of_files(inputs, *versions)
        nothing = "No draft is in both places."
    else:
        if not 1 <= len(versions) <= 2 or not paths:
            raise click.UsageError("name one or two revisions before -- and paths after it", context)
        target.refuse_inputs(paths)
        pairs = _pairs_of_revisions(versions, paths)
        nothing = (
            f"No draft changed between {versions[0]} and {versions[1] if versions[1:] else 'the files as they are'}."
        )
    comparisons = list(_compared(inputs, pairs))
    if inputs.failed and not comparisons:
        return FAILED
    _write(target, comparisons, form, failing, nothing)
    target.close()
    if inputs.failed:
        return FAILED
    found = {kind.value for comparison in comparisons for change in comparison.changes for kind in change.kinds}
    return CHANGED if found.intersection(failing) else 0


def _write(target: Output, comparisons: Sequence[Comparison], form: str, failing: Sequence[str], nothing: str) -> None:
    if form == "text":
        from attribution.reporting.diff_text import diff_text

        target.write(diff_text(comparisons, **target.look, nothing=nothing))
    elif form == "json":
        from attribution.reporting.diff_json import diff_json

        target.write(diff_json(comparisons), data=True)
    elif form == "html":
        from attribution.reporting.html import diff_html

        target.write(diff_html(comparisons, nothing=nothing), data=True)
    else:
        from importlib import import_module

        from attribution.comparison import ChangeKind

        formatter = getattr(import_module(f"attribution.reporting.diff_{form}"), f"diff_{form}")
        target.write(formatter(comparisons, [ChangeKind(name) for name in failing]), data=True)


def _pairs_of_files(inputs: Inputs, old: str, new: str) -> list[_Pair]:
    """Two files, either of them ``-``; or two directories, whose files are paired by name."""
    from attribution.records import AttribError

    if old == new == STDIN:
        raise AttribError("-: standard input holds one draft; name a file for the other")
    if Path(old).is_dir() and Path(new).is_dir():
        return _pairs_of_directories(inputs, Path(old), Path(new))
    for name, other in ((old, new), (new, old)):
        if name != STDIN and Path(name).is_dir():
            raise AttribError(f"{name}: is a directory and {other} is not; name two files or two directories")
        if name != STDIN and not Path(name).exists():
            raise AttribError(
                f"{name}: there is no such file; check the name, or put -- before paths to compare git revisions"
            )
    before, after = inputs.given([old, new])
    return [(before, after)]


def _pairs_of_directories(inputs: Inputs, old: Path, new: Path) -> list[_Pair]:
    from attribution.session.inputs import Input

    before, after = (
        {str(Path(path).relative_to(folder)): Input(path) for path in inputs.found([str(folder)])}
        for folder in (old, new)
    )
    return [(before.get(name), after.get(name)) for name in sorted({*before, *after})]


def _pairs_of_revisions(revisions: Sequence[str], paths: Sequence[str]) -> list[_Pair]:
    """The drafts below the paths that differ between two revisions, or a revision and the files as they are."""
    from attribution.cli.revisions import Repository
    from attribution.session.inputs import Input

    repository = Repository()
    commits = [repository.commit(revision) for revision in revisions]
    old, new = commits[0], commits[1] if commits[1:] else None
    pairs: list[_Pair] = []
    for changed in repository.changed(old, new, paths):
        before = after = None
        if changed.old is not None:
            renamed = changed.new not in (None, changed.old)
            shown = f"{changed.old}@{revisions[0]}" if renamed else changed.old
            before = Input(str(repository.top / changed.old), repository.read(changed.old, old), None, shown)
        if changed.new is not None:
            after = Input(str(repository.top / changed.new), repository.read(changed.new, new), None, changed.new)
        pairs.append((before, after))
    return pairs


def _compared(inputs: Inputs, pairs: Sequence[_Pair]) -> Iterator[Comparison]:
    """The comparison of each pair of which all that there is can be read."""
    from attribution.comparison import compare
    from attribution.scoring import load_weights
    from attribution.session.session import itself

    weights = load_weights()
    given = [version for pair in pairs for version in pair if version is not None]
    analysed = inputs.each_of(given, itself)
    for pair in pairs:
        read: list[AnalysedDraft | None] = [None if version is None else next(analysed) for version in pair]
        if [found is None for found in read] != [version is None for version in pair]:
            continue
        old, new = (_nothing() if found is None else found.analysis for found in read)
        lexicon = next(found.lexicon for found in reversed(read) if found is not None)
        comparison = compare(old, new, lexicon, weights)
        for notice in () if inputs.quiet else comparison.notices:
            inputs.tell(f"{new.draft.path or old.draft.path}: {notice}")
        yield comparison


def _nothing() -> Analysis:
    """The analysis of a draft that does not exist."""
    from attribution.records import Analysis, Draft, Summary, VoiceCounts

    summary = Summary(0, 0, VoiceCounts(), None, None, 0, 0)
    return Analysis(Draft("", ()), "", (), (), (), (), (), (), (), summary, ())
