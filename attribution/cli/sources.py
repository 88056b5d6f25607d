"""``attrib sources``: the source ledger."""

from __future__ import annotations

from pathlib import Path

import click

from attribution.cli.inputs import Inputs, input_options
from attribution.cli.output import Output, output_options


@click.command(short_help="List who carries a story, and how much of it.")
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
    help="What offsets count in JSON: characters, bytes of UTF-8 or units of UTF-16.",
)
@output_options
@input_options
def sources(
    files: tuple[str, ...],
    stdin_filename: str | None,
    model: str | None,
    lexicons: tuple[Path, ...],
    own_outlets: tuple[str, ...],
    force: bool,
    quiet: bool,
    verbose: bool,
    form: str,
    offsets: str,
    output: str | None,
    color: str,
    width: int | None,
) -> int:
    """List the sources of each draft: what kind they are, and how many of its claims they carry."""
    if offsets != "code-points" and form != "json":
        raise click.UsageError("--offsets goes with -f json", click.get_current_context())
    target = Output(output, color, width)
    inputs = Inputs(
        files,
        stdin_filename=stdin_filename,
        model=model,
        lexicons=lexicons,
        own_outlets=own_outlets,
        force=force,
        quiet=quiet,
        verbose=verbose,
    )
    target.refuse_inputs(inputs.paths)
    if form == "text":
        _text(inputs, target)
    else:
        _data(inputs, target, form, offsets)
    target.close()
    return inputs.exit_code


def _text(inputs: Inputs, target: Output) -> None:
    from attribution.reporting.sources import sources_text

    for number, analysis in enumerate(inputs):
        text = sources_text(analysis, **target.look)
        with inputs.pause():
            target.write("\n" * bool(number) + text)


def _data(inputs: Inputs, target: Output, form: str, offsets: str) -> None:
    from attribution.reporting.sources import sources_csv, sources_json
    from attribution.reporting.units import OffsetUnit

    analyses = list(inputs)
    if form == "csv":
        target.write(sources_csv(analyses), data=True)
    elif analyses:
        target.write(sources_json(analyses, array=inputs.several, unit=OffsetUnit(offsets)), data=True)
