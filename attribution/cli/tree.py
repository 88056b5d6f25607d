"""``attrib tree``: the parse with what was found on it."""

from __future__ import annotations

from pathlib import Path

import click

from attribution.cli.inputs import Inputs, input_options
from attribution.cli.output import Output, output_options


@click.command()
@output_options
@click.option("--sentence", type=click.IntRange(1), metavar="N", help="Only the sentence with this number, from 1.")
@click.option("--explain", is_flag=True, help="Show the features that decided each cue.")
@input_options
def tree(
    files: tuple[str, ...],
    stdin_filename: str | None,
    model: str | None,
    lexicons: tuple[Path, ...],
    own_outlets: tuple[str, ...],
    force: bool,
    quiet: bool,
    verbose: bool,
    output: str | None,
    color: str,
    width: int | None,
    sentence: int | None,
    explain: bool,
) -> int:
    """Draw the dependency tree of each sentence, with its sources, cues, contents and hedges."""
    from attribution.records import AttribError
    from attribution.reporting.tree import tree_text

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
    for number, analysis in enumerate(inputs):
        count = len(analysis.sentences)
        if sentence is not None and sentence > count:
            raise AttribError(f"{analysis.draft.path}: there is no sentence {sentence}; name one from 1 to {count}")
        text = tree_text(analysis, **target.look, sentence=sentence, explain=explain)
        with inputs.pause():
            target.write("\n" * bool(number) + text)
    target.close()
    return inputs.exit_code
