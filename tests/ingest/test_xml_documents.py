"""XML as the web has it, in time that grows with its length."""

import contextlib
import time

import pytest

from service.domain.errors import UnreadableDocument
from service.ingest.feeds import feed_articles
from service.ingest.fetch import Document
from service.ingest.sitemaps import read_sitemap

CHARS = 250_000
MOST_GROWTH = 2.6


def seconds(body: str) -> float:
    """Processor time for the body as the title of a feed, and as a sitemap; the least of three."""
    title = f"<rss><item><link>https://a.example/</link><title>{body}</title></item></rss>"
    feed = Document("https://a.example/", "text/xml", None, title.encode())
    sitemap = Document("https://a.example/", "text/xml", None, f"<urlset>{body}".encode())
    taken = []
    for _ in range(3):
        begun = time.process_time()
        feed_articles(feed)
        with contextlib.suppress(UnreadableDocument):
            read_sitemap(sitemap)
        taken.append(time.process_time() - begun)
    return min(taken)


@pytest.mark.parametrize(
    "piece", ["<", "&", "&#9", "<a ", "<!--", "<![CDATA[", "<x:y>", "a@", "<item>", "sitemap: a\n"]
)
def test_twice_the_text_takes_twice_the_time(piece: str) -> None:
    """Whatever is repeated: no pattern looks at the same text again and again."""
    text = piece * (2 * CHARS // len(piece))
    assert seconds(text) <= MOST_GROWTH * seconds(text[: len(text) // 2]) + 0.05
