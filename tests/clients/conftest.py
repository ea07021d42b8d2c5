"""The tools of others, and a service with the samples for them to ask."""

from collections.abc import Iterator

import pytest

from tests.clients.tools import ToolFailed, Tools, get_tools
from tests.conftest import SAMPLES
from tests.running import Running, running


@pytest.fixture(scope="session")
def tools() -> Tools:
    """Got once, where there is a network."""
    try:
        return get_tools()
    except ToolFailed as why:
        pytest.skip(f"generators of clients are needed: {why}")


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """On a free port."""
    with running(tmp_path_factory.mktemp("served"), articles=SAMPLES / "articles") as started:
        yield started
