"""The published form of records: their JSON, JSON Schema and table of fields, all derived from their declarations.

Only fields with a description (``Annotated[…, Meta(description="…")]``) are published. To add a field to the contract,
its schema and its documentation, describe it where the record is declared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

import msgspec
from msgspec import Meta

from attribution.records import Span

SCHEMA_VERSION: Literal["1.0"] = "1.0"
DIGITS = 4
"""Real numbers have at most this many digits after the decimal point."""

RANGE = {
    "description": "Start and end, half-open.",
    "type": "array",
    "minItems": 2,
    "maxItems": 2,
    "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
    "items": False,
}
"""The schema of a span."""

RENAMED = {"Summary": "Totals", "VoiceCounts": "VoiceTotals", "SourceEntity": "SourcePart"}
"""Names of records in the schemas, if not the record's own name with *Part*."""

_REFERENCE = "#/$defs/"

_AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""What most published fields hold, and needs no other form in JSON."""

_LISTS = (list, tuple)


@cache
def published_fields(record: type[msgspec.Struct]) -> dict[str, Meta]:
    """The record's fields with a description, in order, each with its ``Meta``."""
    found = {}
    for name, hint in _hints(record).items():
        notes = [note for note in getattr(hint, "__metadata__", ()) if isinstance(note, Meta) and note.description]
        if notes:
            found[name] = notes[-1]
    return found


def published(value: Any) -> Any:
    """The JSON form of a record, or of values that contain records: dictionaries of the published fields, and lists."""
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is Span:
        return [value.start, value.end]
    if issubclass(kind, msgspec.Struct):
        return {name: published(getattr(value, name)) for name in published_fields(kind)}
    if issubclass(kind, _LISTS):
        return [published(item) for item in value]
    return rounded(value) if issubclass(kind, float) else value


def rounded(number: float) -> float:
    """The number rounded to four digits after the decimal point, without minus zero."""
    return round(number, DIGITS) + 0.0


def schema_of(record: type[msgspec.Struct], name: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record, under the name ``urn:attrib:<name>:<version>``.

    It allows exactly the published fields, and requires all of them.
    """
    (root,), definitions = msgspec.json.schema_components([record], ref_template=_REFERENCE + "{name}")
    records = {part.__name__: part for part in _records_in(record, [])}
    for title, part in records.items():
        definitions[title] = _closed(part, definitions[title])
    used = {title.removeprefix(_REFERENCE) for part in records for title in _references(definitions[part])}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:attrib:{name}:{SCHEMA_VERSION}",
        **_renamed(root, records),
        "$defs": {
            _published_name(title, records): _renamed(definition, records)
            for title, definition in definitions.items()
            if title in records or (title in used and title != Span.__name__)
        },
    }


def explained(error: msgspec.ValidationError, record: type) -> str:
    """What is wrong with JSON that was read as the record, where, and which names are allowed there."""
    message = str(error)
    hint: Any = record
    for name in re.findall(r"\.(\w+)", message.rpartition(" - at `$")[2]):
        hint = next(_hints(part)[name] for part in _types_in(hint) if issubclass(part, msgspec.Struct))
    names = [name for part in _types_in(hint) if issubclass(part, StrEnum) for name in part]
    return f"{message}; give one of {', '.join(names)}" if names and "enum" in message else message


def field_table(schema: dict[str, Any]) -> str:
    """A Markdown table of the fields in a schema, each with its path (``claims[].factors[].name``)."""
    rows = (f"| `{path}` | {kind} | {description} |\n" for path, kind, description in _rows(schema, schema, ""))
    return "| field | value | description |\n| --- | --- | --- |\n" + "".join(rows)


# --- Schemas ----------------------------------------------------------------------------------------------------------


@cache
def _hints(record: type[msgspec.Struct]) -> dict[str, Any]:
    hints = get_type_hints(record, include_extras=True)
    return {name: hints[name] for name in record.__struct_fields__}


def _records_in(hint: Any, found: list[type[msgspec.Struct]]) -> list[type[msgspec.Struct]]:
    """The records in published fields, in the order in which they are found."""
    for part in _types_in(hint):
        if issubclass(part, msgspec.Struct) and part is not Span and part not in found:
            found.append(part)
            for name in published_fields(part):
                _records_in(_hints(part)[name], found)
    return found


def _types_in(hint: Any) -> Iterator[type]:
    """The classes in a type annotation."""
    if isinstance(hint, type):
        yield hint
    for argument in get_args(hint):
        yield from _types_in(argument)


def _closed(record: type[msgspec.Struct], definition: dict[str, Any]) -> dict[str, Any]:
    """The definition with only the published fields; ``extra_json_schema`` replaces the form derived from the type."""
    properties = {}
    for name, note in published_fields(record).items():
        property_ = {key: value for key, value in definition["properties"][name].items() if key != "default"}
        if note.extra_json_schema is not None:
            property_ = {"description": note.description, **note.extra_json_schema}
        properties[name] = property_
    return {
        "title": definition["title"],
        # Further paragraphs of a docstring are for readers of the code.
        "description": definition["description"].partition("\n\n")[0],
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _renamed(value: Any, records: dict[str, type[msgspec.Struct]]) -> Any:
    """The schema with published names for records, and spans inlined."""
    if isinstance(value, list):
        return [_renamed(inner, records) for inner in value]
    if not isinstance(value, dict):
        return value
    if value.get("$ref") == _REFERENCE + Span.__name__:
        return {**RANGE, **{key: inner for key, inner in value.items() if key != "$ref"}}
    changed = {key: _renamed(inner, records) for key, inner in value.items()}
    if isinstance(value.get("$ref"), str):
        changed["$ref"] = _REFERENCE + _published_name(value["$ref"].removeprefix(_REFERENCE), records)
    if isinstance(value.get("title"), str):
        changed["title"] = _published_name(value["title"], records)
    return changed


def _published_name(title: str, records: dict[str, type[msgspec.Struct]]) -> str:
    if title not in records or records[title].__module__.startswith("attribution.reporting"):
        return title
    return RENAMED.get(title, f"{title}Part")


# --- The table of fields ----------------------------------------------------------------------------------------------


def _rows(part: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[tuple[str, str, str]]:
    for name, field in _resolved(part, schema).get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        yield here, _kind(field, schema), field["description"].replace("<", "&lt;")
        inner = _resolved(field, schema)
        while inner.get("type") == "array" and "items" in inner and "prefixItems" not in inner:
            inner, here = _resolved(inner["items"], schema), f"{here}[]"
        yield from _rows(inner, schema, here)


def _resolved(part: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        part = schema["$defs"][part["$ref"].removeprefix(_REFERENCE)]
    return part


def _kind(field: dict[str, Any], schema: dict[str, Any]) -> str:
    """The values of a field in words."""
    if "anyOf" in field:
        return " or ".join(_kind(form, schema) for form in field["anyOf"])
    field = _resolved(field, schema)
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    if "prefixItems" in field:
        return "[start, end]"
    if field["type"] == "array":
        kind = _kind(field["items"], schema)
        return f"list of {kind}s" if kind.isalpha() else f"list of {kind}"
    if field["type"] == "number" and "maximum" in field:
        return f"number from {field['minimum']:g} to {field['maximum']:g}"
    return {"string": "text", "boolean": "true or false"}.get(field["type"], str(field["type"]))
