"""``attrib explain``: what a rule means."""

from __future__ import annotations

import click

from attribution.cli.output import Output, output_options
from attribution.cli.rules import rules_in_force, rules_shown_options


@click.command()
@click.argument("rules", nargs=-1, required=True, metavar="ID|NAME...")
@rules_shown_options
@output_options
def explain(
    rules: tuple[str, ...],
    form: str,
    config: str | None,
    isolated: bool,
    own_rules: tuple[str, ...],
    output: str | None,
    color: str,
    width: int | None,
) -> None:
    """Explain rules: the reason, a bad and a good example, and the guidelines they are based on.

    Name a rule by its identifier (SRC105), its name (media-reports-as-source), or the start of its identifier (SRC).
    """
    from attribution.linting.selection import rules_of
    from attribution.reporting.findings.rules import rule_text, rules_json

    known = rules_in_force(config, isolated, own_rules)
    target = Output(output, color, width)
    named = {rule.id for word in rules for rule in rules_of(word, known)}
    found = [rule for rule in known if rule.id in named]
    if form == "json":
        target.write(rules_json(found), data=True)
    else:
        target.write("\n".join(rule_text(rule, known, target.width) for rule in found))
    target.close()
