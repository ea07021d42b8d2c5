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


def test_broken_xml_is_an_error() -> None:
    """Half a sitemap is not taken for a whole one."""
    with pytest.raises(UnreadableDocument, match=r"daily\.example/sitemap\.xml is not a sitemap"):
        read_sitemap(sitemap("<urlset><url><loc>https://a.example/</loc>"))


def test_entities_are_not_resolved() -> None:
    """No file is read, and nothing unfolds."""
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    for entity in ("&f;", "&e9;"):
        body = f"""<?xml version="1.0"?><!DOCTYPE z [<!ENTITY e0 "eel">{nested}
            <!ENTITY f SYSTEM "file:///etc/passwd">]>
            <urlset><url><loc>https://a.example/{entity}</loc></url></urlset>"""
        try:
            (page,) = read_sitemap(sitemap(body)).pages
        except UnreadableDocument:
            continue
        assert page.url == "https://a.example/"
