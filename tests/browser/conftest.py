"""A real server with the samples, and Debian's Chromium without a window."""

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from service.domain.access import Scope, new_key
from service.stores import open_keys
from service.wiring import build
from tests.conftest import SAMPLES, settings

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PROGRAM = """
import asyncio, sys
from service.api.serve import serve
from service.settings import Settings
settings = Settings(_env_file=None, store=sys.argv[1], port=0)
asyncio.run(serve(settings, announce=lambda url: print(url, flush=True)))
"""


@pytest.fixture(scope="session")
async def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the sample articles, for servers to copy."""
    store = tmp_path_factory.mktemp("browser") / "store"
    async with build(settings(store)) as services:
        async for outcome in services.indexer.index(services.find(str(SAMPLES / "articles"))):
            assert outcome.problem is None, outcome
    return store


@pytest.fixture(scope="session")
def server(indexed: Path) -> Iterator[str]:
    """The address of a server in a process of its own, with the sample articles indexed."""
    with _serving(indexed) as url:
        yield url


@pytest.fixture(scope="session")
async def closed(
    indexed: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[str, str]]:
    """The address of another such server that has a key, and the key."""
    store = tmp_path_factory.mktemp("closed") / "store"
    shutil.copytree(indexed, store)
    key, token = new_key("editor", [Scope.CHECK], now=datetime.now(UTC))
    async with open_keys(str(store)) as keys:
        await keys.add(key)
    with _serving(store) as url:
        yield url, token


@pytest.fixture(scope="session")
def executable() -> str:
    """Debian's package: playwright's own download of a browser is not needed."""
    if not CHROMIUM.exists():
        pytest.skip("needs Debian's package chromium")
    return str(CHROMIUM)


@pytest.fixture(scope="session")
async def chromium(executable: str) -> AsyncIterator[Browser]:
    """The browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def page(chromium: Browser) -> AsyncIterator[Page]:
    """An empty tab of a new profile."""
    tab = await chromium.new_page(viewport={"width": 1280, "height": 1400})
    yield tab
    await tab.close()


@contextmanager
def _serving(store: Path) -> Iterator[str]:
    command = [sys.executable, "-c", PROGRAM, str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
            process.wait(30)
