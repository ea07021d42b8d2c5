"""A request and its stages as a trace, sent to a collector over HTTP."""

import asyncio
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from httpx import ASGITransport, AsyncClient
from opentelemetry import trace
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from service.api.app import create_app
from service.domain.errors import InvalidSettings
from service.observe.traces import NoTraces, open_traces
from service.wiring import Services
from tests.api.client import connect

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@contextmanager
def collector() -> Iterator[tuple[str, list[Span]]]:
    """An OpenTelemetry collector on loopback: its address, and the spans that it was sent."""
    spans: list[Span] = []

    class Collect(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sent = ExportTraceServiceRequest.FromString(body)
            spans.extend(
                span
                for resource in sent.resource_spans
                for scope in resource.scope_spans
                for span in scope.spans
            )
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keeps quiet."""

    with HTTPServer(("127.0.0.1", 0), Collect) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1/traces", spans
        finally:
            server.shutdown()
            thread.join()


async def test_a_request_is_one_trace_with_its_stages(samples: Services) -> None:
    """It goes on the caller's own (W3C Trace Context), and has no word of the claim."""
    with collector() as (address, spans):
        traces = open_traces(address)
        transport = ASGITransport(create_app(samples, traces=traces))
        async with AsyncClient(transport=transport, base_url="http://localhost") as client:
            claim = {"claim": "The Sallow Bridge is closed."}
            await client.post("/v1/checks", json=claim, headers={"traceparent": PARENT})
            await client.get("/v1/articles/Sallow")
        await asyncio.to_thread(traces.close)
    request = next(span for span in spans if span.name == "POST /v1/checks")
    assert request.trace_id.hex() == PARENT.split("-")[1]
    assert request.parent_span_id.hex() == PARENT.split("-")[2]
    attributes = {one.key: one.value for one in request.attributes}
    assert attributes["http.response.status_code"].int_value == 200
    assert attributes["http.route"].string_value == "/v1/checks"
    stages = {span.name for span in spans if span.parent_span_id == request.span_id}
    assert stages >= {"embed", "vectors", "words", "stance"}
    other = next(span for span in spans if span.name == "GET /v1/articles/{id}")
    assert other.trace_id != request.trace_id
    assert not any(b"Sallow" in span.SerializeToString() for span in spans)


async def test_a_provider_of_the_whole_process_is_sent_no_words(
    samples: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever instruments the process gets nothing of a query or of a body that is refused."""
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "_TRACER_PROVIDER", provider)
    async with connect(samples) as client:
        await client.get("/v1/search", params={"q": "Sallow"})
        await client.post("/v1/checks", json={"claim": 1, "Sallow": 2})
    provider.shutdown()
    assert not [span for span in exporter.get_finished_spans() if "Sallow" in span.to_json()]


def test_without_an_address_nothing_is_followed_or_needed() -> None:
    """A service that sends no traces goes without OpenTelemetry's SDK; redis-py looks for it, too,
    and uses it only where it is."""
    assert isinstance(open_traces(None), NoTraces)
    code = (
        "import sys; sys.modules['opentelemetry.sdk'] = None;"
        "from service.api.app import create_app; import service.cli.app;"
        "from service.observe.traces import open_traces; open_traces(None)"
    )
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0


def test_a_missing_extra_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(InvalidSettings, match=r"'\.\[telemetry\]'"):
        open_traces("http://127.0.0.1:4318/v1/traces")
