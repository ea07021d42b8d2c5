"""Whether the service lives, whether it is ready, and what it counts."""

import asyncio
from contextlib import suppress

from fastapi import APIRouter, Request, Response
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from service.api.deps import Counters, ReadinessNow, services
from service.api.gate import MONITOR_WAIT_S
from service.api.openapi import problems
from service.domain.claim import Filters
from service.domain.errors import StoreFailed
from service.observe import Now
from service.wiring import Services

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """A service that is well says `ok`."""

    status: str = Field("ok", description="`ok`.")


@router.get(
    "/healthz",
    operation_id="health",
    summary="Whether the process answers",
    response_description="It does.",
    responses=problems(),
)
async def health() -> Health:
    """Looks at nothing else: a restart would not help what is broken behind it."""
    return Health()


@router.get(
    "/readyz",
    operation_id="readiness",
    summary="Whether requests should be sent here",
    response_description="They should.",
    responses=problems(503),
)
async def ready(request: Request, readiness: ReadinessNow) -> Health:
    """503 until models and store are open, while the store fails or the keys cannot be read, and
    once the service stops; the detail says which."""
    if readiness.stopping:
        raise HTTPException(503, "The service is stopping; send requests elsewhere.")
    if request.app.state.services is None:
        raise HTTPException(503, f"The service is starting: {readiness.doing}.")
    parts = await services(request)
    try:
        async with asyncio.timeout(MONITOR_WAIT_S):
            await parts.store.health()
            await parts.keys.all()  # without them every call is refused
    except TimeoutError as error:
        raise StoreFailed(f"The store did not answer within {MONITOR_WAIT_S:g} s.") from error
    return Health()


@router.get(
    "/metrics",
    operation_id="metrics",
    summary="Counters for Prometheus",
    response_class=Response,
    responses={
        200: {
            "description": "The Prometheus text format.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **problems(),
    },
)
async def show_metrics(request: Request, metrics: Counters) -> Response:
    """Requests, latencies, problems and verdicts, time by stage, what waits, the index. While the
    service starts or its store fails, what is known without the store: the index as it was last
    read. Meanwhile the keys that were last read decide who may ask."""
    parts: Services | None = request.app.state.services
    now = await _now(parts, request.state.admission.asked_at) if parts else Now()
    return Response(metrics.exposition(now), media_type=CONTENT_TYPE_LATEST)


async def _now(parts: Services, asked_at: float) -> Now:
    """What is so, as far as the store tells it in the time that reading the keys has left."""
    coverage = None
    with suppress(StoreFailed, TimeoutError):
        async with asyncio.timeout_at(asked_at + MONITOR_WAIT_S):
            coverage = await parts.store.coverage(Filters())
    return Now(coverage, parts.turns.waiting, parts.turns.working, parts.models)
