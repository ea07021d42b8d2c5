"""What is reported of drafts and planted errors is counted as it says."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.drafts import SIDE, chosen, draft_figures, planted_figures
from service.domain.finding import RuleId
from training.rows import Row, read_rows

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def planted(label: str, verdict: str, *, quote_right: bool = False, read: bool = True) -> Row:
    return {"label": label, "verdict": verdict, "quote_right": quote_right, "read": read}


def test_alarms_are_counted_for_a_thousand_statements() -> None:
    """One of eight is 125 of 1,000; `disputed` is no such alarm. A statement with two findings is
    one statement."""
    verdicts = ["contradicted", "disputed", "supported", *["no_evidence"] * 5]
    rules = ["number-differs", "claim-disputed", None, *["claim-no-evidence"] * 5]
    rows = [
        {
            "story": f"s{place % 2}",
            "statement": f"{place}",
            "verdict": verdict,
            "rule": rule,
            "severity": "error" if place == 0 else None,
        }
        for place, (verdict, rule) in enumerate(zip(verdicts, rules, strict=True))
    ]
    rows.append(rows[0] | {"rule": "quote-altered"})
    assert draft_figures(rows) == {
        "stories": 2,
        "statements": 8,
        "verdicts": {
            "supported": 1,
            "contradicted": 1,
            "disputed": 1,
            "insufficient": 0,
            "no_evidence": 5,
            "not_checkable": 0,
        },
        "contradicted_per_1000": 125.0,
        "rules": {rule.value: 0 for rule in RuleId}
        | {
            "number-differs": 1,
            "claim-disputed": 1,
            "claim-no-evidence": 5,
            "quote-altered": 1,
        },
        "errors_per_1000": 250.0,
    }


def test_a_disputed_error_is_found_and_a_disputed_truth_is_not_flagged() -> None:
    """Who is told that sources disagree will look, so an error is found by it."""
    rows = [
        planted("error", "contradicted", quote_right=True),
        planted("error", "disputed"),
        planted("error", "supported"),
        planted("error", "insufficient", read=False),
        planted("true", "supported", quote_right=True),
        planted("true", "supported"),
        planted("true", "disputed"),
        planted("true", "contradicted"),
    ]
    assert planted_figures(rows) == {
        "errors": {
            "statements": 4,
            "found": 50.0,
            "supported": 25.0,
            "quote_right": 25.0,
            "read": 75.0,
        },
        "truths": {
            "statements": 4,
            "confirmed": 50.0,
            "flagged": 25.0,
            "quote_right": 25.0,
            "read": 100.0,
        },
    }


def test_nothing_asked_is_nothing_found() -> None:
    """A share of no statements is 0, and not an error."""
    assert draft_figures([])["contradicted_per_1000"] == 0
    assert planted_figures([])["errors"]["found"] == 0


@pytest.mark.parametrize(
    ("stories", "ids"),
    [
        ("b,a", ["b", "a"]),
        ("3", ["a", "c", "e"]),
        ("4", ["a", "b", "c", "d"]),
        ("0", []),
        ("99", ["a", "b", "c", "d", "e", "f", "g"]),
    ],
)
def test_the_same_stories_are_drawn_each_time(stories: str, ids: list[str]) -> None:
    """Every n-th of the articles in the order of their ids, however the claims are ordered."""
    claims = [{"article": article} for article in "gbadfcabeg"]
    assert chosen(stories, claims) == ids


def test_the_planted_statements_are_whole() -> None:
    """As many errors as truths, each with the spans that decide it, and none twice."""
    rows = read_rows(BENCHMARKS / "planted.jsonl")
    assert Counter(row["label"] for row in rows) == {"true": 60, "error": 60}
    assert len({row["statement"] for row in rows}) == len(rows)
    assert {row["label"] for row in rows} == set(SIDE)
    assert all(0 <= start < end for row in rows for start, end in row["evidence"])
    assert all(row["evidence"] for row in rows)
