"""The articles that an RSS or Atom feed lists. The only file that knows feedparser."""

import calendar
import io
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urljoin

import feedparser
from lxml import html

from service.domain.article import Submission
from service.domain.errors import UnreadableDocument
from service.ingest.fetch import Document


def feed_articles(feed: Document) -> Sequence[Submission]:
    """A submission for each entry that links to a page, in the feed's order, each page once.

    Title, authors and moment of publication are the feed's, as they are exact there. The publisher
    is left to the page: a feed's title ("World | The Example") names a section. Raises
    UnreadableDocument for what is not a feed.
    """
    # A stream, as feedparser would fetch a string that looks like an address.
    parsed = feedparser.parse(io.BytesIO(feed.body), response_headers=_headers(feed))
    if not parsed.get("version"):
        raise UnreadableDocument(f"{feed.url} is not a feed that can be read")
    by_url: dict[str, feedparser.FeedParserDict] = {}
    for entry in parsed.entries:
        if entry.get("link"):
            by_url.setdefault(urljoin(feed.url, entry["link"]), entry)
    return [_submission(url, entry) for url, entry in by_url.items()]


def _headers(feed: Document) -> dict[str, str]:
    charset = f"; charset={feed.charset}" if feed.charset else ""
    return {"content-type": f"{feed.media_type}{charset}", "content-location": feed.url}


def _submission(url: str, entry: feedparser.FeedParserDict) -> Submission:
    names = tuple(one["name"] for one in entry.get("authors", ()) if one.get("name"))
    return Submission(
        url=url,
        title=_words(entry.get("title")),
        authors=names or None,
        published_at=_moment(entry.get("published_parsed")),
    )


def _words(markup: str | None) -> str | None:
    """RSS titles are HTML as often as not."""
    if not markup or markup.isspace():
        return None
    return str(html.fromstring(f"<p>{markup}</p>").xpath("string()")) or None


def _moment(parsed: time.struct_time | None) -> datetime | None:
    """The parser gives moments in UTC. What was updated later is another moment."""
    if parsed is None:
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (OverflowError, ValueError, OSError):
        return None
