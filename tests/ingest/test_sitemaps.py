"""Sitemaps; every outlet is invented."""

from datetime import UTC, datetime

import pytest

from service.domain.article import Submission
from service.domain.errors import UnreadableDocument
from service.ingest.fetch import Document
from service.ingest.sitemaps import Sitemap, read_sitemap

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'


def sitemap(body: str) -> Document:
    return Document("https://daily.example/sitemap.xml", "text/xml", None, body.encode())


def test_pages_come_with_what_the_news_extension_says() -> None:
    """`lastmod` is when a page changed, not when it was published."""
    body = f"""<?xml version="1.0" encoding="UTF-8"?><urlset {NAMESPACE} {NEWS}>
        <url><loc> https://daily.example/eels?a=1&amp;b=2 </loc><n:news>
          <n:publication><n:name>The Daily Example</n:name><n:language>en</n:language>
          </n:publication><n:publication_date>2024-10-25T09:30:00+02:00</n:publication_date>
          <n:title>On eels</n:title></n:news></url>
        <url><loc/></url>
        <url><loc>https://daily.example/cod</loc><lastmod>2024-11-01</lastmod></url></urlset>"""
    assert read_sitemap(sitemap(body)) == Sitemap(
        pages=(
            Submission(
                url="https://daily.example/eels?a=1&b=2",
                title="On eels",
                publisher="The Daily Example",
                published_at=datetime(2024, 10, 25, 7, 30, tzinfo=UTC),
            ),
            Submission(url="https://daily.example/cod"),
        ),
        sitemaps=(),
    )


def test_an_index_leads_to_sitemaps() -> None:
    """With or without a namespace."""
    index = "<sitemapindex><sitemap><loc>https://a.example/1.xml.gz</loc></sitemap></sitemapindex>"
    for body in (index, index.replace("<sitemapindex>", f"<sitemapindex {NAMESPACE}>")):
        assert read_sitemap(sitemap(body)) == Sitemap((), ("https://a.example/1.xml.gz",))


@pytest.mark.parametrize(
    "flawed",
    [
        "<news:news><news:title>On eels</news:title></news:news>",
        "<image:image><image:loc>https://a.example/i.jpg</image:loc></image:image>",
        "<priority>\x0b \x00 &nosuch; &</priority>",
    ],
)
def test_a_flaw_loses_no_page(flawed: str) -> None:
    """An undeclared prefix, control characters, what is no reference."""
    body = f"\ufeff\n<urlset {NAMESPACE}><url>{flawed}<loc>https://a.example/1</loc></url>"
    body += "<url><loc>https://a.example/2</loc></url></urlset>"
    first, second = read_sitemap(sitemap(body)).pages
    assert (first.url, second.url) == ("https://a.example/1", "https://a.example/2")
    assert first.title == ("On eels" if "news" in flawed else None)


def test_a_sitemap_cut_short_gives_what_it_has() -> None:
    """The pages before the cut; half an address is none."""
    whole = "<urlset><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc>"
    for cut in ("<url><loc>https://a.exam", "<url><lo", ""):
        pages = read_sitemap(sitemap(whole + cut)).pages
        assert [page.url for page in pages] == ["https://a.example/1", "https://a.example/2"]


@pytest.mark.parametrize("prefix", ["s", "sitemap"])
def test_a_root_may_have_a_prefix(prefix: str) -> None:
    """And all that is in it."""
    body = f"""<{prefix}:urlset {NAMESPACE.replace("=", f":{prefix}=")}><{prefix}:url>
        <{prefix}:loc>https://a.example/</{prefix}:loc></{prefix}:url></{prefix}:urlset>"""
    assert [page.url for page in read_sitemap(sitemap(body)).pages] == ["https://a.example/"]


def test_a_sitemap_may_be_lines_of_addresses() -> None:
    """Blank and broken lines are passed over."""
    body = "\ufeffhttps://a.example/1\r\n\r\nhttps://a.example/2\nnone\n"
    assert read_sitemap(sitemap(body)) == Sitemap(
        (Submission(url="https://a.example/1"), Submission(url="https://a.example/2")), ()
    )


def test_robots_name_sitemaps() -> None:
    """Relative ones too; the rules are for others."""
    body = (
        "# Hello\nUser-agent: *\nDisallow: /x\nSitemap: https://a.example/1.xml # all\nsitemap:/2"
    )
    assert read_sitemap(sitemap(body)) == Sitemap(
        (), ("https://a.example/1.xml", "https://daily.example/2")
    )


@pytest.mark.parametrize("body", ["<html><body>no</body></html>", "<rss/>", "<"])
def test_what_is_no_sitemap_is_an_error(body: str) -> None:
    """It names the address."""
    with pytest.raises(UnreadableDocument, match=r"daily\.example/sitemap\.xml"):
        read_sitemap(sitemap(body))


def test_entities_are_not_resolved() -> None:
    """No file is read, and nothing unfolds."""
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    for entity in ("&f;", "&e9;"):
        body = f"""<?xml version="1.0"?><!DOCTYPE z [<!ENTITY e0 "eel">{nested}
            <!ENTITY f SYSTEM "file:///etc/passwd">]>
            <urlset><url><loc>https://a.example/{entity}</loc></url></urlset>"""
        (page,) = read_sitemap(sitemap(body)).pages
        assert page.url == f"https://a.example/{entity}"
