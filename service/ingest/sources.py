"""Whatever the command line is given, a path or an address, as a stream of articles."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

from service.domain.article import Submission
from service.domain.errors import TooLarge
from service.domain.indexing import Found
from service.ingest.documents import Kind, kind_of, with_content
from service.ingest.feeds import feed_articles
from service.ingest.fetch import Document, Fetcher
from service.ingest.files import DEFAULT_LIMITS, FileLimits, read_files
from service.ingest.rows import filled
from service.ingest.sitemaps import read_sitemap

MAX_SITEMAPS = 500
"""What one index may lead to, in all and however deep: 25 million pages by the protocol."""


async def find_articles(
    target: str,
    fetcher: Fetcher,
    defaults: Submission | None = None,
    *,
    limits: FileLimits = DEFAULT_LIMITS,
    max_sitemaps: int = MAX_SITEMAPS,
) -> AsyncIterator[Found]:
    """The articles of a file, a folder, a page, a feed or a sitemap.

    A page is one article and is fetched here; what a feed or a sitemap lists are addresses, which
    are fetched when they are read. `defaults` fill in what neither says. What cannot be had is
    found with its problem, and the rest goes on. Raises InvalidArticle for a path that is missing.
    """
    if not target.startswith(("http://", "https://")):
        for found in read_files(Path(target), defaults, limits):
            yield found
        return
    async for found in _at_address(target, fetcher, max_sitemaps):
        given = found.submission
        yield Found(found.origin, filled(given, defaults)) if given and defaults else found


async def _at_address(url: str, fetcher: Fetcher, max_sitemaps: int) -> AsyncIterator[Found]:
    """Breadth first; each address once, as a sitemap may list itself."""
    waiting, seen = deque([url]), {url}
    while waiting:
        address = waiting.popleft()
        try:
            document = await fetcher.fetch(address)
            articles, sitemaps = await asyncio.to_thread(_contents, document)
        except Exception as error:  # noqa: BLE001 - other addresses go on, whatever this one met
            yield Found(address, problem=error)
            continue
        for article in articles:
            yield Found(article.url or address, article)
        further = [one for one in dict.fromkeys(sitemaps) if one not in seen]
        room = max(0, max_sitemaps - len(seen))
        if len(further) > room:
            left = f"{len(further) - room} sitemaps beyond {max_sitemaps} are not followed"
            yield Found(address, problem=TooLarge(left))
        waiting.extend(further[:room])
        seen.update(further[:room])


def _contents(document: Document) -> tuple[Sequence[Submission], Sequence[str]]:
    """The articles of a document, and the sitemaps it leads to."""
    match kind_of(document):
        case Kind.FEED:
            return feed_articles(document), ()
        case Kind.SITEMAP | Kind.ROBOTS:
            sitemap = read_sitemap(document)
            return sitemap.pages, sitemap.sitemaps
        case _:
            return [with_content(Submission(), document)], ()
