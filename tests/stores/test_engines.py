"""Which engine a store has is known when it is opened."""

import subprocess
import sys


def test_the_stores_do_not_end_a_process_that_loads_models_later() -> None:
    """After them onnxruntime may be imported: usearch comes when an embedded store is opened."""
    program = "import service.stores, onnxruntime"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
