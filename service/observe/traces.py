"""Traces for OpenTelemetry: a span for each request, and one within it for each of its stages."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol

from service.domain.errors import InvalidSettings

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

Answered = Callable[[str, int], None]
"""Is told the route that took a request, and the status of its answer."""


class Traces(Protocol):
    """Follows requests."""

    def request(self, method: str, headers: Mapping[str, str]) -> AbstractContextManager[Answered]:
        """Follows a request, as a part of what its `traceparent` names."""

    def stage(self, name: str) -> AbstractContextManager[object]:
        """Follows a stage of the request at hand."""

    def close(self) -> None:
        """Sends what has not been sent yet."""


class NoTraces:
    """Follows nothing."""

    def request(
        self,
        method: str,  # noqa: ARG002 - as the protocol has it
        headers: Mapping[str, str],  # noqa: ARG002
    ) -> AbstractContextManager[Answered]:
        """Nothing."""
        return nullcontext(lambda _route, _status: None)

    def stage(self, name: str) -> AbstractContextManager[object]:  # noqa: ARG002
        """Nothing."""
        return nullcontext()

    def close(self) -> None:
        """Nothing."""


class OpenTelemetryTraces:
    """Sends what it follows to `provider`. Spans have the method, the route and the status; never
    a path, a query or a body."""

    def __init__(self, provider: "TracerProvider") -> None:
        from opentelemetry.trace.propagation import tracecontext  # noqa: PLC0415 - an extra

        self._provider = provider
        self._tracer = provider.get_tracer("onrecord")
        self._parents = tracecontext.TraceContextTextMapPropagator()

    @contextmanager
    def request(self, method: str, headers: Mapping[str, str]) -> Iterator[Answered]:
        """Follows a request, as a part of what its `traceparent` (W3C Trace Context) names."""
        from opentelemetry.trace import SpanKind, StatusCode  # noqa: PLC0415

        parent = self._parents.extract(dict(headers))
        with self._tracer.start_as_current_span(
            method, context=parent, kind=SpanKind.SERVER, attributes={"http.request.method": method}
        ) as span:

            def answered(route: str, status: int) -> None:
                span.update_name(f"{method} {route}")
                span.set_attribute("http.route", route)
                span.set_attribute("http.response.status_code", status)
                if status >= 500:
                    span.set_status(StatusCode.ERROR)

            yield answered

    def stage(self, name: str) -> AbstractContextManager[object]:
        """Follows a stage of the request at hand."""
        return self._tracer.start_as_current_span(name)

    def close(self) -> None:
        """Sends what has not been sent yet, for at most as long as the exporter waits."""
        self._provider.shutdown()


def open_traces(address: str | None) -> Traces:
    """Traces to a collector that takes OTLP over HTTP at `address`; none without an address. Raises
    InvalidSettings where the extra is not installed."""
    if address is None:
        return NoTraces()
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415
    except ImportError as error:
        raise InvalidSettings(
            "ONRECORD_TRACES needs OpenTelemetry: in Onrecord's folder "
            "pip install '.[telemetry]', or unset it"
        ) from error
    provider = TracerProvider(resource=Resource.create({"service.name": "onrecord"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=address, timeout=5)))
    return OpenTelemetryTraces(provider)
