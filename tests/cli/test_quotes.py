import json
from collections.abc import Callable
from pathlib import Path

import httpx
from typer.testing import Result

Run = Callable[..., Result]

NOTE = """\
said       Repairs to the bridge will cost about $4.2 million and take six weeks
           — Mayor Ottoline Brask
           Sallow Bridge closed after cracks are found in cables — Harbour Post,
           3 February 2025
           https://harbour-post.example/local/2025-02-03-bridge-closed
"""


def test_who_said_what_reads_like_a_note(run: Run, samples: Path) -> None:
    """Quote, speaker, article, date and address, without a model."""
    result = run("quotes", "--speaker", "Mayor Brask", "repairs", "cost", "--as-of", "2025-03-01",
                 "--store", samples)  # fmt: skip
    assert (result.exit_code, result.stdout) == (0, NOTE)


def test_no_quote_is_an_answer(run: Run, samples: Path) -> None:
    """Exit code 0, and said in words."""
    result = run("quotes", "zeppelin", "--store", samples)
    assert (result.exit_code, result.stdout) == (0, "No such quote is on record.\n")


def test_a_page_says_how_to_go_on(run: Run, samples: Path) -> None:
    """The next page begins after the last quote of this one, and together they are all."""
    asked = ("quotes", "--speaker", "Zelensky", "--store", samples)
    every = json.loads(run(*asked, "--format", "json").stdout)["quotes"]
    first = run(*asked, "--limit", "1").stdout
    cursor = first.split("More: --cursor ")[1].strip()
    rest = json.loads(run(*asked, "--cursor", cursor, "--format", "json").stdout)
    assert rest["cursor"] is None
    assert rest["quotes"] == every[1:]
    assert len(every) > 1


def test_here_and_there_give_the_same_bytes(run: Run, samples: Path, server: str) -> None:
    """The local store, a running service, and the HTTP body: one answer."""
    asked = ("quotes", "bridge", "--publisher", "Harbour Post", "--publisher", "Capital Ledger",
             "--published-after", "2025-01-01", "--limit", "2", "--format", "json")  # fmt: skip
    here = run(*asked, "--store", samples).stdout
    there = run(*asked, "--server", server).stdout
    query = "q=bridge&publisher=Harbour Post&publisher=Capital Ledger&published_after=2025-01-01"
    body = httpx.get(f"{server}/v1/quotes?{query}&limit=2").text
    assert here == there == f"{body}\n"
    assert len(json.loads(here)["quotes"]) == 2


def test_a_question_that_cannot_be_is_the_callers_fault(run: Run, samples: Path) -> None:
    """Exit code 2 and the option's name."""
    wrong = run("quotes", "--speaker", "?", "--store", samples)
    assert (wrong.exit_code, wrong.stderr.startswith("onrecord: speaker: ")) == (2, True)
    assert run("quotes", "--cursor", "x", "--store", samples).exit_code == 2


def test_the_service_says_what_is_wrong(run: Run, server: str) -> None:
    """Its problem becomes exit code 2."""
    result = run("quotes", "--cursor", "x", "--server", server)
    assert (result.exit_code, "Begin again without a cursor" in result.stderr) == (2, True)
