"""Pods are replaced as overlays/redis has it, under constant checks, and no request fails."""

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx

from tests.deploy.conftest import Render
from tests.redis_servers import Servers

SAMPLES = Path(__file__).parents[2] / "samples/articles"
CLAIM = {"claim": "Sallow Bridge will reopen in June."}
CALLERS = 3
ONRECORD = [sys.executable, "-m", "service.cli"]
DEADLINE_S = 120.0
"""Generous: a start loads the models, and the machine may be busy."""


@dataclass(slots=True)
class Service:
    """What a Kubernetes Service is to callers: the addresses of the pods that were ready when it
    last heard of them. Each request makes its own connection, as through kube-proxy."""

    addresses: list[str] = field(default_factory=list)
    answered: int = 0
    failed: list[str] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    def call(self) -> None:
        """Checks a claim, again and again, at one pod after the other."""
        for turn in count():
            if self.stopped.is_set():
                return
            address = self.addresses[turn % len(self.addresses)]
            try:
                answer = httpx.post(f"{address}/v1/checks", json=CLAIM, timeout=DEADLINE_S)
            except httpx.HTTPError as error:
                self.failed.append(f"{address}: {error!r}")
            else:
                self.answered += 1
                if answer.status_code != 200:
                    self.failed.append(f"{address}: {answer.status_code} {answer.text}")

    @contextmanager
    def under_load(self) -> Iterator[None]:
        callers = [threading.Thread(target=self.call) for _ in range(CALLERS)]
        for caller in callers:
            caller.start()
        try:
            yield
        finally:
            self.stopped.set()
            for caller in callers:
                caller.join()


@contextmanager
def pods() -> Iterator[list[subprocess.Popen[str]]]:
    """A list for processes; whoever still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.communicate()


def start(environment: Mapping[str, str]) -> tuple[subprocess.Popen[str], str]:
    """A pod, once it is ready, and its address."""
    process = subprocess.Popen(
        [*ONRECORD, "serve", "--port", "0"],
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    address = next(filter(None, (re.search(r"http://\S+", line) for line in process.stdout)))[0]
    until = time.monotonic() + DEADLINE_S
    while httpx.get(f"{address}/readyz").status_code != 200:
        assert time.monotonic() < until
        time.sleep(0.1)
    return process, address


def test_a_rolling_restart_loses_no_request(
    redis_server: Servers, render: Render, tmp_path: Path
) -> None:
    """A new pod is ready before an old one leaves. The old one still gets requests for a while, is
    told to stop after its preStop hook, finishes what it has, and ends with 0."""
    ((_, template),) = [(n, t) for n, t in render("redis").pods() if n == "onrecord"]
    (container,) = template["spec"]["containers"]
    wait_s = float(container["lifecycle"]["preStop"]["exec"]["command"][1])
    environment = {
        "ONRECORD_STORE": redis_server.url,
        "ONRECORD_THREADS": "1",
        "ONRECORD_STANCE": "small",
        "HOME": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    index = [*ONRECORD, "index", str(SAMPLES / "2025-02-03-post-bridge-closed.md")]
    subprocess.run(index, env=environment, check=True, capture_output=True)
    service = Service()
    with pods() as running:
        for _ in range(2):
            process, address = start(environment)
            running.append(process)
            service.addresses = [*service.addresses, address]
        old = list(zip(running, service.addresses, strict=True))
        with service.under_load():
            for process, address in old:
                new, its_address = start(environment)
                running.append(new)
                service.addresses = [*service.addresses, its_address]
                # Every node has heard of it well within the hook's time; here it takes half of it.
                time.sleep(wait_s / 2)
                service.addresses = [one for one in service.addresses if one != address]
                time.sleep(wait_s / 2)
                process.send_signal(signal.SIGTERM)
                assert process.wait(DEADLINE_S) == 0
        assert service.failed == []
        assert service.answered > 20
