"""Who is let in: keys, their scopes, and what whoever has none is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient, Response

from service.api.app import create_app
from service.api.middleware.body_limit import SHORT_BYTES
from service.api.scopes import scope_of
from service.domain.access import Scope, new_key
from service.stores.key_file import KeyFile
from service.wiring import Services
from tests.api.client import JSON, NDJSON, connect, problem

NOW = datetime.now(UTC)
CHANGES = [
    ("POST", "/v1/articles"),
    ("POST", "/v1/articles/batch"),
    ("PUT", "/v1/articles/a"),
    ("DELETE", "/v1/articles/a"),
]
QUESTIONS = [
    ("POST", "/v1/checks"),
    ("POST", "/v1/checks/batch"),
    ("POST", "/v1/drafts"),
    ("GET", "/v1/articles"),
    ("GET", "/v1/articles/a"),
    ("GET", "/v1/quotes"),
    ("POST", "/v1/quotes/verify"),
    ("GET", "/v1/search"),
    ("GET", "/v1/index"),
]
KEYED = [("GET", "/metrics"), ("GET", "/v2/languages")]
OPEN = ["/healthz", "/readyz", "/docs", "/docs/assets/docs.js", "/openapi.json"]

Make = Callable[..., Awaitable[str]]


@pytest.fixture
def kept(tmp_path: Path) -> KeyFile:
    """Where this test's keys are."""
    return KeyFile(tmp_path / "keys.json")


@pytest.fixture
def make(kept: KeyFile) -> Make:
    """Makes a key of these scopes; its token."""

    async def made(*scopes: Scope, name: str = "cms", **given: datetime) -> str:
        key, token = new_key(name, scopes, now=given.pop("now", NOW), **given)
        await kept.add(key)
        return token

    return made


@asynccontextmanager
async def service(samples: Services, kept: KeyFile, **given: object) -> AsyncIterator[AsyncClient]:
    """Asks the samples, with these keys and settings."""
    settings = samples.settings.model_copy(update=given)
    async with connect(replace(samples, keys=kept, settings=settings)) as client:
        yield client


@pytest.fixture
async def client(samples: Services, kept: KeyFile) -> AsyncIterator[AsyncClient]:
    """A client without a key."""
    async with service(samples, kept) as connected:
        yield connected


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def ask(client: AsyncClient, method: str, path: str, token: str = "") -> Response:
    """With a body that no operation takes: who is let in is told so, and nothing is done."""
    headers = (NDJSON if path.endswith("/batch") else JSON) | (bearer(token) if token else {})
    content = "" if path.endswith("/batch") else "{}"
    return await client.request(method, path, content=content, headers=headers)


async def test_without_keys_everybody_is_let_in(client: AsyncClient) -> None:
    """Whatever the header has: it may be meant for a proxy in front."""
    for headers in ({}, bearer("x"), {"Authorization": "Basic eDp5"}):
        assert (await client.get("/v1/index", headers=headers)).status_code == 200


async def test_with_a_key_every_call_needs_one(client: AsyncClient, make: Make) -> None:
    """What to send is in the answer; probes and the documentation stay open."""
    await make(Scope.CHECK)
    for method, path in [*CHANGES, *QUESTIONS, ("GET", "/metrics"), ("GET", "/nowhere")]:
        refused = await ask(client, method, path)
        assert "Bearer onr_" in str(problem(refused, 401, "not-authenticated")["detail"])
        assert refused.headers["WWW-Authenticate"] == 'Bearer realm="onrecord"'
    for path in OPEN:
        assert (await client.get(path)).status_code == 200, path


@pytest.mark.parametrize(
    ("allow_anonymous", "known"), [(None, True), (False, True), (False, False)]
)
async def test_a_service_that_starts_goes_by_the_keys_it_knows(
    samples: Services, *, allow_anonymous: bool | None, known: bool
) -> None:
    """Its counters, and whatever else it answers without its parts, need one as ever."""
    key, token = new_key("monitor", [Scope.METRICS], now=NOW)
    settings = samples.settings.model_copy(update={"allow_anonymous": allow_anonymous})
    transport = ASGITransport(create_app(settings=settings, keys=[key] if known else []))
    async with AsyncClient(transport=transport, base_url="http://onrecord.test") as client:
        for method, path in [*CHANGES, *QUESTIONS, *KEYED, ("GET", "/nowhere")]:
            problem(await ask(client, method, path), 401, "not-authenticated")
        for path in {*OPEN} - {"/readyz"}:
            assert (await client.get(path)).status_code == 200, path
        shown = await client.get("/metrics", headers=bearer(token))
        assert shown.status_code == (200 if known else 401)


async def test_a_key_that_is_made_closes_a_service_that_runs(
    client: AsyncClient, make: Make, kept: KeyFile, tmp_path: Path
) -> None:
    """And neither revoking the last one nor losing the file opens it again."""
    assert (await client.get("/v1/index")).status_code == 200
    token = await make(Scope.CHECK)
    problem(await client.get("/v1/index"), 401, "not-authenticated")
    assert (await client.get("/v1/index", headers=bearer(token))).status_code == 200
    await kept.revoke("cms", NOW)
    problem(await client.get("/v1/index"), 401, "not-authenticated")
    (tmp_path / "keys.json").unlink()
    problem(await client.get("/v1/index"), 401, "not-authenticated")


@pytest.mark.parametrize("scope", list(Scope))
async def test_a_key_may_do_what_its_scope_says_and_nothing_else(
    client: AsyncClient, make: Make, scope: Scope
) -> None:
    """Every operation, with a key of every scope."""
    token = await make(scope)
    allowed = {
        Scope.CHECK: QUESTIONS,
        Scope.INDEX: CHANGES,
        Scope.METRICS: [("GET", "/metrics")],
        Scope.ADMIN: [*QUESTIONS, *CHANGES, ("GET", "/metrics")],
    }[scope]
    for method, path in [*QUESTIONS, *CHANGES, ("GET", "/metrics")]:
        answer = await ask(client, method, path, token)
        if (method, path) in allowed:
            assert answer.status_code in {200, 404, 422}, (method, path, answer.text)
        else:
            needed = scope_of(method, path)
            body = problem(answer, 403, "scope-missing")
            assert body["detail"] == f"The key cms allows {scope}; this needs {needed}."
            challenge = answer.headers["WWW-Authenticate"]
            assert challenge.endswith(f'error="insufficient_scope", scope="{needed}"')


async def test_every_route_has_its_scope(samples: Services) -> None:
    """The lists above are all there is, and what is open is open on purpose."""
    document = create_app(samples).openapi()
    operations = {
        (method.upper(), path.replace("{id}", "a"))
        for path, item in document["paths"].items()
        for method in item
    }
    others = {("GET", path) for path in [*OPEN, "/metrics"]}
    reading = {("GET", f"/v1/articles/a/{part}") for part in ("quotes", "revisions")} | {
        ("GET", "/v1/index/publishers"),
        ("GET", "/v2/languages"),
        ("POST", "/v2/check"),
    }
    assert operations <= {*CHANGES, *QUESTIONS} | others | reading
    assert {scope_of(*one) for one in {*QUESTIONS} | reading} == {Scope.CHECK}
    assert {scope_of(*one) for one in CHANGES} == {Scope.INDEX}
    assert {path for method, path in operations if scope_of(method, path) is None} == {
        "/healthz",
        "/readyz",
    }


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/docs/../v1/index", None),  # no route: servers and clients resolve dots before
        ("HEAD", "/v1/articles/a", Scope.CHECK),
        ("DELETE", "/v2/anything", Scope.INDEX),
        ("PATCH", "/v1/checks", Scope.INDEX),
        ("POST", "/v2/check", Scope.CHECK),
        ("GET", "/healthz/", Scope.CHECK),
        ("GET", "/metrics/", Scope.CHECK),
        ("GET", "/docsx", Scope.CHECK),
        ("BREW", "/v1/index", Scope.CHECK),
    ],
)
def test_what_nobody_has_opened_is_closed(method: str, path: str, scope: Scope | None) -> None:
    """A path that is added needs a key, and a method that changes things the scope to."""
    assert scope_of(method, path) == scope


async def test_dots_lead_to_nothing_open(client: AsyncClient, make: Make) -> None:
    """A path below an open folder is never another route."""
    await make(Scope.CHECK)
    for path in ("/docs/..%2fv1/index", "/docs/%2e%2e/v1/index", "//v1/index", "/v1//index"):
        assert (await client.get(path)).status_code in {401, 404}, path


async def test_a_revoked_key_is_refused_within_a_second(
    client: AsyncClient, make: Make, kept: KeyFile
) -> None:
    """While the service runs; its holder is told why."""
    token = await make(Scope.ADMIN)
    assert (await client.get("/v1/index", headers=bearer(token))).status_code == 200
    await kept.revoke("cms", NOW)
    await asyncio.sleep(1)
    answer = await client.get("/v1/index", headers=bearer(token))
    assert "revoked on" in str(problem(answer, 401, "not-authenticated")["detail"])
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize(
    ("path", "line"),
    [("/v1/checks/batch", {"claim": "A bridge."}), ("/v1/articles/batch", {"text": ""})],
)
async def test_a_batch_ends_when_its_key_is_revoked(
    client: AsyncClient, make: Make, kept: KeyFile, path: str, line: dict[str, str]
) -> None:
    """Who holds a stream open would go on otherwise, for as long as he likes."""
    token = await make(Scope.ADMIN)

    async def body() -> AsyncIterator[bytes]:
        for number in range(4):
            if number == 2:
                await asyncio.sleep(0.5)  # what was sent before is under way
                await kept.revoke("cms", NOW)
            yield json.dumps(line).encode() + b"\n"

    answer = await client.post(path, content=body(), headers=NDJSON | bearer(token))
    last = json.loads(answer.text.splitlines()[-1])
    assert (last["status"], last["type"]) == (401, "/problems/not-authenticated")
    assert "revoked on" in last["detail"]
    assert last["instance"].endswith("#line=3")


async def test_an_expired_key_is_refused(client: AsyncClient, make: Make) -> None:
    """By the clock, at each call."""
    then = NOW - timedelta(days=9)
    token = await make(Scope.ADMIN, now=then, expires_at=then + timedelta(days=1))
    answer = await client.get("/v1/index", headers=bearer(token))
    assert "expired on" in str(problem(answer, 401, "not-authenticated")["detail"])


async def test_a_guess_learns_nothing(client: AsyncClient, make: Make) -> None:
    """The same words for a known id with a wrong secret, an unknown id, and nonsense."""
    token = await make(Scope.CHECK)
    guesses = [
        token[:-1] + ("0" if token[-1] != "0" else "1"),
        f"onr_{12 * '0'}_{64 * '0'}",
        "nonsense",
    ]
    told = set()
    for guess in guesses:
        answer = await client.get("/v1/index", headers=bearer(guess))
        told.add(str(problem(answer, 401, "not-authenticated")["detail"]))
        assert guess not in answer.text
        assert answer.headers["WWW-Authenticate"].endswith('error="invalid_token"')
    assert len(told) == 1


@pytest.mark.parametrize(
    "header", ["bearer {}", "BEARER {}", "Bearer  {}", "Bearer {} "], ids="bare"
)
async def test_the_scheme_is_read_as_http_reads_it(
    client: AsyncClient, make: Make, header: str
) -> None:
    """In any case, with any blanks (RFC 9110, 11.1)."""
    token = await make(Scope.CHECK)
    answer = await client.get("/v1/index", headers={"Authorization": header.format(token)})
    assert answer.status_code == 200


@pytest.mark.parametrize("header", ["{}", "Basic {}", "Bearer", "Bearer {} {}", "Bearer,{}"])
async def test_a_key_elsewhere_does_not_count(client: AsyncClient, make: Make, header: str) -> None:
    """Neither under another scheme, nor in the query, where logs would keep it."""
    token = await make(Scope.CHECK)
    answer = await client.get("/v1/index", headers={"Authorization": header.format(token, token)})
    problem(answer, 401, "not-authenticated")
    problem(await client.get("/v1/index", params={"key": token}), 401, "not-authenticated")


async def test_a_plugins_form_may_have_the_key(client: AsyncClient, make: Make) -> None:
    """As LanguageTool's clients send theirs, before the text or behind it; the rest of the form is
    read as ever. A header that is there decides alone."""
    token = await make(Scope.CHECK)
    metrics = await make(Scope.METRICS, name="monitor")
    for form in (
        {"username": "a@b.example", "apiKey": token, "text": "🌉 & so."},
        {"text": "🌉 & so.", "apiKey": token},
    ):
        assert (await client.post("/v2/check", data=form)).json()["matches"] == []
        refused = await client.post("/v2/check", data=form, headers=bearer("x"))
        problem(refused, 401, "not-authenticated")
    long = {"apiKey": token, "text": SHORT_BYTES * "a"}
    problem(await client.post("/v2/check", data=long), 413, "too-large")
    problem(await client.post("/v2/check", data={"apiKey": metrics}), 403, "scope-missing")


async def test_a_key_in_another_form_does_not_count(client: AsyncClient, make: Make) -> None:
    """Nor under another name, nor behind more than is read of one who may be anybody."""
    token = await make(Scope.CHECK)
    for path, form in (
        ("/v1/checks", {"apiKey": token}),
        ("/v2/check", {"text": "a", "xapiKey": token}),
        ("/v2/check", {"text": "a", "apiKey": f"{token}0"}),
        ("/v2/check", {"text": "a", "apiKey": ""}),
        ("/v2/check", {"text": 2 * SHORT_BYTES * "a", "apiKey": token}),
    ):
        problem(await client.post(path, data=form), 401, "not-authenticated")


async def test_of_a_form_without_a_key_no_more_is_read(client: AsyncClient, make: Make) -> None:
    """Than what may have one in it."""
    await make(Scope.CHECK)
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 65_536
            yield b"a" * 65_536

    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    async with asyncio.timeout(5):
        answer = await client.post("/v2/check", content=body(), headers=headers)
    problem(answer, 401, "not-authenticated")
    assert SHORT_BYTES < read < SHORT_BYTES + 2 * 65_536


async def test_keys_that_cannot_be_read_let_nobody_in(
    client: AsyncClient, make: Make, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """503, and the log says which file; the service is not ready, and still lives."""
    token = await make(Scope.ADMIN)
    (tmp_path / "keys.json").write_text("{")
    problem(await client.get("/v1/index", headers=bearer(token)), 503, "store-failed")
    problem(await client.get("/v1/index"), 503, "store-failed")
    problem(await client.get("/readyz"), 503, "store-failed")
    assert "keys.json cannot be read as keys" in caplog.text
    assert (await client.get("/healthz")).status_code == 200


async def test_a_service_that_only_reads_changes_nothing(samples: Services, kept: KeyFile) -> None:
    """Not with any key; questions are answered."""
    async with service(samples, kept, read_only=True) as client:
        for method, path in CHANGES:
            body = problem(await ask(client, method, path), 403, "read-only")
            assert "ONRECORD_READ_ONLY" in str(body["detail"])
        assert (await client.get("/v1/articles")).status_code == 200
        key, token = new_key("a", [Scope.ADMIN], now=NOW)
        await kept.add(key)
        for method, path in CHANGES:
            problem(await ask(client, method, path, token), 403, "read-only")


async def test_whoever_has_no_key_sends_no_body(client: AsyncClient, make: Make) -> None:
    """The answer comes before any of it is read."""
    await make(Scope.CHECK)
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b" " * 65_536

    async with asyncio.timeout(5):
        answer = await client.post("/v1/articles", content=body(), headers=JSON)
    problem(answer, 401, "not-authenticated")
    assert read == 0


async def test_no_secret_is_in_a_log_an_answer_or_a_metric(
    client: AsyncClient, make: Make, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither of a key that is let in nor of a guess."""
    caplog.set_level("DEBUG")
    token = await make(Scope.ADMIN)
    guess = f"onr_{12 * '0'}_{64 * '7'}"
    shown = ""
    for one in (token, guess):
        for method, path in [*QUESTIONS, *CHANGES, ("GET", "/metrics")]:
            answer = await ask(client, method, path, one)
            shown += answer.text + str(answer.headers)
        form = {"text": "A.", "apiKey": one}
        shown += (await client.post("/v2/check", data=form)).text
    assert token[-64:] not in shown + caplog.text
    assert guess[-64:] not in shown + caplog.text
