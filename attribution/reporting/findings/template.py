"""The findings in a newsroom's own format: a Jinja template, which sees what the JSON of ``attrib lint`` holds.

The template is run in a sandbox: it can read its variables and write text, and nothing else.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Sequence
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from attribution.linting import FileFindings, UnreadDraft
from attribution.records import AttribError
from attribution.reporting.escaping import one_line, without_commands
from attribution.reporting.findings.common import known_rules
from attribution.reporting.findings.json import findings_json
from attribution.reporting.findings.rules import rule_object

MARKUP = (".html", ".htm", ".xml", ".svg")
"""Ends of names, before ``.jinja`` and the like, of templates that write markup, where variables are escaped."""

TEMPLATE_SUFFIXES = (".jinja", ".jinja2", ".j2")


def findings_template(files: Sequence[FileFindings], unread: Sequence[UnreadDraft], text: str, path: str) -> str:
    """The findings as the template in ``text`` writes them; ``path`` is its name.

    Its variables are those of the JSON (``attrib schema lint``), and ``rules``: the rules of the findings by their
    identifiers, with the fields of ``attrib rules -f json``. Every text in them is on one line, and nothing in it
    commands a terminal or a CI runner. Raises AttribError with file and line for a mistake in the template.
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(lambda name: (text, path, None) if name == path else None),
        undefined=StrictUndefined,
        autoescape=_writes_markup(path),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    variables = variables_of(files, unread)
    try:
        return environment.get_template(path).render(variables)
    except TemplateSyntaxError as error:
        raise AttribError(f"{path}:{error.lineno}: {error.message}; correct the template") from error
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        names = ", ".join(variables)
        raise AttribError(f"{path}:{_line(error, path)}: {error}; the template has {names}") from error


def variables_of(files: Sequence[FileFindings], unread: Sequence[UnreadDraft]) -> dict[str, Any]:
    """What a template sees."""
    variables: dict[str, Any] = _plain(json.loads(findings_json(files, unread)))
    found = {finding["rule"] for finding in variables["findings"]}
    rules = {rule.id: rule for rule in known_rules(files) if rule.id in found}
    return {**variables, "rules": {identifier: _plain(rule_object(rule)) for identifier, rule in sorted(rules.items())}}


def _plain(value: Any) -> Any:
    """The value with every text in it on one line, on which nothing commands a terminal or a CI runner."""
    if isinstance(value, str):
        return without_commands(one_line(value))
    if isinstance(value, dict):
        return {key: _plain(nested) for key, nested in value.items()}
    return [_plain(nested) for nested in value] if isinstance(value, (list, tuple)) else value


def _writes_markup(path: str) -> bool:
    name = path.lower()
    for suffix in TEMPLATE_SUFFIXES:
        name = name.removesuffix(suffix)
    return name.endswith(MARKUP)


def _line(error: Exception, path: str) -> int:
    """The line of the template at which it failed."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno or 1 for frame in reversed(frames) if frame.filename == path), 1)
