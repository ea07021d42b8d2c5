"""The samples are what their README says, so that demo, examples and tests can lean on them."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import frontmatter
import pytest

from service.domain.verdict import Verdict

SAMPLES = Path(__file__).parents[1] / "samples"
ARTICLES = sorted((SAMPLES / "articles").glob("*.md"))
DRAFTS = SAMPLES / "drafts"
CLAIMS = [json.loads(line) for line in (SAMPLES / "claims.jsonl").read_text("utf-8").splitlines()]

PLANTED = {
    "draft-bridge.md": {
        5: "28,000 vehicles",
        7: "whole council",
        9: "Trucks over 20 tons are allowed",
        13: "most beautiful",
        15: "paint the bridge green",
    },
    "draft-north-korea.md": {3: "5,000 North Koreans", 13: "We think", 15: "Chinese currency"},
}


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_an_article_says_where_it_comes_from(path: Path) -> None:
    """Every article has all fields, and is dated on the day that its file name says."""
    article = frontmatter.load(str(path))
    assert set(article.keys()) == {
        "title", "publisher", "authors", "published_at", "url", "language"
    }  # fmt: skip
    published = article["published_at"]
    assert isinstance(published, date)
    day = published.astimezone(UTC).date() if isinstance(published, datetime) else published
    assert path.name.startswith(f"{day:%Y-%m-%d}-")
    assert 100 <= len(article.content.split()) <= 300


def test_no_sample_points_to_a_real_address() -> None:
    """Every address is its own, and on a domain reserved for examples."""
    urls = [str(frontmatter.load(str(path))["url"]) for path in ARTICLES]
    assert len(set(urls)) == len(urls) == 15
    assert all(url.split("/")[2].endswith(".example") for url in urls)


def test_the_readme_lists_every_article() -> None:
    """The table of who says what leaves no article out and names none that is not there."""
    readme = (SAMPLES / "README.md").read_text("utf-8")
    listed = {part.split(")")[0] for part in readme.split("](articles/")[1:]}
    assert listed == {path.name for path in ARTICLES}


def test_the_syndicated_article_is_a_cut_of_the_wire() -> None:
    """The Post's paragraphs are the wire's, in order, and fewer."""
    wire, copy = (
        frontmatter.load(str(SAMPLES / "articles" / name)).content.split("\n\n")
        for name in ("2024-10-29-wire-pentagon-count.md", "2024-10-29-post-pentagon-count.md")
    )
    assert copy == [paragraph for paragraph in wire if paragraph in copy]
    assert len(copy) == len(wire) - 2


def test_the_claims_ask_for_every_verdict() -> None:
    """No verdict is left untried, and none is expected that does not exist."""
    assert {claim["expected"] for claim in CLAIMS} == set(Verdict)


def test_a_claim_is_asked_once_for_a_day() -> None:
    """No claim is repeated with the same `as_of`, and every `as_of` is a moment with a zone."""
    asked = [(claim["claim"], claim.get("as_of")) for claim in CLAIMS]
    assert len(set(asked)) == len(asked)
    assert all(datetime.fromisoformat(day).tzinfo for _, day in asked if day)


@pytest.mark.parametrize(("name", "planted"), PLANTED.items())
def test_a_planted_line_is_where_the_readme_says(name: str, planted: dict[int, str]) -> None:
    """Line numbers in the README's tables are those of the drafts."""
    lines = (DRAFTS / name).read_text("utf-8").splitlines()
    table = (SAMPLES / "README.md").read_text("utf-8").split(f"| line | `drafts/{name}` |")[1]
    rows = [row for row in table.split("\n\n")[0].splitlines() if row.startswith("| ")]
    assert [int(row.split("|")[1]) for row in rows] == list(planted)
    assert all(words in lines[number - 1] for number, words in planted.items())
