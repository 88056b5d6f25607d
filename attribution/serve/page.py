"""What the page asks of the server: a file as text, what is to be seen of a draft, and the draft with it as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from urllib.parse import quote

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from attribution.linting import FileFindings
from attribution.records import Analysis
from attribution.reporting import words
from attribution.reporting.escaping import encodable
from attribution.reporting.html import report_html
from attribution.reporting.json import report_json
from attribution.reporting.word import MEDIA_TYPE as WORD
from attribution.reporting.word import word_report
from attribution.serve.assets import packaged, rendered
from attribution.serve.bodies import EXTENSIONS, JSON, FileDraft, TextDraft, body_of, draft_in, json_in
from attribution.serve.desk import Desk, IsWanted
from attribution.serve.limits import Limits
from attribution.serve.opening import OpenedDraft, opened
from attribution.serve.view import view_json, view_of
from attribution.serve.worker import Worker

Writer = Callable[[Analysis, FileFindings], bytes]

EXPORTS: dict[str, tuple[str, Writer]] = {
    "html": (
        "text/html",
        lambda analysis, file: report_html(analysis, findings=file.findings).encode("utf-8", "replace"),
    ),
    "json": (JSON, lambda analysis, file: report_json(analysis).encode()),
    "docx": (WORD, lambda analysis, file: word_report(analysis, file.findings)),
}
"""The files that a draft can be saved as: their media types, and what writes them."""


def start_page() -> bytes:
    """The page to write in; it holds no draft."""
    return rendered(
        "page.html.jinja",
        extensions=",".join(EXTENSIONS),
        nothing=words.NOTHING_TO_LOOK_AT.removeprefix("Nothing: "),
        unchecked=words.NOT_CHECKED,
        sample=packaged("sample.txt"),
    )


def page_routes(worker: Worker, limits: Limits) -> list[Route]:
    """The routes that the page uses; they are its own, and may change with it."""

    async def open_file(request: Request) -> Response:
        draft = await draft_in(request, limits)
        if not isinstance(draft, FileDraft):
            raise HTTPException(415, "a file is opened as its bytes; give its name in the parameter name")

        def read(desk: Desk, is_wanted: IsWanted) -> OpenedDraft:
            return opened(*desk.read(draft.data, draft.name), draft.name)

        return Response(msgspec.json.encode(await worker.result(request, read)), media_type=JSON)

    async def check(request: Request) -> Response:
        draft = json_in(await body_of(request, limits), TextDraft)

        def look(desk: Desk, is_wanted: IsWanted) -> bytes:
            analysed = desk.analyse_text(encodable(draft.text), draft.file_name, draft.format, is_wanted)
            return view_json(view_of(analysed, desk.findings(analysed).findings))

        return Response(await worker.result(request, look), media_type=JSON)

    async def export(request: Request) -> Response:
        form = request.path_params["form"]
        if form not in EXPORTS:
            raise HTTPException(404, f"drafts are saved as {', '.join(EXPORTS)}")
        draft = json_in(await body_of(request, limits), TextDraft)
        media_type, write = EXPORTS[form]

        def made(desk: Desk, is_wanted: IsWanted) -> bytes:
            analysed = desk.analyse_text(encodable(draft.text), draft.file_name, draft.format, is_wanted)
            return write(analysed.analysis, desk.findings(analysed))

        name = f"{PurePath(draft.file_name).stem}.{form}"
        headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
        return Response(await worker.result(request, made), media_type=media_type, headers=headers)

    return [
        Route("/page/open", open_file, methods=["POST"]),
        Route("/page/check", check, methods=["POST"]),
        Route("/page/export/{form}", export, methods=["POST"]),
    ]
