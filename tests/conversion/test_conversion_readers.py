from __future__ import annotations

import json
from typing import Any

import pytest

from attribution.conversion.documents import AnnotatedAttribution, AnnotatedDocument, AnnotatedMention, VoicedSpan
from attribution.conversion.readers import ReportFile, read_json, read_line, with_text
from attribution.records import AttribError, Span, Voice

TEXT = "The pier is old, she said. The council agrees."


def spans(*pieces: str) -> list[list[int]]:
    return [[TEXT.index(piece), TEXT.index(piece) + len(piece)] for piece in pieces]


def span(piece: str) -> Span:
    return Span(*spans(piece)[0])


def citron_span(piece: str) -> dict[str, Any]:
    return {"start": span(piece).start, "end": span(piece).end, "text": piece}


CITRON = {
    "text": TEXT,
    "quotes": [
        {
            "id": 1,
            "confidence": 0.9,
            "cue": citron_span("said"),
            "sources": [citron_span("she")],
            "contents": [citron_span("The pier is old")],
            "coreferences": [citron_span("The council")],
        }
    ],
    "coreference_groups": [[citron_span("she"), citron_span("The council")]],
}
LINE = {
    "doc": "pier",
    "text": TEXT,
    "attributions": [{"source": spans("she"), "cue": spans("said"), "content": spans("The pier is old")}],
}
REPORT = {
    "schema_version": "1.0",
    "tool": {"name": "attrib", "version": "0.1.0", "model": "given"},
    "document": {"path": "drafts/pier.txt", "format": "text", "sha256": "00", "characters": len(TEXT), "words": 9},
    "summary": {},
    "sources": [
        {"id": "e1", "name": "Ada Lund", "kind": "named-person", "named": True, "mentions": spans("she"), "claims": []},
        {
            "id": "e2",
            "name": "council",
            "kind": "named-organisation",
            "named": False,
            "mentions": spans("The council"),
            "claims": [],
        },
    ],
    "attributions": [
        {
            "id": "a1",
            "sentence": "s1",
            "cue": {"spans": spans("said"), "text": "said", "lemma": "say"},
            "source": {
                "spans": spans("she"),
                "text": "she",
                "kind": "named-person",
                "entity": "e1",
                "reason": None,
                "venue": [],
            },
            "content": {"spans": spans("The pier is old"), "text": "The pier is old"},
            "manner": "indirect",
            "attitude": "assertion",
            "tone": "neutral",
            "negated": False,
            "withheld": False,
            "parent": None,
            "frame": "clause",
            "probability": 0.9,
        }
    ],
    "hedges": [],
    "claims": [
        {
            "id": "c1",
            "sentence": "s1",
            "spans": spans("The pier is old"),
            "text": "The pier is old",
            "voice": "source",
            "sourcing": 0.9,
            "certainty": 0.9,
            "attributions": ["a1"],
            "hedges": [],
            "boosters": [],
            "factors": [],
        }
    ],
    "problems": [],
}
SAID = AnnotatedAttribution((span("said"),), (span("she"),), (span("The pier is old"),))


def test_reads_citron() -> None:
    assert read_json(json.dumps(CITRON), "in/pier.json") == [
        AnnotatedDocument("pier", TEXT, (SAID,), mentions=(AnnotatedMention(span("she"), ("The council",)),))
    ]


def test_reads_a_document_per_line_and_a_single_line() -> None:
    wanted = AnnotatedDocument("pier", TEXT, (SAID,))
    assert read_json(json.dumps(LINE) + "\n", "x.jsonl") == [wanted]
    assert read_json(f"{json.dumps(LINE)}\n\n{json.dumps(LINE)}\n", "x.jsonl") == [wanted, wanted]
    assert read_line(json.dumps(LINE), "x.jsonl") == wanted


def test_a_part_may_be_missing_from_a_line() -> None:
    (document,) = read_json(json.dumps({"doc": "pier", "attributions": [{"cue": [[0, 3]]}]}), "x.jsonl")
    assert document == AnnotatedDocument("pier", "", (AnnotatedAttribution((Span(0, 3),)),))


@pytest.mark.parametrize("data", [json.dumps(REPORT), json.dumps([REPORT])])
def test_reads_a_report_given_its_text(data: str) -> None:
    (report,) = read_json(data, "pier.json")
    assert isinstance(report, ReportFile)
    assert report.path == "drafts/pier.txt"
    assert with_text(report, TEXT, "pier.json") == AnnotatedDocument(
        name="drafts/pier.txt",
        text=TEXT,
        attributions=(SAID,),
        hedges=(),
        voices=(VoicedSpan((span("The pier is old"),), Voice.SOURCE),),
        mentions=(
            AnnotatedMention(span("she"), ("Ada Lund",)),
            AnnotatedMention(span("The council"), ("council", "The council")),
        ),
    )


def test_a_report_on_another_text_is_refused() -> None:
    (report,) = read_json(json.dumps(REPORT), "pier.json")
    assert isinstance(report, ReportFile)
    with pytest.raises(
        AttribError, match=r"pier.json: is about a text of 46 characters, but .* has 47; run the report again"
    ):
        with_text(report, TEXT + "\n", "pier.json")


def test_an_unresolved_source_is_a_mention_without_names() -> None:
    source = REPORT["attributions"][0]["source"] | {"entity": None, "kind": "pronoun-unresolved"}  # type: ignore[index]
    changed = REPORT | {"sources": [], "attributions": [REPORT["attributions"][0] | {"source": source}]}  # type: ignore[index]
    (report,) = read_json(json.dumps(changed), "pier.json")
    assert isinstance(report, ReportFile)
    assert with_text(report, TEXT, "pier.json").mentions == (AnnotatedMention(span("she")),)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "x.json: holds no documents"),
        ("hello", "x.json:1:1: is not JSON"),
        ('{"doc":\n "pier",\n oops}', "x.json:3:2: is not JSON"),
        ("{}\nhello\n", "x.json:2:1: is not JSON"),
        ('{"doc": "a", "attributions": []}\n{"doc": }\n', "x.json:2:9: is not JSON"),
        ("[]", "x.json: holds no documents"),
        ("3", "x.json: is not a valid JSON object"),
        ('{"name": 1}', "x.json: is not an attrib report"),
        ('{"doc": "a"}', "x.json: is not a valid document with attributions (Object missing required field"),
        ('{"schema_version": "1.0", "document": {}}', "x.json: is not a valid attrib report"),
        (
            json.dumps(REPORT).replace('"assertion"', '"promise"'),
            "x.json: is not a valid attrib report (Invalid enum value 'promise' - at "
            "`$.attributions[0].attitude`; give one of assertion, belief, intention, perception, hearsay); fix it",
        ),
        (
            json.dumps(REPORT).replace('"certainty": 0.9', '"certainty": 1.9'),
            "x.json: is not a valid attrib report (Expected `float` <= 1.0 - at `$.claims[0].certainty`)",
        ),
        (json.dumps(LINE | {"text": "short"}), "x.json: pier: 21 25 is not a span"),
        (json.dumps(CITRON | {"text": "short"}), "x.json: 21 25 is not a span of the text (5 characters)"),
    ],
)
def test_errors_are_one_line(data: str, message: str) -> None:
    with pytest.raises(AttribError) as caught:
        read_json(data, "x.json")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
