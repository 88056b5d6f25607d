"""Reads what is sent: drafts as JSON or as files, within limits."""

from __future__ import annotations

import asyncio
import re
from pathlib import PureWindowsPath
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta
from starlette.exceptions import HTTPException
from starlette.requests import Request

from attribution.ingest.files import FORMATS
from attribution.reporting.escaping import encodable, one_line
from attribution.serve.limits import Limits

Record = TypeVar("Record", bound=msgspec.Struct)

TextFormat = Literal["text", "markdown", "html"]

JSON = "application/json"
TYPES = {
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/html": ".html",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "message/rfc822": ".eml",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "text/x-conllu": ".conllu",
}
"""Media types of files, and the extension that tells their format."""

EXTENSIONS = (*FORMATS, ".conllu")
LONGEST_NAME = 120
"""Characters of a draft's name; of a longer one the end is kept."""

UNNAMED = "draft"


class TextDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A draft as text."""

    text: Annotated[str, Meta(description="The draft.")]
    format: Annotated[TextFormat, Meta(description="How to read it.")] = "text"
    name: Annotated[str, Meta(description="The draft's name, for the answer; folders are left out.")] = ""

    @property
    def file_name(self) -> str:
        """The name by which it is reported."""
        return base_name(self.name) or f"{UNNAMED}{TEXT_EXTENSIONS[self.format]}"


TEXT_EXTENSIONS = {"text": ".txt", "markdown": ".md", "html": ".html"}


class FileDraft(msgspec.Struct, frozen=True):
    """A draft as the bytes of a file, whose name tells the format."""

    data: bytes
    name: str


def base_name(name: str) -> str:
    """The last part of a path of any system, on one line; empty if it names no file.

    What stands before it could lead to configurations elsewhere.
    """
    last = PureWindowsPath(name.replace("\0", "")).name
    shown = " ".join(one_line(encodable(last)).split())[-LONGEST_NAME:]
    return "" if re.fullmatch(r"[.\-]*", shown) else shown


async def body_of(request: Request, limits: Limits) -> bytes:
    """The bytes of a request; raises HTTPException with 413 if there are too many, with 408 if they do not come."""
    most = limits.most_bytes
    too_large = HTTPException(
        413, f"more than {most / 1_000_000:g} MB are not read; send the text alone, or less of it"
    )
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > most:
        raise too_large
    parts: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(limits.most_seconds):
            async for part in request.stream():
                size += len(part)
                if size > most:
                    raise too_large
                parts.append(part)
    except TimeoutError:
        raise HTTPException(408, "the draft has not arrived in time; send it again") from None
    return b"".join(parts)


async def draft_in(request: Request, limits: Limits) -> TextDraft | FileDraft:
    """The draft in a request: JSON with a text, or a file; raises HTTPException if there is none.

    A file's format is told by its media type, or by the parameter ``name``.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == JSON:
        return json_in(await body_of(request, limits), TextDraft)
    name = base_name(request.query_params.get("name", ""))
    if not name.lower().endswith(EXTENSIONS):
        if media_type not in TYPES:
            raise HTTPException(
                415,
                f"drafts are sent as {JSON}, or as files of the types {', '.join(TYPES)}; with another type, give the "
                "file's name in the parameter name",
            )
        name = (name or UNNAMED) + TYPES[media_type]
    return FileDraft(await body_of(request, limits), name)


def json_in(body: bytes, record: type[Record]) -> Record:
    """The record in a body; raises HTTPException with 400 if it is none."""
    try:
        return msgspec.json.decode(body, type=record)
    except msgspec.ValidationError as error:
        raise HTTPException(400, f"{error}; see /v1/openapi.json") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise HTTPException(400, f"this is no JSON ({error}); see /v1/openapi.json") from None
