"""The description of the API: an OpenAPI document made from the published schemas, and a page that shows it."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

import attribution
from attribution.reporting.contract import SCHEMA_VERSION, schema_of
from attribution.reporting.findings.json import Lint
from attribution.reporting.json import Report
from attribution.reporting.units import OffsetUnit
from attribution.serve.assets import rendered
from attribution.serve.bodies import JSON, TYPES, TextDraft
from attribution.serve.limits import Limits
from attribution.serve.problems import MEDIA_TYPE

REFERENCE = "#/components/schemas/"

PROBLEMS = {
    400: "The JSON or a parameter is not as described.",
    401: "The token is missing or wrong.",
    413: "The draft is too long.",
    415: "The body's type is none of those described.",
    422: "There is no draft in English in the body, and why.",
    503: "Too many drafts wait, or the draft takes too long.",
}

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "What is wrong, and what to do (RFC 9457).",
    "type": "object",
    "properties": {
        "status": {"type": "integer", "description": "The status of the answer."},
        "title": {"type": "string", "description": "The status in words."},
        "detail": {"type": "string", "description": "What is wrong and what to do, in one line."},
    },
    "required": ["status", "title", "detail"],
}

NAME = {
    "name": "name",
    "in": "query",
    "description": "The name of a file that is sent; its extension tells the format if the type of the body does not.",
    "schema": {"type": "string"},
}
OFFSETS = {
    "name": "offsets",
    "in": "query",
    "description": "What offsets count: characters, bytes of UTF-8 or units of UTF-16 (as JavaScript counts).",
    "schema": {"type": "string", "enum": [unit.value for unit in OffsetUnit], "default": OffsetUnit.CODE_POINTS.value},
}


@cache
def openapi(limits: Limits) -> dict[str, Any]:
    """The OpenAPI document (3.1) of the API, whose schemas are those that ``attrib schema`` prints."""
    draft = schema_of(TextDraft, "draft")["$defs"]["TextDraftPart"]
    draft.update(title="TextDraft", required=["text"])
    schemas: dict[str, Any] = {"TextDraft": draft, "Problem": PROBLEM}
    for record, name in ((Report, "report"), (Lint, "lint")):
        schemas.update(_moved(schema_of(record, name)["$defs"]))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "attrib",
            "version": attribution.__version__,
            "summary": "Who says so, and how sure are they?",
            "description": "Attributes each claim of a news draft in English to its source, and finds what an editor "
            f"should look at. A draft has at most {limits.most_characters:,} characters, its file "
            f"{limits.most_bytes / 1_000_000:g} MB; an answer takes at most {limits.most_seconds:g} seconds. Nothing "
            "is stored.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "security": [{"token": []}],
        "paths": {
            "/v1/analyse": {
                "post": _operation(
                    "analyse",
                    "The report on a draft: sources, attributions, hedges and scored claims",
                    f"The JSON of attrib report -f json, version {SCHEMA_VERSION} of the schema.",
                    "Report",
                    [NAME, OFFSETS],
                )
            },
            "/v1/lint": {
                "post": _operation(
                    "lint",
                    "The findings in a draft, with fixes",
                    f"The JSON of attrib lint -f json, version {SCHEMA_VERSION} of the schema.",
                    "Lint",
                    [NAME],
                )
            },
        },
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token that attrib serve prints behind # of its address.",
                }
            },
        },
    }


def openapi_json(limits: Limits) -> bytes:
    """The OpenAPI document as JSON."""
    return msgspec.json.format(msgspec.json.encode(openapi(limits)), indent=2)


def api_page(limits: Limits) -> bytes:
    """The OpenAPI document as a page for people."""
    document = openapi(limits)
    schemas = document["components"]["schemas"]
    operations = [
        {
            **operation,
            "path": path,
            "request": schemas["TextDraft"]["properties"],
            "types": list(operation["requestBody"]["content"]),
            "answer": operation["responses"]["200"]["description"],
            "fields": schemas[_schema_of(operation)]["properties"],
        }
        for path, methods in document["paths"].items()
        for operation in methods.values()
    ]
    return rendered("api.html.jinja", info=document["info"], operations=operations, problems=PROBLEMS)


def _schema_of(operation: dict[str, Any]) -> str:
    reference: str = operation["responses"]["200"]["content"][JSON]["schema"]["$ref"]
    return reference.removeprefix(REFERENCE)


def _operation(
    identifier: str, summary: str, answer: str, schema: str, parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    files = {name: {"schema": {"type": "string", "contentMediaType": name}} for name in TYPES}
    return {
        "operationId": identifier,
        "summary": summary,
        "parameters": parameters,
        "requestBody": {
            "required": True,
            "description": "The draft: as text in JSON, or as a file.",
            "content": {JSON: {"schema": {"$ref": f"{REFERENCE}TextDraft"}}, **files},
        },
        "responses": {
            "200": {"description": answer, "content": {JSON: {"schema": {"$ref": REFERENCE + schema}}}},
            **{
                str(status): {
                    "description": meaning,
                    "content": {MEDIA_TYPE: {"schema": {"$ref": f"{REFERENCE}Problem"}}},
                }
                for status, meaning in PROBLEMS.items()
            },
        },
    }


def _moved(value: Any) -> Any:
    """A part of a schema whose references lead to the components of the document."""
    if isinstance(value, dict):
        return {
            key: inner.replace("#/$defs/", REFERENCE) if key == "$ref" else _moved(inner)
            for key, inner in value.items()
        }
    return [_moved(inner) for inner in value] if isinstance(value, list) else value
