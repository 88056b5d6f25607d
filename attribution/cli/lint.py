"""``attrib lint``: newsroom rules, for editors and for CI."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import partial
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from attribution.cli.fixing import FixOptions, check_fix_options, fix_drafts
from attribution.cli.inputs import Inputs, files_argument, session_options
from attribution.cli.main import FAILED
from attribution.cli.output import Output, output_options
from attribution.session.options import STDIN, RuleOptions

if TYPE_CHECKING:
    from attribution.linting import FileFindings, UnreadDraft
    from attribution.session import AnalysedDraft, Session
    from attribution.session.changes import Changes
    from attribution.session.findings import DraftFindings, SidecarUse

FOUND = 1

FOR_PEOPLE = ("concise", "full")
FORMATS = (
    *FOR_PEOPLE,
    "line",
    "json",
    "jsonl",
    "github",
    "gitlab",
    "sarif",
    "junit",
    "checkstyle",
    "rdjson",
    "template",
)
SEVERITIES = ("error", "warning", "info")


def _words(context: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The rules that an option names, several with commas."""
    return tuple(word.strip() for words in given for word in words.split(",") if word.strip())


@click.command()
@files_argument
@click.option(
    "--select",
    metavar="RULES",
    multiple=True,
    callback=_words,
    help="Run only these rules: ids, families or names, separated by commas.",
)
@click.option(
    "--extend-select",
    metavar="RULES",
    multiple=True,
    callback=_words,
    help="Run these rules in addition to the configured ones.",
)
@click.option("--ignore", metavar="RULES", multiple=True, callback=_words, help="Do not run these rules.")
@click.option(
    "--preview",
    is_flag=True,
    default=None,
    help="Also run preview rules, which are wrong more often; one named in full always runs.",
)
@click.option("--severity", type=click.Choice(SEVERITIES), help="Report only findings of at least this severity.")
@click.option(
    "--fail-on",
    type=click.Choice([*SEVERITIES, "never"]),
    help="Exit with 1 for findings of at least this severity.  [default: warning]",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever is found.")
@click.option(
    "--min-sourcing",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="Report articles in which the claims of others are supported less than this on average, from 0 to 1 (LIM701).",
)
@click.option(
    "--max-places",
    type=click.IntRange(min=0),
    metavar="NUMBER",
    help="Report articles with more places than this that need a source, a better one or a speaker (LIM703).",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="concise",
    show_default=True,
    help="For people (full shows the lines) or tools.",
)
@click.option("--template", metavar="FILE", type=click.Path(), help="The Jinja template of -f template (docs/CI.md).")
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead, as text or json.")
@click.option("--fix", is_flag=True, help="Make the safe fixes in the drafts, and report what is left (docs/FIXES.md).")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix, also make those that are only suggested.")
@click.option("--dry-run", is_flag=True, help="With --fix, only show what it would change, as a diff.")
@click.option("--watch", is_flag=True, help="Check again whenever a draft or the configuration changes.")
@output_options
@click.option(
    "--diff",
    "revision",
    metavar="REV",
    help="Report only what a change since a git revision touched or caused.",
)
@click.option(
    "--changed-lines",
    metavar="FILE | -",
    type=click.Path(),
    help="The same for a unified diff in a file or on standard input.",
)
@click.option("--baseline", metavar="FILE", type=click.Path(), help="Do not report the findings in this file.")
@click.option("--update-baseline", is_flag=True, help="Write all findings into the baseline file; report none.")
@click.option("--show-config", is_flag=True, help="Show the configuration in force for the first draft, and exit.")
@session_options
def lint(inputs: Inputs, files: tuple[str, ...], output: str | None, color: str, width: int | None, **told: Any) -> int:
    """Report where drafts leave open who says so: newsroom sourcing rules with a reason for each finding.

    Exits with 0 if nothing is found at or above --fail-on, with 1 if something is, and with 2 for a mistake in usage or
    configuration, an unreadable file, or a missing model.
    """
    if told["statistics"] and told["form"] not in (*FOR_PEOPLE, "json"):
        raise click.UsageError(
            f"--statistics has no {told['form']} form; leave out -f, or give -f json", click.get_current_context()
        )
    target = Output(output, color, width)
    inputs.configure(rules=_rule_options(told))
    if told["show_config"]:
        return _show_configuration(inputs, files, target)
    fixes = check_fix_options(told)
    template = _template(told["form"], told["template"])
    changes = _changes(told["revision"], told["changed_lines"], files)
    inputs.find(files)
    target.refuse_inputs(inputs.paths)
    _check_standard_input(inputs, fixes)
    check = partial(_findings_of, changes=changes, beside_baseline=not told["update_baseline"])

    def run() -> int:
        found = [*inputs.each(check)]
        if fixes is not None:
            found = fix_drafts(inputs, found, check, fixes, target)
        results = [*(draft.file for draft in found), *_about_sidecars(inputs, found, changes)]
        if told["update_baseline"]:
            return _update_baseline(inputs, files, results)
        if fixes is None or not (fixes.dry or STDIN in inputs.paths):
            _write(target, results, _unread(inputs), told["form"], told["statistics"], template)
        target.close()
        if inputs.failed:
            return FAILED
        if fixes is not None and fixes.dry:
            return FOUND if target.has_written else 0
        return FOUND if not told["exit_zero"] and _fails(inputs, results) else 0

    if told["watch"]:
        from attribution.cli.watching import run_and_watch

        return run_and_watch(inputs, files, run)
    return run()


def _rule_options(told: dict[str, Any]) -> RuleOptions:
    limits = {"minimum-sourcing": told["min_sourcing"], "maximum-places": told["max_places"]}
    return RuleOptions(
        select=told["select"] or None,
        extend_select=told["extend_select"],
        ignore=told["ignore"],
        preview=told["preview"],
        severity=told["severity"],
        fail_on=told["fail_on"],
        baseline=told["baseline"],
        thresholds=tuple((name, limit) for name, limit in limits.items() if limit is not None),
    )


def _findings_of(
    session: Session, analysed: AnalysedDraft, changes: Changes | None, beside_baseline: bool
) -> DraftFindings:
    found = session.findings(analysed, beside_baseline=beside_baseline)
    return found if changes is None else changes.only(session, analysed, found)


def _about_sidecars(inputs: Inputs, found: Iterable[DraftFindings], changes: Changes | None) -> list[FileFindings]:
    """What is wrong with files of suppressions, once all the drafts they are for have been checked."""
    from attribution.session.findings import findings_in_sidecar

    def path_of(use: SidecarUse) -> Path:
        return use.path

    results = []
    uses = sorted((draft.sidecar for draft in found if draft.sidecar is not None), key=path_of)
    for path, those in groupby(uses, path_of):
        configuration = inputs.session.configuration(str(path))
        file = findings_in_sidecar(path, those, configuration, inputs.session.known_rules(configuration))
        if changes is not None:
            file = changes.on_changed_lines(file)
        if file.findings:
            results.append(file)
    return results


def _unread(inputs: Inputs) -> list[UnreadDraft]:
    from attribution.linting import unread_draft

    return [unread_draft(name, message) for name, message in inputs.failures]


def _template(form: str, path: str | None) -> tuple[str, str] | None:
    """The text and the name of the template of ``-f template``."""
    if (form == "template") != (path is not None):
        raise click.UsageError("-f template and --template FILE go together", click.get_current_context())
    if path is None:
        return None
    from attribution.text_files import read_text_file

    return read_text_file(Path(path), path), path


def _check_standard_input(inputs: Inputs, fixes: FixOptions | None) -> None:
    if fixes is not None and STDIN in inputs.paths and len(inputs.paths) > 1:
        raise click.UsageError(
            "--fix writes the draft on standard input to standard output; give it alone", click.get_current_context()
        )


def _write(
    target: Output,
    results: Sequence[FileFindings],
    unread: Sequence[UnreadDraft],
    form: str,
    statistics: bool,
    template: tuple[str, str] | None,
) -> None:
    if statistics:
        from attribution.reporting.findings.statistics import statistics_full, statistics_json

        target.write(statistics_json(results, unread) if form == "json" else statistics_full(results), data=True)
    elif template is not None:
        from attribution.reporting.findings.template import findings_template

        target.write(findings_template(results, unread, *template), data=True)
    else:
        formatter = getattr(import_module(f"attribution.reporting.findings.{form}"), f"findings_{form}")
        if form not in FOR_PEOPLE:
            target.write(formatter(results, unread), data=True)
        elif results or not unread:
            target.write(formatter(results, unread, **target.look))


def _fails(inputs: Inputs, results: Iterable[FileFindings]) -> bool:
    """Whether a finding is severe enough to fail the run."""
    return any(
        inputs.session.configuration(file.path).fail_on.fails(finding.severity)
        for file in results
        for finding in file.findings
    )


def _show_configuration(inputs: Inputs, files: Sequence[str], target: Output) -> int:
    from attribution.linting.configuration import configuration_toml
    from attribution.reporting.escaping import json_text, one_line

    inputs.paths = inputs.found(files or (STDIN,))
    configuration = inputs.session.configuration(inputs.paths[0] if inputs.paths else STDIN)
    target.refuse_inputs(inputs.paths)
    origin = one_line(configuration.origin or "defaults; no configuration file was found")
    # A string of TOML has the escapes of JSON.
    target.write(f"# {origin}\n{json_text(configuration_toml(configuration))}", data=True)
    target.close()
    return inputs.exit_code


def _update_baseline(inputs: Inputs, named: Sequence[str], results: Sequence[FileFindings]) -> int:
    """Write the baseline again, as far as drafts were read; nothing is written if one could not be read."""
    from attribution.linting.baseline import baseline_of, path_in_baseline, updated, write_baseline
    from attribution.session.configuration import near_name

    session = inputs.session
    name = next((found for path in inputs.paths if (found := session.configuration(path).baseline)), None)
    if name is None:
        raise click.UsageError("--update-baseline needs --baseline FILE", click.get_current_context())
    if inputs.failed:
        return FAILED
    file = Path(name)
    fresh = baseline_of({path_in_baseline(file, Path(found.path)): found.findings for found in results})
    read = {path_in_baseline(file, Path(session.name_of(path))) for path in inputs.paths}
    read |= {path_in_baseline(file, Path(found.path)) for found in results}
    folders = [Path(folder).absolute() for folder in named if Path(folder).is_dir()]

    def is_read(path: str) -> bool:
        # A draft that has gone from a folder that was read has no findings any more.
        place = Path(os.path.realpath(file.absolute().parent / path))
        gone = not place.exists() and any(place.is_relative_to(os.path.realpath(folder)) for folder in folders)
        return path in read or gone

    baseline = updated(session.baseline(name), fresh, is_read) if file.exists() else fresh
    # What has been read as a baseline is attrib's own.
    target = Output(name, "never", None, replaces=file.exists())
    target.refuse_inputs(inputs.paths)
    target.write(write_baseline(baseline))
    target.close()
    inputs.tell(f"{near_name(file)}: now holds {baseline.total()} findings")
    return 0


def _changes(revision: str | None, file: str | None, named: Sequence[str]) -> Changes | None:
    """What ``--diff`` or ``--changed-lines`` says has changed; None without them."""
    from attribution.cli.changes import changes_in_file, changes_since

    if revision is not None and file is not None:
        raise click.UsageError("--diff and --changed-lines exclude each other", click.get_current_context())
    if file == STDIN and (STDIN in named or not named):
        raise click.UsageError(
            "standard input holds the changes or a draft, not both; name files", click.get_current_context()
        )
    if revision is not None:
        return changes_since(revision)
    return None if file is None else changes_in_file(file)
