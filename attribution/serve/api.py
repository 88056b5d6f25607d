"""The API for other programs: a draft's report and its findings, as the commands print them."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from attribution.reporting.escaping import encodable
from attribution.reporting.findings.json import findings_json
from attribution.reporting.json import report_json
from attribution.reporting.units import OffsetUnit
from attribution.serve.bodies import JSON, FileDraft, TextDraft, draft_in
from attribution.serve.desk import Desk, IsWanted
from attribution.serve.limits import Limits
from attribution.serve.worker import Worker
from attribution.session.work import AnalysedDraft


def api_routes(worker: Worker, limits: Limits) -> list[Route]:
    """The routes of the API: ``/v1/analyse`` and ``/v1/lint``."""

    async def analyse(request: Request) -> Response:
        unit = _unit(request.query_params.get("offsets", OffsetUnit.CODE_POINTS.value))
        draft = await draft_in(request, limits)
        told = await worker.result(
            request, lambda desk, wanted: report_json(_analysed(desk, draft, wanted).analysis, unit)
        )
        return Response(told, media_type=JSON)

    async def lint(request: Request) -> Response:
        draft = await draft_in(request, limits)
        told = await worker.result(
            request, lambda desk, wanted: findings_json([desk.findings(_analysed(desk, draft, wanted))])
        )
        return Response(told, media_type=JSON)

    return [
        Route("/v1/analyse", analyse, methods=["POST"]),
        Route("/v1/lint", lint, methods=["POST"]),
    ]


def _analysed(desk: Desk, draft: TextDraft | FileDraft, is_wanted: IsWanted) -> AnalysedDraft:
    if isinstance(draft, FileDraft):
        return desk.analyse_file(draft.data, draft.name, is_wanted)
    return desk.analyse_text(encodable(draft.text), draft.file_name, draft.format, is_wanted)


def _unit(name: str) -> OffsetUnit:
    try:
        return OffsetUnit(name)
    except ValueError:
        raise HTTPException(400, f"offsets={name} is not known; give {', '.join(OffsetUnit)}") from None
