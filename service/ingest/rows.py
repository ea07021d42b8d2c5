"""Articles written as named fields: rows of JSON Lines, and front matter."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime

from service.domain.article import Submission
from service.domain.errors import InvalidArticle
from service.ingest.dates import parse_moment, zoned

_WORDS = ("text", "html", "url", "id", "title", "publisher", "language")


def submission_of(row: Mapping[str, object]) -> Submission:
    """The row's article. Fields that an article does not have (`topic`) are passed over.

    `author` and `date` are taken where `authors` and `published_at` are missing. Raises
    InvalidArticle that names the field that cannot be.
    """
    words = {name: _word(name, row.get(name)) for name in _WORDS}
    return Submission(
        **words,
        authors=_names(row.get("authors") or row.get("author")),
        published_at=_moment(row.get("published_at") or row.get("date")),
        published_at_guessed=row.get("published_at_guessed") is True,
    )


def filled(submission: Submission, defaults: Submission) -> Submission:
    """`submission` with what it lacks taken from `defaults`."""
    lacking = [one.name for one in fields(Submission) if getattr(submission, one.name) is None]
    return replace(submission, **{name: getattr(defaults, name) for name in lacking})


def _word(name: str, value: object) -> str | None:
    """Numbers are taken as written: YAML reads `id: 17` as one. An empty source stays: it is an
    empty article, and not one to be fetched."""
    if value is None or (value == "" and name not in {"text", "html"}):
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise InvalidArticle(f"{name} has to be text")
    return str(value)


def _names(value: object) -> tuple[str, ...] | None:
    if value is None or value == "":
        return None
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidArticle("authors have to be a list of names")
    return tuple(names)


def _moment(value: object) -> datetime | None:
    """YAML has dates of its own, JSON writes them as text."""
    if value is None or value == "":
        return None
    moment = parse_moment(value) if isinstance(value, str) else None
    if isinstance(value, date):
        moment = zoned(value)
    if moment is None:
        raise InvalidArticle(f"{value!r} is not a date or time such as 2024-10-25T09:30:00Z")
    return moment
