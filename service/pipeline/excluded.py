"""Finds the articles whose words are not to count: those named, and what a draft was published as,
since a story does not bear itself out."""

import re
from collections.abc import Collection, Iterator

from service.domain.claim import Filters
from service.domain.draft import Draft, DraftFormat
from service.pipeline.markup import front_matter
from service.ports import Store

MOST_AT_AN_ADDRESS = 50
_ADDRESS = re.compile(
    r"""^[ \t]*["']?(?:canonical(?:[_-]?url)?|url|permalink|link)["']?[ \t]*[:=][ \t]*
    ["']?(?P<url>https?://[^\s"']+)""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_LINK = re.compile(r"<link\b[^<>]*>", re.IGNORECASE)
_CANONICAL = re.compile(r"\brel\s*=\s*[\"']?canonical\b", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?(?P<url>https?://[^\s\"'<>]+)", re.IGNORECASE)


def own_addresses(draft: Draft) -> Iterator[str]:
    """Where the draft says it is published: in its front matter, or in a canonical link."""
    for match in _ADDRESS.finditer(front_matter(draft)):
        yield match["url"]
    if draft.format is not DraftFormat.HTML:
        return
    for link in _LINK.findall(draft.text):
        href = _HREF.search(link)
        if href and _CANONICAL.search(link):
            yield href["url"]


async def excluded_articles(draft: Draft, store: Store) -> frozenset[str]:
    """The ids of the articles that do not count for a draft: those named, and its own."""
    return await article_ids([*draft.excluded_articles, *own_addresses(draft)], store)


async def article_ids(named: Collection[str], store: Store) -> frozenset[str]:
    """The ids of articles that are named by their ids or their addresses. An address without an
    article names none."""
    ids = {name for name in named if "://" not in name}
    for url in {spelling for name in named if "://" in name for spelling in _spellings(name)}:
        page = await store.articles(Filters(), url=url, limit=MOST_AT_AN_ADDRESS)
        ids |= {article.id for article in page.articles}
    return frozenset(ids)


def _spellings(url: str) -> Collection[str]:
    """An address with and without the slash at its end, and without a fragment."""
    plain = url.partition("#")[0].rstrip("/")
    return {url, plain, f"{plain}/"}
