"""A whole draft is checked where nothing can be reached, and then its words are looked for."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import SAMPLES

ONRECORD = (sys.executable, "-m", "service.cli")
LOOPBACK_UP = """
import fcntl, socket, struct
UP_AND_RUNNING, SIOCSIFFLAGS = 0x41, 0x8914
fcntl.ioctl(socket.socket(), SIOCSIFFLAGS, struct.pack("16sh", b"lo", UP_AND_RUNNING))
print("up", flush=True)
input()
"""
FAR_AWAY = "import socket; socket.create_connection(('192.0.2.1', 80))"
ARTICLE = "The ferry to Orm carries 212 passengers, harbour master Brimblewick Thornquay said."
ARCHIVED = re.compile(rb"brimblewick", re.IGNORECASE)
"""A word that has to be found in the store: what is looked for can be found there."""
DRAFT = """\
Zimmerquast Obolowitz looks back.

About 28,000 vehicles use the Sallow Bridge every day, engineer Zimmerquast Obolowitz said.

“Nobody will cross this bridge until I would let the grintholm council cross it,” Mayor Ottoline \
Brask told Obolowitz.

The Salow Bridge reopened to vexelborn cars on March 22, and the final bill came to $9.7 million. \
Is Grintholm the most beautiful town? The ferry to Orm carries 112 vexelborn passengers.
"""
WORDS = re.compile(rb"zimmerqu|obolow|grinthol|vexelb|\bsalow\b", re.IGNORECASE)
"""The draft's own words, without endings that an index might cut."""
FORMS = ("application/json", "text/html", "text/event-stream", "application/x-ndjson")


@dataclass(frozen=True, slots=True)
class Desk:
    """A computer with no network but its own loopback, and all that a program can write to."""

    folder: Path
    enter: Sequence[str]

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "temporary"),
            "ONRECORD_STORE": str(self.folder / "store"),
            "ONRECORD_LOG_LEVEL": "debug",
        }

    def run(self, *command: str, given: str = "", fails: bool = False) -> str:
        """What the command prints on both channels; it ends well, or with `fails` it does not."""
        ended = subprocess.run(
            [*self.enter, *command],
            input=given,
            capture_output=True,
            text=True,
            check=False,
            env=self.environment,
            cwd=self.folder / "work",
        )
        assert bool(ended.returncode) is fails, ended.stderr
        return ended.stdout + ended.stderr

    @contextmanager
    def serving(self, log_format: str) -> Iterator[str]:
        """The address of a service whose log goes into the folder."""
        log = self.folder / f"{log_format}.log"
        with (
            log.open("w") as written,
            subprocess.Popen(
                [*self.enter, *ONRECORD, "serve", "--port", "0"],
                env=self.environment | {"ONRECORD_LOG_FORMAT": log_format},
                cwd=self.folder / "work",
                stdout=subprocess.PIPE,
                stderr=written,
                text=True,
            ) as service,
        ):
            assert service.stdout
            try:
                announced = re.search(r"http://\S+", service.stdout.readline())
                assert announced, log.read_text()
                yield announced[0]
            finally:
                service.terminate()

    def ask(self, address: str, body: object, *headers: str) -> str:
        """The answer to a POST; the body reaches the asking program by a pipe."""
        named = ["Content-Type: application/json", *headers]
        options = [part for header in named for part in ("--header", header)]
        return self.run("curl", "-sS", address, *options, "--data", "@-", given=json.dumps(body))

    def with_words(self, words: re.Pattern[bytes]) -> list[str]:
        """The files that have one of the words, in their content or in their name."""
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        return sorted(
            str(path.relative_to(self.folder))
            for path in files
            if words.search(path.read_bytes()) or words.search(bytes(path))
        )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """With the samples and an article of our own indexed."""
    for name in ("home", "temporary", "work"):
        (tmp_path / "desk" / name).mkdir(parents=True)
    (tmp_path / "article.txt").write_text(ARTICLE)
    as_root = os.geteuid() == 0
    unshare = ["unshare", *([] if as_root else ["--map-root-user"]), "--net"]
    with subprocess.Popen(
        [*unshare, sys.executable, "-c", LOOPBACK_UP],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as alone:
        assert alone.stdin
        assert alone.stdout
        said = alone.stdout.readline()
        if said != "up\n":
            pytest.fail(f"this machine gives no network namespace: {said}{alone.stdout.read()}")
        as_user = [] if as_root else ["--user", "--preserve-credentials"]
        made = Desk(tmp_path / "desk", ["nsenter", *as_user, "--net", "--target", str(alone.pid)])
        made.run(*ONRECORD, "index", str(SAMPLES / "articles"), str(tmp_path / "article.txt"))
        yield made
        alone.stdin.close()


def test_a_draft_is_on_no_disk_and_in_no_log(desk: Desk) -> None:
    """Checked by every way in, whole and refused, its words are in no file of the store, the logs,
    the home, the working and the temporary folder, neither while the service runs nor after."""
    assert "Network is unreachable" in desk.run(sys.executable, "-c", FAR_AWAY, fails=True)
    for log_format in ("text", "json"):
        with desk.serving(log_format) as url:
            address = f"{url}/v1/drafts"
            for form in FORMS:
                answer = desk.ask(address, {"text": DRAFT}, f"Accept: {form}")
                assert "18,000 vehicles" in answer
                assert "my own children" in answer
            for refused in ({"text": DRAFT, "vexelborn": 1}, {"text": DRAFT * 1_000}):
                assert '"status":4' in desk.ask(address, refused)
            assert not desk.with_words(WORDS)
        assert "/v1/drafts" in (desk.folder / f"{log_format}.log").read_text()
    assert "my own children" in desk.run(*ONRECORD, "draft", "-", given=DRAFT, fails=True)
    assert not desk.with_words(WORDS)
    assert not list((desk.folder / "temporary").iterdir())
    assert {Path(name).parts[0] for name in desk.with_words(ARCHIVED)} == {"store"}
