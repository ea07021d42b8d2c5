"""The real server: it says where it listens, stops without cutting anybody off, or says why not."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.api.openapi import DescribedApp
from service.api.serve import address, listening, require_keys, serve
from service.domain.access import Scope, new_key
from service.domain.claim import Claim
from service.domain.errors import InvalidSettings, StoreFailed
from service.domain.verdict import Check
from service.pipeline.check import Checker, Vector
from service.settings import Settings
from service.stores.key_file import KeyFile
from service.wiring import Models, Services, build_around
from tests.api.client import JSON, NDJSON, connect, problem
from tests.conftest import settings

NOW = datetime.now(UTC)
START_S = 30
CLAIM = "About 28,000 vehicles use the Sallow Bridge every day."
PROGRAM = """
import asyncio, json, sys
from service.api.serve import serve
from service.settings import Settings
given = json.loads(sys.argv[2]) if sys.argv[2:] else {}
settings = Settings(_env_file=None, store=sys.argv[1], port=0, shutdown_s=10, **given)
asyncio.run(serve(settings, announce=lambda url: print(url, flush=True)))
"""


@contextmanager
def running(store: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server in a process of its own, and its address."""
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs for all tests here that do not stop it."""
    with running(tmp_path_factory.mktemp("server") / "store") as (_, url):
        yield url


def test_port_0_takes_a_free_one_and_says_which(server: str) -> None:
    """The address is announced once requests are answered there."""
    assert not server.endswith(":0")
    assert httpx.get(f"{server}/readyz").json() == {"status": "ok"}


def test_a_body_over_the_limit_is_answered_before_it_has_come_in(server: str) -> None:
    """413, and the connection is closed rather than read to its end."""
    response = httpx.post(f"{server}/v1/checks", content=b" " * 20_000_000, headers=JSON)
    assert response.status_code == 413
    assert response.json()["type"] == "/problems/too-large"


def test_a_client_that_reads_nothing_until_it_has_sent_all_gets_its_answers(server: str) -> None:
    """Most HTTP clients are like that. Answers outgrow the socket's buffers while questions still
    come in, and neither side may wait for the other."""
    count = 3_000
    unknown = ",".join(f'"{n}":{n}' for n in range(50))
    line = f"{{{unknown}}}".encode().ljust(1_000) + b"\n"  # wrong in 50 ways: a long answer
    host, port = server.removeprefix("http://").split(":")
    with socket.socket() as client:
        for buffer in (socket.SO_RCVBUF, socket.SO_SNDBUF):
            client.setsockopt(socket.SOL_SOCKET, buffer, 4_096)
        client.settimeout(30)
        client.connect((host, int(port)))
        client.sendall(
            b"POST /v1/checks/batch HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            b"Content-Type: application/x-ndjson\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (count * len(line), count * line)
        )
        answer = b"".join(iter(lambda: client.recv(1 << 20), b""))
    assert answer.count(b"/problems/invalid-request") == count


async def test_an_answer_comes_before_the_next_question_is_sent(server: str) -> None:
    """A batch is a conversation where the client wants one."""
    # httpx reads no answer before it has sent everything, so this speaks HTTP itself.
    host, port = server.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"POST /v1/checks/batch HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/x-ndjson\r\n\r\n"
    )
    for claim in ("Will it rain?", "Will it snow?"):
        line = json.dumps({"claim": claim}).encode() + b"\n"
        writer.write(b"%x\r\n%s\r\n" % (len(line), line))
        answer = await asyncio.wait_for(reader.readuntil(b"}}\n"), 10)
        assert claim.encode() in answer
    writer.close()
    await writer.wait_closed()


def test_a_stopped_server_finishes_what_it_was_asked(tmp_path: Path) -> None:
    """SIGTERM in the middle of a batch: all lines are answered, the store is closed, exit 0."""
    with running(tmp_path / "store") as (process, url):
        sentence = "The {} dam of the valley held through the night, the office said."
        texts = [" ".join(sentence.format(m) for m in range(n, n + 8)) for n in range(20)]
        lines = [json.dumps({"title": str(n), "text": text}) for n, text in enumerate(texts)]
        with httpx.stream(
            "POST", f"{url}/v1/articles/batch", content="\n".join(lines), headers=NDJSON, timeout=60
        ) as response:
            process.send_signal(signal.SIGTERM)
            outcomes = [json.loads(line) for line in response.iter_lines()]
        assert [outcome["change"] for outcome in outcomes] == ["created"] * 20
        assert process.wait(20) == 0
        with running(tmp_path / "store") as (_, again):
            assert httpx.get(f"{again}/v1/index").json()["articles"] == 20


@dataclass(frozen=True, slots=True)
class Endless(Checker):
    """Tells the service to stop at the first claim, and is never done with it."""

    async def check(self, claim: Claim, vector: Vector | None = None) -> Check:
        """Waits until it is given up."""
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.Event().wait()
        raise AssertionError(claim, vector)


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("/v1/drafts", {"json": {"text": CLAIM}}),
        ("/v1/drafts", {"json": {"text": CLAIM}, "headers": {"Accept": "application/x-ndjson"}}),
        ("/v1/checks/batch", {"content": json.dumps({"claim": CLAIM}), "headers": NDJSON}),
    ],
)
async def test_what_is_not_done_in_time_is_told_that_the_service_stops(
    samples: Services,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    path: str,
    asked: dict[str, Any],
) -> None:
    """A 503 problem, the last line where the status is out, and no traceback in the log."""
    parts = (getattr(samples.checker, field.name) for field in fields(Checker))
    checker = Endless(*parts)
    endless = replace(samples, checker=checker, drafts=replace(samples.drafts, checker=checker))

    @asynccontextmanager
    async def built(_settings: Settings, **_: object) -> AsyncIterator[Services]:
        yield endless

    monkeypatch.setattr("service.api.serve.build", built)
    monkeypatch.setattr("service.api.serve.configure_logging", lambda *_: None)
    announced = asyncio.Queue[str]()
    given = settings(samples.settings.store, port=0, shutdown_s=0.1)
    serving = asyncio.create_task(serve(given, announce=announced.put_nowait))
    async with httpx.AsyncClient(base_url=await announced.get(), timeout=START_S) as client:
        response = await client.post(path, **asked)
    await asyncio.wait_for(serving, START_S)
    if response.headers["Content-Type"] == "application/x-ndjson":
        last = json.loads(response.text.splitlines()[-1])
        told = last.get("problem", last)
    else:
        told = problem(response, 503, "unavailable")
        assert response.headers["Retry-After"] == "5"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert told["detail"] == "The service stopped before this was done; send it again."
    assert not [record for record in caplog.records if record.exc_info]


async def test_a_port_in_use_is_told_before_anything_is_opened(tmp_path: Path) -> None:
    """With what to do about it; the store is not touched."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(InvalidSettings, match=rf"port {port}.*in use.*ONRECORD_PORT"):
            await serve(settings(tmp_path / "store", port=port), announce=print)
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "::ffff:192.0.2.1"])
async def test_a_service_that_others_reach_does_not_start_without_keys(
    tmp_path: Path, host: str
) -> None:
    """With what to do about it, before it listens or opens anything."""
    with pytest.raises(InvalidSettings) as told:
        await serve(settings(tmp_path / "store", host=host, port=0), announce=print)
    for way in ("keys create", "ONRECORD_KEYS_FILE", "ONRECORD_ALLOW_ANONYMOUS=true", "127.0.0.1"):
        assert way in str(told.value)
    assert not (tmp_path / "store").exists()


async def test_keys_or_a_word_of_the_operator_let_it_start(tmp_path: Path) -> None:
    """Revoked keys count: nobody gets in with them. Loopback needs none."""
    for host in ("127.0.0.1", "localhost", "::1"):
        assert not await require_keys(settings(tmp_path, host=host))
    await require_keys(settings(tmp_path, host="0.0.0.0", allow_anonymous=True))
    now = datetime.now(UTC)
    kept = KeyFile(tmp_path / "keys.json")
    await kept.add(new_key("a", [Scope.CHECK], now=now)[0])
    await kept.revoke("a", now)
    assert await require_keys(settings(tmp_path, host="0.0.0.0"))
    named = settings(tmp_path, host="0.0.0.0", keys_file=str(tmp_path / "missing.json"))
    with pytest.raises(StoreFailed, match=r"missing\.json"):
        await require_keys(named)


async def test_a_service_may_be_told_to_need_a_key_on_loopback_too(tmp_path: Path) -> None:
    """Behind a proxy it would otherwise start open once its keys are lost. However it is run."""
    closed = settings(tmp_path / "store", allow_anonymous=False)
    with pytest.raises(InvalidSettings, match=r"ANONYMOUS is false\. Make one with"):
        await serve(closed, announce=print)
    assert not (tmp_path / "store").exists()


async def test_an_application_may_be_told_to_need_a_key(samples: Services) -> None:
    """Whatever runs it."""
    closed = samples.settings.model_copy(update={"allow_anonymous": False})
    async with connect(replace(samples, settings=closed)) as client:
        problem(await client.get("/v1/index"), 401, "not-authenticated")


@pytest.fixture
async def keys(tmp_path: Path) -> Path:
    """A file with a key, beside a store that is still to be made."""
    file = tmp_path / "keys.json"
    await KeyFile(file).add(new_key("a", [Scope.CHECK], now=NOW)[0])
    return file


def test_a_service_that_began_with_keys_stays_closed_without_them(keys: Path) -> None:
    """Also where the file is lost before the first call has seen it."""
    with running(keys.parent) as (_, url):
        keys.unlink()
        assert httpx.get(f"{url}/v1/index").status_code == 401


async def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    """A misspelt host is a setting at fault, not a crash."""
    with pytest.raises(InvalidSettings, match=r"cannot listen on no\.such\.host"):
        await serve(settings(tmp_path, host="no.such.host.example"), announce=print)


def test_an_address_of_ipv6_is_written_as_a_url() -> None:
    """With its brackets."""
    with listening("::1", 0) as listener:
        assert address(listener).startswith("http://[::1]:")


def test_every_line_of_the_log_can_be_json(tmp_path: Path) -> None:
    """Ours, uvicorn's and those of Python's warnings."""
    announced = "print(url, flush=True)"
    program = PROGRAM.replace(announced, f"({announced}, __import__('warnings').warn('odd'))")
    given = json.dumps({"log_format": "json"})
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "store"), given],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout
        url = process.stdout.readline().strip()
        httpx.get(f"{url}/healthz", headers={"X-Request-ID": "r-9"})
        host, port = url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(b"no HTTP at all\r\n\r\n")
            assert b"400" in client.recv(1_000)
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=START_S)
    lines = [json.loads(line) for line in log.splitlines()]
    told = {line["logger"]: line for line in lines}
    assert told["uvicorn.error"]["message"] == "Invalid HTTP request received."
    request = told["service.api.middleware.access_log"]
    assert (request["path"], request["request_id"], request["client"]) == (
        "/healthz", "r-9", "127.0.0.1",
    )  # fmt: skip
    assert "odd" in told["py.warnings"]["message"]
    assert told["service.api.serve"]["message"] == "stopping"


async def test_probes_are_answered_while_the_parts_are_opened(
    models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening can take long: it lives, it is not ready, and it says what it is doing."""
    opening = asyncio.Event()

    @asynccontextmanager
    async def slow(given: Settings, *, doing: Callable[[str], None]) -> AsyncIterator[Services]:
        doing("reading the articles of an older store again")
        await opening.wait()
        async with build_around(models, given, doing=doing) as services:
            yield services

    monkeypatch.setattr("service.api.serve.build", slow)
    monkeypatch.setattr(
        "service.api.serve.configure_logging", lambda *_: None
    )  # pytest has its own
    with listening("127.0.0.1", 0) as free:
        port = free.getsockname()[1]
    announced = asyncio.Queue[str]()
    given = settings(tmp_path / "store", port=port)
    serving = asyncio.create_task(serve(given, announce=announced.put_nowait))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        while not (await client.get("/healthz")).is_success:
            pass
        starting = await client.get("/readyz")
        assert starting.status_code == 503
        assert "reading the articles of an older store" in starting.json()["detail"]
        assert (await client.post("/v1/checks", json={"claim": "x"})).status_code == 503
        assert announced.empty()
        opening.set()
        assert await announced.get() == f"http://127.0.0.1:{port}"
        assert (await client.get("/readyz")).status_code == 200
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.wait_for(serving, START_S)


def test_a_service_told_to_stop_while_it_starts_stops(tmp_path: Path) -> None:
    """Opening the models and the indexes takes a while; as the first process of a container it
    would otherwise hear nothing until it is killed."""
    store = tmp_path / "store"
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(store)], stderr=subprocess.PIPE, text=True
    ) as process:
        while not (store / "archive.sqlite").exists():  # it has begun, and is not done yet
            time.sleep(0.005)
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)
    assert process.returncode == 0, log
    assert "Traceback" not in log


async def test_a_service_told_to_stop_before_it_is_announced_stops(
    models: Models, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is ready for a moment before; it may have stopped listening by then."""
    with listening("127.0.0.1", 0) as free:
        port = free.getsockname()[1]

    def stopped_meanwhile(_app: DescribedApp) -> dict[str, object]:
        os.kill(os.getpid(), signal.SIGTERM)
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
            except ConnectionRefusedError:
                return {}

    monkeypatch.setattr("service.api.serve.build", partial(build_around, models))
    monkeypatch.setattr("service.api.serve.configure_logging", lambda *_: None)
    monkeypatch.setattr(DescribedApp, "openapi", stopped_meanwhile)
    announced: list[str] = []
    async with asyncio.timeout(START_S):
        await serve(settings(tmp_path / "store", port=port), announce=announced.append)
    assert announced == []


def test_a_service_told_to_stop_while_its_store_is_silent_stops(tmp_path: Path) -> None:
    """Before it has its keys, too, and as shells tell it."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "ONRECORD_STORE": f"redis://127.0.0.1:{silent.getsockname()[1]}",
        }
        with subprocess.Popen(
            [sys.executable, "-m", "service.cli", "serve", "--port", "0"],
            env=environment, stderr=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            connection, _ = silent.accept()
            process.send_signal(signal.SIGTERM)
            _, log = process.communicate(timeout=START_S)
            connection.close()
    assert (process.returncode, log) == (128 + signal.SIGTERM, "")
