"""Finds a draft's configuration: the nearest file that holds one, in the draft's folder or above."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attribution.linting.configuration import (
    FILES,
    PYPROJECT,
    Configuration,
    Names,
    over,
    read_configuration,
    table_of,
)
from attribution.linting.rule import Rule
from attribution.linting.rules import RULES
from attribution.records import AttribError
from attribution.text_files import read_text_file

LONGEST_CHAIN = 20
"""How many files may extend each other."""


class ConfigurationFiles:
    """The configuration files of a session, each read once."""

    def __init__(self) -> None:
        self._texts: dict[Path, str] = {}
        self._read: dict[Path, Configuration | None] = {}
        self._nearest: dict[Path, Configuration] = {}
        self._own_rules: dict[tuple[Names, Names], tuple[Rule, ...]] = {}

    def nearest(self, folder: Path) -> Configuration:
        """The configuration that applies to drafts in a folder; the defaults if no file is found.

        Raises AttribError for a file with an error in it.
        """
        place = folder.absolute()
        if place not in self._nearest:
            self._nearest[place] = self._above(place)
        return self._nearest[place]

    def named(self, path: Path) -> Configuration:
        """The configuration in a file given by name; AttribError if the file holds none."""
        found = self._load(path.absolute())
        if found is None:
            raise AttribError(f"{path}: holds no configuration; start one with {_section(path)}")
        return found

    def known_rules(self, rules: Names, lexicons: Names) -> tuple[Rule, ...]:
        """The rules that there are: the built-in ones, and those of a newsroom's folders, files and packages.

        The names are absolute paths, or packages; ``lexicons`` are folders of words, whose lists rules may name. Raises
        AttribError for a rule with a mistake in it.
        """
        if not rules:
            return RULES
        if (rules, lexicons) not in self._own_rules:
            from attribution.lexicon import load_lexicon
            from attribution.linting.house import load_own_rules

            lexicon = load_lexicon([Path(folder) for folder in lexicons])
            own = load_own_rules(rules, Path.cwd(), lexicon)
            self._own_rules[rules, lexicons] = (*RULES, *(found.rule for found in own))
        return self._own_rules[rules, lexicons]

    def _rules_named_in(self, path: Path, rules: Sequence[str], lexicons: Sequence[str]) -> tuple[Rule, ...]:
        """The rules that there are for a configuration file with these entries."""
        folder = path.parent
        if not rules:
            return RULES
        from attribution.linting.house import NoRulesError

        try:
            return self.known_rules(
                tuple(place_of_rules(name, folder) for name in rules), tuple(str(folder / name) for name in lexicons)
            )
        except NoRulesError as error:
            raise AttribError(f"{near_name(path)}: {error}") from None

    def _above(self, place: Path) -> Configuration:
        for near in (place, *place.parents):
            for name in FILES:
                path = near / name
                if os.path.isfile(path):  # noqa: PTH113  # what cannot be looked at is not there
                    found = self._load(path)
                    if found is not None:
                        return found
        return Configuration()

    def _load(self, path: Path) -> Configuration | None:
        if path not in self._read:
            table = self._table(path, ())
            self._read[path] = None if table is None else self._configuration(table, path)
        return self._read[path]

    def _configuration(self, table: dict[str, Any], path: Path) -> Configuration:
        """The configuration in a file's table, checked against the rules that it names."""
        rules, lexicons = (table.get(key, []) for key in ("rules", "lexicons"))
        known = RULES
        if _are_names(rules) and _are_names(lexicons):  # anything else is told when the table is read
            known = self._rules_named_in(path, rules, lexicons)
        return read_configuration(table, self._text(path), near_name(path), known)

    def _table(self, path: Path, seen: tuple[Path, ...]) -> dict[str, Any] | None:
        """The file's table, merged over those that it extends."""
        text, name = self._text(path), near_name(path)
        table = table_of(text, name)
        if table is None or "extend" not in table:
            return table
        extends = read_configuration({"extend": table["extend"]}, text, name).extend
        base = Path(os.path.realpath(path.parent / str(extends)))
        if len(seen) == LONGEST_CHAIN:
            raise AttribError(f"{name}: extends more than {LONGEST_CHAIN} files, one through the other; join some")
        if base in (path, *seen):
            raise AttribError(f"{name}: extends itself through {extends}; remove one extend")
        if not base.is_file():
            raise AttribError(f"{name}: extends {extends}, and there is no such file; correct the name")
        below = self._table(base, (*seen, path))
        if below is None:
            raise AttribError(
                f"{name}: extends {extends}, which holds no configuration; start one with {_section(base)}"
            )
        own = {key: value for key, value in below.items() if key != "extend"}
        # A file's own errors are reported with its own lines.
        self._configuration(own, base)
        return over(table, {key: _moved(key, value, base.parent) for key, value in own.items()})

    def _text(self, path: Path) -> str:
        if path not in self._texts:
            self._texts[path] = read_text_file(path, near_name(path))
        return self._texts[path]


def _moved(key: str, value: Any, folder: Path) -> Any:
    """A value with paths made absolute, because it was written in another folder."""
    if key == "lexicons":
        return [str(folder / entry) for entry in value]
    if key == "rules":
        return [place_of_rules(entry, folder) for entry in value]
    return str(folder / value) if key == "baseline" else value


def place_of_rules(name: str, folder: Path) -> str:
    """Where rules are: the absolute path of a folder or file, relative to ``folder``, or a package's name as it is."""
    place = folder.absolute() / name
    return str(place) if place.exists() or "/" in name else name


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def near_name(path: Path) -> str:
    """The path as a user would write it: relative if it lies below the working folder."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _section(path: Path) -> str:
    return "[tool.attrib]" if path.name == PYPROJECT else "its keys"


def folder_of(configuration: Configuration) -> Path:
    """The folder that a configuration's paths and globs are relative to; the working folder for the defaults."""
    return Path(configuration.origin).absolute().parent if configuration.origin else Path.cwd()
