"""Configuration: a newsroom's settings, from ``.attrib.toml`` or ``pyproject.toml``.

This module reads texts; ``session.configuration`` finds the files. Every error is one line with file, line, and the
most similar key that exists.
"""

from __future__ import annotations

import difflib
import fnmatch
import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

import msgspec

from attribution.linting.rule import Severity
from attribution.linting.selection import rules_of
from attribution.linting.settings import Settings
from attribution.records import AttribError
from attribution.scoring import check_marks

DOTFILE, PYPROJECT = ".attrib.toml", "pyproject.toml"

FILES = (DOTFILE, PYPROJECT)
"""Files that may hold a configuration; in a folder the first that does is used."""


class FailOn(StrEnum):
    """The lowest severity that makes the command fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    NEVER = "never"

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of this severity makes the command fail."""
        return self is not FailOn.NEVER and severity.rank >= Severity(self.value).rank


Names = tuple[str, ...]


class Configuration(msgspec.Struct, frozen=True, kw_only=True, rename="kebab"):
    """All settings, with their defaults. Paths are as written; ``origin`` is the file they are relative to."""

    extend: str | None = None
    """Another configuration file, whose keys apply where this one sets nothing."""

    select: Names | None = None
    """Rules to run instead of all stable ones: identifiers, families or names."""

    extend_select: Names = ()
    """Rules to run in addition."""

    ignore: Names = ()
    """Rules not to run."""

    preview: bool = False
    """Whether preview rules run."""

    severities: dict[str, Severity] = {}
    """Severities that replace the rules' own, by identifier, family or name."""

    severity: Severity = Severity.INFO
    """The lowest severity that is reported."""

    fail_on: FailOn = FailOn.WARNING
    """The lowest severity that makes the command fail."""

    own_outlets: Names = ()
    """The paper's own names."""

    ignore_marks: Names = ()
    """Marks of exposure for which no source is asked (LIM703)."""

    lexicons: Names = ()
    """Folders of words that are added to the built-in ones."""

    baseline: str | None = None
    """A file of findings not to report."""

    exclude: Names = ()
    """Globs of drafts to skip."""

    per_file_ignores: dict[str, Names] = {}
    """Rules not to run, by glob."""

    per_file_severities: dict[str, dict[str, Severity]] = {}
    """Severities by glob."""

    thresholds: dict[str, Any] = {}
    """Fields of ``Settings``."""

    origin: str = ""

    def settings(self) -> Settings:
        """The settings of the rules."""
        return msgspec.convert({**self.thresholds, "own-outlets": list(self.own_outlets)}, Settings)

    def ignores_for(self, path: str) -> Names:
        """The rules not to run on a draft, whose path is relative to the configuration's folder."""
        return tuple(word for glob, words in self.per_file_ignores.items() if fits(glob, path) for word in words)

    def severities_for(self, path: str) -> dict[str, Severity]:
        """The severities that apply to a draft; those of its globs override the general ones."""
        found = dict(self.severities)
        for glob, table in self.per_file_severities.items():
            if fits(glob, path):
                found.update(table)
        return found


KEYS = tuple(field for field in Configuration.__struct_encode_fields__ if field != "origin")
"""The keys that a configuration may hold."""

THRESHOLDS = tuple(field for field in Settings.__struct_encode_fields__ if field != "own-outlets")
"""The keys of the table ``thresholds``."""


def fits(glob: str, path: str) -> bool:
    """Whether a path matches a glob: as a whole, by a folder that contains it, or by its name alone."""
    path = path.replace("\\", "/")
    if fnmatch.fnmatchcase(path, glob) or fnmatch.fnmatchcase(path, glob.rstrip("/") + "/*"):
        return True
    return "/" not in glob and fnmatch.fnmatchcase(PurePosixPath(path).name, glob)


def table_of(text: str, path: str) -> dict[str, Any] | None:
    """The configuration table of a file, as written; None if there is none. Raises AttribError if it cannot be read.

    ``pyproject.toml`` holds it in ``[tool.attrib]``, a file of any other name at its top level.
    """
    name = PurePosixPath(path.replace("\\", "/")).name
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AttribError(f"{path}: is not valid TOML ({error}); fix it") from error
    if name != PYPROJECT:
        return table
    tool = table.get("tool", {})
    found = tool.get("attrib") if isinstance(tool, dict) else None
    if found is not None and not isinstance(found, dict):
        raise AttribError(f"{path}:{_line(text, 'attrib')}: attrib is not a table; write [tool.attrib]")
    return found


def read_configuration(table: Mapping[str, Any], text: str, path: str) -> Configuration:
    """The configuration in a file's table; ``text`` is the file's text, to find the line of an error.

    Raises AttribError for an unknown key, a value of the wrong type, a word that does not select a rule, and a name
    that is no mark of exposure.
    """
    for key in table:
        if key not in KEYS:
            raise _unknown(text, path, key, KEYS)
    _check_thresholds(table, text, path)
    values = dict(table)
    for key, value in table.items():
        try:
            values[key] = msgspec.convert(value, _TYPES[key])
        except msgspec.ValidationError as error:
            line = _line(text, key)
            raise AttribError(f"{path}:{line}: {key} {_expected(key)}, not {_shown(value)}") from error
    found = Configuration(**{key.replace("-", "_"): value for key, value in values.items()}, origin=path)
    _check_rules(found, text, path)
    _check_marks(found, text, path)
    return found


def over(table: Mapping[str, Any], base: Mapping[str, Any]) -> dict[str, Any]:
    """A configuration table laid over the one that it extends: its keys take precedence, tables are merged."""
    joined = dict(base)
    for key, value in table.items():
        before = joined.get(key)
        joined[key] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    return joined


def configuration_toml(configuration: Configuration) -> str:
    """The configuration in force, in the form of a ``.attrib.toml``."""
    import tomlkit

    document = tomlkit.document()
    tables: dict[str, dict[str, Any]] = {}
    settings = msgspec.to_builtins(configuration.settings())
    for key in KEYS:
        value = msgspec.to_builtins(getattr(configuration, key.replace("-", "_")))
        if key == "thresholds":
            value = {name: settings[name] for name in THRESHOLDS}
        if isinstance(value, dict):
            tables[key] = value
        elif value is None:
            document.add(tomlkit.comment(f"{key} is not set"))
        elif key != "extend":
            document.add(key, tomlkit.item(value))
    for key, entries in tables.items():
        table = tomlkit.table()
        for name, value in entries.items():
            if value is None:
                table.add(tomlkit.comment(f"{name} is not set"))
            elif isinstance(value, dict):
                inner = tomlkit.inline_table()
                inner.update(value)
                table.add(name, inner)
            else:
                table.add(name, value)
        document.add(tomlkit.nl())
        document.add(key, table)
    return tomlkit.dumps(document)


# --- Mistakes ---------------------------------------------------------------------------------------------------------

_TYPES: dict[str, Any] = {
    field.encode_name: field.type for field in msgspec.structs.fields(Configuration) if field.name != "origin"
}
_SETTINGS_TYPES: dict[str, Any] = {field.encode_name: field.type for field in msgspec.structs.fields(Settings)}

_EXPECTED = {
    "extend": "takes the name of a file",
    "baseline": "takes the name of a file",
    "preview": "takes true or false",
    "severity": "takes error, warning or info",
    "fail-on": "takes error, warning, info or never",
    "severities": "takes a table of rules and severities (error, warning, info)",
    "per-file-ignores": "takes a table of globs and lists of rules",
    "per-file-severities": "takes a table of globs and tables of rules and severities (error, warning, info)",
    "thresholds": "takes a table of names and numbers",
}


def _expected(key: str) -> str:
    return _EXPECTED.get(key, "takes a list of words")


def _check_thresholds(table: Mapping[str, Any], text: str, path: str) -> None:
    thresholds = table.get("thresholds", {})
    if not isinstance(thresholds, dict):
        return
    for name, value in thresholds.items():
        if name not in THRESHOLDS:
            raise _unknown(text, path, name, THRESHOLDS)
        try:
            msgspec.convert(value, _SETTINGS_TYPES[name])
        except msgspec.ValidationError as error:
            is_share = "Count" not in str(_SETTINGS_TYPES[name]) and "int" not in str(_SETTINGS_TYPES[name])
            expected = "a number from 0 to 1" if is_share else "a whole number, 0 or more"
            raise AttribError(f"{path}:{_line(text, name)}: {name} takes {expected}, not {_shown(value)}") from error


def _check_rules(configuration: Configuration, text: str, path: str) -> None:
    words = [
        *(configuration.select or ()),
        *configuration.extend_select,
        *configuration.ignore,
        *configuration.severities,
        *(word for words in configuration.per_file_ignores.values() for word in words),
        *(word for table in configuration.per_file_severities.values() for word in table),
    ]
    for word in words:
        try:
            rules_of(word)
        except AttribError as error:
            raise AttribError(f"{path}:{_line_with(text, word)}: {error}") from error


def _check_marks(configuration: Configuration, text: str, path: str) -> None:
    for name in configuration.ignore_marks:
        try:
            check_marks([name])
        except AttribError as error:
            raise AttribError(f"{path}:{_line_with(text, name)}: {error}") from error


def _unknown(text: str, path: str, key: str, known: Any) -> AttribError:
    near = difflib.get_close_matches(key, list(known), n=1)
    hint = f'did you mean "{near[0]}"?' if near else f"known are {', '.join(known)}"
    return AttribError(f'{path}:{_line(text, key)}: there is no key "{key}"; {hint}')


def _shown(value: Any) -> str:
    """A value as TOML has it in one line, shortened."""
    import tomlkit

    if isinstance(value, dict):
        shown = "{" + ", ".join(f"{name} = {_shown(nested)}" for name, nested in value.items()) + "}"
    elif isinstance(value, list):
        shown = "[" + ", ".join(map(_shown, value)) + "]"
    else:
        shown = tomlkit.item(value).as_string()
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _line(text: str, key: str) -> int:
    """The line of a key or a table; 1 if it cannot be found."""
    pattern = re.compile(rf"\s*(?:\[+\s*)?(?:[\w.\-]*\.|[\w\-]*:)?[\"']?{re.escape(key)}[\"']?\s*(?:=|\]|:)")
    return next((number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)), 1)


def _line_with(text: str, word: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if word in line), 1)
