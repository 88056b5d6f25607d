"""Reads TOML that people write by hand, and says what is wrong with it: file, line, entry, and what is allowed.

The words of ``lexicons/`` and a newsroom's own rules are lists of tables (``[[entry]]``, ``[[rule]]``); each table is
converted to a frozen record, whose field types say what is allowed.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
from msgspec.inspect import (
    BoolType,
    DictType,
    EnumType,
    FloatType,
    IntType,
    LiteralType,
    Metadata,
    NoneType,
    StrType,
    StructType,
    UnionType,
    VarTupleType,
    type_info,
)
from msgspec.inspect import Type as InspectedType

from attribution.records import AttribError
from attribution.text_files import read_text_file

Record = TypeVar("Record", bound=msgspec.Struct)

_NO_LIMIT = 1_000_000


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """The text of a TOML file and its table; AttribError if it cannot be read."""
    text = read_text_file(path)
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AttribError(f"{path}: is not valid TOML: {error}; fix that line") from error
    except RecursionError:
        message = f"{path}: is nested too deeply; the tables of attrib hold words and lists of words"
        raise AttribError(message) from None


def check_top_level(path: Path, text: str, table: Mapping[str, Any], allowed: Sequence[str]) -> None:
    """Check the names at the top of a file; AttribError for the first that is not allowed."""
    for name in table:
        if name not in allowed:
            where = f"{path}:{line_of(text, name)}"
            raise AttribError(f'{where}: unknown "{name}"{nearest(name, allowed)}; allowed are {listed(allowed)}')


def tables_of(path: Path, text: str, table: Mapping[str, Any], header: str) -> list[tuple[int, dict[str, Any]]]:
    """The tables ``[[header]]`` of a file, each with its first line; AttribError if it is anything else."""
    tables = table.get(header, [])
    if not isinstance(tables, list) or not all(isinstance(fields, dict) for fields in tables):
        raise AttribError(
            f"{path}:{line_of(text, header)}: {header} is not a list of tables; begin each {header} with [[{header}]]"
        )
    pattern = re.compile(rf"\s*\[\[\s*{re.escape(header)}\s*\]\]")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if pattern.match(line)]
    return [(lines[number] if number < len(lines) else 1, fields) for number, fields in enumerate(tables)]


class TableReader:
    """Converts a table to a record, or reports what is wrong with it and where.

    ``label`` names the table in errors (``entry "claim"``); it may be empty. Names are written as in TOML, with hyphens
    if the record renames its fields so. ``patterns`` tells in words what the patterns of texts allow.
    """

    patterns: Mapping[str, str] = MappingProxyType({})

    def __init__(self, path: Path, text: str, line: int, label: str, fields: dict[str, Any]) -> None:
        self.path = path
        self.text = text
        self.line = line
        self.label = label
        self.fields = fields

    def error(self, field: str | None, message: str) -> AttribError:
        """An error at the field's line, or at the table's first line; ``where.source`` is a field of a table in it."""
        line = line_of(self.text, field, self.line) if field else self.line
        label = f"{self.label}: " if self.label else ""
        return AttribError(f"{self.path}:{line}: {label}{message}")

    def read(self, record: type[Record]) -> Record:
        """The record, with all fields checked."""
        self._check_fields(record, self.fields, "")
        return msgspec.convert(self.fields, record)

    def _check_fields(self, record: type[msgspec.Struct], fields: dict[str, Any], prefix: str) -> None:
        types, required = _fields(record)
        for name in fields:
            if name not in types:
                message = f'unknown field "{prefix}{name}"{nearest(name, types)}; allowed are {listed(types)}'
                raise self.error(f"{prefix}{name}", message)
        missing = [name for name in required if name not in fields]
        if missing:
            lacks = listed([f"{prefix}{name}" for name in missing])
            raise self.error(prefix.rstrip(".") or None, f"lacks {lacks}; add {'them' if len(missing) > 1 else 'it'}")
        for name, value in fields.items():
            self._check_value(f"{prefix}{name}", value, types[name])

    def _check_value(self, field: str, value: Any, expected: InspectedType) -> None:
        """Check a value here, because the messages of msgspec do not say what is allowed."""
        expected = _bare(expected)
        if isinstance(expected, UnionType):
            expected = _branch(value, expected)
        match expected:
            case VarTupleType(item_type=item_type):
                if not isinstance(value, list):
                    raise self.error(field, f"{field} is {quoted(value)}; write a list: {field} = [{quoted(value)}]")
                if expected.min_length and len(value) < expected.min_length:
                    raise self.error(field, f"{field} is empty; give {_allowed(item_type)}")
                for item in value:
                    self._check_value(field, item, item_type)
                if (repeated := next((item for item in value if value.count(item) > 1), None)) is not None:
                    raise self.error(field, f"{field} has {quoted(repeated)} twice; keep one")
            case LiteralType() | EnumType():
                if value not in (choices := _choices(expected)):
                    raise self.error(
                        field, f"{field} has {quoted(value)}{nearest(value, choices)}; allowed are {listed(choices)}"
                    )
            case StrType():
                if not isinstance(value, str) or not value or value != value.strip():
                    raise self.error(field, f"{field} has {quoted(value)}; give {_allowed(expected)}")
                if expected.pattern and not re.search(expected.pattern, value):
                    raise self.error(field, f"{field} has {quoted(value)}; give {self.patterns[expected.pattern]}")
            case IntType():
                if isinstance(value, bool) or not isinstance(value, int) or not _fits(value, expected):
                    raise self.error(field, f"{field} has {quoted(value)}; give {_allowed(expected)}")
            case FloatType():
                if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                    raise self.error(field, f"{field} has {quoted(value)}; give {_allowed(expected)}")
            case BoolType():
                if not isinstance(value, bool):
                    raise self.error(field, f"{field} has {quoted(value)}; give {_allowed(expected)}")
            case DictType(value_type=value_type):
                if not isinstance(value, dict) or not value:
                    raise self.error(field, f"{field} has {quoted(value)}; give {_allowed(expected)}")
                for name, inner in value.items():
                    self._check_value(f"{field}.{name}", inner, value_type)
            case StructType(cls=record):
                if not isinstance(value, dict):
                    raise self.error(field, f"{field} has {quoted(value)}; write {field}.name = value")
                self._check_fields(record, value, f"{field}.")
            case _:  # pragma: no cover
                raise TypeError(f"{field}: {expected}")


@cache
def _fields(record: type[msgspec.Struct]) -> tuple[Mapping[str, InspectedType], tuple[str, ...]]:
    """The types of a record's fields by their names in TOML, and the names of the required ones."""
    fields = msgspec.structs.fields(record)
    return {field.encode_name: type_info(field.type) for field in fields}, tuple(
        field.encode_name for field in fields if field.required
    )


def _bare(expected: InspectedType) -> InspectedType:
    """The type without its description."""
    while isinstance(expected, Metadata):
        expected = expected.type
    return expected


def _branch(value: Any, expected: UnionType) -> InspectedType:
    """The type of a union that the value is to be held against: a list where it is one, else the single value."""
    choices = [_bare(choice) for choice in expected.types if not isinstance(choice, NoneType)]
    lists = [choice for choice in choices if isinstance(choice, VarTupleType)]
    if lists and (isinstance(value, list) or len(choices) == 1):
        return lists[0]
    return next(choice for choice in choices if choice not in lists)


def _fits(value: int, expected: IntType) -> bool:
    return (expected.ge or 0) <= value <= (expected.le if expected.le is not None else _NO_LIMIT)


def _choices(expected: LiteralType | EnumType) -> list[str]:
    if isinstance(expected, EnumType):
        return [str(member.value) for member in expected.cls]
    return [str(value) for value in expected.values]


def _allowed(expected: InspectedType) -> str:
    expected = _bare(expected)
    match expected:
        case LiteralType() | EnumType():
            return f"one of {listed(_choices(expected), 'or')}"
        case FloatType():
            return "a number from 0 to 1"
        case IntType():
            most = (
                f"from {expected.ge or 0} to {expected.le}" if expected.le is not None else f"from {expected.ge or 0}"
            )
            return f"a whole number {most}"
        case BoolType():
            return "true or false"
        case DictType():
            return 'a table such as { "old words" = "new words" }'
        case _:
            return "words in quotation marks, without spaces around them"


def quoted(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def listed(words: Iterable[str], conjunction: str = "and") -> str:
    """Words as a list in a sentence: *a, b and c*."""
    *first, last = words
    return f"{', '.join(first)} {conjunction} {last}" if first else last


def nearest(word: Any, choices: Iterable[str]) -> str:
    """*(did you mean "…"?)* with the most similar choice, after a space; empty if none is similar."""
    found = difflib.get_close_matches(str(word), sorted(choices), n=1)
    return f' (did you mean "{found[0]}"?)' if found else ""


def line_of(text: str, field: str, start: int = 1) -> int:
    """The 1-based line of a field or table, from ``start`` on and in the same table of a list.

    A field of a table within it (``where.source``) is found as a dotted key, below the header of that table, or else
    where the table is. ``start`` if it is not found.
    """
    inside, found = "", dict[str, int]()
    for number, line in enumerate(text.split("\n")[start - 1 :], start):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            names = _parts(header[2])
            inside = "".join(f"{name}." for name in names[1:])
            found.setdefault(".".join(names[1:]) or names[0], number)
            if header[1] == "[[" and number > start:
                break
        elif key:
            found.setdefault(inside + ".".join(_parts(key[1])), number)
    while field and field not in found:
        field = field.rpartition(".")[0]
    return found.get(field, start)


_NAME = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*\]")
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")


def _parts(dotted: str) -> list[str]:
    """The names of a dotted key, without quotation marks."""
    return [name.strip("\"'") for name in re.findall(_NAME, dotted)]
