"""An article's identity and revision follow from its content."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service.domain.article import Article, article_id

ARTICLE = Article(id="a", text="Text.", title="Title", publisher="Herald", authors=("A. Ode",))


def test_the_revision_follows_from_the_content_alone() -> None:
    """The id does not matter, every other field does."""
    assert replace(ARTICLE, id="b").revision == ARTICLE.revision
    moment = datetime(2025, 1, 2, tzinfo=UTC)
    changed = [
        replace(ARTICLE, text="Text!"),
        replace(ARTICLE, title="Other"),
        replace(ARTICLE, publisher="Post"),
        replace(ARTICLE, authors=()),
        replace(ARTICLE, url="https://herald.example/1"),
        replace(ARTICLE, published_at=moment),
        replace(ARTICLE, language="de"),
    ]
    assert len({article.revision for article in [ARTICLE, *changed]}) == len(changed) + 1


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
