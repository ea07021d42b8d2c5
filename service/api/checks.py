"""Checking claims."""

import json
from typing import Annotated

from fastapi import APIRouter, Body, Header, Request, Response
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
from service.api.claim_route import ClaimRoute
from service.api.deps import Admitted, Metered, Parts
from service.api.examples import CHECKS, CLAIM_LINES
from service.api.media import JSON, LINKED_DATA, TEXT, JsonBody, JsonLinesBody, negotiate
from service.api.ndjson import Line
from service.api.openapi import json_lines_in, json_lines_out, problems
from service.pipeline.concurrency import in_order
from service.reports.claim_review import claim_review
from service.reports.text import check_note
from service.wire.checks import CheckRequest, CheckResponse
from service.wire.positions import AskedOffsets, Offsets
from service.wiring import Services

CHECKS_AT_ONCE = 8
"""Of one batch: enough to fill the models' batches, and single requests still get their turn."""

_claims = APIRouter(prefix="/v1/checks", tags=["checks"], route_class=ClaimRoute)
_batches = APIRouter(prefix="/v1/checks", tags=["checks"])


@_claims.post(
    "",
    operation_id="check_claim",
    summary="Check a claim",
    response_description="The verdict and the quotes.",
    dependencies=[JsonBody],
    response_model=CheckResponse,
    openapi_extra={"requestBody": {"content": {TEXT: {"schema": {"type": "string"}}}}},
    responses={
        200: {
            "content": {
                TEXT: {"schema": {"type": "string"}},
                LINKED_DATA: {"schema": {"type": "object"}},
            }
        },
        **problems(400, 406, 413, 415, 422, 503),
    },
)
async def check_claim(
    parts: Parts,
    request: Annotated[CheckRequest, Body(openapi_examples=CHECKS)],
    offsets: AskedOffsets = Offsets.CODE_POINTS,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """The quotes in the index that support or conflict with a claim, each with who said it, and the
    verdict over them. The same claim, options and index give the same answer, byte for byte.
    A body of plain text is the claim alone, as it is written. `Accept` picks the form: JSON, plain
    text for reading, or schema.org's ClaimReview as `application/ld+json`."""
    form = negotiate(accept, (JSON, TEXT, LINKED_DATA))
    answer = CheckResponse.of(await parts.checker.check(request.to_domain()), offsets)
    if form == TEXT:
        return Response(check_note(answer) + "\n", media_type=form)
    if form == LINKED_DATA:
        review = json.dumps(claim_review(answer), ensure_ascii=False)
        return Response(review, media_type=form)
    return Response(answer.model_dump_json(), media_type=form)


router = APIRouter()
router.include_router(_claims)
router.include_router(_batches)


@_batches.post(
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
    parts: Parts,
    request: Request,
    meter: Metered,
    admission: Admitted,
    offsets: AskedOffsets = Offsets.CODE_POINTS,
) -> LinesResponse:
    """One claim a line; answers come in the same order, each as soon as it is there. A line that
    cannot be checked gets a problem, and the rest goes on. Blank lines are skipped. Read answers
    while you send: claims waiting to be checked are held up to `ONRECORD_MAX_BODY_BYTES`."""
    upload = Upload(request, parts.settings)
    answers = in_order(
        metered(upload.lines(), meter, admission),
        lambda line: _answer(line, parts, request, offsets),
        at_once=CHECKS_AT_ONCE,
    )
    return LinesResponse(upload, answers)


async def _answer(line: Line, parts: Services, request: Request, offsets: Offsets) -> bytes:
    try:
        content = line.json(parts.settings.max_line_bytes)
        claim = CheckRequest.model_validate_json(content).to_domain()
        answer = CheckResponse.of(await parts.checker.check(claim), offsets)
    except ValidationError as error:
        return json_line(line_problem(invalid_line(error, line), line.number, request))
    except Exception as error:  # noqa: BLE001 - the other lines go on, whatever this one met
        return json_line(line_problem(error, line.number, request))
    return json_line(answer)
