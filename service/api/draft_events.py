"""A draft's answer while it is checked: JSON lines, or server-sent events."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Final

from fastapi import Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from service.api.deps import tellable
from service.api.media import EVENTS, NDJSON
from service.api.problems import id_of, path_of, problem_of
from service.domain.finding import Finding
from service.pipeline.draft import Step
from service.wire.drafts import (
    DraftProgress,
    DraftRequest,
    DraftResponse,
    DraftSummary,
    FindingResponse,
    is_wanted,
)
from service.wire.positions import Offsets, Places, in_offsets
from service.wiring import Services

FORMS: Final = (NDJSON, EVENTS)


class DraftEventsResponse(StreamingResponse):
    """Findings as they are reached."""

    @classmethod
    async def begin(
        cls, parts: Services, draft: DraftRequest, request: Request, form: str, offsets: Offsets
    ) -> "DraftEventsResponse":
        """Once the draft is read: what fails before that has a status of its own."""
        steps = parts.drafts.steps(draft.to_domain())
        first = await anext(steps)
        events = _events(parts, draft, first, steps, offsets)
        headers = {"X-Accel-Buffering": "no"}  # nginx would hold the answer back to its end
        return cls(_written(events, request, form), media_type=form, headers=headers)


Event = tuple[str, BaseModel]


async def _events(
    parts: Services,
    draft: DraftRequest,
    first: Step,
    steps: AsyncGenerator[Step, None],
    offsets: Offsets,
) -> AsyncGenerator[Event, None]:
    yield _progress(first)
    findings: list[Finding] = []
    places = Places(draft.text)
    async with aclosing(steps):
        async for step in steps:
            for finding in step.findings:
                findings.append(finding)
                if is_wanted(finding, draft.verdicts):
                    shape = FindingResponse.of(places, finding, mentions=draft.mentions)
                    yield "finding", in_offsets(shape, offsets)
            yield _progress(step)
    ground = await parts.drafts.ground(draft.to_domain())
    whole = DraftResponse.of(draft, findings, *ground, offsets)
    yield "summary", DraftSummary.model_validate(whole)


def _progress(step: Step) -> Event:
    return "progress", DraftProgress(checked=step.checked, statements=step.statements)


async def _written(
    events: AsyncGenerator[Event, None], request: Request, form: str
) -> AsyncIterator[str]:
    """A problem is the last, where the check cannot go on: the status is out by then."""
    try:
        async with aclosing(events):
            async for name, shape in events:
                yield _write(name, shape, form)
    except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - it is told
        told = tellable(error, request.app)
        problem = problem_of(told, instance=path_of(request), request_id=id_of(request))
        yield _write("problem", problem, form)


def _write(name: str, shape: BaseModel, form: str) -> str:
    content = shape.model_dump_json()
    if form == EVENTS:
        return f"event: {name}\ndata: {content}\n\n"
    return f'{{"{name}":{content}}}\n'
