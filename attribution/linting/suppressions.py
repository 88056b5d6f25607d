"""Findings that an editor has suppressed: by a comment in the draft, or in a file beside it.

Markdown and HTML drafts take comments::

    <!-- attrib: ignore[SRC104] named in the caption -->       the paragraph it stands in, or else the next one
    <!-- attrib: disable[SRC104] a vox pop -->  …  <!-- attrib: enable[SRC104] -->
    <!-- attrib: ignore-file[DOC601] an interview -->

Plain text has them in a separate file, where no reader sees them, ``.attrib-ignore.toml``::

    [[ignore]]
    file = "strike.txt"
    rule = "SRC104"
    words = "Experts say"
    reason = "named in the caption"

    [[ignore]]                     # without words: the whole article
    file = "interview.txt"
    rule = "DOC601"
    reason = "an interview"

Rules are always named, several with commas. A suppression without effect is itself a finding (SUP901), and so is one
without a reason (SUP902).
"""

from __future__ import annotations

import fnmatch
import re
import tomllib
from collections.abc import Iterable, Sequence, Set

import msgspec

from attribution.ingest import Offsets, locate
from attribution.linting.edits import Applicability
from attribution.linting.findings import (
    FileEdit,
    FileFix,
    Finding,
    Position,
    Suppression,
    SuppressionKind,
    fingerprint,
    normalised,
)
from attribution.linting.rule import Rule
from attribution.linting.rules import RULES, find_rule
from attribution.linting.rules.sup901_unused_suppression import RULE as SUP901
from attribution.linting.rules.sup902_suppression_without_reason import RULE as SUP902
from attribution.records import Analysis, AttribError, Draft

SIDECAR = ".attrib-ignore.toml"
SUPPRESSING = frozenset({"ignore", "ignore-file", "disable", "words", "article"})
"""The kinds of directive that suppress findings; the last two are entries of the file beside the draft."""
COMMENTED_FORMATS = frozenset({"markdown", "html"})

_COMMENT = re.compile(r"<!--\s*attrib\s*:\s*(?P<body>.*?)-->", re.DOTALL)
_DIRECTIVE = re.compile(
    r"(?P<word>ignore-file|ignore|disable|enable)\s*(?:\[(?P<rules>[^\]]*)\])?\s*(?P<reason>.*)", re.DOTALL
)


class Directive(msgspec.Struct, frozen=True, kw_only=True):
    """A comment or an entry of the file beside the draft. ``start`` and ``end`` are offsets in its own file."""

    word: str
    rules: tuple[str, ...]
    reason: str
    start: int
    end: int
    text: str
    unknown: tuple[str, ...] = ()
    words: str = ""


class Silenced(msgspec.Struct, frozen=True):
    """The findings that are reported, those that are suppressed, and those about the suppressions themselves."""

    findings: tuple[Finding, ...]
    suppressed: tuple[Finding, ...]
    complaints: tuple[Finding, ...]


def silence(
    analysis: Analysis,
    source: str,
    findings: Sequence[Finding],
    active: Set[str],
    beside: Sequence[Directive] = (),
    known: Sequence[Rule] = RULES,
) -> Silenced:
    """Separate the findings that comments in ``source``, or directives ``beside`` the draft, suppress.

    ``active`` are the identifiers of the rules that ran: a suppression of another rule is not reported as unused.
    ``known`` are the rules that there are, which suppressions may name.
    """
    draft = analysis.draft
    comments = read_comments(source, known) if draft.format in COMMENTED_FORMATS else ()
    kept: list[Finding] = []
    gone: list[Finding] = []
    used: set[tuple[Directive, str]] = set()
    for finding in findings:
        silencing = [
            (directive, kind)
            for directive, kind in (
                *(
                    (directive, SuppressionKind.COMMENT)
                    for directive in comments
                    if _covers(directive, finding, draft, comments)
                ),
                *((directive, SuppressionKind.SIDECAR) for directive in beside if _names(directive, finding, analysis)),
            )
            if finding.rule in directive.rules
        ]
        used.update((directive, finding.rule) for directive, _ in silencing)
        if silencing:
            first, kind = silencing[0]
            gone.append(msgspec.structs.replace(finding, suppression=Suppression(kind, first.reason)))
        else:
            kept.append(finding)
    offsets = Offsets(source)
    complaints = [
        _with_removal(complaint, comment, source, offsets)
        for comment in comments
        for complaint in _complaints(comment, used, active, draft.path, offsets)
    ]
    return Silenced(tuple(kept), tuple(gone), tuple(complaints))


def complaints_about(
    directives: Sequence[Directive],
    used: Set[tuple[Directive, str]],
    active: Set[str],
    path: str,
    source: str,
    missing: Sequence[tuple[str, Directive]] = (),
) -> tuple[Finding, ...]:
    """What is wrong with directives in the file beside drafts, once all its drafts have been linted.

    ``missing`` are the entries for which there is no draft.
    """
    offsets = Offsets(source)
    found = [complaint for directive in directives for complaint in _complaints(directive, used, active, path, offsets)]
    if SUP901.id in active:
        found += [
            _complaint(SUP901, directive, path, offsets, f"there is no file “{glob}”", MISSING_HELP)
            for glob, directive in missing
        ]
    return tuple(sorted(found, key=lambda complaint: complaint.start))


def read_comments(source: str, known: Sequence[Rule] = RULES) -> tuple[Directive, ...]:
    """The directives in the comments of a Markdown or HTML file, in text order; ``known`` are the rules there are."""
    found = []
    for comment in _COMMENT.finditer(source):
        match = _DIRECTIVE.fullmatch(comment["body"].strip())
        if match is None:
            found.append(
                Directive(word="", rules=(), reason="", start=comment.start(), end=comment.end(), text=comment.group())
            )
            continue
        rules, unknown = _rules_of(match["rules"] or "", known)
        found.append(
            Directive(
                word=match["word"],
                rules=rules,
                unknown=unknown,
                reason=" ".join(match["reason"].split()),
                start=comment.start(),
                end=comment.end(),
                text=comment.group(),
            )
        )
    return tuple(found)


def read_sidecar(text: str, path: str, known: Sequence[Rule] = RULES) -> tuple[tuple[str, Directive], ...]:
    """The entries of a file beside drafts, each with the glob of the drafts it applies to.

    Raises AttribError with file and line if the text is not such a file.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AttribError(f"{path}: is not valid TOML ({error}); fix it") from error
    except RecursionError:
        raise AttribError(f"{path}: is nested too deeply; write [[ignore]] tables") from None
    starts = [match.start() for match in re.finditer(r"^[ \t]*\[\[\s*ignore\s*\]\]", text, re.MULTILINE)]
    entries = table.get("ignore", [])
    extra = sorted(set(table) - {"ignore"})
    if extra or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise AttribError(
            f"{path}: holds {extra[0] if extra else 'something else'}; it may hold [[ignore]] tables only"
        )
    found = []
    for number, entry in enumerate(entries):
        start = starts[number] if number < len(starts) else 0
        line = text.count("\n", 0, start) + 1
        for key in ("file", "rule"):
            if not isinstance(entry.get(key), str) or not entry[key].strip():
                raise AttribError(f'{path}:{line}: the entry has no {key}; write {key} = "…"')
        words = entry.get("words")
        if words is not None and not (isinstance(words, str) and normalised(words)):
            raise AttribError(
                f"{path}:{line}: words holds no word; leave it out to ignore the rule in the whole article"
            )
        for key in entry:
            if key not in ("file", "rule", "words", "reason"):
                raise AttribError(f"{path}:{line}: an entry has no {key}; allowed are file, rule, words and reason")
        rules, unknown = _rules_of(entry["rule"], known)
        end = starts[number + 1] if number + 1 < len(starts) else len(text)
        directive = Directive(
            word="article" if words is None else "words",
            rules=rules,
            unknown=unknown,
            reason=" ".join(str(entry.get("reason", "")).split()),
            start=start,
            end=start + len(text[start:end].rstrip()),
            text=entry["rule"] if words is None else f"{entry['rule']}: {words}",
            words=words or "",
        )
        found.append((entry["file"], directive))
    return tuple(found)


def directives_for(entries: Sequence[tuple[str, Directive]], relative_path: str) -> tuple[Directive, ...]:
    """The entries for a draft, whose path is relative to the folder of the file that holds them."""
    return tuple(directive for glob, directive in entries if fnmatch.fnmatchcase(relative_path, glob))


def without_file(
    entries: Sequence[tuple[str, Directive]], relative_paths: Iterable[str]
) -> tuple[tuple[str, Directive], ...]:
    """The entries that fit none of the files, whose paths are relative to the folder of the file with the entries."""
    missing = dict.fromkeys(entries)
    for path in relative_paths:
        if not missing:
            break
        missing = {entry: None for entry in missing if not fnmatch.fnmatchcase(path, entry[0])}
    return tuple(missing)


def is_used(directive: Directive, suppressed: Sequence[Finding], analysis: Analysis) -> set[str]:
    """The rules for which a directive in the file beside the draft suppressed something."""
    return {
        finding.rule
        for finding in suppressed
        if finding.rule in directive.rules and _names(directive, finding, analysis)
    }


def _rules_of(words: str, known: Sequence[Rule]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The identifiers of the rules named, and the words that name no rule."""
    names = [word.strip() for word in words.split(",") if word.strip()]
    rules = {name: find_rule(name, known) for name in names}
    found = tuple(rule.id for rule in rules.values() if rule is not None)
    return found, tuple(name for name, rule in rules.items() if rule is None)


def _names(directive: Directive, finding: Finding, analysis: Analysis) -> bool:
    """Whether a directive is for the whole article, or its words occur in the sentence of the finding."""
    if directive.word == "article":
        return True
    words = next((sentence.text for sentence in analysis.sentences if sentence.id == finding.sentence), finding.text)
    return f" {normalised(directive.words)} " in f" {normalised(words)} "


def _covers(directive: Directive, finding: Finding, draft: Draft, all_comments: Sequence[Directive]) -> bool:
    match directive.word:
        case "ignore-file":
            return True
        case "ignore":
            first, last = _block_of(directive, draft)
            return first <= finding.start.offset < last
        case "disable":
            ends = [
                comment.start
                for comment in all_comments
                if comment.word == "enable" and comment.start > directive.start and finding.rule in comment.rules
            ]
            return directive.start <= finding.start.offset < min(ends, default=finding.start.offset + 1)
    return False


def _block_of(directive: Directive, draft: Draft) -> tuple[int, int]:
    """Start and end in the file of the block that contains the comment, or of the next one."""
    for block in draft.blocks:
        first = _in_file(draft, block.span.start)
        last = _in_file(draft, block.span.end - 1) + 1
        # A comment at the end of a paragraph's last line belongs to it.
        line_end = min((start for start in draft.line_starts if start >= last), default=last + len(directive.text) + 1)
        if max(last, line_end) > directive.start:
            return first, last
    return 0, 0


def _in_file(draft: Draft, offset: int) -> int:
    line, column = locate(draft, offset)
    return draft.line_starts[line - 1] + column - 1


def _complaints(
    directive: Directive,
    used: Set[tuple[Directive, str]],
    active: Set[str],
    path: str,
    offsets: Offsets,
) -> list[Finding]:
    found: list[Finding] = []
    if SUP901.id in active:
        if not directive.word:
            found.append(
                _complaint(SUP901, directive, path, offsets, "the comment is not a suppression that attrib knows")
            )
        elif not directive.rules and not directive.unknown:
            found.append(_complaint(SUP901, directive, path, offsets, "the suppression names no rule"))
        found += [
            _complaint(SUP901, directive, path, offsets, f"the suppression names “{word}”, which is not a rule")
            for word in directive.unknown
        ]
        if directive.word in SUPPRESSING:
            found += [
                _complaint(SUP901, directive, path, offsets, f"the suppression of {rule} has no effect")
                for rule in directive.rules
                if rule in active and (directive, rule) not in used
            ]
    if SUP902.id in active and directive.word in SUPPRESSING and not directive.reason:
        found.append(_complaint(SUP902, directive, path, offsets, "the suppression gives no reason"))
    return found


def _complaint(
    rule: Rule, directive: Directive, path: str, offsets: Offsets, message: str, remedy: str = ""
) -> Finding:
    start, end = directive.start, directive.end
    return Finding(
        rule=rule.id,
        name=rule.name,
        severity=rule.severity,
        path=path,
        span=None,
        start=Position(start, *offsets.to_line_column(start)),
        end=Position(end, *offsets.to_line_column(end)),
        text=" ".join(directive.text.split()),
        message=message,
        help=remedy or SUPPRESSION_HELP[rule.id],
        sentence=None,
        claim=None,
        attribution=None,
        fingerprint=fingerprint(rule.id, directive.text + message, 0),
        page=rule.page,
    )


def _with_removal(complaint: Finding, directive: Directive, source: str, offsets: Offsets) -> Finding:
    """The complaint with a fix that takes out a comment whose only rule does not fire where it stands."""
    is_only = len(directive.rules) == 1 and not directive.unknown
    if complaint.rule != SUP901.id or directive.word not in ("ignore", "ignore-file") or not is_only:
        return complaint
    start, end = _with_its_line(source, directive.start, directive.end)
    edit = FileEdit(
        start=Position(start, *offsets.to_line_column(start)),
        end=Position(end, *offsets.to_line_column(end)),
        text=source[start:end],
        replacement="",
    )
    fix = FileFix(title="Remove the comment", applicability=Applicability.SAFE, edits=(edit,))
    return msgspec.structs.replace(complaint, fixes=(fix,))


def _with_its_line(source: str, start: int, end: int) -> tuple[int, int]:
    """A comment with the line that it has for itself, and the blank one after it; or with the space before it."""
    line_start = source.rfind("\n", 0, start) + 1
    alone = re.compile(r"[ \t]*\r?(?:\n|$)").match(source, end)
    if alone is None or source[line_start:start].strip():
        while source[start - 1 : start] == " ":
            start -= 1
        return start, end
    is_apart = line_start == 0 or re.search(r"\n[ \t]*\r?\n$", source[:line_start]) is not None
    blank = re.compile(r"[ \t]*\r?\n").match(source, alone.end())
    return line_start, blank.end() if is_apart and blank is not None else alone.end()


SUPPRESSION_HELP = {
    SUP901.id: "Remove it, or name the rule that fires here.",
    SUP902.id: "Add the reason after the rule.",
}
"""How to fix a complaint about a suppression."""
MISSING_HELP = "Remove it, or give the file's name as it is now."
"""How to fix an entry for a draft that is not there."""
