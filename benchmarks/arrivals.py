"""Claims that arrive at a server at a fixed rate, whether it keeps up or not.

A caller that waits for an answer before it asks again hides how long others would have waited
("coordinated omission"). Here each request has a moment at which it is due; its latency counts from
there, also when all callers were still waiting for answers.
"""

import http.client
import json
import re
import statistics
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import numpy as np

_TIMEOUT_S = 60
_STAGE = re.compile(r"([\w-]+);dur=([\d.]+)")
PERCENTILES = (50, 95, 99)


@dataclass(frozen=True, slots=True)
class Answered:
    """One request: milliseconds since it was due, and the server's own by stage."""

    latency_ms: float
    stages_ms: dict[str, float]


class Caller:
    """One connection to a server, kept open."""

    def __init__(self, url: str) -> None:
        address = urlsplit(url)
        assert address.hostname  # ours: http://127.0.0.1:PORT
        self._connection = http.client.HTTPConnection(
            address.hostname, address.port, timeout=_TIMEOUT_S
        )

    def check(self, claim: str, *, due: float) -> Answered:
        """Asks when it is due (`time.perf_counter`), and waits. Raises on any other status than
        200."""
        time.sleep(max(0.0, due - time.perf_counter()))
        body = json.dumps({"claim": claim})
        self._connection.request("POST", "/v1/checks", body, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        content = response.read()
        latency_ms = 1000 * (time.perf_counter() - due)
        if response.status != http.client.OK:
            raise RuntimeError(f"{response.status}: {content.decode(errors='replace')}")
        timing = _STAGE.findall(response.getheader("Server-Timing", ""))
        return Answered(latency_ms, {name: float(duration) for name, duration in timing})

    def close(self) -> None:
        """Gives the connection back."""
        self._connection.close()


def arrive(url: str, claims: Sequence[str], *, callers: int, rate: float) -> list[Answered]:
    """The claims, `rate` a second, put by `callers` connections."""
    numbers, taking = count(), threading.Lock()
    start = time.perf_counter() + 0.1

    def call(_: int) -> list[Answered]:
        answered: list[Answered] = []
        with closing(Caller(url)) as caller:
            while True:
                with taking:
                    number = next(numbers)
                if number >= len(claims):
                    return answered
                answered.append(caller.check(claims[number], due=start + number / rate))

    with ThreadPoolExecutor(callers) as threads:
        return [one for some in threads.map(call, range(callers)) for one in some]


def capacity(url: str, claims: Sequence[str], *, callers: int) -> float:
    """Checks a second when every caller asks again as soon as it has its answer."""
    started = time.perf_counter()
    arrive(url, claims, callers=callers, rate=float("inf"))
    return len(claims) / (time.perf_counter() - started)


def summary(answered: Sequence[Answered]) -> dict[str, Any]:
    """Percentiles in milliseconds: of the latency, and of each of the server's stages."""
    stages = sorted({name for one in answered for name in one.stages_ms})
    return {
        "requests": len(answered),
        "latency": percentiles([one.latency_ms for one in answered]),
        "stages": {
            name: percentiles([one.stages_ms.get(name, 0.0) for one in answered]) for name in stages
        },
    }


def percentiles(values_ms: Sequence[float]) -> dict[str, float]:
    """p50, p95, p99 and the mean."""
    found = {f"p{p}": round(float(np.percentile(values_ms, p)), 2) for p in PERCENTILES}
    return {**found, "mean": round(statistics.fmean(values_ms), 2)}
