"""Uses the built image the way a cluster and its clients do; image/check.sh starts this.

check.py ROOT INSPECTED WORK    the unpacked image, its inspection, a folder for volumes

Where REDIS_SERVER names a redis-server, the image is used on Redis as well.
"""
# ruff: noqa: INP001, T201, S104, S310, S603 - a script: in no package, prints, listens and asks in a
# network of its own, runs the Redis that it is told

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from image.container import Container, Image

URL = "http://127.0.0.1:8000"
START_TIMEOUT_S = 120
STOP_TIMEOUT_S = 30
BATCH_CLAIMS = 20

TEXT = (
    "The harbour of Vellmar will close for nine days in June, the port authority said on Monday."
    '\n\n"We have counted 14 cracks in the east pier," the harbour master, Ines Okafor, told the '
    "Vellmar Courier.\n"
)
ARTICLE = {
    "id": "vellmar-harbour",
    "text": TEXT,
    "title": "Harbour to close",
    "publisher": "Vellmar Courier",
    "published_at": "2025-05-12T08:00:00Z",
}
PAGE = {
    "id": "vellmar-ferry",
    "html": "<html><head><title>More room</title></head><body><article><h1>More room</h1><p>The "
    "ferry to Orm carries 212 passengers, the harbour master told the Vellmar Courier on Monday. "
    "It crosses the bay four times a day.</p></article></body></html>",
}
CLAIM = {"claim": "The harbour of Vellmar will close for nine days in June."}
COMPILERS = {"cc", "gcc", "g++", "c++", "clang", "ld", "as", "make", "rustc", "cargo", "go"}


def expect(held: bool, promise: str) -> None:
    """Prints a promise that held; ends the check with one that did not."""
    print("ok  " if held else "FAIL", promise, flush=True)
    if not held:
        raise SystemExit(1)


def call(method: str, path: str, body: bytes | None = None, key: str = "") -> tuple[int, bytes]:
    """Status and body of an answer; status 0 where there is none."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    request = urllib.request.Request(URL + path, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()
    except OSError:
        return 0, b""


def post(path: str, document: dict[str, Any], key: str) -> tuple[int, bytes]:
    return call("POST", path, json.dumps(document).encode(), key)


def volume(work: Path, name: str, user: str) -> Path:
    """An empty folder that belongs to `user`, as fsGroup or an engine's named volume makes it."""
    folder = work / name
    folder.mkdir(mode=0o700)
    os.chown(folder, *map(int, user.split(":")))
    return folder


def check_contents(image: Image) -> None:
    uid = image.user.partition(":")[0]
    expect(uid.isdigit() and uid != "0", f"the user is numeric and not root: {image.user}")
    expect("8000/tcp" in image.config["ExposedPorts"], "port 8000 is exposed")
    expect("/data" in image.config["Volumes"], "/data is a volume")
    version = image.config["Labels"]["org.opencontainers.image.version"]
    expect(version != "unknown", f"the labels tell the version: {version}")
    programs = {path.name for bin_ in image.root.glob("usr/**/bin") for path in bin_.iterdir()}
    expect(not programs & COMPILERS, "there is no compiler")
    pip = list(image.root.glob("opt/onrecord/bin/pip*"))
    expect(not pip, "the service's environment has no pip")
    size = sum(path.lstat().st_size for path in image.root.rglob("*") if not path.is_dir())
    expect(True, f"{size} bytes unpacked")


def make_key(image: Image, data: Path, settings: dict[str, str] | None = None) -> str:
    """A key for everything, made as an operator makes it: with the image and its volume."""
    command = ("keys", "create", "check", "--scope", "admin")
    with Container(image, data, *command, settings=settings) as made:
        code, errors = made.ended(START_TIMEOUT_S)
        expect(code == 0, f"a key is made: {errors.strip()}")
        return made.printed().strip()


def wait_until_ready(container: Container) -> None:
    started = time.monotonic()
    while call("GET", "/readyz")[0] != 200:
        if not container.running:
            expect(False, "it starts; it ended with {}:\n{}".format(*container.ended(1)))
        if time.monotonic() - started > START_TIMEOUT_S:
            expect(False, f"it is ready within {START_TIMEOUT_S} s")
        time.sleep(0.05)
    expect(True, f"ready after {time.monotonic() - started:.1f} s, with no network but loopback")


def check_confinement(image: Image, container: Container) -> None:
    status = container.status()
    user, group = image.user.split(":")
    expect(set(status["Uid"].split()) == {user}, f"it runs as user {user}")
    expect(set(status["Gid"].split()) == {group}, f"and as group {group}")
    expect(int(status["CapEff"], 16) == 0, "without capabilities")
    expect(status["NoNewPrivs"] == "1", "for good")
    expect("ro" in container.mount_options("/"), "over a read-only root file system")
    probe = image.config["Healthcheck"]["Test"][1:]
    expect(container.run(probe) == 0, "the image's health check passes")


def check_service(key: str) -> bytes:
    """Indexes articles and checks a claim; the answer."""
    for path in ("/healthz", "/docs", "/openapi.json"):
        expect(call("GET", path)[0] == 200, f"GET {path}")
    expect(call("GET", "/v1/articles")[0] == 401, "nobody reads the archive without a key")
    expect(call("GET", "/metrics", key=key)[0] == 200, "GET /metrics with a key")
    expect(post("/v1/articles", ARTICLE, key)[0] == 201, "an article is indexed")
    expect(post("/v1/articles", PAGE, key)[0] == 201, "a page is indexed")
    status, body = post("/v1/checks", CLAIM, key)
    answer = json.loads(body)
    expect(status == 200, f"a claim is checked: {answer.get('verdict')}")
    expect(answer["verdict"] == "supported", "the article supports it")
    quotes = [evidence["quote"] for evidence in answer["supporting"]]
    expect(bool(quotes) and all(quote in TEXT for quote in quotes), f"verbatim: {quotes[0]}")
    return body


def check_shutdown(container: Container, key: str) -> None:
    """The signal comes when a batch is half sent: it is answered whole, and then all ends."""
    half = (json.dumps(CLAIM) + "\n").encode() * BATCH_CLAIMS
    batch = http.client.HTTPConnection("127.0.0.1", 8000, timeout=STOP_TIMEOUT_S)
    batch.putrequest("POST", "/v1/checks/batch")
    batch.putheader("Content-Type", "application/x-ndjson")
    batch.putheader("Authorization", f"Bearer {key}")
    batch.putheader("Content-Length", str(2 * len(half)))
    batch.endheaders(half)
    time.sleep(0.5)
    container.stop()
    time.sleep(0.5)
    batch.send(half)
    answer = batch.getresponse().read()
    whole = answer.count(b'"verdict"') == 2 * BATCH_CLAIMS
    expect(whole, "told to stop, it takes in the rest of a batch and answers it")
    check_end(container)


def check_end(container: Container) -> None:
    code, errors = container.ended(STOP_TIMEOUT_S)
    told = f": {errors[-2000:]}" if code else ""
    expect(code == 0, f"then it ends with exit code {code}{told}")


def check_refusals(image: Image, data: Path, work: Path) -> None:
    """What goes wrong most in clusters ends with a message and its exit code, not a traceback."""
    empty, foreign = volume(work, "empty", image.user), volume(work, "foreign", "0:0")
    anyone = {"ONRECORD_ALLOW_ANONYMOUS": "true"}
    for folder, settings, problem, names, expected in (
        (empty, {}, "a service that anybody could use", "onrecord keys create", 2),
        (data, {}, "a volume in use", "/data", 3),
        (foreign, anyone, "a volume that it may not use", "/data", 3),
    ):
        elsewhere = ("serve", "--host", "0.0.0.0", "--port", "8001")
        with Container(image, folder, *elsewhere, settings=settings) as second:
            code, errors = second.ended(START_TIMEOUT_S)
        told = errors.strip().splitlines()[-1:] or ["nothing"]
        refused = code == expected and names in errors and "Traceback" not in errors
        expect(refused, f"{problem} is refused with exit code {code}: {told[0]}")


@contextmanager
def collector() -> Iterator[tuple[str, list[str]]]:
    """The address of what stands in for a collector of traces, and the paths of what it got."""
    got: list[str] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 4318), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield "http://127.0.0.1:4318/v1/traces", got
    server.shutdown()


@contextmanager
def redis(program: str, work: Path) -> Iterator[str]:
    """The address of a Redis that keeps its file in `work`."""
    folder = work / "redis"
    folder.mkdir()
    options = ["--appendonly", "yes", "--appendfsync", "always", "--dir", str(folder)]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        while socket.socket().connect_ex(("127.0.0.1", 6379)):
            time.sleep(0.05)
        yield "redis://127.0.0.1:6379"
    finally:
        process.terminate()
        process.wait()


def check_on_redis(image: Image, work: Path, program: str, answer: bytes) -> None:
    """As in a cluster: keys come in a file, the service itself keeps nothing, and what it wrote is
    there for the next."""
    with redis(program, work) as address:
        mounted = volume(work, "keys", image.user)
        settings = {"ONRECORD_STORE": address, "ONRECORD_KEYS_FILE": "/data/keys.json"}
        key = make_key(image, mounted, settings)
        for again in (False, True):
            with Container(image, mounted, settings=settings) as container:
                wait_until_ready(container)
                body = post("/v1/checks", CLAIM, key)[1] if again else check_service(key)
                same = json.loads(body)["supporting"] == json.loads(answer)["supporting"]
                expect(same, "on Redis a claim gets the same quotes")
                container.stop()
                check_end(container)
        left = [path.name for path in mounted.iterdir()]
        expect(left == ["keys.json"], "and nothing is kept beside Redis")


def main() -> None:
    root, inspected, work = map(Path, sys.argv[1:])
    image = Image.read(root, inspected)
    check_contents(image)
    data = volume(work, "data", image.user)
    key = make_key(image, data)
    with Container(image, data) as first:
        wait_until_ready(first)
        check_confinement(image, first)
        answer = check_service(key)
        check_refusals(image, data, work)
        print("    peak memory", first.status()["VmHWM"])
        check_shutdown(first, key)
    with (
        collector() as (address, traces),
        Container(image, data, settings={"ONRECORD_TRACES": address}) as again,
    ):
        wait_until_ready(again)
        kept = call("GET", f"/v1/articles/{ARTICLE['id']}", key=key)[0] == 200
        expect(kept, "the article is still there")
        expect(post("/v1/checks", CLAIM, key)[1] == answer, "the same claim gets the same answer")
        again.stop()
        check_end(again)
        expect("/v1/traces" in traces, "and its traces came to the collector")
    if program := os.environ.get("REDIS_SERVER"):
        check_on_redis(image, work, program, answer)
    print("ok")


if __name__ == "__main__":
    main()
