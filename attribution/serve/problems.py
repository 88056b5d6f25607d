"""Errors as programs read them: problem details (RFC 9457), each with one line on what is wrong and what to do."""

from __future__ import annotations

import logging
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from attribution.reporting.escaping import one_line

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> Response:
    """The answer that tells of an error; ``detail`` says what is wrong and what to do."""
    content = {"status": status, "title": HTTPStatus(status).phrase, "detail": " ".join(one_line(detail).split())}
    return JSONResponse(content, status, headers, MEDIA_TYPE)


async def answer_exception(request: Request, error: Exception) -> Response:
    """The answer for an error that a request raised; of a fault of attrib itself only its kind is told."""
    if isinstance(error, HTTPException):
        return problem(error.status_code, error.detail, dict(error.headers or {}))
    fault = f"this is a fault of attrib, which it did not foresee ({type(error).__name__}); please report it"
    # Not what the error says: it may quote the draft.
    logger.error("%s %s: %s", request.method, request.url.path, fault, exc_info=error)
    return problem(500, fault)
