"""The demo is what `make demo` runs: here it runs for real."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_demo_shows_every_verdict_and_cleans_up(tmp_path: Path) -> None:
    """All steps work, each answer is shown with its quotes, and no folder is left behind."""
    ran = subprocess.run(
        [sys.executable, "samples/demo.py"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("verdict    ") == 8
    assert "contradicted" in ran.stdout
    assert "NUMBER_DIFFERS" in ran.stdout
    assert "it stopped with exit code 0" in ran.stdout
    assert "\x1b" not in ran.stdout
    assert not list(tmp_path.glob("onrecord-demo-*"))
