"""Against a real service where that shows something, else against one answer of a made-up one."""

import json
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest
from typer.testing import Result

from service.cli.remote import RemoteClient
from service.domain.article import Submission
from service.domain.errors import InvalidInput, OnrecordError, ServerFailed
from service.domain.indexing import Found
from service.ingest.fetch import Fetcher
from service.ingest.reader import ArticleReader
from service.settings import Settings
from service.wire.checks import CheckRequest

Run = Callable[..., Result]

CLAIM = "About 28,000 vehicles use the Sallow Bridge every day."
PROBLEM = {
    "type": "/problems/store-failed",
    "title": "The store failed",
    "status": 503,
    "detail": "Its log says why.",
    "instance": "/v1/checks",
    "request_id": "r-17",
}


def always(response: httpx.Response) -> Callable[[httpx.Request], httpx.Response]:
    """Answers everything with this."""
    return lambda _: response


def remote_client(answer: Callable[[httpx.Request], httpx.Response]) -> RemoteClient:
    """A client whose service gives this answer."""
    client = httpx.AsyncClient(
        base_url="http://service.test", transport=httpx.MockTransport(answer)
    )
    return RemoteClient(client, ArticleReader(Fetcher()), Settings())


async def found(*texts: str) -> AsyncIterator[Found]:
    for number, text in enumerate(texts, start=1):
        yield Found(f"rows.jsonl:{number}", Submission(text=text))


@pytest.mark.parametrize("after", ["86400", "Wed, 21 Oct 2026 07:28:00 GMT", ""])
async def test_a_limit_that_is_not_soon_over_is_told(after: str) -> None:
    """A limit by the day, or one that a proxy tells in another way."""
    limited = {**PROBLEM, "type": "/problems/rate-limited", "status": 429}
    answer = httpx.Response(429, json=limited, headers={"Retry-After": after})
    with pytest.raises(ServerFailed, match="answered 429"):
        await remote_client(always(answer)).check(CheckRequest(claim=CLAIM))


def test_a_service_gives_the_bytes_that_the_store_gives(
    run: Run, samples: Path, server: str
) -> None:
    """Here, through `--server`, and as the HTTP body: one answer."""
    here = run("check", CLAIM, "--store", samples, "--format", "json").stdout
    there = run("check", CLAIM, "--server", server, "--format", "json").stdout
    body = httpx.post(f"{server}/v1/checks", json={"claim": CLAIM}).text
    assert here == there == f"{body}\n"


def test_the_environment_names_the_service(
    run: Run, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ONRECORD_SERVER does what --server does, and makes no store here."""
    monkeypatch.setenv("ONRECORD_SERVER", server)
    result = run("check", CLAIM)
    assert "verdict    contradicted" in result.stdout
    assert not Path(".onrecord").exists()


def test_a_draft_is_checked_by_the_service_as_here(
    run: Run, samples: Path, server: str, tmp_path: Path
) -> None:
    """The same report and the same exit code."""
    path = tmp_path / "draft.md"
    path.write_text(f"# The bridge\n\n{CLAIM}\n\nThe city will paint it green.\n")
    here = run("draft", path, "--store", samples)
    there = run("draft", path, "--server", server)
    assert (there.stdout, there.exit_code) == (here.stdout, here.exit_code)


def test_files_are_read_here_and_stored_there(run: Run, server: str, tmp_path: Path) -> None:
    """Outcomes come in the order of the files, bad lines between good ones with their place."""
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        '{"id": "cli-1", "text": "The quarry at Tor has 3 cranes."}\nnot json\n'
        '{"id": "cli-2", "text": "The quarry at Tor has 4 lorries."}\n'
    )
    result = run("index", rows, "--server", server)
    assert result.exit_code == 2
    assert result.stdout == "3 articles: 2 created, 0 updated, 0 unchanged, 1 failed\n"
    assert f"{rows}:2: " in result.stderr
    for name in ("cli-1", "cli-2"):
        assert httpx.delete(f"{server}/v1/articles/{name}").status_code == 204


def test_an_export_of_a_service_is_that_of_its_store(run: Run, samples: Path, server: str) -> None:
    """An operator can save the archive while the service runs."""
    assert run("export", "--server", server).stdout == run("export", "--store", samples).stdout


@pytest.mark.usefixtures("server")
def test_a_store_that_a_service_holds_says_to_ask_the_service(run: Run, served: Path) -> None:
    """Exit code 3, who holds it, and the way out."""
    result = run("check", CLAIM, "--store", served)
    assert result.exit_code == 3
    assert "pid " in result.stderr
    assert "--server" in result.stderr


def test_no_service_there_says_what_to_do(run: Run) -> None:
    """Exit code 3, and both ways out."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    result = run("check", CLAIM, "--server", f"http://127.0.0.1:{port}")
    assert result.exit_code == 3
    assert "onrecord serve" in result.stderr
    assert "leave out --server" in result.stderr


def test_an_address_without_a_scheme_is_refused(run: Run) -> None:
    """Before anything is sent."""
    result = run("check", CLAIM, "--server", "127.0.0.1:8000")
    assert (result.exit_code, "http://127.0.0.1:8000" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("status", "error"), [(422, InvalidInput), (413, InvalidInput), (503, ServerFailed)]
)
async def test_a_problem_becomes_a_readable_error(status: int, error: type[OnrecordError]) -> None:
    """Status, title, detail, request and fields; whose fault it is decides the exit code."""
    field = {"pointer": "/claim", "location": "body", "detail": "too long"}
    problem = PROBLEM | {"status": status, "errors": [field]}
    remote = remote_client(lambda _: httpx.Response(status, json=problem))
    with pytest.raises(error) as raised:
        await remote.check(CheckRequest(claim=CLAIM))
    assert str(raised.value) == (
        f"service.test answered {status}: The store failed. Its log says why. (request r-17)"
        "\n  /claim: too long"
    )


async def test_an_answer_of_something_else_is_told_as_such() -> None:
    """A proxy's page is not taken for an answer, whatever its status."""
    for status in (200, 404, 502):
        remote = remote_client(always(httpx.Response(status, html="<h1>Hello</h1>")))
        with pytest.raises(ServerFailed, match="check the address"):
            await remote.check(CheckRequest(claim=CLAIM))


async def test_fields_of_a_newer_service_do_no_harm() -> None:
    """Fields may be added to the contract: an older command line goes on working."""
    row = {"line": 1, "id": "a", "revision": "r", "change": "created", "new": 1}
    remote = remote_client(lambda _: httpx.Response(200, text=json.dumps(row) + "\n"))
    outcomes = [outcome async for outcome in remote.index(found("The mill has 14 looms."))]
    assert [(one.origin, one.article_id) for one in outcomes] == [("rows.jsonl:1", "a")]


async def test_articles_go_out_in_bounded_batches() -> None:
    """450 articles are three calls, each answered before the next is sent."""
    sizes = []

    def answer(request: httpx.Request) -> httpx.Response:
        lines = request.content.splitlines()
        sizes.append(len(lines))
        rows = [
            {"line": at, "id": "a", "revision": "r", "change": "created"}
            for at in range(1, len(lines) + 1)
        ]
        return httpx.Response(200, text="".join(json.dumps(row) + "\n" for row in rows))

    texts = [f"The mill has {number} looms." for number in range(450)]
    outcomes = [outcome async for outcome in remote_client(answer).index(found(*texts))]
    assert sizes == [200, 200, 50]
    assert [one.origin for one in outcomes] == [f"rows.jsonl:{n}" for n in range(1, 451)]


async def test_a_batch_that_breaks_off_is_not_taken_for_done() -> None:
    """Fewer lines than articles: what was acknowledged is shown, then the failure."""
    row = {"line": 1, "id": "a", "revision": "r", "change": "created"}
    remote = remote_client(lambda _: httpx.Response(200, text=json.dumps(row) + "\n"))
    outcomes = remote.index(found("One loom.", "Two looms."))
    assert (await anext(outcomes)).origin == "rows.jsonl:1"
    with pytest.raises(ServerFailed, match="run the same command again"):
        await anext(outcomes)


async def test_a_problem_of_one_row_is_that_rows_alone() -> None:
    """In words, with the fields at fault; the next row goes on."""
    field = {"pointer": "/id", "location": "body", "detail": "too long"}
    bad = PROBLEM | {"status": 422, "errors": [field]}
    row = {"line": 2, "id": "b", "revision": "r", "change": "created"}
    answer = "".join(json.dumps(line) + "\n" for line in (bad, row))
    remote = remote_client(always(httpx.Response(200, text=answer)))
    outcomes = [outcome async for outcome in remote.index(found("One loom.", "Two looms."))]
    assert [str(outcome.problem) for outcome in outcomes] == ["/id: too long", "None"]
    assert outcomes[1].article_id == "b"


async def test_a_problem_as_the_last_line_ends_the_run() -> None:
    """A service that fails in the middle says so in the stream; its words are shown."""
    row = {"line": 1, "id": "a", "revision": "r", "change": "created"}
    body = f"{json.dumps(row)}\n{json.dumps(PROBLEM | {'errors': []})}\n"
    remote = remote_client(lambda _: httpx.Response(200, text=body))
    outcomes = remote.index(found("One loom.", "Two looms."))
    assert (await anext(outcomes)).article_id == "a"
    with pytest.raises(ServerFailed, match="Its log says why"):
        await anext(outcomes)
