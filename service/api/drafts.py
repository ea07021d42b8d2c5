"""Checking drafts."""

from contextlib import aclosing
from typing import Annotated

from fastapi import APIRouter, Body, Header, Request, Response
from starlette.requests import ClientDisconnect

from service.api.deps import Metered, Parts
from service.api.draft_events import FORMS, DraftEventsResponse
from service.api.examples import DRAFTS
from service.api.media import EVENTS, JSON, TEXT, JsonBody, negotiate
from service.api.openapi import json_lines_out, problems
from service.domain.errors import TooLarge
from service.domain.finding import Finding
from service.reports.text import drafts_summary, finding_note
from service.wire.drafts import DraftRequest, DraftResponse
from service.wiring import Services

STATEMENT_CHARS = 125
"""About as long as a statement is: what a draft costs its caller is one for each."""

NAME = "draft"
"""What plain text calls a draft that came without a file name."""

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
                TEXT: {"schema": {"type": "string"}},
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
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> Response:
    """Every statement of a draft that can be checked, with its place in the draft and its check,
    and every quotation in it that is not as it was said. Articles at the draft's own address, which
    its front matter or a canonical link names, are left out. `Accept` picks the form: JSON, or
    plain text as an editor would read it. JSON lines and server-sent events come while the draft is
    checked: each finding as it is reached, with how far the check has come, and at the end what the
    JSON has beside the findings."""
    form = negotiate(accept, (JSON, TEXT, *FORMS))
    require_length(draft.text, parts.settings.max_draft_chars)
    await meter.take(len(draft.text) // STATEMENT_CHARS)
    if form in FORMS:
        return await DraftEventsResponse.begin(parts, draft, request, form)
    findings = await _findings(parts, draft, request)
    ground = await parts.drafts.ground(draft.to_domain())
    answer = DraftResponse.of(draft, findings, *ground)
    body = _as_text(draft.text, answer) if form == TEXT else answer.model_dump_json()
    return Response(body, media_type=form)


def _as_text(draft: str, answer: DraftResponse) -> str:
    notes = [finding_note(NAME, draft, finding) for finding in answer.findings if finding.rule]
    return "\n\n".join([*notes, drafts_summary(1, answer.verdicts)]) + "\n"


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
