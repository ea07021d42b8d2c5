"""A store on the disk to begin with."""

from pathlib import Path

import pytest

from tests.stores.archive import entry
from tests.stores.contract_questions import opened


@pytest.fixture
async def filled(tmp_path: Path) -> Path:
    """The folder of a closed store that has seen additions, an update and a deletion."""
    store = await opened(tmp_path / "store")
    await store.put([entry(f"a{i}", "buxk dozk", f"gekk mekk b{i}") for i in range(20)])
    await store.put([entry("a3", "zivok")])
    await store.delete("a5")
    await store.close()
    return tmp_path / "store"
