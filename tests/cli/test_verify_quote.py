"""`onrecord verify-quote`: an answer to read, and the HTTP answer."""

import json
from collections.abc import Callable
from pathlib import Path

import httpx
from typer.testing import Result

Run = Callable[..., Result]

WORDS = "Nobody will cross this bridge until I would let the whole council cross it"


def test_the_words_that_differ_are_shown_with_those_on_record(run: Run, samples: Path) -> None:
    """Any result is an answer: exit code 0."""
    result = run("verify-quote", WORDS, "--speaker", "Brask", "--store", samples)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("quotation  Nobody will cross this bridge")
    assert "speaker    Brask" in lines
    assert "result     altered: nearly these words are on record" in lines
    assert "differs    the whole council (quotation) / my own children (source)" in lines
    assert any(line.startswith("said       “Nobody will cross") for line in lines)


def test_a_service_gives_what_the_store_gives(run: Run, samples: Path, server: str) -> None:
    """Here, through `--server`, and as the HTTP body: one answer."""
    here = run("verify-quote", WORDS, "--store", samples, "--format", "json").stdout
    there = run("verify-quote", WORDS, "--server", server, "--format", "json").stdout
    body = httpx.post(f"{server}/v1/quotes/verify", json={"quotation": WORDS}).text
    assert here == there == f"{body}\n"


def test_an_article_is_left_out(run: Run, samples: Path) -> None:
    """Its words are then not on record, which is no accusation."""
    url = "https://harbour-post.example/local/2025-02-03-bridge-closed"
    options = ("--exclude-article", url, "--store", samples, "--format", "json")
    answer = json.loads(run("verify-quote", WORDS, *options).stdout)
    assert (answer["result"], answer["source"]) == ("not_found", None)
