"""``attrib tree``: the parse with what was found on it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from attribution.cli.inputs import Inputs, files_argument, session_options
from attribution.cli.output import Output, output_options

if TYPE_CHECKING:
    from attribution.session import AnalysedDraft, Session


@click.command()
@output_options
@click.option("--sentence", type=click.IntRange(1), metavar="N", help="Only the sentence with this number, from 1.")
@click.option("--explain", is_flag=True, help="Show the features that decided each cue.")
@session_options
@files_argument
def tree(
    inputs: Inputs,
    files: tuple[str, ...],
    output: str | None,
    color: str,
    width: int | None,
    sentence: int | None,
    explain: bool,
) -> int:
    """Draw the dependency tree of each sentence, with its sources, cues, contents and hedges."""
    target = Output(output, color, width)
    inputs.find(files)
    target.refuse_inputs(inputs.paths)
    drawn = inputs.each(partial(_text_of, look=target.look, sentence=sentence, explain=explain))
    for number, text in enumerate(drawn):
        with inputs.pause():
            target.write("\n" * bool(number) + text)
    target.close()
    return inputs.exit_code


def _text_of(
    session: Session, analysed: AnalysedDraft, look: dict[str, Any], sentence: int | None, explain: bool
) -> str:
    from attribution.records import AttribError
    from attribution.reporting.tree import tree_text

    analysis = analysed.analysis
    count = len(analysis.sentences)
    if sentence is not None and sentence > count:
        raise AttribError(f"{analysis.draft.path}: there is no sentence {sentence}; name one from 1 to {count}")
    return tree_text(analysis, **look, sentence=sentence, explain=explain)
