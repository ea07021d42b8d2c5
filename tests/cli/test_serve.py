import json
import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
from typer.testing import Result

from tests.cli.conftest import ONRECORD, ROOT

Run = Callable[..., Result]


def test_the_service_prints_where_it_answers(server: str) -> None:
    """Port 0 takes a free one, and a script can read which; it stops cleanly, as the fixture
    asserts."""
    assert httpx.get(f"{server}/healthz").status_code == 200


def test_with_json_logs_its_output_is_json_throughout(tmp_path: Path) -> None:
    """Both outputs go into one log, and a runbook reads that with jq."""
    with subprocess.Popen(
        [*ONRECORD, "serve", "--port", "0", "--store", str(tmp_path / "s")],
        cwd=ROOT, env={**os.environ, "ONRECORD_LOG_FORMAT": "json"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as service:  # fmt: skip
        assert service.stdout
        begun = json.loads(service.stdout.readline())
        service.terminate()
        rest = [json.loads(line) for line in service.stdout]
    assert "Onrecord listens on http://127.0.0.1:" in begun["message"]
    assert begun["level"] == "info"
    assert [line["message"] for line in rest] == ["stopping"]


def test_a_port_in_use_is_told_with_what_to_do(run: Run, tmp_path: Path) -> None:
    """Exit code 2 and one line: another port, or port 0."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", "--port", port, "--store", tmp_path / "s")
    assert result.exit_code == 2
    assert f"port {port}" in result.stderr
    assert len(result.stderr.splitlines()) == 1
