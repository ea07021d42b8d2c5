"""How the API's tests ask, and what they expect of every error."""

from httpx import ASGITransport, AsyncClient, Response

from service.api.app import create_app
from service.wiring import Services

JSON = {"Content-Type": "application/json"}
NDJSON = {"Content-Type": "application/x-ndjson"}


def connect(services: Services) -> AsyncClient:
    """A client of a new application around `services`."""
    transport = ASGITransport(create_app(services))
    return AsyncClient(transport=transport, base_url="http://onrecord.test")


def problem(response: Response, status: int, kind: str) -> dict[str, object]:
    """The problem in `response`, which must be one of this status and kind, whole and typed."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, object] = response.json()
    assert body["type"] == f"/problems/{kind}"
    assert body["status"] == status
    assert body["request_id"] == response.headers["X-Request-ID"]
    assert body["title"]
    assert "Retry-After" in response.headers or status != 503
    assert body["detail"]
    return body


def pointers(body: dict[str, object]) -> list[str]:
    """The fields that a problem names, in order."""
    errors = body["errors"]
    assert isinstance(errors, list)
    return [error["pointer"] for error in errors]
