"""The load of the latency benchmark does not wait for a server that falls behind."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Barrier, Thread

import pytest

from benchmarks.arrivals import Answered, arrive, summary

TAKES_S = 0.05
TOGETHER = Barrier(6)


class Slow(BaseHTTPRequestHandler):
    """Answers each claim after TAKES_S, one that says so only with five others, and refuses one
    that says so."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """One check."""
        claim = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["claim"]
        if claim == "together":
            TOGETHER.wait(30)
        time.sleep(TAKES_S)
        self.send_response(503 if claim == "refuse" else 200)
        self.send_header("Server-Timing", "total;dur=50.0, embed;dur=20.5")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A slow server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_latency_counts_from_when_a_claim_was_due(url: str) -> None:
    """At twice the rate that one caller can serve, each claim waits longer than the one before."""
    answered = arrive(url, ["a claim"] * 6, callers=1, rate=2 / TAKES_S)
    waited = [one.latency_ms for one in answered]
    assert waited == sorted(waited)
    assert waited[-1] > 3 * 1000 * TAKES_S


def test_callers_share_the_claims(url: str) -> None:
    """Six callers ask six claims at once, and each is asked once."""
    answered = arrive(url, ["together"] * 6, callers=6, rate=float("inf"))
    assert len(answered) == 6


def test_the_stages_are_the_server_s_own(url: str) -> None:
    """They are read from `Server-Timing`."""
    (one,) = arrive(url, ["a claim"], callers=1, rate=1000)
    assert one.stages_ms == {"total": 50.0, "embed": 20.5}
    assert summary([one, Answered(1.0, {})])["stages"]["embed"]["mean"] == 10.25


def test_a_refused_claim_is_no_latency(url: str) -> None:
    """A benchmark that is answered with problems fails, rather than be fast."""
    with pytest.raises(RuntimeError, match="503"):
        arrive(url, ["refuse"], callers=1, rate=1000)
