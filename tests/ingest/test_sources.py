"""From what is typed on the command line to articles, over a real server."""

import gzip
from pathlib import Path

import pytest

from service.domain.article import Submission
from service.domain.errors import InvalidArticle, UnreadableDocument
from service.domain.indexing import Found
from service.ingest.fetch import Fetcher, FetchLimits
from service.ingest.reader import ArticleReader
from service.ingest.sources import find_articles
from tests.ingest.site import Site, endless, redirect, reply

PAGE = "<html><body><article><p>Eels swim up the river each spring.</p></article></body></html>"


async def found_at(
    target: str, fetcher: Fetcher, defaults: Submission | None = None, max_sitemaps: int = 500
) -> list[Found]:
    stream = find_articles(target, fetcher, defaults, max_sitemaps=max_sitemaps)
    return [found async for found in stream]


def urlset(*urls: str) -> str:
    return f"<urlset>{''.join(f'<url><loc>{url}</loc></url>' for url in urls)}</urlset>"


def index(*urls: str) -> str:
    listed = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex>{listed}</sitemapindex>"


async def test_a_path_is_read(tmp_path: Path, fetcher: Fetcher) -> None:
    """Files come as files do, with what they lack filled in."""
    (tmp_path / "a.txt").write_text("They swim.")
    (found,) = await found_at(str(tmp_path), fetcher, Submission(publisher="P"))
    assert found == Found(str(tmp_path / "a.txt"), Submission(text="They swim.", publisher="P"))
    with pytest.raises(InvalidArticle, match="does not exist"):
        await found_at(str(tmp_path / "none"), fetcher)


async def test_a_page_is_one_article_and_fetched_once(site: Site, fetcher: Fetcher) -> None:
    """What was looked at to tell a page from a feed is what is indexed, from its last address."""
    site.pages["/short"] = redirect("/eels")
    site.pages["/eels"] = reply(PAGE)
    (found,) = await found_at(site.url("/short"), fetcher, Submission(publisher="P"))
    assert found.origin == site.url("/eels")
    assert found.submission == Submission(html=PAGE, url=site.url("/eels"), publisher="P")
    article = await ArticleReader(fetcher).read(found.submission)
    assert article.text == "Eels swim up the river each spring."
    assert len(site.requests) == 2


@pytest.mark.parametrize(
    "media_type", ["application/rss+xml", "text/xml", "text/html", "text/plain"]
)
async def test_a_feed_is_its_articles(site: Site, fetcher: Fetcher, media_type: str) -> None:
    """However it is served; the pages are fetched when they are read."""
    feed = """<?xml version="1.0"?><!-- <html> --><rss version="2.0"><channel>
        <item><link>/eels</link></item><item><link>/gone</link></item></channel></rss>"""
    site.pages["/feed"] = reply(feed, media_type)
    site.pages["/eels"] = reply(PAGE)
    eels, gone = await found_at(site.url("/feed"), fetcher, Submission(publisher="P"))
    assert eels == Found(site.url("/eels"), Submission(url=site.url("/eels"), publisher="P"))
    assert gone.origin == site.url("/gone")
    assert len(site.requests) == 1


async def test_a_feed_may_begin_with_a_long_comment(site: Site, fetcher: Fetcher) -> None:
    """As licences are; what stands in it is not looked at."""
    comment = f"<!-- {'All <b>rights</b> reserved. ' * 500} -->"
    site.pages["/feed"] = reply(f"{comment}<rss><item><link>/eels</link></item></rss>", "text/xml")
    (found,) = await found_at(site.url("/feed"), fetcher)
    assert found.origin == site.url("/eels")


async def test_sitemaps_lead_to_sitemaps(site: Site, fetcher: Fetcher) -> None:
    """Breadth first, packed ones too, each once; a bad one is reported and the rest goes on."""
    top, one, two, bad = (site.url(path) for path in ("/top", "/1.xml.gz", "/2", "/bad"))
    site.pages["/top"] = reply(index(one, bad, top, two, two), "application/xml")
    packed = gzip.compress(urlset("https://a.example/1").encode())
    site.pages["/1.xml.gz"] = reply(packed, "application/gzip")
    site.pages["/2"] = reply(index(one, site.url("/3")), "text/xml")
    site.pages["/3"] = reply(urlset("https://a.example/3"), None)
    found = await found_at(top, fetcher)
    assert [one.origin for one in found] == ["https://a.example/1", bad, "https://a.example/3"]
    assert found[1].problem is not None
    assert "404" in str(found[1].problem)
    assert len(site.requests) == 5


async def test_sitemaps_without_end_are_left(site: Site, fetcher: Fetcher) -> None:
    """Each leads to the next; after the limit the rest is reported."""
    for number in range(20):
        site.pages[f"/{number}"] = reply(index(site.url(f"/{number + 1}")), "text/xml")
    (found,) = await found_at(site.url("/0"), fetcher, max_sitemaps=5)
    assert str(found.problem) == "1 sitemaps beyond 5 are not followed"
    assert len(site.requests) == 5


async def test_a_feed_that_never_ends_is_a_problem(site: Site) -> None:
    """Read no further than the limit."""
    site.pages["/"] = endless(b"<item><link>https://a.example/</link></item>", "text/xml")
    async with Fetcher(limits=FetchLimits(max_bytes=100_000), allow_private=True) as fetcher:
        (found,) = await found_at(site.url("/"), fetcher)
    assert found.submission is None
    assert found.problem is not None
    assert "larger than 100,000 bytes" in str(found.problem)


async def test_a_private_address_is_a_problem(site: Site) -> None:
    """The same guard stands before feeds and sitemaps."""
    async with Fetcher() as fetcher:
        (found,) = await found_at(site.url("/"), fetcher)
    assert found.problem is not None
    assert "private" in str(found.problem)
    assert site.requests == []


async def test_robots_lead_to_sitemaps_and_are_no_article(site: Site, fetcher: Fetcher) -> None:
    """However they are served."""
    site.pages["/robots.txt"] = reply("# Hi\nUser-agent: *\nAllow: /\nSitemap: /list.txt\n")
    site.pages["/list.txt"] = reply("https://a.example/1\nhttps://a.example/2\n", "text/plain")
    found = await found_at(site.url("/robots.txt"), fetcher)
    assert [one.origin for one in found] == ["https://a.example/1", "https://a.example/2"]
    for path in ("/robots.txt", "/list.txt"):
        with pytest.raises(UnreadableDocument, match="not an article"):
            await ArticleReader(fetcher).read(Submission(url=site.url(path)))


@pytest.mark.parametrize(
    "listing",
    [
        "<html><head><title>Index of /news</title></head><body><h1>Index of /news</h1>",
        "<title>Directory listing for /news/</title>",
        '<head><title>daily.example - /news/</title></head><A HREF="/">[To Parent Directory]</A>',
    ],
)
async def test_the_listing_of_a_folder_is_no_article(
    site: Site, fetcher: Fetcher, listing: str
) -> None:
    """As Apache, Python and IIS write it."""
    site.pages["/news/"] = reply(listing)
    (found,) = await found_at(site.url("/news/"), fetcher)
    assert "is the listing of a folder" in str(found.problem)


async def test_a_page_about_an_index_is_an_article(site: Site, fetcher: Fetcher) -> None:
    """Only what servers write is taken for a listing; a text may begin as it likes."""
    site.pages["/1"] = reply("<title>Index of prices rises</title><p>Prices rose.</p>")
    site.pages["/2"] = reply("Allowances rise\n\nhttps://a.example/ has more.", "text/plain")
    for path in ("/1", "/2"):
        (found,) = await found_at(site.url(path), fetcher)
        assert found.submission is not None
