"""The Redis store passes the suite of all stores, on one server, on a primary with a replica and on
a cluster; whether it reads all passages, scans its vector sets or walks their graphs."""

from collections.abc import Awaitable

import pytest

from service.ports import Store
from service.stores.redis import open_redis, parse_address
from service.stores.redis.nearest import EXACT_PASSAGES, GATHERED_PASSAGES
from tests.redis_servers import Servers
from tests.stores.archive import DIM
from tests.stores.contract import StoreContract
from tests.stores.contract_questions import Opener


def opener_of(
    servers: Servers, *, exact: int = EXACT_PASSAGES, gathered: int = GATHERED_PASSAGES
) -> Opener:
    """Opens one index again and again."""
    address = parse_address(f"{servers.url}?shards=3")

    def opened() -> Awaitable[Store]:
        return open_redis(
            address, embedder="made up", dim=DIM, exact_passages=exact, gathered_passages=gathered
        )

    return opened


class TestOneServer(StoreContract):
    @pytest.fixture
    def opener(self, redis_server: Servers) -> Opener:
        return opener_of(redis_server)


class TestOneServerByScan(StoreContract):
    """As with more passages than are read."""

    @pytest.fixture
    def opener(self, redis_server: Servers) -> Opener:
        return opener_of(redis_server, gathered=0)


class TestOneServerByGraph(StoreContract):
    """As with more passages than are scanned."""

    @pytest.fixture
    def opener(self, redis_server: Servers) -> Opener:
        return opener_of(redis_server, exact=0, gathered=0)


class TestPrimaryWithReplica(StoreContract):
    @pytest.fixture
    def opener(self, redis_replicated: Servers) -> Opener:
        return opener_of(redis_replicated)


class TestCluster(StoreContract):
    @pytest.fixture
    def opener(self, redis_cluster: Servers) -> Opener:
        return opener_of(redis_cluster)
