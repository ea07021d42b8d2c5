"""Articles as named fields."""

from datetime import UTC, date, datetime

import pytest

from service.domain.article import Submission
from service.domain.errors import InvalidArticle
from service.ingest.rows import filled, submission_of

MOMENT = datetime(2024, 10, 25, tzinfo=UTC)


def test_all_fields_of_an_article_are_taken() -> None:
    """And those that it does not have are named."""
    row = {
        "id": 17,
        "text": "Eels.",
        "url": "https://daily.example/eels",
        "title": "On eels",
        "publisher": "The Daily Example",
        "authors": ["Ann Lee", "Bo Ek"],
        "published_at": "2024-10-25",
        "language": "en",
        "extra": {"desk": "science", "words": [1, None]},
        "topic": "nature",
        "tags": [],
    }
    assert submission_of(row) == Submission(
        id="17",
        text="Eels.",
        url="https://daily.example/eels",
        title="On eels",
        publisher="The Daily Example",
        authors=("Ann Lee", "Bo Ek"),
        published_at=MOMENT,
        language="en",
        extra={"desk": "science", "words": [1, None]},
        unknown=("topic", "tags"),
    )


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("publishedAt", "published_at"),
        ("publised_at", "published_at"),
        ("Published-At", "published_at"),
        ("datePublished", "published_at"),
        ("pubDate", "published_at"),
        ("headline", "title"),
        ("Body", "text"),
        ("langauge", "language"),
        ("authros", "authors"),
        ("extras", "extra"),
    ],
)
def test_a_misspelt_field_is_refused(misspelt: str, meant: str) -> None:
    """What it says would be lost without a word; the message says what to write."""
    with pytest.raises(InvalidArticle, match=rf"{misspelt} is no field .* write {meant}, or"):
        submission_of({"text": "Eels.", misspelt: "2024-10-25"})


@pytest.mark.parametrize(
    "own", ["topic", "layout", "tags", "updated_at", "section", "desk", "draft"]
)
def test_a_field_of_the_newsrooms_own_is_no_error(own: str) -> None:
    """It is named, so that who hands it in can be told."""
    assert submission_of({"text": "Eels.", own: 1}) == Submission(text="Eels.", unknown=(own,))


@pytest.mark.parametrize("written", ["2024-10-25", date(2024, 10, 25), MOMENT])
def test_other_names_and_forms_are_understood(written: object) -> None:
    """`author` and `date`, as front matter has them, and the dates that YAML makes."""
    found = submission_of({"text": "Eels.", "author": "Ann Lee", "date": written})
    assert found == Submission(text="Eels.", authors=("Ann Lee",), published_at=MOMENT)


def test_empty_fields_are_not_given_but_an_empty_text_is() -> None:
    """A row without words is an empty article, not an order to fetch its address."""
    found = submission_of({"text": "", "url": "https://a.example/", "title": "", "date": None})
    assert found == Submission(text="", url="https://a.example/")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": ["a"]}, "text has to be text"),
        ({"title": True}, "title has to be text"),
        ({"authors": {"name": "Ann"}}, "authors"),
        ({"authors": ["Ann", 1]}, "authors"),
        ({"published_at": "last week"}, "'last week' is not a date"),
        ({"published_at": 20241025}, "20241025 is not a date"),
        ({"extra": ["a"]}, "extra has to be an object"),
    ],
)
def test_a_field_that_cannot_be_is_named(row: dict[str, object], message: str) -> None:
    """The message says which one."""
    with pytest.raises(InvalidArticle, match=message):
        submission_of(row)


def test_defaults_fill_only_what_is_lacking() -> None:
    """An article's own facts win."""
    article = Submission(text="Eels.", publisher="Own", authors=())
    defaults = Submission(publisher="Default", authors=("Ann",), language="de")
    expected = Submission(text="Eels.", publisher="Own", authors=(), language="de")
    assert filled(article, defaults) == expected
