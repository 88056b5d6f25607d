"""What an editor can do about a finding: mend it, let it pass with a reason, or add a word to the newsroom's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types

from attribution.linting import Finding
from attribution.linting.edits import Applicability
from attribution.linting.findings import FileEdit
from attribution.linting.fixes import fixes_to_make
from attribution.linting.suppressions import COMMENTED_FORMATS, SIDECAR
from attribution.lsp.additions import appended, toml_entry
from attribution.lsp.checked import Checked
from attribution.lsp.diagnostics import diagnostic_of
from attribution.lsp.own_words import word_entries

FIX_ALL = f"{types.CodeActionKind.SourceFixAll.value}.attrib"
"""The kind of the action that makes all safe fixes, which editors may have made when a draft is saved."""

ASK_REASON = "attrib.askReason"
"""The command of an editor that asks for a reason and sends it back by ``IGNORE``."""

IGNORE = "attrib.ignore"
"""The command that suppresses a finding, given by the draft's URI and the fingerprint, for a reason."""


@dataclass(frozen=True)
class Editor:
    """What the editor can do: create files in an edit, and ask for a reason (``ASK_REASON``)."""

    creates_files: bool = False
    asks_reason: bool = False


def actions_at(
    checked: Checked, uri: str, start: int, end: int, editor: Editor, only: Sequence[str] | None = None
) -> list[types.CodeAction]:
    """The actions for a stretch of the file, fixes first; ``only`` are the kinds that are asked for."""
    return [
        action
        for action in _actions(checked, uri, start, end, editor)
        if only is None or any(_is_kind(action.kind or "", wanted) for wanted in only)
    ]


def _actions(checked: Checked, uri: str, start: int, end: int, editor: Editor) -> Iterator[types.CodeAction]:
    found = checked.findings_in(start, end)
    for finding in found:
        for place, fix in enumerate(finding.fixes):
            yield types.CodeAction(
                fix.title,
                types.CodeActionKind.QuickFix,
                diagnostics=[diagnostic_of(finding, checked)],
                is_preferred=place == 0 and fix.applicability is Applicability.SAFE,
                edit=_edit(uri, checked, fix.edits),
            )
    for finding in found:
        ignoring = ignore_action(checked, uri, finding, editor)
        if ignoring is not None:
            yield ignoring
    if editor.creates_files and checked.own_words is not None:
        for entry in word_entries(checked, start):
            edit = appended(Path(checked.own_words, entry.file), entry.toml)
            yield types.CodeAction(entry.title, types.CodeActionKind.RefactorRewrite, edit=edit)
    safe = safe_edits(checked.findings)
    if safe:
        yield types.CodeAction("Make all safe fixes", FIX_ALL, edit=_edit(uri, checked, safe))


def _is_kind(kind: str, wanted: str) -> bool:
    """Whether a kind of action is the wanted one or below it."""
    return not wanted or kind == wanted or kind.startswith(f"{wanted}.")


def safe_edits(findings: Sequence[Finding]) -> list[FileEdit]:
    """The edits of all safe fixes; of those that overlap, the first."""
    return [edit for _, fix in fixes_to_make(findings) for edit in fix.edits]


def ignore_action(checked: Checked, uri: str, finding: Finding, editor: Editor) -> types.CodeAction | None:
    """The action that suppresses a finding; it asks for the reason if the editor can, and otherwise leaves room for it.

    None for findings about suppressions themselves, and where a file beside the draft would have to be created.
    """
    if finding.span is None:
        return None
    title = f"Ignore {finding.rule} here, and say why"
    diagnostics = [diagnostic_of(finding, checked)]
    edit = ignore_edit(checked, uri, finding, "", editor)
    if edit is None:
        return None
    if editor.asks_reason:
        command = types.Command(title=title, command=ASK_REASON, arguments=[uri, finding.fingerprint, finding.rule])
        return types.CodeAction(title, types.CodeActionKind.QuickFix, diagnostics=diagnostics, command=command)
    return types.CodeAction(title, types.CodeActionKind.QuickFix, diagnostics=diagnostics, edit=edit)


def ignore_edit(
    checked: Checked, uri: str, finding: Finding, reason: str, editor: Editor
) -> types.WorkspaceEdit | None:
    """The edit that suppresses a finding: a comment behind its paragraph, or an entry of the file beside the draft.

    Without a reason lint asks for one (SUP902). None if there is no such file and the editor cannot create it.
    """
    if checked.analysed is None or finding.span is None:
        return None
    draft = checked.analysed.analysis.draft
    words = " ".join(reason.replace("--", "–").replace(">", "›").split())
    if draft.format in COMMENTED_FORMATS:
        block = next((block for block in draft.blocks if block.span.start <= finding.span.start < block.span.end), None)
        end = finding.end.offset if block is None else checked.span_in_file(block.span).end
        if draft.format == "markdown":
            end = checked.placed.line_end(end)  # not between the marks of emphasis
        comment = f" <!-- attrib: ignore[{finding.rule}] {words}{' ' if words else ''}-->"
        return types.WorkspaceEdit(changes={uri: [types.TextEdit(checked.placed.range(end, end), comment)]})
    place = Path(draft.path).absolute()
    sidecar = next((folder / SIDECAR for folder in place.parents if (folder / SIDECAR).is_file()), None)
    if sidecar is None and not editor.creates_files:
        return None
    path = sidecar or place.parent / SIDECAR
    entry = {"file": place.relative_to(path.parent).as_posix(), "rule": finding.rule}
    if finding.sentence is not None:
        entry["words"] = finding.text
    return appended(path, toml_entry("ignore", {**entry, "reason": words}), creates=sidecar is None)


def _edit(uri: str, checked: Checked, edits: Sequence[FileEdit]) -> types.WorkspaceEdit:
    return types.WorkspaceEdit(
        changes={
            uri: [
                types.TextEdit(checked.placed.range(edit.start.offset, edit.end.offset), edit.replacement)
                for edit in edits
            ]
        }
    )
