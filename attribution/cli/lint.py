"""``attrib lint``: newsroom rules, for editors and for CI."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard

import click

from attribution.cli.inputs import STDIN
from attribution.cli.main import FAILED, complain
from attribution.cli.output import Output, output_options
from attribution.cli.processes import AUTO, WORTHWHILE, in_order, jobs_option, processes_for
from attribution.cli.progress import Progress

if TYPE_CHECKING:
    from attribution.analysis import Analyser
    from attribution.cli.cache import Cache
    from attribution.linting import FileFindings, Finding
    from attribution.linting.configuration import Configuration, Names
    from attribution.linting.suppressions import Directive
    from attribution.parsing import Parser
    from attribution.records import Analysis, Draft

FOUND = 1

FORMATS = ("full", "line", "json", "jsonl", "github", "gitlab", "sarif", "junit", "checkstyle", "rdjson")
SEVERITIES = ("error", "warning", "info")


@click.command()
@click.argument("files", nargs=-1, metavar="[FILES | DIRECTORIES | -]", type=click.Path())
@click.option(
    "--select",
    metavar="RULES",
    multiple=True,
    help="Run only these rules: ids, families or names, separated by commas.",
)
@click.option(
    "--extend-select", metavar="RULES", multiple=True, help="Run these rules in addition to the configured ones."
)
@click.option("--ignore", metavar="RULES", multiple=True, help="Do not run these rules.")
@click.option("--preview", is_flag=True, default=None, help="Also run preview rules, which are wrong more often.")
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
    "-f", "--format", "form", type=click.Choice(FORMATS), default="full", show_default=True, help="For people or tools."
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead of showing them.")
@output_options
@click.option("--diff", "revision", metavar="REV", help="Report only on lines changed since a git revision.")
@click.option(
    "--changed-lines", metavar="FILE", type=click.Path(), help="Report only on lines that a unified diff changes."
)
@click.option("--baseline", metavar="FILE", type=click.Path(), help="Do not report the findings in this file.")
@click.option("--update-baseline", is_flag=True, help="Write all findings into the baseline file; report none.")
@click.option("--config", metavar="FILE", type=click.Path(), help="Use only this configuration.")
@click.option("--isolated", is_flag=True, help="Use no configuration file.")
@click.option("--show-config", is_flag=True, help="Show the configuration in force for the first draft, and exit.")
@click.option("--stdin-filename", metavar="NAME", help="The name to give standard input.")
@click.option("--model", metavar="default|DIR", help="Stanza models to use instead of the embedded model.")
@click.option(
    "--lexicon", "lexicons", metavar="DIR", multiple=True, type=click.Path(), help="A folder of words to add."
)
@click.option("--own-outlet", "own_outlets", metavar="NAME", multiple=True, help="The paper's own name.")
@click.option(
    "--ignore-mark",
    "ignored_marks",
    metavar="NAME",
    multiple=True,
    help="Count no places for this mark of exposure (docs/SCORING.md names them).",
)
@click.option(
    "--cache/--no-cache", "caching", default=True, help="Keep analyses of unchanged drafts.  [default: cache]"
)
@click.option("--force", is_flag=True, help="Analyse drafts that do not look like English.")
@jobs_option
@click.option("-q", "--quiet", is_flag=True, help="Only errors on standard error.")
@click.option("-v", "--verbose", is_flag=True, help="Show for each file where its analysis comes from.")
def lint(**options: Any) -> int:
    """Report where drafts leave open who says so: newsroom sourcing rules with a reason for each finding.

    Exits with 0 if nothing is found at or above --fail-on, with 1 if something is, and with 2 for a mistake in usage or
    configuration, an unreadable file, or a missing model.
    """
    target = Output(options["output"], options["color"], options["width"])
    run = _Run(options)
    if options["show_config"]:
        return _show_configuration(run, target)
    target.refuse_inputs(run.paths)
    files = run.files()
    if options["update_baseline"]:
        return run.update_baseline(files)
    if options["statistics"]:
        from attribution.reporting.findings.statistics import findings_statistics

        target.write(findings_statistics(files), data=True)
    elif options["form"] == "full":
        from attribution.reporting.findings.full import findings_full

        if files or not run.failed:
            target.write(findings_full(files, **target.look))
    else:
        form = options["form"]
        formatter = getattr(import_module(f"attribution.reporting.findings.{form}"), f"findings_{form}")
        target.write(formatter(files), data=True)
    target.close()
    return run.exit_code(files)


def _show_configuration(run: _Run, target: Output) -> int:
    from attribution.linting.configuration import configuration_toml

    configuration = run.configuration(run.paths[0] if run.paths else STDIN)
    target.write(f"# {configuration.origin or 'defaults; no configuration file was found'}\n", data=True)
    target.write(configuration_toml(configuration), data=True)
    target.close()
    return 0


@dataclass
class _Work:
    """A draft being processed: its content, and its analysis once there is one, with the analysis's origin."""

    path: str
    data: bytes
    draft: Draft
    configuration: Configuration
    analysis: Analysis | None
    origin: str = ""


@dataclass
class _Unread:
    """A draft that cannot be read, with the reason."""

    error: str


class _Run:
    """A run of the command: what is read, and what is found."""

    def __init__(self, options: dict[str, Any]) -> None:
        from attribution.cli.configuration import forget

        forget()
        self.options = options
        self.failed = False
        self.stdin_name = options["stdin_filename"] or "<stdin>"
        self._parser: Parser | None = None
        self._analysers: dict[Any, Analyser] = {}
        self._caches: dict[Any, Cache] = {}
        self._sidecars: dict[Path, tuple[tuple[str, Directive], ...]] = {}
        self._sidecar_use: dict[Path, set[tuple[Directive, str]]] = {}
        self._sidecar_seen: dict[Path, list[Directive]] = {}
        self._fails: dict[str, Any] = {}
        self._check_options()
        self.paths = self._find(options["files"])
        self._changes = self._read_changes()

    # ------------------------------------------------------------------------------------------------------- options

    def _check_options(self) -> None:
        options = self.options
        context = click.get_current_context()
        if options["config"] and options["isolated"]:
            raise click.UsageError("--config and --isolated exclude each other", context)
        if options["revision"] is not None and options["changed_lines"] is not None:
            raise click.UsageError("--diff and --changed-lines exclude each other", context)
        if options["ignored_marks"]:
            from attribution.scoring import check_marks

            check_marks(options["ignored_marks"])

    def _words(self, name: str) -> tuple[str, ...]:
        return tuple(word.strip() for words in self.options[name] for word in words.split(",") if word.strip())

    def configuration(self, path: str) -> Configuration:
        """The configuration in force for a draft: that of the files, overridden by the options."""
        import msgspec

        from attribution.cli.configuration import configuration_for, configuration_of, folder_of
        from attribution.linting.configuration import Configuration, FailOn
        from attribution.linting.rule import Severity

        options = self.options
        if options["config"]:
            found = configuration_of(Path(options["config"]))
        elif options["isolated"]:
            found = Configuration()
        else:
            found = configuration_for(Path(self._name(path)).parent)
        changes: dict[str, Any] = {}
        if options["select"]:
            changes["select"] = self._words("select")
        changes["extend_select"] = (*found.extend_select, *self._words("extend_select"))
        changes["ignore"] = (*found.ignore, *self._words("ignore"))
        if options["preview"] is not None:
            changes["preview"] = options["preview"]
        if options["severity"]:
            changes["severity"] = Severity(options["severity"])
        if options["fail_on"]:
            changes["fail_on"] = FailOn(options["fail_on"])
        if options["baseline"]:
            changes["baseline"] = str(Path(options["baseline"]).absolute())
        elif found.baseline:
            changes["baseline"] = str(folder_of(found) / found.baseline)
        limits = {"minimum-sourcing": options["min_sourcing"], "maximum-places": options["max_places"]}
        given = {name: limit for name, limit in limits.items() if limit is not None}
        changes["thresholds"] = {**found.thresholds, **given}
        changes["own_outlets"] = (*found.own_outlets, *options["own_outlets"])
        changes["ignore_marks"] = (*found.ignore_marks, *options["ignored_marks"])
        changes["lexicons"] = (
            *(str(folder_of(found) / folder) for folder in found.lexicons),
            *options["lexicons"],
        )
        return msgspec.structs.replace(found, **changes)

    # --------------------------------------------------------------------------------------------------------- files

    def _find(self, files: Sequence[str]) -> list[str]:
        from attribution.ingest import find_drafts
        from attribution.records import AttribError

        if not files:
            if sys.stdin.isatty() and not self.options["show_config"]:
                raise click.UsageError(
                    "name files or directories, or - for standard input", click.get_current_context()
                )
            files = (STDIN,)
        found: dict[str, None] = {}
        for name in files:
            if name == STDIN:
                found[name] = None
                continue
            try:
                drafts = [str(path) for path in find_drafts([Path(name)])]
            except AttribError as error:
                self._fail(str(error))
                continue
            named = drafts == [name]
            found.update(dict.fromkeys(draft for draft in drafts if named or not self._is_excluded(draft)))
        return list(found)

    def _name(self, path: str) -> str:
        """The name by which a draft goes: that of --stdin-filename for standard input."""
        return self.stdin_name if path == STDIN else path

    def _is_excluded(self, path: str) -> bool:
        from attribution.linting.configuration import fits

        configuration = self.configuration(path)
        return any(fits(glob, self._relative(path, configuration)) for glob in configuration.exclude)

    def _relative(self, path: str, configuration: Configuration) -> str:
        from attribution.cli.configuration import folder_of

        return Path(os.path.relpath(Path(self._name(path)).absolute(), folder_of(configuration))).as_posix()

    def files(self) -> list[FileFindings]:
        """The findings of each draft that could be read."""
        found = []
        typed = STDIN in self.paths and sys.stdin.isatty()
        with Progress(() if self.options["quiet"] or typed else self.paths) as progress:
            works = self._works()
            for path in self.paths:
                progress.at(path)
                with progress.paused():
                    work = next(works)
                    if isinstance(work, _Unread):
                        self._fail(work.error)
                    else:
                        found.append(self._file(work))
                progress.advance()
        found += self._about_sidecars()
        return found

    def _works(self) -> Iterator[_Work | _Unread]:
        """The work for each draft, in their order, with the analyses of those that can be read."""
        works = map(self._read, self.paths)
        processes = processes_for(self.options["jobs"], len(self.paths))
        # Most drafts of a run may be cached; for a few others it does not pay off to start processes.
        here = WORTHWHILE if self.options["jobs"] == AUTO else 0
        for work in works:
            if _is_waiting(work):
                if processes > 1 and here == 0:
                    yield from self._works_elsewhere(chain([work], works), processes)
                    return
                here -= 1
                work.analysis = self._analyser(work.configuration).analyse(work.draft)
                self._keep(work)
            yield work

    def _works_elsewhere(self, works: Iterable[_Work | _Unread], processes: int) -> Iterator[_Work | _Unread]:
        """The same in several processes."""
        model = self.options["model"]
        tasks = (
            (work, (model, *_reading(work.configuration), work.draft)) if _is_waiting(work) else (work, None)
            for work in works
        )
        for work, analysis in in_order(tasks, analyse_elsewhere, processes):
            if _is_waiting(work):
                work.analysis = analysis
                self._keep(work)
            yield work

    def _read(self, path: str) -> _Work | _Unread:
        """A draft, with its analysis if it is cached."""
        from attribution.ingest import check_english, read_bytes
        from attribution.records import AttribError

        try:
            data, name = self._data(path)
            draft = read_bytes(data, name)
            if not self.options["force"]:
                check_english(draft)
        except AttribError as error:
            return _Unread(str(error))
        configuration = self.configuration(path)
        analysis = self._cache(configuration).load(draft) if self.options["caching"] else None
        origin = "" if analysis is None else "from the cache"
        return _Work(path, data, draft, configuration, analysis, origin)

    def _file(self, work: _Work) -> FileFindings:
        assert work.analysis is not None
        self._tell(f"{work.draft.path}: {work.origin}")
        if not self.options["quiet"]:
            for notice in work.draft.notices:
                complain(f"{work.draft.path}: {notice}")
        return self._lint(work.path, work.analysis, _source(work.data, work.draft), work.configuration)

    def _data(self, path: str) -> tuple[bytes, str]:
        if path == STDIN:
            return sys.stdin.buffer.read(), self.stdin_name
        from attribution.records import AttribError

        try:
            return Path(path).read_bytes(), path
        except FileNotFoundError:
            raise AttribError(f"{path}: there is no such file; check the name") from None
        except OSError as error:
            raise AttribError(f"{path}: cannot be read ({error.strerror or error}); check its permissions") from None

    def _keep(self, work: _Work) -> None:
        assert work.analysis is not None
        work.origin = f"read by {work.analysis.model}"
        if self.options["caching"]:
            self._cache(work.configuration).keep(work.analysis)

    def _cache(self, configuration: Configuration) -> Cache:
        from attribution.cli.cache import Cache
        from attribution.resources import cache_folder

        key = _reading(configuration)
        if key not in self._caches:
            lexicons = [Path(folder) for folder in configuration.lexicons]
            self._caches[key] = Cache(
                cache_folder(), self.options["model"], lexicons, configuration.own_outlets, configuration.ignore_marks
            )
        return self._caches[key]

    def _analyser(self, configuration: Configuration) -> Analyser:
        from attribution.analysis import Analyser

        key = _reading(configuration)
        if key not in self._analysers:
            lexicons = [Path(folder) for folder in configuration.lexicons]
            analyser = Analyser(
                self.options["model"],
                lexicons,
                configuration.own_outlets,
                self._parser,
                configuration.ignore_marks,
            )
            self._parser = analyser.parser
            self._analysers[key] = analyser
        return self._analysers[key]

    # ------------------------------------------------------------------------------------------------------ findings

    def _lint(self, path: str, analysis: Analysis, source: str, configuration: Configuration) -> FileFindings:
        from attribution.lexicon import load_lexicon
        from attribution.linting import FileFindings, lint
        from attribution.linting.baseline import without_baseline
        from attribution.linting.selection import identifiers, select_rules, severities_of
        from attribution.linting.suppressions import is_used, silence
        from attribution.scoring import mean_support

        relative = self._relative(path, configuration)
        rules = select_rules(
            configuration.select,
            configuration.extend_select,
            (*configuration.ignore, *configuration.ignores_for(relative)),
            configuration.preview,
        )
        severities = severities_of(configuration.severities_for(relative))
        lexicon = load_lexicon([Path(folder) for folder in configuration.lexicons])
        found = lint(analysis, lexicon, rules, configuration.settings(), severities)
        sidecar, beside = self._beside(path)
        silenced = silence(analysis, source, found, identifiers(rules), beside)
        if sidecar is not None:
            used = self._sidecar_use.setdefault(sidecar, set())
            for directive in beside:
                used.update((directive, rule) for rule in is_used(directive, silenced.suppressed, analysis))
            self._sidecar_seen.setdefault(sidecar, []).extend(beside)
        complaints = [_with_severity(complaint, severities) for complaint in silenced.complaints]
        findings = tuple(sorted((*silenced.findings, *complaints), key=lambda finding: (finding.start, finding.rule)))
        findings = tuple(finding for finding in findings if finding.severity.rank >= configuration.severity.rank)
        known: tuple[Finding, ...] = ()
        if configuration.baseline and not self.options["update_baseline"]:
            findings, known = without_baseline(findings, self._baseline(configuration.baseline))
        findings = self._on_changed_lines(path, findings)
        self._fails[analysis.draft.path] = configuration.fail_on
        return FileFindings(
            analysis.draft.path,
            source,
            findings,
            (*silenced.suppressed, *known),
            analysis.summary.sourcing,
            mean_support(analysis.claims),
        )

    def _beside(self, path: str) -> tuple[Path | None, tuple[Directive, ...]]:
        """The nearest file of suppressions, in the draft's folder or above, and its entries for the draft."""
        from attribution.linting.suppressions import SIDECAR, directives_for, read_sidecar

        place = Path(self._name(path)).absolute()
        for folder in place.parents:
            sidecar = folder / SIDECAR
            if not sidecar.is_file():
                continue
            if sidecar not in self._sidecars:
                self._sidecars[sidecar] = read_sidecar(sidecar.read_text(encoding="utf-8"), _near(sidecar))
            return sidecar, directives_for(self._sidecars[sidecar], place.relative_to(folder).as_posix())
        return None, ()

    def _about_sidecars(self) -> list[FileFindings]:
        """Complaints about the files of suppressions: entries for drafts that were read, but without effect."""
        from attribution.linting import FileFindings
        from attribution.linting.selection import identifiers, select_rules
        from attribution.linting.suppressions import complaints_about

        found = []
        for sidecar, seen in self._sidecar_seen.items():
            configuration = self.configuration(str(sidecar))
            rules = select_rules(
                configuration.select, configuration.extend_select, configuration.ignore, configuration.preview
            )
            directives = list(dict.fromkeys(seen))
            text = sidecar.read_text(encoding="utf-8")
            used = self._sidecar_use[sidecar]
            complaints = complaints_about(directives, used, identifiers(rules), _near(sidecar), text)
            complaints = tuple(
                complaint for complaint in complaints if complaint.severity.rank >= configuration.severity.rank
            )
            complaints = self._on_changed_lines(_near(sidecar), complaints)
            if complaints:
                self._fails[_near(sidecar)] = configuration.fail_on
                found.append(FileFindings(_near(sidecar), text, complaints))
        return found

    def _baseline(self, name: str) -> Any:
        from attribution.linting.baseline import read_baseline
        from attribution.records import AttribError

        path = Path(name)
        try:
            return read_baseline(path.read_text(encoding="utf-8"), _near(path))
        except FileNotFoundError:
            raise AttribError(f"{_near(path)}: there is no such baseline; create it with --update-baseline") from None
        except (OSError, UnicodeDecodeError) as error:
            raise AttribError(f"{_near(path)}: cannot be read ({error}); check the file") from None

    def update_baseline(self, files: Sequence[FileFindings]) -> int:
        """Write the baseline file again; nothing is written if a draft could not be read."""
        from attribution.linting.baseline import write_baseline

        name = next((found for path in self.paths if (found := self.configuration(path).baseline)), None)
        if name is None:
            raise click.UsageError("--update-baseline needs --baseline FILE", click.get_current_context())
        if self.failed:
            return FAILED
        findings = [finding for file in files for finding in file.findings]
        target = Output(name, "never", None)
        target.write(write_baseline(findings))
        target.close()
        complain(f"{_near(Path(name))}: now holds {len(findings)} findings")
        return 0

    # ---------------------------------------------------------------------------------------------------- changed lines

    def _read_changes(self) -> dict[str, frozenset[int]] | None:
        from attribution.linting.changes import changed_lines
        from attribution.records import AttribError

        if self.options["revision"] is not None:
            return changed_lines(_git_diff(self.options["revision"]), "git diff")
        name = self.options["changed_lines"]
        if name is None:
            return None
        try:
            return changed_lines(Path(name).read_text(encoding="utf-8", errors="replace"), name)
        except OSError as error:
            raise AttribError(f"{name}: cannot be read ({error.strerror}); check the name") from None

    def _on_changed_lines(self, path: str, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        from attribution.linting.changes import lines_of

        if self._changes is None:
            return findings
        lines = lines_of(self._changes, self._name(path))
        return tuple(
            finding for finding in findings if lines.intersection(range(finding.start.line, finding.end.line + 1))
        )

    # ----------------------------------------------------------------------------------------------------------- result

    def exit_code(self, files: Sequence[FileFindings]) -> int:
        """2 if something could not be read, 1 if a finding fails the run, otherwise 0."""
        if self.failed:
            return FAILED
        if self.options["exit_zero"]:
            return 0
        fails = any(self._fails[file.path].fails(finding.severity) for file in files for finding in file.findings)
        return FOUND if fails else 0

    def _fail(self, message: str) -> None:
        self.failed = True
        complain(message)

    def _tell(self, message: str) -> None:
        if self.options["verbose"]:
            complain(message)


def _is_waiting(work: _Work | _Unread) -> TypeGuard[_Work]:
    return isinstance(work, _Work) and work.analysis is None


def _reading(configuration: Configuration) -> tuple[Names, Names, Names]:
    """What of a configuration affects an analysis: folders of words, the paper's own names, marks not to read."""
    return configuration.lexicons, configuration.own_outlets, configuration.ignore_marks


@cache
def _analyser_elsewhere(model: str | None, lexicons: Names, own_outlets: Names, ignored_marks: Names) -> Analyser:
    from attribution.analysis import Analyser

    folders = [Path(folder) for folder in lexicons]
    return Analyser(model, folders, own_outlets, _parser_elsewhere(model), ignored_marks)


@cache
def _parser_elsewhere(model: str | None) -> Parser:
    from attribution.parsing import load_parser

    return load_parser(model)


def analyse_elsewhere(
    model: str | None, lexicons: Names, own_outlets: Names, ignored_marks: Names, draft: Draft
) -> Analysis:
    """The analysis of a draft in a process of ``--jobs``, which caches words and model."""
    return _analyser_elsewhere(model, lexicons, own_outlets, ignored_marks).analyse(draft)


def _source(data: bytes, draft: Draft) -> str:
    """The decoded file, as the draft's offsets count it."""
    from attribution.ingest.decoding import decode

    text, _ = decode(data, draft.path, is_html=draft.format == "html")
    return text


def _with_severity(finding: Finding, severities: dict[str, Any]) -> Finding:
    import msgspec

    if finding.rule not in severities:
        return finding
    return msgspec.structs.replace(finding, severity=severities[finding.rule])


def _near(path: Path) -> str:
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _git_diff(revision: str) -> str:
    from attribution.records import AttribError

    if revision.startswith("-"):
        raise AttribError(f"{revision}: is not a revision; name a commit, branch or tag after --diff")
    command = ["git", "diff", "--unified=0", "--no-color", "--no-ext-diff", "--relative", revision, "--"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        raise AttribError("git: is not installed; --changed-lines takes a diff made elsewhere") from None
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["no message"]
        raise AttribError(f"git diff {revision}: failed ({lines[0]}); name a revision of this repository")
    return done.stdout.decode(errors="replace")
