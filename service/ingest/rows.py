"""Articles written as named fields: rows of JSON Lines, and front matter."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, datetime
from difflib import get_close_matches

from service.domain.article import Submission
from service.domain.errors import InvalidArticle
from service.ingest.dates import parse_moment, zoned

_WORDS = ("text", "html", "url", "id", "title", "publisher", "language")
_EXPORTED = ("stood_from", "stood_until", "published_at_guessed")
_FIELDS = (*_WORDS, "authors", "author", "published_at", "date", "extra", *_EXPORTED)
_MEANT = {
    "body": "text",
    "content": "text",
    "headline": "title",
    "byline": "authors",
    "creator": "authors",
    "link": "url",
    "lang": "language",
    "published": "published_at",
    "pubdate": "published_at",
    "datepublished": "published_at",
    "publicationdate": "published_at",
}
"""What others call a field of an article, in small letters alone."""
_ALIKE = 0.85


def submission_of(row: Mapping[str, object]) -> Submission:
    """The row's article.

    `author` and `date` are taken where `authors` and `published_at` are missing. A field that an
    article does not have (`topic`) is named in `unknown`. Raises InvalidArticle that names the
    field that is wrong, and for one that is misspelt (`publishedAt`): what it says would be lost.
    """
    unknown = tuple(str(name) for name in row if name not in _FIELDS)
    for name in unknown:
        if meant := _meant(name):
            raise InvalidArticle(
                f"{name} is no field of an article; write {meant}, or put it into extra"
            )
    words = {name: _word(name, row.get(name)) for name in _WORDS}
    return Submission(
        **words,
        authors=_names(row.get("authors") or row.get("author")),
        published_at=_moment(row.get("published_at") or row.get("date")),
        extra=_extra(row.get("extra")),
        unknown=unknown,
        stood_from=_moment(row.get("stood_from")),
        stood_until=_moment(row.get("stood_until")),
        published_at_guessed=row.get("published_at_guessed") is True,
    )


def _meant(name: str) -> str | None:
    """The field that somebody who wrote `name` had in mind, where that can be told."""
    letters = "".join(filter(str.isalpha, name.lower()))
    known = {field.replace("_", ""): field for field in _FIELDS} | _MEANT
    close = get_close_matches(letters, known, n=1, cutoff=_ALIKE)
    return known[close[0]] if close else None


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


def _extra(value: object) -> Mapping[str, object] | None:
    if value is not None and not isinstance(value, dict):
        raise InvalidArticle("extra has to be an object")
    return value
