"""``attrib lint --fix``: fixes are made in drafts, which are then checked again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from attribution.session.options import STDIN

if TYPE_CHECKING:
    from attribution.cli.inputs import Inputs
    from attribution.cli.output import Output
    from attribution.session import AnalysedDraft, Session
    from attribution.session.findings import DraftFindings

Check = Callable[["Session", "AnalysedDraft"], "DraftFindings"]


@dataclass(frozen=True)
class FixOptions:
    """What is to be done: also what is only ``suggested``, or only show it (``dry``)."""

    suggested: bool
    dry: bool


@dataclass
class FixedDraft:
    """A draft with its findings before and after its fixes."""

    path: str
    data: bytes
    before: str
    left: DraftFindings
    mended: int = 0

    @property
    def after(self) -> str:
        """The file's text with its fixes."""
        return self.left.file.source


def check_fix_options(told: dict[str, bool]) -> FixOptions | None:
    """What the options say; None without ``--fix``."""
    context = click.get_current_context()
    for name in ("unsafe_fixes", "dry_run"):
        if told[name] and not told["fix"]:
            raise click.UsageError(f"--{name.replace('_', '-')} goes with --fix", context)
    if told["fix"] and told["update_baseline"]:
        raise click.UsageError("--fix and --update-baseline exclude each other", context)
    return FixOptions(told["unsafe_fixes"], told["dry_run"]) if told["fix"] else None


def fix_drafts(
    inputs: Inputs, found: Sequence[DraftFindings], check: Check, options: FixOptions, target: Output
) -> list[DraftFindings]:
    """Make the fixes of the drafts' findings, and give what is found afterwards.

    Only shown, if that is all that is wanted, as a unified diff. A draft on standard input goes to standard output.
    """
    from attribution.ingest.files import format_of
    from attribution.linting.fixes import fix_diff, write_fixed
    from attribution.records import OFFICE_FORMATS, WRITTEN_FORMATS, AttribError
    from attribution.reporting.words import count

    left: list[DraftFindings] = []
    drafts = mended = 0
    for draft in found:
        form = format_of(draft.file.path)
        if form not in WRITTEN_FORMATS:
            kind = "a word processor's file" if form in OFFICE_FORMATS else "mail and subtitles"
            inputs.tell(f"{draft.file.path}: nothing is mended in {kind}; mend it in the program that wrote it")
            left.append(draft)
            continue
        fixed = _fixed(inputs, draft, check, options.suggested)
        try:
            if fixed.mended and options.dry:
                target.write(fix_diff(fixed.before, fixed.after, draft.file.path), data=True)
            elif fixed.mended and fixed.path != STDIN:
                write_fixed(Path(fixed.path), fixed.data, fixed.before, fixed.after)
        except AttribError as error:
            inputs.fail(draft.file.path, str(error))
            left.append(draft)
            continue
        if fixed.path == STDIN and not options.dry:
            target.write(fixed.after, data=True)
        left.append(fixed.left)
        drafts += bool(fixed.mended)
        mended += fixed.mended
    if mended and not inputs.quiet:
        done = "would mend" if options.dry else "mended"
        inputs.tell(f"{done} {count(mended, 'finding')} in {count(drafts, 'draft')}")
    return left


def _fixed(inputs: Inputs, draft: DraftFindings, check: Check, suggested: bool) -> FixedDraft:
    """A draft with its fixes made, one round after the other until there are none left."""
    from attribution.linting.fixes import MOST_ROUNDS, apply_fixes

    session = inputs.session
    path = STDIN if STDIN in inputs.paths and draft.file.path == session.name_of(STDIN) else draft.file.path
    data = b"" if path == STDIN else Path(path).read_bytes()
    fixed = FixedDraft(path, data, draft.file.source, draft)
    for _ in range(MOST_ROUNDS):
        result = apply_fixes(fixed.after, fixed.left.file.findings, suggested)
        if not result.mended:
            break
        analysed = session.analyse(fixed.path, result.source.encode("utf-8", "surrogatepass"))
        fixed.left = check(session, analysed)
        fixed.mended += len(result.mended)
    return fixed
