"""The Redis store passes the suite of all stores, whether it reads all passages, scans its vector
sets or walks their graphs."""

import itertools
from collections.abc import Awaitable
from typing import Final

import pytest

from service.ports import Store
from service.stores.redis import open_redis, parse_address
from tests.stores.archive import DIM
from tests.stores.contract import StoreContract
from tests.stores.contract_questions import Opener

URL: Final = "redis://127.0.0.1:7390/0"
_serial: Final = itertools.count()


def opener_of(url: str, *, exact: int, gathered: int) -> Opener:
    """Opens one index again and again, another one for each call of this."""
    address = parse_address(f"{url}?prefix=test-{next(_serial)}&shards=3")

    def opened() -> Awaitable[Store]:
        return open_redis(
            address,
            embedder="made up",
            dim=DIM,
            exact_passages=exact,
            gathered_passages=gathered,
        )

    return opened


@pytest.fixture(autouse=True)
def flushed() -> None:
    import redis

    redis.Redis(port=7390).flushall()


class TestRedis(StoreContract):
    @pytest.fixture
    def opener(self) -> Opener:
        return opener_of(URL, exact=5_000, gathered=400)


class TestRedisByScan(StoreContract):
    """As with more passages than are read."""

    @pytest.fixture
    def opener(self) -> Opener:
        return opener_of(URL, exact=5_000, gathered=0)


class TestRedisByGraph(StoreContract):
    """As with more passages than are scanned."""

    @pytest.fixture
    def opener(self) -> Opener:
        return opener_of(URL, exact=0, gathered=0)
