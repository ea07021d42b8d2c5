"""Nothing about a newsroom's use leaves its machine."""

import os
import subprocess
import sys
from pathlib import Path


def test_onnx_runtime_keeps_no_telemetry(tmp_path: Path) -> None:
    """Its telemetry opens a session file in TMPDIR at import, unless it was told not to."""
    # Variables that name a CI system would keep it quiet too, and the test could not fail.
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    subprocess.run(
        [sys.executable, "-c", "from service.models.embedder import load_embedder as l; l()"],
        env={**environment, "TMPDIR": str(tmp_path)},
        check=True,
    )
    assert list(tmp_path.iterdir()) == []
