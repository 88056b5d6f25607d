"""JSON Schemas of the files that a newsroom writes: its configuration and its own rules.

They are for editors, which complete and check TOML by them (taplo, Even Better TOML); ``attrib schema config`` and
``attrib schema rules`` print them. Everything in them is derived from the records that the files are read into, so that
nothing is told twice.
"""

from __future__ import annotations

from typing import Any

import msgspec

from attribution.linting import RULES
from attribution.linting.configuration import Configuration
from attribution.linting.house.records import RulesFile
from attribution.linting.settings import Settings
from attribution.reporting.contract import SCHEMA_VERSION
from attribution.scoring import MARK_KINDS

REFERENCE = "#/$defs/"
RULE_WORDS = "RuleWord"
"""The definition of what selects rules."""


def rules_schema() -> dict[str, Any]:
    """The schema of a file of a newsroom's own rules."""
    return _schema(RulesFile, "rules", "Rules of a newsroom's own, for attrib lint")


def configuration_schema() -> dict[str, Any]:
    """The schema of ``.attrib.toml``."""
    schema = _schema(Configuration, "config", "The configuration of attrib")
    properties = schema["properties"]
    del properties["origin"]
    schema["$defs"] = {**schema["$defs"], "Thresholds": _thresholds(), RULE_WORDS: rule_words()}
    word, thresholds = {"$ref": REFERENCE + RULE_WORDS}, {"$ref": REFERENCE + "Thresholds"}
    for key in ("select", "extend-select", "ignore", "extend-safe-fixes", "extend-unsafe-fixes"):
        properties[key]["items"] = word
    for table in (properties["severities"], properties["per-file-severities"]["additionalProperties"]):
        table["propertyNames"] = word
    properties["per-file-ignores"]["additionalProperties"]["items"] = word
    properties["per-file-thresholds"]["additionalProperties"] = thresholds
    properties["thresholds"] = {"description": properties["thresholds"]["description"], **thresholds}
    properties["ignore-marks"]["items"] = _marks()
    schema["additionalProperties"] = False
    return schema


def _thresholds() -> dict[str, Any]:
    """The table of thresholds: the settings of the rules, without the names that have a key of their own."""
    table = _schema(Settings, "thresholds", "Thresholds")
    del table["properties"]["own-outlets"]
    return {key: table[key] for key in ("title", "description", "type", "properties", "additionalProperties")}


def rule_words() -> dict[str, Any]:
    """What selects rules: a built-in identifier, family or name, which editors offer, or a newsroom's own."""
    families = dict.fromkeys(rule.family for rule in RULES)
    words = ["ALL", *families, *(rule.id for rule in RULES), *(rule.name for rule in RULES)]
    return {
        "title": RULE_WORDS,
        "description": "A rule's identifier or name, the beginning of identifiers, or ALL.",
        "anyOf": [{"type": "string", "enum": words}, {"type": "string", "minLength": 1}],
    }


def _schema(record: type[msgspec.Struct], name: str, title: str) -> dict[str, Any]:
    (root,), definitions = msgspec.json.schema_components([record], ref_template=REFERENCE + "{name}")
    own = root["$ref"].removeprefix(REFERENCE)
    table = _without_null(definitions.pop(own))
    _offer_marks(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:attrib:{name}:{SCHEMA_VERSION}",
        **table,
        "title": title,
        "$defs": {key: _without_null(definition) for key, definition in sorted(definitions.items())},
    }


def _offer_marks(definitions: dict[str, Any]) -> None:
    """Let editors offer the marks of exposure, which are names and no type."""
    if "Conditions" in definitions:
        mark = _marks()
        told = definitions["Conditions"]["properties"]["exposure"]
        told["anyOf"] = [mark, {"type": "array", "items": mark, "minItems": 1}]


def _marks() -> dict[str, Any]:
    return {"type": "string", "enum": [kind.name for kind in MARK_KINDS]}


def _without_null(part: Any) -> Any:
    """The schema without null, which TOML does not have, and without defaults that TOML cannot write."""
    if isinstance(part, list):
        return [_without_null(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    changed = {key: _without_null(inner) for key, inner in part.items() if key != "anyOf"}
    if changed.get("default", 0) is None or changed.get("default", 0) in ([], {}):
        del changed["default"]
    if isinstance(part.get("description"), str):
        # Further paragraphs of a docstring are for readers of the code.
        changed["description"] = part["description"].partition("\n\n")[0]
    forms = [_without_null(form) for form in part.get("anyOf", ()) if form != {"type": "null"}]
    return {**changed, **_one_or_any(forms)}


def _one_or_any(forms: list[Any]) -> dict[str, Any]:
    if len(forms) == 1:
        return dict(forms[0])
    return {"anyOf": forms} if forms else {}


def reference(schema: dict[str, Any], name: str | None = None) -> str:
    """A Markdown table of the keys of a schema, or of one of its definitions: key, values, what it means."""
    table = schema if name is None else schema["$defs"][name]
    rows = (
        f"| `{key}` | {_values(field, schema)} | {field['description']} |\n"
        for key, field in table["properties"].items()
    )
    return "| key | values | meaning |\n| --- | --- | --- |\n" + "".join(rows)


def _values(field: dict[str, Any], schema: dict[str, Any]) -> str:
    """What a key may hold, in words."""
    if "anyOf" in field:
        return f"{_values(field['anyOf'][0], schema)}; or a list"
    if "$ref" in field:
        field = schema["$defs"][field["$ref"].removeprefix(REFERENCE)]
    if "enum" in field:
        return ", ".join(f"`{value}`" for value in field["enum"])
    match field["type"]:
        case "array":
            return f"a list of {_values(field['items'], schema)}s"
        case "integer":
            return f"a number from {field['minimum']}" + (f" to {field['maximum']}" if "maximum" in field else "")
        case "boolean":
            return "`true`, `false`"
        case "object":
            return "a table"
    return "text"
