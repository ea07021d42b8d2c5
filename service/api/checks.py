"""Checking claims."""

from typing import Annotated

from fastapi import APIRouter, Body, Request
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from service.api.batch import (
    LinesResponse,
    Upload,
    invalid_line,
    json_line,
    line_problem,
    metered,
)
from service.api.deps import Admitted, Metered, Parts
from service.api.examples import CHECKS, CLAIM_LINES
from service.api.media import JsonBody, JsonLinesBody
from service.api.ndjson import Line
from service.api.openapi import json_lines_in, json_lines_out, problems
from service.pipeline.concurrency import in_order
from service.wire.checks import CheckRequest, CheckResponse
from service.wiring import Services

CHECKS_AT_ONCE = 8
"""Of one batch: enough to fill the models' batches, and single requests still get their turn."""

router = APIRouter(prefix="/v1/checks", tags=["checks"])


@router.post(
    "",
    operation_id="check_claim",
    summary="Check a claim",
    response_description="The verdict and the quotes.",
    dependencies=[JsonBody],
    responses=problems(400, 413, 415, 422, 503),
)
async def check_claim(
    parts: Parts, request: Annotated[CheckRequest, Body(openapi_examples=CHECKS)]
) -> CheckResponse:
    """The quotes in the index that support or conflict with a claim, each with who said it, and the
    verdict over them. The same claim, options and index give the same answer, byte for byte."""
    return CheckResponse.of(await parts.checker.check(request.to_domain()))


@router.post(
    "/batch",
    operation_id="check_claims",
    summary="Check many claims",
    dependencies=[JsonLinesBody],
    response_class=StreamingResponse,
    openapi_extra=json_lines_in("CheckRequest", CLAIM_LINES),
    responses={
        200: json_lines_out("A check or a problem for each claim.", "CheckResponse", "Problem"),
        **problems(415, 503),
    },
)
async def check_claims(
    parts: Parts, request: Request, meter: Metered, admission: Admitted
) -> LinesResponse:
    """One claim a line; answers come in the same order, each as soon as it is there. A line that
    cannot be checked gets a problem, and the rest goes on. Blank lines are skipped. Read answers
    while you send: claims waiting to be checked are held up to `ONRECORD_MAX_BODY_BYTES`."""
    upload = Upload(request, parts.settings)
    answers = in_order(
        metered(upload.lines(), meter, admission),
        lambda line: _answer(line, parts, request),
        at_once=CHECKS_AT_ONCE,
    )
    return LinesResponse(upload, answers)


async def _answer(line: Line, parts: Services, request: Request) -> bytes:
    try:
        content = line.json(parts.settings.max_line_bytes)
        claim = CheckRequest.model_validate_json(content).to_domain()
        answer = CheckResponse.of(await parts.checker.check(claim))
    except ValidationError as error:
        return json_line(line_problem(invalid_line(error, line), line.number, request))
    except Exception as error:  # noqa: BLE001 - the other lines go on, whatever this one met
        return json_line(line_problem(error, line.number, request))
    return json_line(answer)
