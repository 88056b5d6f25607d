"""``attrib diff``: what an edit did to the sourcing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from attribution.cli.inputs import STDIN
from attribution.cli.main import FAILED, complain
from attribution.cli.output import Output, output_options

if TYPE_CHECKING:
    from attribution.analysis import Analyser
    from attribution.comparison import Comparison
    from attribution.records import Analysis, Draft, Sentence

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
CONLLU = ".conllu"

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
    type=click.Choice(["text", "json", "html", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, as a page side by side, or as annotations of a pull request.",
)
@click.option(
    "--fail-on",
    "failing",
    metavar="KINDS",
    callback=_kinds,
    help="Exit with 1 if there is a change of these kinds, separated by commas; any means all of them.",
)
@output_options
@click.option("--model", metavar="default|DIR", help="Stanza models to use instead of the embedded model.")
@click.option(
    "--lexicon",
    "lexicons",
    metavar="DIR",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A folder of words that add to the built-in ones or override them; may be repeated.",
)
@click.option(
    "--own-outlet",
    "own_outlets",
    metavar="NAME",
    multiple=True,
    help="The paper's own name: what it attributes to itself has no source; may be repeated.",
)
@click.option("--force", is_flag=True, help="Analyse drafts that do not look like English.")
@click.pass_context
def diff(
    context: click.Context,
    versions: tuple[str, ...],
    form: str,
    failing: tuple[str, ...],
    output: str | None,
    color: str,
    width: int | None,
    model: str | None,
    lexicons: tuple[Path, ...],
    own_outlets: tuple[str, ...],
    force: bool,
) -> int:
    """Show what an edit did to the sourcing; ``HELP`` is the help for users."""
    from attribution.analysis import Analyser

    paths: list[str] | None = context.meta.get(PATHS)
    target = Output(output, color, width)
    analyser = Analyser(model, lexicons, own_outlets)
    versions_read = _Versions(force)
    if paths is None:
        if len(versions) != 2:
            raise click.UsageError("name two files, or revisions and -- and paths", context)
        target.refuse_inputs(list(versions))
        versions_read.from_files(*versions)
        nothing = "No draft is in both places."
    else:
        if not 1 <= len(versions) <= 2 or not paths:
            raise click.UsageError("name one or two revisions before -- and paths after it", context)
        target.refuse_inputs(paths)
        versions_read.from_revisions(versions, paths)
        nothing = (
            f"No draft changed between {versions[0]} and {versions[1] if versions[1:] else 'the files as they are'}."
        )
    comparisons = versions_read.compared(analyser)
    if versions_read.failed and not comparisons:
        return FAILED
    _write(target, comparisons, form, failing, nothing)
    target.close()
    if versions_read.failed:
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
        from attribution.comparison import ChangeKind
        from attribution.reporting.diff_github import diff_github

        target.write(diff_github(comparisons, [ChangeKind(name) for name in failing]), data=True)


class _Versions:
    """The drafts to compare, in pairs; None if a version has no such draft. An unreadable draft fails its pair."""

    def __init__(self, force: bool) -> None:
        self.force = force
        self.failed = False
        self.pairs: list[tuple[_Read | None, _Read | None]] = []

    def from_files(self, old: str, new: str) -> None:
        """Two files, either of them ``-``; or two directories, whose files are paired by name."""
        from attribution.records import AttribError

        if old == new == STDIN:
            raise AttribError("-: standard input holds one draft; name a file for the other")
        if Path(old).is_dir() and Path(new).is_dir():
            self._from_directories(Path(old), Path(new))
            return
        for name, other in ((old, new), (new, old)):
            if name != STDIN and Path(name).is_dir():
                raise AttribError(f"{name}: is a directory and {other} is not; name two files or two directories")
            if name != STDIN and not Path(name).exists():
                raise AttribError(
                    f"{name}: there is no such file; check the name, or put -- before paths to compare git revisions"
                )
        before, after = self._file(old), self._file(new)
        if before is not None and after is not None:
            self.pairs.append((before, after))

    def from_revisions(self, revisions: Sequence[str], paths: Sequence[str]) -> None:
        """The drafts below the paths that differ between two revisions, or a revision and the files as they are."""
        from attribution.cli.revisions import Repository

        repository = Repository()
        commits = [repository.commit(revision) for revision in revisions]
        old, new = commits[0], commits[1] if commits[1:] else None
        for changed in repository.changed(old, new, paths):
            before = after = None
            failed = False
            if changed.old is not None:
                renamed = changed.new not in (None, changed.old)
                shown = f"{changed.old}@{revisions[0]}" if renamed else changed.old
                before = self._bytes(repository.read(changed.old, old), changed.old, shown)
                failed = before is None
            if changed.new is not None:
                after = self._bytes(repository.read(changed.new, new), changed.new, changed.new)
                failed = failed or after is None
            if not failed:
                self.pairs.append((before, after))

    def compared(self, analyser: Analyser) -> list[Comparison]:
        """The comparisons; the parser reads all drafts together."""
        from attribution.comparison import compare

        reads = [read for pair in self.pairs for read in pair if read is not None]
        waiting = [read.draft for read in reads if read.sentences is None]
        parsed = iter(analyser.parser.parse(waiting)) if waiting else iter(())
        analyses: list[Analysis] = []
        for read in reads:
            sentences = next(parsed) if read.sentences is None else read.sentences
            analyses.append(analyser.analyse_parsed(read.draft, sentences))
        made = iter(analyses)
        comparisons = []
        for pair in self.pairs:
            old, new = (_nothing() if read is None else next(made) for read in pair)
            comparisons.append(compare(old, new, analyser.lexicon, analyser.weights))
        return comparisons

    def _from_directories(self, old: Path, new: Path) -> None:
        from attribution.ingest import find_drafts

        before = {path.relative_to(old): path for path in find_drafts([old])}
        after = {path.relative_to(new): path for path in find_drafts([new])}
        for name in sorted({*before, *after}):
            old_draft = self._file(str(before[name])) if name in before else None
            new_draft = self._file(str(after[name])) if name in after else None
            if (old_draft is None) == (name not in before) and (new_draft is None) == (name not in after):
                self.pairs.append((old_draft, new_draft))

    def _file(self, path: str) -> _Read | None:
        from attribution.cli.inputs import read_parsed
        from attribution.ingest import read_bytes, read_draft
        from attribution.records import AttribError

        try:
            if path.endswith(CONLLU):
                return _Read(*read_parsed(path))
            draft = read_bytes(sys.stdin.buffer.read(), "<stdin>") if path == STDIN else read_draft(Path(path))
            return self._checked(draft)
        except AttribError as error:
            self._fail(str(error))
            return None

    def _bytes(self, data: bytes, name: str, shown: str) -> _Read | None:
        import msgspec

        from attribution.ingest import read_bytes
        from attribution.records import AttribError

        try:
            return self._checked(msgspec.structs.replace(read_bytes(data, name), path=shown))
        except AttribError as error:
            self._fail(str(error))
            return None

    def _checked(self, draft: Draft) -> _Read:
        from attribution.ingest import check_english

        if not self.force:
            check_english(draft)
        return _Read(draft)

    def _fail(self, message: str) -> None:
        self.failed = True
        complain(message)


class _Read:
    """A draft, and its sentences if its file holds their parse."""

    def __init__(self, draft: Draft, sentences: tuple[Sentence, ...] | None = None) -> None:
        self.draft, self.sentences = draft, sentences


def _nothing() -> Analysis:
    """The analysis of a draft that does not exist."""
    from attribution.records import Analysis, Draft, Summary, VoiceCounts

    summary = Summary(0, 0, VoiceCounts(), None, None, 0, 0)
    return Analysis(Draft("", ()), "", (), (), (), (), (), (), (), summary, ())
