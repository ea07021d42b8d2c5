"""HTTP clients that talk to the application in this process."""

from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from service.wiring import Services
from tests.api.client import connect


@pytest.fixture(scope="session")
async def client(samples: Services) -> AsyncIterator[AsyncClient]:
    """Asks a service that holds the sample articles. Tests change nothing in it."""
    async with connect(samples) as connected:
        yield connected


@pytest.fixture
async def empty(services: Services) -> AsyncIterator[AsyncClient]:
    """Asks a service with an empty archive, for tests that fill it."""
    async with connect(services) as connected:
        yield connected
