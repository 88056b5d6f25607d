"""``attrib rules``: all rules."""

from __future__ import annotations

import click

from attribution.cli.output import Output, output_options


@click.command()
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="The format."
)
@output_options
def rules(form: str, output: str | None, color: str, width: int | None) -> None:
    """List all rules with their severity; preview rules run with --preview, or if they are selected in full."""
    from attribution.linting import RULES
    from attribution.reporting.findings.rules import rules_json, rules_text

    target = Output(output, color, width)
    if form == "json":
        target.write(rules_json(RULES), data=True)
    else:
        target.write(rules_text(RULES))
    target.close()
