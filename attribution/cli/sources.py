"""``attrib sources``: the source ledger."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from attribution.cli.inputs import Inputs, files_argument, session_options
from attribution.cli.output import Output, json_array, output_options

if TYPE_CHECKING:
    from attribution.session import AnalysedDraft, Session


@click.command()
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json"]),
    default="text",
    show_default=True,
    help="For people, spreadsheets (one table for all files) or programs (an array for several files).",
)
@click.option(
    "--offsets",
    type=click.Choice(["code-points", "utf8", "utf16"]),
    default="code-points",
    show_default=True,
    help="The unit of offsets in JSON: characters, bytes of UTF-8 or units of UTF-16.",
)
@output_options
@session_options
@files_argument
def sources(
    inputs: Inputs,
    files: tuple[str, ...],
    form: str,
    offsets: str,
    output: str | None,
    color: str,
    width: int | None,
) -> int:
    """List the sources of each draft: their kind, and how many of its claims they carry."""
    if offsets != "code-points" and form != "json":
        raise click.UsageError("--offsets goes with -f json", click.get_current_context())
    target = Output(output, color, width)
    inputs.find(files)
    target.refuse_inputs(inputs.paths)
    if form == "text":
        _text(inputs, target)
    elif form == "csv":
        _csv(inputs, target)
    else:
        _json(inputs, target, offsets)
    target.close()
    return inputs.exit_code


def _text(inputs: Inputs, target: Output) -> None:
    for number, text in enumerate(inputs.each(partial(_text_of, look=target.look))):
        with inputs.pause():
            target.write("\n" * bool(number) + text)


def _text_of(session: Session, analysed: AnalysedDraft, look: dict[str, Any]) -> str:
    from attribution.reporting.sources import sources_text

    return sources_text(analysed.analysis, **look)


def _csv(inputs: Inputs, target: Output) -> None:
    from attribution.reporting.sources import sources_csv

    header = sources_csv([])
    above = ""
    for text in inputs.each(_csv_of):
        with inputs.pause():
            target.write(text.removeprefix(above), data=True)
        above = header
    if not above:
        target.write(header, data=True)


def _csv_of(session: Session, analysed: AnalysedDraft) -> str:
    from attribution.reporting.sources import sources_csv

    return sources_csv([analysed.analysis])


def _json(inputs: Inputs, target: Output, offsets: str) -> None:
    pieces = inputs.each(partial(_json_of, offsets=offsets))
    if inputs.several:
        pieces = json_array(pieces)
    for piece in pieces:
        with inputs.pause():
            target.write(piece, data=True)


def _json_of(session: Session, analysed: AnalysedDraft, offsets: str) -> str:
    from attribution.reporting.sources import sources_json
    from attribution.reporting.units import OffsetUnit

    return sources_json([analysed.analysis], array=False, unit=OffsetUnit(offsets))
