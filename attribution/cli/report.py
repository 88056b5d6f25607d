"""``attrib report``: the main job."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from attribution.cli.inputs import Inputs, files_argument, session_options
from attribution.cli.output import Output, is_folder, json_array, output_options
from attribution.cli.pages import write_pages

if TYPE_CHECKING:
    from attribution.reporting.overview import Line
    from attribution.session import AnalysedDraft, Session

CARRIERS = ("named", "no-name", "nobody", "who", "paper")
"""Who answers for a claim, in the words of the report's margin."""

VOICES = {"source": ("named", "no-name"), "hearsay": ("nobody",), "own": ("paper",), "unclear": ("who",)}
"""The voices of the JSON, which --only takes as well, and who answers for claims in them."""


@click.command()
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["text", "html", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="For people: text, or a web page (several files: pages and an index in the directory -o). "
    "For programs: JSON (an array for several files) or a line of JSON for each.",
)
@click.option(
    "--offsets",
    type=click.Choice(["code-points", "utf8", "utf16"]),
    default="code-points",
    show_default=True,
    help="The unit of offsets in JSON: characters, bytes of UTF-8 or units of UTF-16.",
)
@output_options
@click.option(
    "--full/--brief",
    default=None,
    help="With the draft's text and its marks below the answer, or without; by default with it for one draft on a "
    "terminal.",
)
@click.option("--explain", is_flag=True, help="Show the text, and under each claim what its scores rest on.")
@click.option(
    "--only",
    type=click.Choice([*CARRIERS, *VOICES]),
    metavar=f"[{'|'.join(CARRIERS)}]",
    help="Show the text, but only sentences that these answer for: a named source, one without a name, nobody in "
    "particular, who? (a quotation without a clear speaker), or the paper itself.",
)
@session_options
@files_argument
def report(
    inputs: Inputs,
    files: tuple[str, ...],
    form: str,
    offsets: str,
    output: str | None,
    color: str,
    width: int | None,
    full: bool | None,
    explain: bool,
    only: str | None,
) -> int:
    """Report what to look at in the drafts, and who says so, and how surely, for each of their claims.

    Reads text, Markdown, HTML, Word (.docx) and OpenDocument (.odt) files, all drafts of a directory, or standard input
    (-). A .conllu file is read as already parsed.
    """
    if only and form != "text":
        raise click.UsageError(
            "--only goes with -f text; the other formats hold all voices", click.get_current_context()
        )
    if full is not None and form != "text":
        raise click.UsageError("--full and --brief go with -f text", click.get_current_context())
    if full is False and (explain or only):
        raise click.UsageError(
            "--explain and --only show the text, which --brief leaves out", click.get_current_context()
        )
    if offsets != "code-points" and form not in ("json", "jsonl"):
        raise click.UsageError("--offsets goes with -f json and jsonl", click.get_current_context())
    into_folder = form == "html" and is_folder(output)
    target = Output(None if into_folder else output, color, width)
    inputs.find(files)
    if form == "html" and (into_folder or inputs.several):
        write_pages(inputs, output)
        return inputs.exit_code
    target.refuse_inputs(inputs.paths)
    if form == "text":
        shown = full if full is not None else target.terminal and not inputs.several
        _text(inputs, target, shown, explain, only)
    elif form == "html":
        _html(inputs, target)
    else:
        _json(inputs, target, offsets, lines=form == "jsonl")
    target.close()
    return inputs.exit_code


def _text(inputs: Inputs, target: Output, full: bool, explain: bool, only: str | None) -> None:
    lines: list[Line] = []
    make = partial(_text_of, look=target.look, full=full, explain=explain, only=only)
    for text, line in inputs.each(make):
        with inputs.pause():
            target.write("\n" * bool(lines) + text)
        lines.append(line)
    if inputs.several and lines and not inputs.quiet:
        from attribution.reporting.overview import overview_text

        target.write("\n" + overview_text(lines, **target.look))


def _text_of(
    session: Session, analysed: AnalysedDraft, look: dict[str, Any], full: bool, explain: bool, only: str | None
) -> tuple[str, Line]:
    """The report of one draft, and its line in the table of several."""
    from attribution.reporting.attention import points_of
    from attribution.reporting.overview import line_of
    from attribution.reporting.text import report_text
    from attribution.reporting.words import CARRIERS as WORDS

    analysis, findings = analysed.analysis, session.findings(analysed).file.findings
    names = VOICES.get(only or "", (only,))
    kept = [carrier for carrier, called in WORDS.items() if called.choice in names]
    text = report_text(analysis, findings=findings, **look, full=full, explain=explain, only=kept)
    return text, line_of(analysis, len(points_of(analysis, findings)))


def _html(inputs: Inputs, target: Output) -> None:
    for text in inputs.each(_html_of):
        with inputs.pause():
            target.write(text, data=True)


def _html_of(session: Session, analysed: AnalysedDraft) -> str:
    from attribution.reporting.html import report_html

    return report_html(analysed.analysis, findings=session.findings(analysed).file.findings)


def _json(inputs: Inputs, target: Output, offsets: str, *, lines: bool) -> None:
    pieces = inputs.each(partial(_json_of, offsets=offsets, lines=lines))
    for piece in pieces if lines or not inputs.several else json_array(pieces):
        with inputs.pause():
            target.write(piece, data=True)


def _json_of(session: Session, analysed: AnalysedDraft, offsets: str, lines: bool) -> str:
    from attribution.reporting.json import report_json
    from attribution.reporting.jsonl import report_jsonl
    from attribution.reporting.units import OffsetUnit

    return (report_jsonl if lines else report_json)(analysed.analysis, OffsetUnit(offsets))
