"""The real command on real stores: in this process where that shows as much, else in its own."""

import gc
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from service.cli.app import app

ROOT = Path(__file__).parents[2]
ONRECORD = [sys.executable, "-m", "service.cli"]
SAMPLES = ROOT / "samples"
STARTED_WITHIN_S = 60

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine's own, and a folder without an `.env` file."""
    for name in [name for name in os.environ if name.startswith("ONRECORD_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run() -> Run:
    """Runs `onrecord` with the arguments given, in this process.

    Each time the models are loaded anew, and those of the last time are given back: they are some
    hundred megabytes, which Python's collector takes for a few small objects.
    """

    def invoke(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(app, [str(one) for one in arguments], input=stdin)
        gc.collect()
        return result

    return invoke


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the samples, indexed once by the real command. Not to be written to."""
    store = tmp_path_factory.mktemp("indexed") / "store"
    command = [*ONRECORD, "index", str(SAMPLES / "articles"), "--store", str(store), "--quiet"]
    subprocess.run(command, check=True, cwd=ROOT)
    return store


@pytest.fixture
def samples(indexed: Path, tmp_path: Path) -> Path:
    """A copy of that store, to do with as one likes."""
    return shutil.copytree(indexed, tmp_path / "samples")


@pytest.fixture(scope="session")
def served(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that the real service has open."""
    return shutil.copytree(indexed, tmp_path_factory.mktemp("served") / "store")


@pytest.fixture(scope="session")
def server(served: Path) -> Iterator[str]:
    """The address of a real service over the samples."""
    command = [*ONRECORD, "serve", "--port", "0", "--store", str(served)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as service:
        try:
            assert service.stdout
            address = re.search(r"http://\S+", service.stdout.readline())
            assert address, "the service did not start"
            yield address[0]
        finally:
            service.terminate()
            assert service.wait(STARTED_WITHIN_S) == 0


@pytest.fixture
def mill(tmp_path: Path) -> Path:
    """A folder with two good articles."""
    folder = tmp_path / "mill"
    folder.mkdir()
    (folder / "looms.md").write_text(
        "---\ntitle: Looms fall silent\npublished_at: 2025-03-04\n---\n\n"
        "The mill at Dale has 14 looms, foreman Ada Kell told the Gazette.\n"
    )
    (folder / "wages.txt").write_text(
        "Wages at the mill rise\n\nWeavers will earn 4 percent more.\n"
    )
    return folder
