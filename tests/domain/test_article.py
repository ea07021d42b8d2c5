"""An article's identity and revision follow from its content."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from service.domain.article import Article, article_id

ARTICLE = Article(id="a", text="Text.", title="Title", publisher="Herald", authors=("A. Ode",))


def test_the_revision_follows_from_the_content_alone() -> None:
    """The id does not matter, every other field does."""
    moment = datetime(2025, 1, 2, tzinfo=UTC)
    changed: list[dict[str, Any]] = [
        {"text": "Text!"},
        {"title": "Other"},
        {"publisher": "Post"},
        {"authors": ()},
        {"url": "https://herald.example/1"},
        {"published_at": moment},
        {"language": "de"},
        {"published_at_guessed": True},
    ]
    revisions = {replace(ARTICLE, revision="", **fields).revision for fields in changed}
    assert len(revisions | {ARTICLE.revision}) == len(changed) + 1
    assert replace(ARTICLE, revision="", id="b").revision == ARTICLE.revision


def test_a_revision_that_is_given_is_kept() -> None:
    """A store knows it, and need not compute it for every article that it hands back."""
    assert replace(ARTICLE, revision="sha256:known").revision == "sha256:known"


def test_a_date_that_is_guessed_is_not_a_stated_one() -> None:
    """It is shown, and decides nothing."""
    moment = datetime(2025, 1, 2, tzinfo=UTC)
    stated = replace(ARTICLE, published_at=moment)
    assert (stated.published_at, stated.stated_at) == (moment, moment)
    guessed = replace(stated, published_at_guessed=True)
    assert (guessed.published_at, guessed.stated_at) == (moment, None)


def test_a_time_without_a_zone_is_no_time() -> None:
    """Times are compared with others, so they need a zone."""
    with pytest.raises(ValueError, match="time zone"):
        replace(ARTICLE, published_at=datetime(2025, 1, 2))  # noqa: DTZ001 - that is the point


def test_an_address_identifies_an_article_whatever_is_in_it() -> None:
    """A corrected text under the same address is the same article."""
    one = article_id(url="https://herald.example/1", publisher="Herald", title="A", text="x")
    assert one == article_id(url="https://herald.example/1", publisher="H", title="B", text="y")
    without = article_id(url=None, publisher="Herald", title="A", text="x")
    assert without == article_id(url=None, publisher="Herald", title="A", text="y")
    assert without != article_id(url=None, publisher="Post", title="A", text="x")
    untitled = article_id(url=None, publisher="Herald", title="", text="x")
    assert untitled != article_id(url=None, publisher="Herald", title="", text="y")
