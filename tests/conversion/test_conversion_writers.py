"""Formats that are only written: their form, and that every place in them is where the words are."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import jsonschema
import msgspec
import pytest

from attribution.conversion.displacy import displacy_json, displacy_spans
from attribution.conversion.formats import FORMATS
from attribution.conversion.spacy_spans import add_spans
from attribution.conversion.tables import CLAIM_COLUMNS, claims_csv
from attribution.conversion.web_annotation import web_annotations
from attribution.ingest import read_text
from attribution.records import Analysis

SELECTORS = {
    "prefixItems": [
        {
            "properties": {
                "type": {"const": "TextPositionSelector"},
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
            },
            "required": ["type", "start", "end"],
            "additionalProperties": False,
        },
        {
            "properties": {
                "type": {"const": "TextQuoteSelector"},
                "exact": {"type": "string", "minLength": 1},
                "prefix": {"type": "string"},
                "suffix": {"type": "string"},
            },
            "required": ["type", "exact", "prefix", "suffix"],
            "additionalProperties": False,
        },
    ],
    "minItems": 2,
    "items": False,
}
TARGET = {
    "properties": {
        "type": {"const": "SpecificResource"},
        "source": {"type": "string", "pattern": r"^[!-~]+$"},
        "selector": SELECTORS,
    },
    "required": ["type", "source", "selector"],
}
COLLECTION = {
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": {"type": "string", "pattern": "^urn:"},
        "type": {"const": "AnnotationCollection"},
        "total": {"type": "integer"},
        "first": {
            "properties": {
                "type": {"const": "AnnotationPage"},
                "items": {
                    "items": {
                        "properties": {
                            "id": {"type": "string", "pattern": "^urn:"},
                            "type": {"const": "Annotation"},
                            "motivation": {"const": "identifying"},
                            "body": {
                                "minItems": 2,
                                "items": {
                                    "properties": {"type": {"const": "TextualBody"}, "value": {"type": "string"}},
                                    "required": ["type", "purpose", "value"],
                                },
                            },
                            "target": {"oneOf": [{"type": "object", **TARGET}, {"type": "array", "items": TARGET}]},
                        },
                        "required": ["id", "type", "motivation", "body", "target"],
                    }
                },
            },
            "required": ["id", "type", "items"],
        },
    },
    "required": ["@context", "id", "type", "total", "first"],
}
"""What the Web Annotation model (W3C recommendation of 2017) asks of the parts that are written."""


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


def test_web_annotations_keep_the_model(analysis: Analysis) -> None:
    told = json.loads(web_annotations([analysis]))
    jsonschema.Draft202012Validator(COLLECTION).validate(told)
    items = told["first"]["items"]
    assert told["total"] == len(items)
    identifiers = [item["id"] for item in items]
    assert len(set(identifiers)) == len(identifiers)


def test_both_selectors_of_a_web_annotation_find_the_words(analysis: Analysis) -> None:
    text = analysis.draft.text
    found: dict[str, list[str]] = {}
    for item in json.loads(web_annotations([analysis]))["first"]["items"]:
        for target in targets(item):
            position, words = target["selector"]
            assert text[position["start"] : position["end"]] == words["exact"]
            around = words["prefix"] + words["exact"] + words["suffix"]
            assert text.startswith(around, position["start"] - len(words["prefix"]))
            found.setdefault(item["id"].split(":", 3)[3], []).append(words["exact"])
    for one in analysis.attributions:
        pieces = [text[span.start : span.end] for span in one.content.spans]
        assert found.get(f"{one.id}:content", []) == pieces


def test_web_annotations_of_several_documents_are_one_collection(analysis: Analysis) -> None:
    other = msgspec.structs.replace(
        analysis, draft=msgspec.structs.replace(analysis.draft, sha256="1" * 64, path="é b")
    )
    told = json.loads(web_annotations([analysis, other]))
    jsonschema.Draft202012Validator(COLLECTION).validate(told)
    sources = {target["source"] for item in told["first"]["items"] for target in targets(item)}
    assert "%C3%A9%20b" in sources
    assert len(sources) == 2


def test_displacy_spans_are_the_words(analysis: Analysis) -> None:
    told = displacy_spans(analysis)
    assert "".join(told["tokens"]) == "".join(analysis.draft.text.split())
    assert told["spans"]
    for span in told["spans"]:
        tokens = told["tokens"][span["start_token"] : span["end_token"]]
        assert tokens
        assert "".join(tokens) == "".join(analysis.draft.text[span["start"] : span["end"]].split())
    cues = {span["kb_id"] for span in told["spans"] if span["label"] == "CUE"}
    assert cues == {one.id for one in analysis.attributions if one.cue.spans}
    assert json.loads(displacy_json([analysis])) == [told]


def test_claims_are_rows(analysis: Analysis) -> None:
    analysis = msgspec.structs.replace(analysis, draft=read_text(analysis.draft.text))
    rows = list(csv.DictReader(StringIO(claims_csv([analysis, analysis]))))
    assert tuple(rows[0]) == CLAIM_COLUMNS
    assert len(rows) == 2 * len(analysis.claims)
    for row, claim in zip(rows, analysis.claims, strict=False):
        assert (row["claim"], row["text"], row["voice"]) == (claim.id, claim.text, claim.voice)
        assert float(row["sourcing"]) == claim.sourcing
        assert len([kind for kind in row["kinds"].split("; ") if kind]) == len(claim.attributions)
        assert int(row["line"]) == analysis.draft.text.count("\n", 0, int(row["start"])) + 1


def test_rows_name_who_is_behind_a_claim(analysis: Analysis) -> None:
    names = {one.id: one.name for one in analysis.sources}
    rows = {row["claim"]: row for row in analysis.to_rows()}
    for claim in analysis.claims:
        row = rows[claim.id]
        carried = [one.name for one in analysis.sources if claim.id in one.claims]
        attributions = [one for one in analysis.attributions if one.id in claim.attributions]
        resolved = {names[one.source.entity] for one in attributions if one.source.entity}
        assert resolved <= set(row["sources"])
        assert set(carried) <= set(row["sources"])
        assert row["named"] == any(
            one.named
            for one in analysis.sources
            for link in attributions
            if one.id in (link.source.entity, *link.source.also)
        )


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_written_and_ends_its_last_line(analysis: Analysis, name: str) -> None:
    assert FORMATS[name].write([analysis]).endswith("\n")


def test_spans_go_onto_a_spacy_document(analysis: Analysis) -> None:
    spacy = pytest.importorskip("spacy", reason="the extra spacy is not installed")
    document = spacy.blank("en")(analysis.draft.text)
    add_spans(document, analysis)
    for group, parts in (
        ("cues", [one.cue.spans for one in analysis.attributions]),
        ("claims", [one.spans for one in analysis.claims]),
    ):
        expected = [analysis.draft.text[span.start : span.end] for spans in parts for span in spans]
        found = list(document.spans[f"attrib.{group}"])
        assert len(found) == len(expected)
        assert all(words in span.text for span, words in zip(found, expected, strict=True))
    with pytest.raises(ValueError, match="text is not the analysis's"):
        add_spans(spacy.blank("en")("Other words."), analysis)
