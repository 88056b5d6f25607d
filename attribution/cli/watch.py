"""``attrib watch``: the report beside the editor, again after each save."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from attribution.cli.inputs import Inputs, session_options
from attribution.cli.output import Output, color_option, width_option

if TYPE_CHECKING:
    from attribution.session import AnalysedDraft, Session

Told = tuple[str, str]
"""What a point is about, which is the same when it has moved: its words and what is said of them."""


@click.command()
@click.option("--full", is_flag=True, help="Show the whole report, with the draft's text and its marks.")
@color_option
@width_option
@session_options
@click.argument("file", type=click.Path())
def watch(inputs: Inputs, file: str, full: bool, color: str, width: int | None) -> int:
    """Show what to look at in a draft, again each time it is saved, until Ctrl-C.

    On a terminal each list takes the place of the last one. Below it stands how much the last save has mended, and how
    much it has brought. The configuration, words and rules are watched as well.
    """
    from attribution.cli.watching import run_and_watch

    target = Output(None, color, width)
    before: Counter[Told] | None = None

    def run() -> int:
        nonlocal before
        for text, points in inputs.each(partial(_report_of, look=target.look, full=full)):
            if target.terminal:
                click.clear()
            target.write(text)
            if before is not None:
                target.write(f"\n{since_last_save(before, points)}\n")
            before = points
        return inputs.exit_code

    inputs.find((file,))
    return run_and_watch(inputs, (file,), run)


def since_last_save(before: Counter[Told], now: Counter[Told]) -> str:
    """How many of the points are gone, and how many are new, in a sentence."""
    gone, new = (before - now).total(), (now - before).total()
    if not gone and not new:
        return "Since the last save: nothing else to look at, and nothing less."
    told = [f"{number} {word}" for number, word in ((gone, "gone"), (new, "new")) if number]
    return f"Since the last save: {', '.join(told)}."


def _report_of(
    session: Session, analysed: AnalysedDraft, look: dict[str, Any], full: bool
) -> tuple[str, Counter[Told]]:
    """The report of a draft, and its points."""
    from attribution.reporting.attention import points_of
    from attribution.reporting.text import attention_text, report_text

    analysis, findings = analysed.analysis, session.findings(analysed).file.findings
    words = analysis.draft.text
    points = Counter(
        (" ".join(words[span.start : span.end] for span in point.flagged), point.reasons[0].message)
        for point in points_of(analysis, findings)
    )
    return (report_text if full else attention_text)(analysis, findings=findings, **look), points
