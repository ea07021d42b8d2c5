"""Checking drafts."""

import asyncio
from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Body, Header, Request, Response
from starlette.requests import ClientDisconnect

from service.api.deps import Metered, Parts
from service.api.draft_events import FORMS, DraftEventsResponse
from service.api.examples import DRAFTS
from service.api.media import EVENTS, JSON, JsonBody, negotiate
from service.api.openapi import json_lines_out, problems
from service.domain.errors import TooLarge
from service.domain.finding import Finding
from service.reports.formats import FORMATS, FormatName
from service.reports.html import POLICY
from service.reports.pragmas import pragmas
from service.reports.report import CheckedDraft, Report
from service.reports.threshold import Threshold
from service.wire.drafts import DraftRequest, DraftResponse
from service.wire.positions import AskedOffsets, Offsets
from service.wiring import Services

NAME = "draft"
"""What reports call a draft that came without a file name."""

REPORTS = {
    FORMATS[name].media_type: FORMATS[name]
    for name in (FormatName.TEXT, FormatName.SARIF, FormatName.JUNIT, FormatName.HTML)
}
"""The forms of an answer beside JSON."""

router = APIRouter(prefix="/v1/drafts", tags=["drafts"])


@router.post(
    "",
    operation_id="check_draft",
    summary="Check a draft",
    response_description="What was found, with the check of each statement.",
    dependencies=[JsonBody],
    response_model=DraftResponse,
    responses={
        200: {
            "content": {
                **{form: {"schema": {"type": "string"}} for form in REPORTS},
                **json_lines_out("", "DraftEvent")["content"],
                EVENTS: {"schema": {"type": "string"}},
            }
        },
        **problems(400, 406, 413, 415, 422, 503),
    },
)
async def check_draft(
    parts: Parts,
    draft: Annotated[DraftRequest, Body(openapi_examples=DRAFTS)],
    request: Request,
    meter: Metered,
    offsets: AskedOffsets = Offsets.CODE_POINTS,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """Every statement of a draft that can be checked, with its place in the draft and its check,
    and every quotation in it that is not as it was said. Articles at the draft's own address, which
    its front matter or a canonical link names, are left out. `Accept` picks the form: JSON;
    plain text or HTML, for people; SARIF or JUnit XML, for tools. In these, a comment in the draft,
    `<!-- onrecord: ignore RULE because REASON -->`, silences a rule for the next block. JSON lines
    and server-sent events come while the draft is checked: each finding as it is reached, with how
    far the check has come, and at the end what the JSON has beside the findings. Reports count as
    their formats say, whatever `offsets` is."""
    form = negotiate(accept, (JSON, *REPORTS, *FORMS))
    if offsets is Offsets.UTF16:
        draft = draft.in_code_points()
    require_length(draft.text, parts.settings.max_draft_chars)
    await meter.take_draft(len(draft.text))
    if form in FORMS:
        return await DraftEventsResponse.begin(parts, draft, request, form, offsets)
    silenced = () if form == JSON else await asyncio.to_thread(pragmas, draft.text, draft.format)
    findings = await _findings(parts, draft, request)
    ground = await parts.drafts.ground(draft.to_domain())
    if form == JSON:
        answer = DraftResponse.of(draft, findings, *ground, offsets)
        return Response(answer.model_dump_json(), media_type=form)
    answer = DraftResponse.of(draft, findings, *ground)
    checked = CheckedDraft.of(draft, answer, name=NAME, pragmas=silenced)
    report = Report(drafts=(checked,), show=Threshold.ALL)
    body = await asyncio.to_thread(REPORTS[form].write, report)
    return Response(body, media_type=form, headers={"Content-Security-Policy": POLICY})


async def _findings(parts: Services, draft: DraftRequest, request: Request) -> list[Finding]:
    """All findings; a long draft is not checked to its end for a caller who has gone."""
    findings = []
    async with aclosing(parts.drafts.check(draft.to_domain())) as reached:
        async for finding in reached:
            findings.append(finding)
            if await request.is_disconnected():
                raise ClientDisconnect
    return findings


def require_length(text: str, max_draft_chars: int) -> None:
    """Raises TooLarge."""
    if len(text) > max_draft_chars:
        limit = f"{max_draft_chars:,} characters (ONRECORD_MAX_DRAFT_CHARS)"
        raise TooLarge(f"The draft is over {limit}. Send it in parts.")
