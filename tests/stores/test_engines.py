"""An engine is imported when a store of its kind is opened, and bears what is imported after it."""

import subprocess
import sys

import pytest


def test_models_may_come_after_the_embedded_engine() -> None:
    """In whatever order: usearch before onnxruntime ends the process."""
    program = "import service.stores.embedded, onnxruntime"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("engine", ["redis", "usearch"])
def test_an_engine_that_is_not_used_is_not_waited_for(engine: str) -> None:
    """The command line starts sooner without."""
    program = f"import sys, service.cli.app; sys.exit({engine!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
