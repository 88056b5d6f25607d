"""Formats that are only written: they are valid, and every place in them selects the right words."""

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
from attribution.records import Analysis, Evidence

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
"""The requirements of the Web Annotation model (W3C recommendation of 2017) for what is written."""


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


def test_web_annotations_follow_the_model(analysis: Analysis) -> None:
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
    for attribution in analysis.attributions:
        pieces = [text[span.start : span.end] for span in attribution.content.spans]
        assert found.get(f"{attribution.id}:content", []) == pieces


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
    cues = {span["kb_id"] for span in told["spans"] if span["label"].endswith("CUE")}
    assert cues == {attribution.id for attribution in analysis.attributions if attribution.cue.spans}
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


def with_evidence(analysis: Analysis, evidence: Evidence) -> Analysis:
    attributions = tuple(
        msgspec.structs.replace(attribution, evidence=evidence) for attribution in analysis.attributions
    )
    return msgspec.structs.replace(analysis, attributions=attributions)


def test_rows_have_the_evidence_of_each_link(analysis: Analysis) -> None:
    kinds = {attribution.id: attribution.evidence.value for attribution in analysis.attributions}
    for row, claim in zip(analysis.to_rows(), analysis.claims, strict=True):
        assert row["evidence"] == [kinds[identifier] for identifier in claim.attributions]
    assert CLAIM_COLUMNS[-1] == "evidence"


@pytest.mark.parametrize(
    ("evidence", "held"),
    [
        (Evidence.REPORT, "said by "),
        (Evidence.BELIEF, "believed by "),
        (Evidence.STANCE, "stance of "),
        (Evidence.SUPPOSED, "not known to be said by "),
    ],
)
def test_web_annotations_describe_the_evidence(analysis: Analysis, evidence: Evidence, held: str) -> None:
    items = json.loads(web_annotations([with_evidence(analysis, evidence)]))["first"]["items"]
    told = {item["id"].rpartition(":")[2]: [] for item in items}
    for item in items:
        told[item["id"].rpartition(":")[2]].append(item["body"][1]["value"])
    assert told["cue"]
    assert all(words.split(": ")[1].startswith(evidence.value) for words in told["cue"])
    assert all(held in words for words in told["content"])


@pytest.mark.parametrize("evidence", [Evidence.STANCE, Evidence.SUPPOSED])
def test_displacy_labels_stances_and_supposed_words(analysis: Analysis, evidence: Evidence) -> None:
    labels = {span["label"] for span in displacy_spans(with_evidence(analysis, evidence))["spans"]}
    assert {f"{evidence.value.upper()} CUE", f"{evidence.value.upper()} CONTENT"} <= labels
    assert not labels & {"SOURCE", "CUE", "CONTENT"}


class PlainDocument:
    """The part of a spaCy document that ``add_spans`` uses."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[str, list[tuple[str, str, str]]] = {}

    def char_span(
        self, start_idx: int, end_idx: int, *, label: str, kb_id: str, alignment_mode: str
    ) -> tuple[str, str, str]:
        return (self.text[start_idx:end_idx], label, kb_id)


def test_spans_for_spacy_have_the_evidence(analysis: Analysis) -> None:
    document = PlainDocument(analysis.draft.text)
    add_spans(document, with_evidence(analysis, Evidence.BELIEF))
    cues = [(words, name) for words, _, name in document.spans["attrib.cues"]]
    assert cues
    assert document.spans["attrib.evidence"] == [(words, "belief", name) for words, name in cues]


def test_rows_name_the_sources_of_a_claim(analysis: Analysis) -> None:
    names = {entity.id: entity.name for entity in analysis.sources}
    rows = {row["claim"]: row for row in analysis.to_rows()}
    for claim in analysis.claims:
        row = rows[claim.id]
        carried = [entity.name for entity in analysis.sources if claim.id in entity.claims]
        attributions = [attribution for attribution in analysis.attributions if attribution.id in claim.attributions]
        resolved = {names[attribution.source.entity] for attribution in attributions if attribution.source.entity}
        assert resolved <= set(row["sources"])
        assert set(carried) <= set(row["sources"])
        assert row["named"] == any(
            entity.named
            for entity in analysis.sources
            for link in attributions
            if entity.id in (link.source.entity, *link.source.also)
        )


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_is_written_and_ends_its_last_line(analysis: Analysis, name: str) -> None:
    assert FORMATS[name].write([analysis]).endswith("\n")


def test_spans_are_added_to_a_spacy_document(analysis: Analysis) -> None:
    spacy = pytest.importorskip("spacy", reason="the extra spacy is not installed")
    document = spacy.blank("en")(analysis.draft.text)
    add_spans(document, analysis)
    for group, parts in (
        ("cues", [attribution.cue.spans for attribution in analysis.attributions]),
        ("claims", [claim.spans for claim in analysis.claims]),
    ):
        expected = [analysis.draft.text[span.start : span.end] for spans in parts for span in spans]
        found = list(document.spans[f"attrib.{group}"])
        assert len(found) == len(expected)
        assert all(words in span.text for span, words in zip(found, expected, strict=True))
    with pytest.raises(ValueError, match="text is not the analysis's"):
        add_spans(spacy.blank("en")("Other words."), analysis)
