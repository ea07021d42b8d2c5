"""No body is held beyond its limit, whatever it says of its length."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from httpx import AsyncClient

from service.wiring import Services
from tests.api.client import JSON, connect, problem

LIMIT = 1_000


@pytest.fixture
async def strict(services: Services) -> AsyncIterator[AsyncClient]:
    """A client of a service that takes 1,000 bytes."""
    settings = services.settings.model_copy(update={"max_body_bytes": LIMIT})
    async with connect(replace(services, settings=settings)) as connected:
        yield connected


def body_of(size: int) -> bytes:
    """A valid check of that many bytes."""
    return b'{"claim": "A dog barked."}'.ljust(size)


async def test_a_body_up_to_the_limit_is_taken(strict: AsyncClient) -> None:
    """The limit itself is allowed."""
    response = await strict.post("/v1/checks", content=body_of(LIMIT), headers=JSON)
    assert response.status_code == 200


async def test_a_length_over_the_limit_is_refused(strict: AsyncClient) -> None:
    """413 names the limit and its setting."""
    response = await strict.post("/v1/checks", content=body_of(LIMIT + 1), headers=JSON)
    detail = problem(response, 413, "too-large")["detail"]
    assert detail == "The body is over 1,000 bytes (ONRECORD_MAX_BODY_BYTES)."


async def test_a_claim_needs_no_long_body(client: AsyncClient) -> None:
    """A draft or an article may be long, a check is refused before it is read as JSON."""
    claim = body_of(1_000_001)
    problem(await client.post("/v1/checks", content=claim, headers=JSON), 413, "too-large")
    draft = b'{"text": "Will it rain?"}'.ljust(1_000_001)
    assert (await client.post("/v1/drafts", content=draft, headers=JSON)).status_code == 200


async def test_a_body_without_a_length_is_cut_off_while_it_streams(strict: AsyncClient) -> None:
    """It is refused after the limit, not after its end, which never comes."""
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 100
            yield b" " * 100

    response = await strict.post("/v1/checks", content=endless(), headers=JSON)
    problem(response, 413, "too-large")
    assert sent <= LIMIT + 200
