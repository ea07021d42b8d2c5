"""What endpoints ask for by type."""

import asyncio
from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException

from service.api.gate import Admission
from service.api.meter import Meter
from service.observe import Metrics
from service.wiring import Services


@dataclass(slots=True)
class Readiness:
    """What the service is `doing` before it is ready, and whether it is `stopping`."""

    doing: str = "opening its parts"
    stopping: bool = False


def tellable(error: Exception | asyncio.CancelledError, app: FastAPI) -> Exception:
    """What the caller is told of `error`: of a cancellation that the service stops, whose time for
    requests in flight is over. Raises any other cancellation again: then nobody is left to tell."""
    if isinstance(error, Exception):
        return error
    stopping: Readiness = app.state.readiness
    if not stopping.stopping:
        raise error
    return HTTPException(503, "The service stopped before this was done; send it again.")


async def services(request: Request) -> Services:
    """The parts of the running service. Raises HTTPException 503 until they are built."""
    built: Services | None = request.app.state.services
    if built is None:
        raise HTTPException(503, "The service is starting or has stopped; try again.")
    return built


async def readiness(request: Request) -> Readiness:
    """Whether the service is about to stop."""
    return cast(Readiness, request.app.state.readiness)


async def metrics(request: Request) -> Metrics:
    """The counters of this service."""
    return cast(Metrics, request.app.state.metrics)


async def meter(request: Request) -> Meter:
    """What the caller may still ask for."""
    return cast(Meter, request.state.meter)


async def admission(request: Request) -> Admission:
    """What the caller was let in with."""
    return cast(Admission, request.state.admission)


Parts = Annotated[Services, Depends(services)]
ReadinessNow = Annotated[Readiness, Depends(readiness)]
Metered = Annotated[Meter, Depends(meter)]
Admitted = Annotated[Admission, Depends(admission)]
Counters = Annotated[Metrics, Depends(metrics)]
