"""``attrib rules``: all rules, and tests of a newsroom's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from attribution.cli.inputs import config_option, lexicon_option, model_option, own_rules_option
from attribution.cli.output import Output, output_options, text_or_json_option

if TYPE_CHECKING:
    from attribution.linting import Rule
    from attribution.linting.house import OwnRule
    from attribution.session import Session

WRONG = 1

RULES_SHOWN = (
    text_or_json_option,
    config_option,
    click.option("--isolated", is_flag=True, help="Use no configuration file, and so only built-in rules."),
    own_rules_option,
)


def rules_shown_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that tell which rules there are besides the built-in ones, and how they are shown."""
    for option in reversed(RULES_SHOWN):
        command = option(command)
    return command


def rules_in_force(config: str | None, isolated: bool, own_rules: tuple[str, ...]) -> tuple[Rule, ...]:
    """The rules that drafts in the working folder are checked by: the built-in ones, and the newsroom's own."""
    from attribution.session import Options, Session
    from attribution.session.options import STDIN

    session = Session(Options(config=config, isolated=isolated, own_rules=own_rules))
    return session.known_rules(session.configuration(STDIN))


@click.group(invoke_without_command=True)
@rules_shown_options
@output_options
@click.pass_context
def rules(
    context: click.Context,
    form: str,
    config: str | None,
    isolated: bool,
    own_rules: tuple[str, ...],
    output: str | None,
    color: str,
    width: int | None,
) -> None:
    """List all rules with their severity, your own last; preview rules run with --preview, or if selected in full.

    `attrib rules test` tests your own on their examples.
    """
    if context.invoked_subcommand is not None:
        return
    from attribution.reporting.findings.rules import rules_json, rules_text

    known = rules_in_force(config, isolated, own_rules)
    target = Output(output, color, width)
    if form == "json":
        target.write(rules_json(known), data=True)
    else:
        target.write(rules_text(known))
    target.close()


@rules.command()
@click.argument("names", nargs=-1, metavar="[DIR | FILE | PACKAGE]...")
@config_option
@model_option
@lexicon_option
def test(names: tuple[str, ...], config: str | None, model: str | None, lexicons: tuple[str, ...]) -> int:
    """Test rules of your own on their examples: those named, or all of the configuration.

    Prints the examples that are not as they should be, and exits with 1 if there are any.
    """
    from attribution.linting.house import load_own_rules
    from attribution.linting.house.examples import examples_of, problems_in
    from attribution.reporting.escaping import plain_lines
    from attribution.session import Options, Session
    from attribution.session.options import STDIN

    session = Session(Options(config=config, model=model, lexicons=lexicons, isolated=bool(names) and not config))
    configuration = session.configuration(STDIN)
    lexicon = session.analyser(configuration).lexicon
    own = load_own_rules(names or configuration.rules, Path.cwd(), lexicon)
    if not own:
        raise click.UsageError("there are no rules to test; name a folder, or give rules in .attrib.toml")
    examples = examples_of(own)
    problems = problems_in(examples, _analyses_by(session), lexicon)
    for problem in problems:
        click.echo(plain_lines(str(problem)))
    click.echo(_verdict(own, len(examples), len({id(problem.example) for problem in problems})))
    return WRONG if problems else 0


def _analyses_by(session: Session) -> Callable[[Sequence[Any]], Sequence[Any]]:
    from attribution.session.options import STDIN

    analyser = session.analyser(session.configuration(STDIN))

    def analyses(drafts: Sequence[Any]) -> list[Any]:
        parses = session.parser.parse(drafts) if drafts else []
        return [analyser.analyse_parsed(draft, sentences) for draft, sentences in zip(drafts, parses, strict=True)]

    return analyses


def _verdict(own: Sequence[OwnRule], examples: int, wrong: int) -> str:
    tested = f"{examples} examples of {len(own)} {'rule' if len(own) == 1 else 'rules'}"
    if not wrong:
        return f"{tested}: all are as they should be."
    return f"{tested}: {wrong} {'is' if wrong == 1 else 'are'} not as {'it' if wrong == 1 else 'they'} should be."
