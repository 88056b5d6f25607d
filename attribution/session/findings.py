"""What lint finds in an analysed draft under the configuration in force: the same for every command."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from attribution.ingest import find_drafts
from attribution.linting import FileFindings, Finding, Rule, Severity, lint
from attribution.linting.baseline import Baseline, path_in_baseline, read_baseline, without_baseline
from attribution.linting.fixes import with_applicable_fixes
from attribution.linting.ignored import without_ignored
from attribution.linting.selection import identifiers, rules_of, select_rules, severities_of
from attribution.linting.suppressions import (
    SIDECAR,
    Directive,
    complaints_about,
    directives_for,
    is_used,
    read_sidecar,
    silence,
    without_file,
)
from attribution.records import AttribError
from attribution.scoring import mean_support
from attribution.session.configuration import near_name
from attribution.text_files import read_text_file

if TYPE_CHECKING:
    from attribution.linting.configuration import Configuration
    from attribution.session.work import AnalysedDraft


@dataclass(frozen=True)
class SidecarUse:
    """What a draft used of the file of suppressions above it: the entries for it, and those that had an effect."""

    path: Path
    entries: tuple[Directive, ...]
    used: frozenset[tuple[Directive, str]]


@dataclass(frozen=True)
class DraftFindings:
    """The findings of a draft, and what it used of a file of suppressions."""

    file: FileFindings
    sidecar: SidecarUse | None = None


@dataclass
class Files:
    """Files that several drafts share, each read once: suppressions and baselines."""

    sidecars: dict[tuple[Path, int], tuple[tuple[str, Directive], ...]] = field(default_factory=dict)
    baselines: dict[str, Baseline] = field(default_factory=dict)

    def beside(self, place: Path, known: Sequence[Rule]) -> tuple[Path | None, tuple[Directive, ...]]:
        """The nearest file of suppressions, in a draft's folder or above, and its entries for the draft.

        ``known`` are the rules that entries may name; a session keeps them, so that they are known by their identity.
        """
        for folder in place.parents:
            sidecar = folder / SIDECAR
            if not os.path.isfile(sidecar):  # noqa: PTH113  # what cannot be looked at is not there
                continue
            key = sidecar, id(known)
            if key not in self.sidecars:
                self.sidecars[key] = read_sidecar(
                    read_text_file(sidecar, near_name(sidecar)), near_name(sidecar), known
                )
            return sidecar, directives_for(self.sidecars[key], place.relative_to(folder).as_posix())
        return None, ()

    def baseline(self, name: str) -> Baseline:
        """The baseline in a file."""
        if name not in self.baselines:
            path = Path(name)
            if not os.path.exists(path):  # noqa: PTH110  # what cannot be looked at is not there
                raise AttribError(f"{near_name(path)}: there is no such baseline; create it with --update-baseline")
            self.baselines[name] = read_baseline(read_text_file(path, near_name(path)), near_name(path))
        return self.baselines[name]


def findings_in(
    analysed: AnalysedDraft,
    relative: str,
    place: Path,
    files: Files,
    known: Sequence[Rule],
    *,
    beside_baseline: bool = True,
) -> DraftFindings:
    """The findings that are reported, and those that are suppressed.

    ``relative`` is the draft's path as the globs of its configuration see it, ``place`` its absolute path.
    ``known`` are the rules that there are. Findings in the baseline are reported only if they are not to be
    ``beside_baseline``.
    """
    analysis, source, configuration = analysed.analysis, analysed.source, analysed.configuration
    rules = select_rules(
        configuration.select,
        configuration.extend_select,
        (*configuration.ignore, *configuration.ignores_for(relative)),
        configuration.preview,
        known,
    )
    severities = severities_of(configuration.severities_for(relative), known)
    found = lint(analysis, analysed.lexicon, rules, configuration.settings(relative), severities)
    found = without_ignored(found, analysis.draft, configuration.ignore_blocks, configuration.ignore_patterns)
    sidecar, beside = files.beside(place, known)
    silenced = silence(analysis, source, found, identifiers(rules), beside, known)
    complaints = [_with_severity(complaint, severities) for complaint in silenced.complaints]
    findings = tuple(sorted((*silenced.findings, *complaints), key=lambda finding: (finding.start, finding.rule)))
    findings = tuple(finding for finding in findings if finding.severity.rank >= configuration.severity.rank)
    listed: tuple[Finding, ...] = ()
    if configuration.baseline and beside_baseline:
        baseline = files.baseline(configuration.baseline)
        findings, listed = without_baseline(findings, baseline, path_in_baseline(configuration.baseline, place))
    file = FileFindings(
        analysis.draft.path,
        source,
        with_configured_fixes(findings, source, configuration, known),
        (*silenced.suppressed, *listed),
        analysis.summary.sourcing,
        mean_support(analysis.claims),
        # Formats describe the rules and do not run them; another process need not be sent their checks.
        tuple(msgspec.structs.replace(rule, check=None) for rule in known if rule.origin),
    )
    if sidecar is None:
        return DraftFindings(file)
    used = {(directive, rule) for directive in beside for rule in is_used(directive, silenced.suppressed, analysis)}
    return DraftFindings(file, SidecarUse(sidecar, beside, frozenset(used)))


def with_configured_fixes(
    findings: Iterable[Finding], source: str, configuration: Configuration, known: Sequence[Rule]
) -> tuple[Finding, ...]:
    """The findings with the fixes that can be made in the file, safe or not as the configuration says."""
    safe, unsafe = (
        identifiers(rule for word in words for rule in rules_of(word, known))
        for words in (configuration.extend_safe_fixes, configuration.extend_unsafe_fixes)
    )
    return tuple(with_applicable_fixes(finding, source, safe, unsafe) for finding in findings)


def findings_in_sidecar(
    path: Path, uses: Iterable[SidecarUse], configuration: Configuration, known: Sequence[Rule]
) -> FileFindings:
    """What is wrong with a file of suppressions: entries without effect on drafts that were read, or for no file."""
    rules = select_rules(
        configuration.select, configuration.extend_select, configuration.ignore, configuration.preview, known
    )
    uses = list(uses)
    entries = list(dict.fromkeys(entry for use in uses for entry in use.entries))
    used = frozenset().union(*(use.used for use in uses))
    text = read_text_file(path, near_name(path))
    all_entries = read_sidecar(text, near_name(path), known)
    missing = without_file(all_entries, _files_for(all_entries, path.parent))
    complaints = complaints_about(entries, used, identifiers(rules), near_name(path), text, missing)
    least = configuration.severity.rank
    return FileFindings(
        near_name(path), text, tuple(complaint for complaint in complaints if complaint.severity.rank >= least)
    )


def _files_for(entries: Iterable[tuple[str, Directive]], folder: Path) -> Iterator[str]:
    """The files that entries may be for, relative to the folder: those that they name, then all drafts below it."""
    yield from (name for name, _ in entries if (folder / name).is_file())
    with suppress(AttribError):  # without drafts
        yield from (path.relative_to(folder).as_posix() for path in find_drafts([folder]))


def _with_severity(finding: Finding, severities: dict[str, Severity]) -> Finding:
    if finding.rule not in severities:
        return finding
    return msgspec.structs.replace(finding, severity=severities[finding.rule])
