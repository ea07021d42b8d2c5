"""No input makes the service fail: whatever is sent, it answers, or says what is wrong."""

import json
from typing import Any

from httpx import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.client import JSON, NDJSON

FIELDS = (
    "claim as_of publishers published_after limit include exclude text html url title publisher "
    "authors published_at language id format ignore start end"
).split()
TEXTS = st.text(max_size=40) | st.sampled_from(
    [
        "2024-10-25",
        "9999-12-31T23:59:59-12:00",
        "About 3,000 men came.",
        "“Yes,” he said.",
        "markdown",
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(FIELDS) | TEXTS, inner, max_size=4)
    ),
    max_leaves=8,
)
BODIES = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=6).map(json.dumps)
PATHS = st.sampled_from(
    [
        ("POST", "/v1/checks"),
        ("POST", "/v1/drafts"),
        ("POST", "/v1/articles"),
        ("PUT", "/v1/articles/fuzz"),
        ("POST", "/v1/checks/batch"),
        ("POST", "/v1/articles/batch"),
    ]
)
GETS = st.sampled_from(
    ["/v1/articles", "/v1/quotes", "/v1/search", "/v1/index", "/v1/articles/fuzz", "/docs"]
)
QUERY_FIELDS = st.sampled_from(
    """q limit cursor as_of published_after publisher exclude_publisher speaker organisation via
    x""".split()
)
FUZZ = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check_answer(status: int, kind: str, content: bytes) -> None:
    """An answer, or a problem that is not our fault."""
    assert status < 500, content
    if status >= 400:
        assert kind == "application/problem+json"
        assert json.loads(content)["status"] == status
    for line in content.splitlines() if kind.startswith("application/x-ndjson") else []:
        assert json.loads(line).get("status", 200) < 500, line


@FUZZ
@given(PATHS, BODIES | st.binary(max_size=60))
async def test_no_body_makes_the_service_fail(
    empty: AsyncClient, operation: tuple[str, str], body: str | bytes
) -> None:
    """Known fields with any values, unknown ones, and bytes that are nothing at all."""
    method, path = operation
    headers = NDJSON if path.endswith("batch") else JSON
    response = await empty.request(method, path, content=body, headers=headers)
    check_answer(response.status_code, response.headers["Content-Type"], response.content)


@FUZZ
@given(GETS, st.lists(st.tuples(QUERY_FIELDS, TEXTS), max_size=4))
async def test_no_query_makes_the_service_fail(
    empty: AsyncClient, path: str, query: list[tuple[str, Any]]
) -> None:
    """Whatever the parameters hold."""
    response = await empty.get(path, params=query)
    kind = response.headers.get("Content-Type", "")
    check_answer(response.status_code, kind, response.content)
