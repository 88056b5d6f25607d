"""The JSON contract: field names and nesting as designed, and the published schemas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import jsonschema
import msgspec
import pytest

from attribution import reporting
from attribution.records import Analysis, Span, Voice
from attribution.reporting.contract import (
    RANGE,
    SCHEMA_VERSION,
    field_table,
    published,
    published_fields,
    schema_of,
)
from attribution.reporting.json import Report, report_json, reports_json
from attribution.reporting.jsonl import report_jsonl
from attribution.reporting.sources import Ledger, sources_json

SCHEMAS = Path(reporting.__file__).parent / "schema"
RECORDS = {"report": Report, "sources": Ledger}

CONTRACT: dict[str, Any] = {
    "schema_version": "1.0",
    "tool": {"name", "version", "model"},
    "document": {"path", "format", "sha256", "characters", "words"},
    "summary": {
        "sentences", "claims", "voice", "sourcing", "certainty", "distinct_sources", "named_sources",
    },
    "sentences": {"id", "start", "end", "text", "block", "claims"},
    "quotations": {"id", "start", "end", "closed", "parent"},
    "sources": {"id", "name", "kind", "named", "mentions", "claims"},
    "attributions": {
        "id", "sentence", "cue", "source", "content", "manner", "attitude", "tone", "negated", "parent", "evidence",
    },
    "hedges": {"id", "sentence", "spans", "text", "category", "strength", "scope"},
    "claims": {
        "id", "sentence", "spans", "text", "voice", "sourcing", "certainty", "attributions", "hedges", "factors",
    },
    "problems": {"code", "message", "start", "end"},
}  # fmt: skip
"""What consumers were promised. More may be added; nothing may go."""


def loaded(analysis: Analysis) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(report_json(analysis))
    return report


def schema_file(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}-{SCHEMA_VERSION}.json").read_text(encoding="utf-8"))
    return schema


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_published_schema_is_up_to_date(name: str) -> None:
    """scripts/write_schemas.py writes them anew."""
    assert schema_file(name) == schema_of(RECORDS[name], name)


@pytest.mark.parametrize("name", sorted(RECORDS))
def test_published_schema_is_valid_and_closed(name: str) -> None:
    schema = schema_file(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    objects = [part for part in schema["$defs"].values() if part.get("type") == "object"]
    assert objects
    for part in objects:
        assert part["additionalProperties"] is False
        assert set(part["required"]) == set(part["properties"])


def test_report_keeps_the_contract(sample: Analysis) -> None:
    report = loaded(sample)
    assert report["schema_version"] == CONTRACT["schema_version"]
    for name, fields in CONTRACT.items():
        if name == "schema_version":
            continue
        for part in report[name] if isinstance(report[name], list) else [report[name]]:
            assert fields <= set(part), name
    attribution = report["attributions"][0]
    assert {"spans", "text", "lemma"} <= set(attribution["cue"])
    assert {"spans", "text", "kind", "entity"} <= set(attribution["source"])
    assert {"spans", "text"} <= set(attribution["content"])
    assert set(report["summary"]["voice"]) == {"source", "hearsay", "own", "unclear"}
    assert {"score", "name", "effect", "because"} <= set(report["claims"][0]["factors"][0])
    names = list(report)
    assert names[0] == "schema_version"
    assert [name for name in names if name in CONTRACT] == list(CONTRACT)


def test_report_validates(sample: Analysis) -> None:
    jsonschema.Draft202012Validator(schema_file("report")).validate(loaded(sample))


def test_schema_refuses_what_is_not_in_the_contract(sample: Analysis) -> None:
    report = loaded(sample)
    report["claims"][0]["truth"] = True
    assert not jsonschema.Draft202012Validator(schema_file("report")).is_valid(report)


def test_spans_are_the_words_of_the_text(sample: Analysis) -> None:
    report, text = loaded(sample), sample.draft.text
    parts = [*report["hedges"], *report["boosters"], *report["claims"]]
    parts += [attribution[role] for attribution in report["attributions"] for role in ("cue", "source", "content")]
    for part in parts:
        assert " … ".join(text[start:end] for start, end in part["spans"]) == part["text"]
    for part in [*report["sentences"]]:
        assert text[part["start"] : part["end"]] == part["text"]


def test_sentences_know_their_claims(sample: Analysis) -> None:
    report = loaded(sample)
    told = [(sentence["id"], claim) for sentence in report["sentences"] for claim in sentence["claims"]]
    assert told == [(claim["sentence"], claim["id"]) for claim in report["claims"]]


def test_numbers_have_four_digits_at_most(sample: Analysis) -> None:
    report = loaded(sample)
    assert report["attributions"][0]["probability"] == 0.9123
    factors = [factor["effect"] for claim in report["claims"] for factor in claim["factors"]]
    assert 0.0123 in factors
    negative_zero = msgspec.structs.replace(sample.claims[0].factors[0], effect=-0.0)
    claim = msgspec.structs.replace(sample.claims[0], factors=(negative_zero,))
    assert '"effect": 0.0' in report_json(msgspec.structs.replace(sample, claims=(claim,)))


def test_output_is_indented_utf8_with_spans_on_one_line(sample: Analysis) -> None:
    text = report_json(sample)
    assert "“Ms Solt" in text
    assert '\n      "parts": [\n        [166, 208]\n      ]' in text
    assert text.endswith("}\n")
    assert report_json(sample) == text


def test_words_that_look_like_a_span_are_left_alone(sample: Analysis) -> None:
    words = "[\n  1,\n  2\n]"
    draft = msgspec.structs.replace(sample.draft, path=words)
    assert loaded(msgspec.structs.replace(sample, draft=draft))["document"]["path"] == words


def test_lone_surrogates_do_not_break_the_output(sample: Analysis) -> None:
    draft = msgspec.structs.replace(sample.draft, path="a\udcffb.txt")
    analysis = msgspec.structs.replace(sample, draft=draft)
    assert loaded(analysis)["document"]["path"] == "a\ufffdb.txt"
    assert json.loads(report_jsonl(analysis))["document"]["path"] == "a\ufffdb.txt"


def test_several_reports_are_an_array(sample: Analysis) -> None:
    assert json.loads(reports_json([sample, sample])) == [loaded(sample), loaded(sample)]
    assert json.loads(reports_json([])) == []


def test_a_line_of_json_is_the_same_report(sample: Analysis) -> None:
    line = report_jsonl(sample)
    assert line.count("\n") == 1
    assert json.loads(line) == loaded(sample)


def test_article_without_claims_has_no_scores(sample: Analysis) -> None:
    summary = msgspec.structs.replace(sample.summary, claims=0, sourcing=None, certainty=None)
    report = loaded(msgspec.structs.replace(sample, claims=(), summary=summary))
    assert report["summary"]["sourcing"] is None
    jsonschema.Draft202012Validator(schema_file("report")).validate(report)


def test_stances_and_unclear_voices_are_in_the_json(unclear: Analysis) -> None:
    report = loaded(unclear)
    jsonschema.Draft202012Validator(schema_file("report")).validate(report)
    assert [attribution["evidence"] for attribution in report["attributions"]] == ["report", "stance", "belief"]
    assert [source["name"] for source in report["sources"]] == ["Ida Bolt", "island council"]
    assert [claim["voice"] for claim in report["claims"]].count("unclear") == 2
    assert report["summary"]["voice"] == {"source": 2, "hearsay": 0, "own": 2, "unclear": 2}


def test_ledger_validates(sample: Analysis) -> None:
    validator = jsonschema.Draft202012Validator(schema_file("sources"))
    ledger = json.loads(sources_json([sample], array=False))
    validator.validate(ledger)
    assert json.loads(sources_json([sample, sample], array=True)) == [ledger, ledger]
    assert [(entry["source"]["name"], entry["share"], entry["line"]) for entry in ledger["sources"]] == [
        ("the Harbour Post", 0.25, 7),
        ("Veldan’s transport ministry", 0.125, 5),
    ]


class Leaf(msgspec.Struct, frozen=True):
    """A part of a record.

    Whatever else is known about it.
    """

    share: Annotated[float, msgspec.Meta(description="A share.")]
    place: Annotated[Span, msgspec.Meta(description="Where it is.")]


class Kept(msgspec.Struct, frozen=True):
    """What only the program knows."""

    text: str


class Tree(msgspec.Struct, frozen=True):
    """A record."""

    leaves: Annotated[tuple[Leaf, ...], msgspec.Meta(description="Its leaves.")]
    kept: Kept
    kind: Annotated[Voice, msgspec.Meta(description="Any.", extra_json_schema={"type": "string"})] = Voice.OWN
    number: Annotated[int | None, msgspec.Meta(description="A number.")] = None


TREE = Tree((Leaf(1 / 3, Span(0, 4)), Leaf(-0.0, Span(4, 5))), Kept("secret"))


def test_described_fields_are_published_and_no_others() -> None:
    assert list(published_fields(Tree)) == ["leaves", "kind", "number"]
    assert published([TREE]) == [
        {"leaves": [{"share": 0.3333, "place": [0, 4]}, {"share": 0.0, "place": [4, 5]}], "kind": "own", "number": None}
    ]


def test_a_schema_is_derived_from_the_record() -> None:
    schema = schema_of(Tree, "tree")
    assert list(schema["$defs"]) == ["TreePart", "LeafPart"]
    assert schema["$ref"] == "#/$defs/TreePart"
    leaf, tree = schema["$defs"]["LeafPart"], schema["$defs"]["TreePart"]
    assert leaf["description"] == "A part of a record."
    assert leaf["properties"]["place"] == {**RANGE, "description": "Where it is."}
    assert tree["properties"]["kind"] == {"description": "Any.", "type": "string"}
    assert tree["required"] == ["leaves", "kind", "number"]
    jsonschema.Draft202012Validator(schema).validate(published(TREE))
    assert field_table(schema).splitlines()[2:] == [
        "| `leaves` | list of objects | Its leaves. |",
        "| `leaves[].share` | number | A share. |",
        "| `leaves[].place` | [start, end] | Where it is. |",
        "| `kind` | text | Any. |",
        "| `number` | integer or null | A number. |",
    ]


def test_the_documentation_lists_every_field() -> None:
    text = (Path(__file__).parents[2] / "docs" / "FORMATS.md").read_text(encoding="utf-8")
    assert field_table(schema_of(Report, "report")) in text, "run scripts/write_schemas.py"
