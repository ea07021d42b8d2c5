"""Keys are made, listed and revoked while a service runs, and `--server` sends one."""

import json
import os
import re
import stat
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import Result

from tests.cli.conftest import ONRECORD, ROOT, STARTED_WITHIN_S

Run = Callable[..., Result]

TOKEN = re.compile(r"onr_[0-9a-f]{12}_[0-9a-f]{64}\n")


def token(made: Result) -> str:
    """The token that `keys create` printed, alone on standard output."""
    assert made.exit_code == 0, made.stderr
    assert TOKEN.fullmatch(made.stdout)
    return made.stdout.strip()


def test_a_key_is_shown_once_and_listed_without_its_secret(run: Run, tmp_path: Path) -> None:
    """What it allows, since when and until when."""
    store = tmp_path / "store"
    made = run("keys", "create", "cms", "--scope", "check", "--scope", "index", "--store", store)
    secret = token(made)
    assert "shown this once" in made.stderr
    assert secret not in made.stderr
    options = ("--scope", "admin", "--expires", "2100-01-01", "--store", store)
    token(run("keys", "create", "ci", *options))
    assert "revoked the key cms" in run("keys", "revoke", "cms", "--store", store).stdout
    listed = run("keys", "list", "--store", store).stdout.splitlines()
    assert [line.split()[1:3] for line in listed[1:]] == [["cms", "check,index"], ["ci", "admin"]]
    assert re.search(r"revoked on \d{4}-\d\d-\d\d$", listed[1])
    assert listed[2].endswith("valid until 2100-01-01")
    kept = (store / "keys.json").read_text()
    assert secret.rpartition("_")[2] not in kept + "".join(listed)
    assert stat.S_IMODE((store / "keys.json").stat().st_mode) == 0o600


def test_every_command_says_whose_keys_they_are(run: Run, tmp_path: Path, indexed: Path) -> None:
    """In a folder without settings they are not those of the service: no store is there."""
    made = run("keys", "create", "cms", "--scope", "check")
    revoked = run("keys", "revoke", "cms")
    listed = run("keys", "list")
    for told in (made.stderr, revoked.stdout, listed.stderr):
        assert f" in {tmp_path / '.onrecord'}, where no store is yet" in told
    assert run("keys", "list", "--store", indexed).stderr == f"0 keys in {indexed}\n"


def test_a_file_can_be_made_for_a_secret(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ONRECORD_KEYS_FILE, and no store is made."""
    monkeypatch.setenv("ONRECORD_KEYS_FILE", str(tmp_path / "secret" / "keys.json"))
    token(run("keys", "create", "cms", "--scope", "check"))
    (key,) = json.loads((tmp_path / "secret" / "keys.json").read_text())["keys"]
    assert (key["name"], key["scopes"]) == ("cms", ["check"])
    assert not Path(".onrecord").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["create", "a b", "--scope", "check"], "no name of a key"),
        (["create", "a"], "--scope"),
        (["create", "a", "--scope", "all"], "all"),
        (["create", "a", "--scope", "check", "--expires", "2001-01-01"], "expired already"),
        (["revoke", "nobody"], "no key nobody"),
    ],
)
def test_what_cannot_be_is_told(run: Run, tmp_path: Path, arguments: list[str], told: str) -> None:
    """Exit code 2, and nothing is made."""
    result = run("keys", *arguments, "--store", tmp_path / "store")
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "store" / "keys.json").exists()


def test_what_a_service_writes_is_its_owners_alone(server: str, served: Path) -> None:
    """Every file 0600 and every folder 0700, of the engines too."""
    httpx.put(f"{server}/v1/articles/mine", json={"text": "The mill at Dale has 14 looms."})
    written = [served, *served.rglob("*")]
    assert len(written) > 8
    open_to_others = [
        str(path.relative_to(served)) for path in written if path.stat().st_mode & 0o077
    ]
    httpx.delete(f"{server}/v1/articles/mine")
    assert open_to_others == []


@pytest.fixture(scope="module")
def closed(indexed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A real service whose store has keys, behind a proxy on this machine: address and store."""
    store = tmp_path_factory.mktemp("closed") / "store"
    subprocess.run(["cp", "-r", str(indexed), str(store)], check=True)
    environment = {
        **{name: value for name, value in os.environ.items() if "ONRECORD" not in name},
        "ONRECORD_TRUSTED_PROXIES": "127.0.0.1",
        "ONRECORD_RATE_LIMIT": "40/hour",
        "ONRECORD_ALLOWED_HOSTS": "facts.example",
    }
    command = [*ONRECORD, "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as service:
        try:
            assert service.stdout
            address = re.search(r"http://\S+", service.stdout.readline())
            assert address, "the service did not start"
            yield address[0], store
        finally:
            service.terminate()
            assert service.wait(STARTED_WITHIN_S) == 0


def test_a_running_service_takes_and_drops_keys(
    run: Run, closed: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From making a key to asking with it, to what whoever holds a revoked one is told."""
    server, store = closed
    assert httpx.get(f"{server}/v1/index").status_code == 200
    first = token(run("keys", "create", "cms", "--scope", "check", "--store", store))
    refused = run("quotes", "--server", server)
    assert refused.exit_code == 2
    assert "ONRECORD_KEY" in refused.stderr
    monkeypatch.setenv("ONRECORD_KEY", first)
    asked = run("quotes", "--speaker", "Brask", "--server", server)
    assert asked.exit_code == 0, asked.stderr
    assert "Brask" in asked.stdout
    article = store.parent / "a.txt"
    article.write_text("Looms fall silent\n\nThe mill at Dale has 14 looms.\n")
    indexing = run("index", article, "--server", server)
    assert indexing.exit_code == 2
    assert "this needs index" in indexing.stderr
    run("keys", "revoke", "cms", "--store", store)
    time.sleep(1)
    revoked = run("quotes", "--server", server)
    assert revoked.exit_code == 2
    assert "is not valid: revoked on" in revoked.stderr
    assert first not in refused.stderr + indexing.stderr + revoked.stderr


def test_a_trusted_proxy_says_who_asks_and_nobody_else(closed: tuple[str, Path]) -> None:
    """The limit is each client's, not the proxy's; what a client puts in front is left out."""
    server, _ = closed
    for client in ("198.51.100.1", "203.0.113.9, 198.51.100.2", "[2001:db8::1]:99"):
        answer = httpx.get(f"{server}/v1/index", headers={"X-Forwarded-For": client})
        assert answer.headers["RateLimit"].startswith('"default";r=39;'), client
    answer = httpx.get(f"{server}/v1/index", headers={"X-Forwarded-For": "9.9.9.9, 198.51.100.2"})
    assert answer.headers["RateLimit"].startswith('"default";r=38;')


def test_a_foreign_name_is_refused_by_the_real_server(closed: tuple[str, Path]) -> None:
    """Over a real connection, where the address that was reached is known."""
    server, _ = closed
    for host, status in [("evil.example", 421), ("facts.example", 200), ("127.0.0.1", 200)]:
        answer = httpx.get(f"{server}/openapi.json", headers={"Host": host})
        assert answer.status_code == status, host


def test_a_password_in_an_address_is_not_shown(run: Run) -> None:
    """Of a service behind a proxy that asks for one, or of a store."""
    for option, address in [
        ("--server", "http://editor:hunter2@127.0.0.1:1"),
        ("--server", "editor:hunter2@127.0.0.1:1"),
        ("--store", "redis://editor:hunter2@127.0.0.1:1"),
    ]:
        result = run("quotes", option, address)
        assert result.exit_code in {2, 3}
        assert "127.0.0.1:1" in result.stderr
        assert "hunter2" not in result.stderr
