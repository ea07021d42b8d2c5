"""RSS and Atom; every outlet is invented."""

import time
from datetime import UTC, datetime

import pytest

from service.domain.article import Submission
from service.domain.errors import UnreadableDocument
from service.ingest.feeds import feed_articles
from service.ingest.fetch import Document

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Nature | The Daily Example</title><link>https://daily.example/</link>
<item><title>On &lt;em&gt;eels&lt;/em&gt; &amp;amp; their Grüße</title><link>/eels</link>
<pubDate>Fri, 25 Oct 2024 09:30:00 +0200</pubDate><dc:creator>Ann Lee</dc:creator></item>
<item><title>No link</title></item>
<item><link>https://other.example/b</link><pubDate>soon</pubDate></item>
<item><title>Again</title><link>https://daily.example/eels</link></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>
<entry><title type="text">Eels</title><link rel="enclosure" href="https://a.example/eels.mp3"/>
<link href="eels?a=1&amp;b=2"/><author><name>Ann Lee</name></author>
<author><name>Bo Ek</name></author>
<published>2024-10-25T09:30:00Z</published><updated>2024-11-01T00:00:00Z</updated></entry>
<entry><title>Cod</title><link href="cod"/><updated>2024-11-01T00:00:00Z</updated></entry></feed>"""


def feed(body: str | bytes, charset: str | None = None) -> Document:
    content = body.encode() if isinstance(body, str) else body
    return Document("https://daily.example/feed/", "application/xml", charset, content)


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1"])
def test_rss_gives_the_pages_it_links_to(encoding: str) -> None:
    """In its order, each once, with the facts that are exact in it; titles are no HTML."""
    assert list(feed_articles(feed(RSS.format(encoding=encoding).encode(encoding)))) == [
        Submission(
            url="https://daily.example/eels",
            title="On eels & their Grüße",
            authors=("Ann Lee",),
            published_at=datetime(2024, 10, 25, 7, 30, tzinfo=UTC),
        ),
        Submission(url="https://other.example/b"),
    ]


def test_atom_gives_the_pages_it_links_to() -> None:
    """When an entry was updated is not when it was published."""
    assert list(feed_articles(feed(ATOM))) == [
        Submission(
            url="https://daily.example/feed/eels?a=1&b=2",
            title="Eels",
            authors=("Ann Lee", "Bo Ek"),
            published_at=datetime(2024, 10, 25, 9, 30, tzinfo=UTC),
        ),
        Submission(url="https://daily.example/feed/cod", title="Cod"),
    ]


def test_a_feed_cut_short_gives_what_it_has() -> None:
    """The entries before the break."""
    assert len(feed_articles(feed(RSS[: RSS.index("<item><title>Again")]))) == 2


@pytest.mark.parametrize(
    "body", ["", "hello", "<p>no feed</p>", "https://daily.example/", "/etc/passwd"]
)
def test_what_is_no_feed_is_an_error(body: str) -> None:
    """And is neither fetched nor opened, if it looks like an address or a path."""
    with pytest.raises(UnreadableDocument, match="not a feed"):
        feed_articles(feed(body))


def test_entities_do_not_multiply() -> None:
    """A kilobyte that would unfold to gigabytes stays small, and no file is read."""
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f"""<?xml version="1.0"?><!DOCTYPE z [<!ENTITY e0 "eel">{nested}
        <!ENTITY f SYSTEM "file:///etc/passwd">]>
        <rss version="2.0"><channel><item><title>&e9;&f;</title><link>https://a.example/</link>
        </item></channel></rss>"""
    begun = time.monotonic()
    (article,) = feed_articles(feed(bomb))
    assert len(article.title or "") < 1000
    assert "root" not in (article.title or "")
    assert time.monotonic() - begun < 5
