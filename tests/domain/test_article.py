"""An article's identity and revision follow from its content."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from service.domain.article import Article, article_id, is_article_id

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


MONDAY = datetime(2025, 3, 3, 6, tzinfo=UTC)
PLACE = timezone(timedelta(hours=-5))


def identity(**fields: Any) -> str:
    """The id of an article that differs in these from one without an address."""
    known: dict[str, Any] = {
        "url": None, "publisher": "Herald", "title": "Weather", "text": "Rain.",
        "published_at": MONDAY,
    }  # fmt: skip
    return article_id(**known | fields)


def test_an_address_identifies_an_article_whatever_is_in_it() -> None:
    """A corrected text under the same address is the same article."""
    address = "https://herald.example/1"
    moved = {"publisher": "H", "title": "B", "text": "y", "published_at": None}
    assert identity(url=address) == identity(url=address, **moved)
    assert identity(url=address) != identity(url=f"{address}2")


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({"text": "Rain and wind."}, True),
        ({"published_at": MONDAY + timedelta(hours=17)}, True),
        ({"published_at": MONDAY + timedelta(days=1)}, False),
        ({"published_at": None}, False),
        ({"title": "Wind"}, False),
        ({"publisher": "Post"}, False),
    ],
    ids=str,
)
def test_a_headline_identifies_an_article_of_its_day(fields: dict[str, Any], same: bool) -> None:
    """A correction of the same day is the same article, the next day's weather is another."""
    assert (identity() == identity(**fields)) is same


def test_the_day_is_the_one_of_the_place() -> None:
    """Late on Monday in New York it is Tuesday elsewhere."""
    late, morning = datetime(2025, 3, 3, 23, tzinfo=PLACE), datetime(2025, 3, 4, 7, tzinfo=PLACE)
    assert late.astimezone(UTC).date() == morning.date()
    assert identity(published_at=late) != identity(published_at=morning)
    assert identity(published_at=late) == identity()


@pytest.mark.parametrize("lacking", [{"published_at": None}, {"title": ""}], ids=str)
def test_without_a_day_or_a_headline_the_text_identifies_an_article(
    lacking: dict[str, Any],
) -> None:
    """Two texts are two articles: nothing says that one corrects the other."""
    assert identity(**lacking) == identity(**lacking)
    assert identity(**lacking) != identity(**lacking, text="Sun.")


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("a", True),
        ("A-1_~.x", True),
        ("a" * 200, True),
        ("a..b", True),
        ("", False),
        ("a" * 201, False),
        (".", False),
        ("..", False),
        (".hidden", False),
        ("a/b", False),
        ("a b", False),
        ("a\n", False),
        ("é", False),
    ],
)
def test_an_id_is_safe_in_a_path(text: str, valid: bool) -> None:
    """Without escaping, and without a step up."""
    assert is_article_id(text) is valid
