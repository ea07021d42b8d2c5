from collections.abc import AsyncIterator

import pytest

from service.ingest.fetch import Fetcher
from tests.ingest.site import Site


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with Site().running() as running:
        yield running


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """One that may fetch from loopback, where the tests' site is."""
    async with Fetcher(allow_private=True) as fetcher:
        yield fetcher
