import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

from service.wire.checks import CheckResponse

Run = Callable[..., Result]

TRUE = "About 18,000 vehicles use the Sallow Bridge every day."
FALSE = "About 28,000 vehicles use the Sallow Bridge every day."


def test_a_check_prints_a_note(run: Run, samples: Path) -> None:
    """Verdict, quote, reason and coverage; a verdict against the claim is no failure."""
    result = run("check", FALSE, "--store", samples)
    assert result.exit_code == 0
    assert "verdict    contradicted" in result.stdout
    assert "NUMBER_DIFFERS: About 28,000 vehicles (claim) / " in result.stdout
    assert "coverage   15 articles by 5 publishers, 17 October 2024 to" in result.stdout
    assert "\x1b" not in result.stdout


def test_json_is_one_answer_of_the_contract(run: Run, samples: Path) -> None:
    """It has the contract's shape, and the same question gives the same bytes."""
    first = run("check", TRUE, "--store", samples, "--format", "json")
    answer = CheckResponse.model_validate_json(first.stdout)
    assert (answer.claim, answer.verdict) == (TRUE, "supported")
    assert run("check", TRUE, "--store", samples, "--format", "json").stdout == first.stdout


def test_a_claim_comes_from_standard_input(run: Run, samples: Path) -> None:
    """`-` reads it, and the line end that echo adds is not part of it."""
    result = run("check", "-", "--store", samples, "--format", "json", stdin=f"{TRUE}\n")
    assert json.loads(result.stdout)["claim"] == TRUE


def test_options_narrow_the_archive(run: Run, samples: Path) -> None:
    """As of a day, published after one, only some publishers: the coverage shows each."""
    scopes = {
        ("--as-of", "2024-10-20"): 1,
        ("--published-after", "2025-09-03"): 1,
        ("--publisher", "Harbour Post"): 4,
        ("--exclude-publisher", "Harbour Post"): 11,
    }
    for options, articles in scopes.items():
        result = run("check", TRUE, "--store", samples, "--format", "json", *options)
        assert json.loads(result.stdout)["coverage"]["articles"] == articles, options


def test_limit_caps_the_quotes_a_side(run: Run, samples: Path) -> None:
    """One quote is one quote."""
    result = run("check", TRUE, "--store", samples, "--limit", "1", "--format", "json")
    assert len(json.loads(result.stdout)["supporting"]) == 1


def test_a_claim_that_cannot_be_is_refused(run: Run, samples: Path) -> None:
    """Empty, only blanks, too long, two megabytes, not UTF-8: exit code 2 and why."""
    for claim in ("", "  \n ", "x" * 2_001):
        result = run("check", claim, "--store", samples)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("onrecord: claim: ")
    assert run("check", "", "--store", samples).stderr == (
        "onrecord: claim: should have at least 1 character\n"
    )
    long = run("check", "-", "--store", samples, stdin="x" * 2_000_000)
    assert (long.exit_code, "2,000 characters" in long.stderr) == (2, True)
    latin = run("check", "-", "--store", samples, stdin="Caf\xe9".encode("latin-1"))
    assert (latin.exit_code, latin.stderr) == (2, "onrecord: the claim is not UTF-8 (byte 3)\n")


def test_a_setting_that_cannot_be_is_named(run: Run) -> None:
    """By the name of its environment variable."""
    result = run("check", TRUE, "--store", "mongo://x")
    assert result.exit_code == 2
    assert result.stderr.startswith("onrecord: ONRECORD_STORE: ")
