"""The published schemas: every field is described, no others are allowed, and a version only adds fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result

from attribution import reporting
from attribution.cli.main import attrib

PUBLISHED = Path(reporting.__file__).parent / "schema"
NAMES = sorted(file.stem.rpartition("-")[0] for file in PUBLISHED.glob("*.json"))
FROZEN = sorted((Path(__file__).parent / "contract").glob("*.json"))
"""The schemas as they were when their version was first published. Never change them; a new version adds a file."""

NOTES = {"description", "title", "$id"}


def loaded(file: Path) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def run(*arguments: str) -> Result:
    return CliRunner().invoke(attrib, arguments)


def broken_promises(old: Any, new: Any, place: str = "") -> Iterator[str]:
    """Places where the new schema lacks or changes something of the old."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            if key in NOTES:
                continue
            if key not in new:
                yield f"{place}/{key} is gone"
            elif key in ("required", "enum"):
                # A longer list is an addition only in requirements and enumerations.
                for entry in value:
                    if entry not in new[key]:
                        yield f"{place}/{key} lost {entry}"
            else:
                yield from broken_promises(value, new[key], f"{place}/{key}")
        for key in new.keys() - old.keys() - NOTES:
            # A new field or part is an addition; a new condition on an old one is not.
            if not place.endswith(("/properties", "/$defs")):
                yield f"{place}/{key} is a new condition"
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            yield f"{place} has another length"
        for number, (before, after) in enumerate(zip(old, new, strict=False)):
            yield from broken_promises(before, after, f"{place}/{number}")
    elif old != new:
        yield f"{place} was {old!r} and is {new!r}"


@pytest.mark.parametrize("file", FROZEN, ids=lambda file: file.stem)
def test_a_version_only_adds(file: Path) -> None:
    assert list(broken_promises(loaded(file), loaded(PUBLISHED / file.name))) == []


@pytest.mark.parametrize(
    ("change", "promise"),
    [
        (lambda parts: parts["Claim"]["properties"].pop("text"), "text is gone"),
        (lambda parts: parts["Claim"]["required"].remove("text"), "required lost text"),
        (lambda parts: parts["Claim"]["properties"]["text"].update(type="integer"), "was 'string' and is 'integer'"),
        (lambda parts: parts["Claim"]["properties"]["text"].update(maxLength=3), "maxLength is a new condition"),
        (lambda parts: parts["Voice"]["enum"].remove("own"), "enum lost own"),
        (lambda parts: parts["Claim"].update(additionalProperties=True), "was False and is True"),
    ],
)
def test_broken_promises_are_found(change: Any, promise: str) -> None:
    old = {
        "$defs": {
            "Claim": {
                "type": "object",
                "properties": {"text": {"type": "string"}, "voice": {"$ref": "#/$defs/Voice"}},
                "required": ["text", "voice"],
                "additionalProperties": False,
            },
            "Voice": {"enum": ["source", "own"]},
        }
    }
    new = json.loads(json.dumps(old))
    assert list(broken_promises(old, new)) == []
    new["$defs"]["Claim"]["properties"]["more"] = {"type": "string", "description": "An addition."}
    new["$defs"]["Claim"]["required"].append("more")
    new["$defs"]["Voice"]["enum"].append("hearsay")
    assert list(broken_promises(old, new)) == []
    change(new["$defs"])
    (found,) = broken_promises(old, new)
    assert promise in found


@pytest.mark.parametrize("name", NAMES)
def test_the_command_prints_the_published_schema(name: str) -> None:
    result = run("schema", name)
    assert result.exit_code == 0
    schema = json.loads(result.stdout)
    assert schema == loaded(max(PUBLISHED.glob(f"{name}-[0-9]*.json")))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_described_and_no_other_is_allowed(name: str) -> None:
    parts = loaded(max(PUBLISHED.glob(f"{name}-[0-9]*.json")))["$defs"]
    for title, part in parts.items():
        assert part.get("description", "").endswith("."), title
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            for field, content in part["properties"].items():
                assert content.get("description", "").endswith("."), f"{title}.{field}"


def test_an_unknown_schema_names_the_nearest() -> None:
    result = run("schema", "reports")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("attrib: there is no schema 'reports'; did you mean report? give one of ")
    assert result.stderr.count("\n") == 1


def test_the_schema_can_be_written_to_a_file(tmp_path: Path) -> None:
    result = run("schema", "report", "-o", str(tmp_path / "report.json"))
    assert (result.exit_code, result.stdout) == (0, "")
    assert loaded(tmp_path / "report.json") == loaded(PUBLISHED / "report-1.0.json")
