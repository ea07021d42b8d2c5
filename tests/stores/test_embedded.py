"""The embedded store passes the suite of all stores, whether it scans or walks its graph."""

from pathlib import Path

import pytest

from service.stores.embedded import open_embedded
from tests.stores.archive import DIM
from tests.stores.contract import StoreContract
from tests.stores.contract_questions import Opener


class TestEmbedded(StoreContract):
    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        return lambda: open_embedded(tmp_path / "store", embedder="made up", dim=DIM)


class TestEmbeddedByGraph(StoreContract):
    """As with more passages than are scanned."""

    @pytest.fixture
    def opener(self, tmp_path: Path) -> Opener:
        return lambda: open_embedded(
            tmp_path / "store", embedder="made up", dim=DIM, exact_passages=0
        )
