"""The real service for tests: its models, an embedded store on disk, the samples."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from service.domain.claim import Claim
from service.domain.verdict import Check
from service.settings import Settings
from service.wiring import Models, Services, build_around, open_models
from tests.redis_servers import NoRedis, Servers, cluster, find_redis, one_server, replicated

HOST = "onrecord.test"
"""By which name tests call the service."""
SAMPLES = Path(__file__).parents[1] / "samples"


def settings(store: Path | str, **given: object) -> Settings:
    """Settings that no `.env` file and no variable of the developer's shell changes. No answer
    comes from a cache unless a test wants one: the same question is asked of many parts."""
    given = {"cache_bytes": 0, "allowed_hosts": HOST, **given}
    return Settings(_env_file=None, store=str(store), **given)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
async def models(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Models]:
    """The shipped models, loaded once: it takes seconds."""
    async with open_models(settings(tmp_path_factory.mktemp("none"))) as opened:
        yield opened


@pytest.fixture(scope="session")
async def samples(
    models: Models, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Services]:
    """The service with the sample articles in its store. Tests read it and change nothing."""
    async with build_around(models, settings(tmp_path_factory.mktemp("samples"))) as services:
        async for outcome in services.indexer.index(services.find(str(SAMPLES / "articles"))):
            assert outcome.problem is None, outcome
        yield services


@pytest.fixture
async def services(models: Models, tmp_path: Path) -> AsyncIterator[Services]:
    """The service with an empty store of its own."""
    async with build_around(models, settings(tmp_path / "store")) as built:
        yield built


@pytest.fixture(scope="session")
def redis_program() -> str:
    """The path of redis-server, 8 or newer."""
    try:
        return find_redis()
    except NoRedis as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def _one_server(redis_program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with one_server(redis_program, tmp_path_factory.mktemp("redis")) as servers:
        yield servers


@pytest.fixture(scope="session")
def _replicated(redis_program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with replicated(redis_program, tmp_path_factory.mktemp("redis")) as servers:
        yield servers


@pytest.fixture(scope="session")
def _cluster(redis_program: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    with cluster(redis_program, tmp_path_factory.mktemp("redis")) as servers:
        yield servers


@pytest.fixture
def redis_server(_one_server: Servers) -> Servers:
    """A plain server, empty."""
    _one_server.empty()
    return _one_server


@pytest.fixture
def redis_replicated(_replicated: Servers) -> Servers:
    """A primary with a replica, empty."""
    _replicated.empty()
    return _replicated


@pytest.fixture
def redis_cluster(_cluster: Servers) -> Servers:
    """Three primaries with a replica each, empty."""
    _cluster.empty()
    return _cluster


async def check(services: Services, claim: str) -> Check:
    """The check of a claim with no options."""
    return await services.checker.check(Claim(claim))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In CI a skipped test is a failed run: whatever it needs belongs on the machine."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("CI"):
        return
    skipped = len(reporter.stats.get("skipped", ()))
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"{skipped} skipped, and none may be in CI", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
