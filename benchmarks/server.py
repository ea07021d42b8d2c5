"""A running `onrecord serve`, in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STOPPED_WITHIN_S = 60


@contextmanager
def serving(store: Path) -> Iterator[str]:
    """The address of the service on `store`, on a free port, until it is left. It answers
    nothing from a cache."""
    command = Path(sys.executable).with_name("onrecord")
    with subprocess.Popen(
        [command, "serve", "--port", "0", "--store", store],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "ONRECORD_LOG_LEVEL": "warning", "ONRECORD_CACHE_BYTES": "0"},
    ) as service:
        assert service.stdout
        try:
            announced = re.search(r"http://\S+", service.stdout.readline())
            if announced is None:
                raise SystemExit("the service did not start")
            yield announced[0]
        finally:
            service.terminate()
            service.wait(STOPPED_WITHIN_S)
