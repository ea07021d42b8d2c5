"""The real service in a process of its own."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Running:
    """A running service: where it listens and its process."""

    url: str
    process: subprocess.Popen[str]


@contextmanager
def running(store: Path, *, articles: Path | None = None, **settings: str) -> Iterator[Running]:
    """`onrecord serve` on a free port, with `articles` indexed first; SIGTERM ends it cleanly. Its
    output goes into a pipe that nobody reads: what asks much sets `log_level`."""
    environment = {
        "ONRECORD_STORE": str(store),
        "HOME": str(store),
        "PATH": "/usr/bin:/bin",
        **{f"ONRECORD_{name.upper()}": value for name, value in settings.items()},
    }
    onrecord = [sys.executable, "-m", "service.cli"]
    if articles:
        subprocess.run([*onrecord, "index", str(articles)], env=environment, check=True)
    with subprocess.Popen(
        [*onrecord, "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield Running(_url(process), process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
    assert process.returncode == 0


def _url(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    seen = []
    for line in process.stdout:
        seen.append(line)
        if found := re.search(r"http://[\w.:\[\]]+", line):
            return found[0]
    raise AssertionError("the service did not start: " + "".join(seen))
