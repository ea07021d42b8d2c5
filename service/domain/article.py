"""Articles, their revisions, and the passages they are searched by."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from service.domain.quote import Quote
from service.domain.text import Span

ID_LENGTH = 24

ARTICLE_ID: Final = r"^[A-Za-z0-9_~-][A-Za-z0-9._~-]*$"
"""What an article's id looks like: safe in a path without escaping, and with no dot in front, which
could be taken for a step up."""
MAX_ID_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class Article:
    """One revision of one article.

    `text` is normalised and never changes within a revision: all offsets are into it.
    `published_at` has a time zone, the one it was written in: its day is the day that readers saw.
    `published_at_guessed` says that nothing states it. `extra` is an object of JSON: the newsroom's
    own fields, kept as they came and never read. `revision` is `sha256:` and the digest of all
    other fields but the id, so that the same content has the same revision everywhere; it is
    computed where none is given, and a store, which has it, gives it. Who changes another field
    leaves it out.
    """

    id: str
    text: str
    title: str = ""
    publisher: str = ""
    authors: tuple[str, ...] = ()
    url: str | None = None
    published_at: datetime | None = None
    language: str = "en"
    extra: Mapping[str, object] = field(default_factory=dict, hash=False)
    revision: str = ""
    published_at_guessed: bool = False

    def __post_init__(self) -> None:
        if self.published_at is not None and self.published_at.tzinfo is None:
            raise ValueError("published_at needs a time zone")
        if not self.revision:
            object.__setattr__(self, "revision", f"sha256:{_digest(self._content())}")

    @property
    def stated_at(self) -> datetime | None:
        """When it was published, None where that is unknown or guessed: what is guessed may be
        shown, and decides nothing."""
        return None if self.published_at_guessed else self.published_at

    def _content(self) -> list[object]:
        published = self.published_at.isoformat() if self.published_at else None
        content: list[object] = [
            self.text, self.title, self.publisher, self.authors, self.url, published, self.language
        ]  # fmt: skip
        # Only where there are any, so that articles from before these fields keep their revisions.
        if self.published_at_guessed:
            content.append("guessed")
        return [*content, json.dumps(self.extra, sort_keys=True)] if self.extra else content


@dataclass(frozen=True, slots=True)
class Passage:
    """One to three sentences of one paragraph; spans are into `Article.text`."""

    span: Span
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Segments:
    """An article's text cut up: `sentences` in order, and `passages` made of them."""

    sentences: tuple[Span, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """An article as handed in, not read yet: exactly one of `text`, `html`, `url` is its source.

    With `html`, `url` may also be given: then it is where the page was, and nothing is fetched.
    Fields that are given win over what reading the page finds. `extra` is as in an article;
    `unknown` names the fields that it came with and that no article has. `stood_from` and
    `stood_until` come out of an export: when the revision stood, the second only of one that has
    been replaced.
    """

    text: str | None = None
    html: str | bytes | None = None
    url: str | None = None
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] | None = None
    published_at: datetime | None = None
    language: str | None = None
    extra: Mapping[str, object] | None = field(default=None, hash=False)
    unknown: tuple[str, ...] = ()
    stood_from: datetime | None = None
    stood_until: datetime | None = None
    published_at_guessed: bool = False


@dataclass(frozen=True, slots=True)
class StoredRevision:
    """A revision as a store hands it back: when it stood.

    It stood from `stood_from`, None where it bears no date, until before `stood_until`, None for
    the current one.
    """

    article: Article
    stood_from: datetime | None
    stood_until: datetime | None


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as a store hands it back, with its article and the quotes that touch it."""

    id: str
    passage: Passage
    article: Article
    quotes: tuple[Quote, ...]


def article_of(passage_id: str) -> str:
    """The id of a passage's article. A passage's id is `ARTICLE:ORDINAL`, counted from 0, or
    `ARTICLE:ORDINAL@REVISION` where its revision has been replaced since."""
    return passage_id.rpartition(":")[0]


def beside(passage_id: str, steps: int) -> str | None:
    """The id that the passage so many places after this one has, if there is one; before it for
    negative `steps`. None before the first."""
    article, _, place = passage_id.rpartition(":")
    ordinal, at, revision = place.partition("@")
    moved = int(ordinal) + steps
    return f"{article}:{moved}{at}{revision}" if moved >= 0 else None


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A quote as a store hands it back, with its article."""

    quote: Quote
    article: Article


def is_article_id(text: str) -> bool:
    """Whether an article may have this id."""
    return len(text) <= MAX_ID_CHARS and re.fullmatch(ARTICLE_ID, text) is not None


def article_id(
    *, url: str | None, publisher: str, title: str, text: str, published_at: datetime | None
) -> str:
    """An id for an article that came without one.

    What identifies an article is its address; without one its publisher, its title and the day of
    its publication, as its own time zone has it; without a title or a date its text. So a corrected
    text under the same address, or under the same headline of the same day, is a new revision, and
    the next day's "Weather" is another article.
    """
    if url:
        return _digest([url])[:ID_LENGTH]
    tells_apart = published_at.date().isoformat() if title and published_at else text
    return _digest([publisher, title, tells_apart])[:ID_LENGTH]


def id_by_headline(*, publisher: str, title: str) -> str:
    """The id that an article with a title and without an address had before its day counted."""
    return _digest([publisher, title])[:ID_LENGTH]


def _digest(value: object) -> str:
    canonical = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()
