"""The application: routers, middleware and the life of its parts."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware.cors import CORSMiddleware

from service.api import (
    articles,
    checks,
    docs,
    drafts,
    editor,
    index,
    language_tool,
    operations,
    problems,
    quotes,
    search,
)
from service.api.deps import Readiness
from service.api.gate import Gate
from service.api.middleware.access import Access
from service.api.middleware.access_log import AccessLog
from service.api.middleware.admission import Admission
from service.api.middleware.body_limit import WHOLE_TEXTS, BodyLimit
from service.api.middleware.compression import Compression
from service.api.middleware.deadlines import Deadlines
from service.api.middleware.form_key import FormKey
from service.api.middleware.head import HeadAsGet
from service.api.middleware.hosts import Hosts
from service.api.middleware.security_headers import ASSETS_PATH, SecurityHeaders
from service.api.openapi import API_VERSION, DESCRIPTION, TAGS, DescribedApp
from service.domain.access import Key
from service.observe import Metrics
from service.observe.traces import NoTraces, Traces
from service.settings import Settings, listed
from service.wiring import Services, SystemClock, build

STREAMING_PATHS = frozenset({"/v1/checks/batch", "/v1/articles/batch"})
"""Their bodies may be of any length; each line has a limit instead."""


_NONE_OF_THE_FRAMEWORKS: TelemetryConfig = {
    "tracing": False,
    "metrics": False,
    "logs": False,
    "operation_spans": False,
    "auto_configure": False,
}
"""FastAPI's own spans have queries and invalid input in them: what a newsroom asks about."""


def create_app(
    services: Services | None = None,
    *,
    settings: Settings | None = None,
    traces: Traces | None = None,
    keys: Sequence[Key] = (),
) -> FastAPI:
    """An application around `services`, which stay the caller's to close; without them it builds
    and closes its own for `settings`, by default those of the environment. `traces` stay the
    caller's too. Where `keys` are known already one is needed, whether or not they are still
    there."""
    settings = services.settings if services else settings or Settings()
    app = DescribedApp(
        title="Onrecord",
        version=API_VERSION,
        summary="Exact, attributed quotes for and against a claim.",
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan,
        telemetry=_NONE_OF_THE_FRAMEWORKS,
    )
    app.state.settings = settings
    app.state.services = services
    app.state.readiness = Readiness()
    app.state.metrics = Metrics(settings.revision or "")
    _route(app)
    gate = Gate(
        SystemClock(),
        read_only=settings.read_only,
        known=keys,
        closed=settings.allow_anonymous is False,
    )
    _wrap(app, settings, traces or NoTraces(), gate)
    problems.install(app)
    return app


def _route(app: FastAPI) -> None:
    for part in (
        checks,
        drafts,
        articles,
        quotes,
        search,
        index,
        operations,
        docs,
        editor,
        language_tool,
    ):
        app.include_router(part.router)
    app.mount(docs.ASSETS_PATH, docs.assets())
    app.mount(ASSETS_PATH, editor.assets())


def _wrap(app: FastAPI, settings: Settings, traces: Traces, gate: Gate) -> None:
    """What is added last is outermost."""
    app.add_middleware(HeadAsGet)
    app.add_middleware(Compression)
    app.add_middleware(Admission, streaming=STREAMING_PATHS)
    app.add_middleware(BodyLimit, max_body_bytes=settings.max_body_bytes, streaming=STREAMING_PATHS)
    app.add_middleware(Access, gate=gate, metrics=app.state.metrics, streaming=STREAMING_PATHS)
    app.add_middleware(FormKey)
    app.add_middleware(
        Deadlines,
        client_timeout_s=settings.client_timeout_s,
        request_timeout_s=settings.request_timeout_s,
        streaming=STREAMING_PATHS,
        unhurried=WHOLE_TEXTS,
    )
    if origins := listed(settings.cors_origins):
        app.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "If-Match", "If-None-Match", "X-Request-ID"],
            expose_headers=["ETag", "Location", "RateLimit", "Retry-After", "X-Request-ID"],
        )
    app.add_middleware(Hosts, allowed=listed(settings.allowed_hosts))
    app.add_middleware(AccessLog, metrics=app.state.metrics, traces=traces)
    app.add_middleware(SecurityHeaders)


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Builds the services unless they were given, and takes readiness away before they close."""
    if app.state.services is not None:
        yield
        return
    async with build(app.state.settings) as services:
        app.state.services = services
        try:
            yield
        finally:
            app.state.readiness.stopping = True
            app.state.services = None
