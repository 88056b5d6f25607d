"""Puts guard, worker and routes together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from attribution.serve.api import api_routes
from attribution.serve.assets import assets
from attribution.serve.bodies import JSON
from attribution.serve.guard import LOOPBACK, Guard
from attribution.serve.limits import Limits
from attribution.serve.openapi import api_page, openapi_json
from attribution.serve.page import page_routes, start_page
from attribution.serve.problems import answer_exception
from attribution.serve.worker import Worker


def make_application(worker: Worker, limits: Limits, token: str, names: Collection[str] = LOOPBACK) -> ASGIApp:
    """The server's application; ``names`` are those by which it may be addressed.

    What holds no draft (pages, scripts, the description of the API) needs no token.
    """
    open_routes = [
        *(_constant(f"/static/{name}", content, media_type) for name, (content, media_type) in assets().items()),
        _constant("/", start_page(), "text/html"),
        _constant("/v1", api_page(limits), "text/html"),
        _constant("/v1/openapi.json", openapi_json(limits), JSON),
    ]

    @asynccontextmanager
    async def lifespan(application: Starlette) -> AsyncIterator[None]:
        worker.prepare()
        yield
        worker.stop()

    application = Starlette(
        routes=[*open_routes, *api_routes(worker, limits), *page_routes(worker, limits)],
        lifespan=lifespan,
        exception_handlers={HTTPException: answer_exception, Exception: answer_exception},
    )
    return Guard(application, token, names, [route.path for route in open_routes])


def _constant(path: str, content: bytes, media_type: str) -> Route:
    return Route(path, partial(_answer, content=content, media_type=media_type), methods=["GET"])


async def _answer(request: Request, content: bytes, media_type: str) -> Response:
    return Response(content, media_type=media_type)
