"""What dates a page, what does not, and what is only a guess; every outlet is invented."""

from datetime import UTC, datetime

import pytest

from service.ingest.extract import Page, extract

PROSE = "The bridge over the harbour reopened on Friday after three years of repairs. " * 4


LD = '<script type="application/ld+json">{{"@type": "Article", {}}}</script>'


def read(head: str = "", article: str = "", around: str = "") -> Page:
    """A page with this in its head, before its prose, and beside its article."""
    return extract(
        f"<!doctype html><html lang=en><head><title>Bridge reopens</title>{head}</head><body>"
        f"<main><article><h1>Bridge reopens</h1>{article}<p>{PROSE}</p><p>{PROSE}</p></article>"
        f"</main>{around}<footer>© 2001 Harbour Notes</footer></body></html>"
    )


@pytest.mark.parametrize(
    ("head", "article"),
    [
        ('<meta property="article:published_time" content="2024-05-04T10:20:30Z">', ""),
        ('<meta name="dc.date.issued" content="2024-05-04T10:20:30Z">', ""),
        ('<meta name="bt:pubDate" content="Sat May 04 12:20:30 CEST 2024">', ""),
        ("", '<time itemprop="datePublished" datetime="2024-05-04T10:20:30Z">4 May</time>'),
        ("", '<abbr class="published" title="2024-05-04T10:20:30Z">4 May</abbr>'),
        ("", '<time class="dt-published" datetime="2024-05-04T10:20:30Z">4 May</time>'),
        ("", '<time class="published updated" datetime="2024-05-04T10:20:30Z">4 May</time>'),
        ("", '<time pubdate datetime="May 4, 2024 6:20:30 AM EDT">4 May</time>'),
        (LD.format('"datePublished": "Sat May 04 2024 12:20:30 GMT+0200 (CEST)"'), ""),
    ],
)
def test_a_stated_date_is_no_guess(head: str, article: str) -> None:
    """In metadata, microdata, microformats and JSON-LD, in whatever form."""
    page = read(head, article)
    assert page.published_at == datetime(2024, 5, 4, 10, 20, 30, tzinfo=UTC)
    assert not page.published_at_guessed


@pytest.mark.parametrize(
    ("head", "article", "around"),
    [
        ('<meta property="article:modified_time" content="2024-05-04T10:20:30Z">', "", ""),
        ('<meta property="og:updated_time" content="2024-05-04T10:20:30Z">', "", ""),
        ('<meta http-equiv="last-modified" content="2024-05-04">', "", ""),
        (LD.format('"dateModified": "2024-05-04"'), "", ""),
        ("", '<time itemprop="dateModified" datetime="2024-05-04">4 May</time>', ""),
        ("", '<time class="updated" datetime="2024-05-04">4 May</time>', ""),
        ("", '<p>Last updated: <time datetime="2024-05-04">4 May</time></p>', ""),
        ("", '<p><b>Updated</b> <time datetime="2024-05-04">4 May</time></p>', ""),
        ("", '<span class="last-modified-date">2024-05-04</span>', ""),
        ("", "", '<div id="comments"><time datetime="2024-05-04">4 May</time> No!</div>'),
        ("", "", '<ol class="comment-list"><li><time pubdate datetime="2024-05-04"></li></ol>'),
        ("", '<p itemprop="comment"><b itemprop="datePublished" content="2024-05-04"></b></p>', ""),
        ("", "", '<aside><a href="/b">Eels</a> <time datetime="2024-05-04">4 May</time></aside>'),
        ("", "", '<div class="related-stories"><time datetime="2024-05-04">4 May</time></div>'),
        ("", '<article><h2>Eels</h2><time datetime="2024-05-04">4 May</time></article>', ""),
        ('<meta property="article:published_time" content="0001-01-01T00:00:00Z">', "", ""),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', "", ""),
        ("", "<p>The last repairs ended on 4 May 2024.</p>", ""),
    ],
)  # fmt: skip
def test_a_change_a_comment_or_a_teaser_dates_nothing(head: str, article: str, around: str) -> None:
    """Nor does a date in the prose, or what systems write for no date."""
    assert read(head, article, around).published_at is None


@pytest.mark.parametrize(
    ("head", "article"),
    [
        ('<link rel="canonical" href="https://notes.example/2024/05/04/bridge/">', ""),
        ('<meta name="DC.date" content="Sat, 04 May 2024 00:00:00 GMT">', ""),
        ('<meta name="date" content="2024-05-04">', ""),
        ("", '<time datetime="Sat May 04 2024 00:00:00 GMT+0000">4 May</time>'),
        ("", "<p><time>4 May 2024</time></p>"),
        ("", '<time datetime="2024-05-04">4 May</time><time datetime="2001-01-01"></time>'),
    ],
)
def test_a_day_that_nothing_calls_the_publication_is_a_guess(head: str, article: str) -> None:
    """In the address, or the first time in the page."""
    page = read(head, article, '<aside><time datetime="2001-02-03">3 Feb</time></aside>')
    assert page.published_at == datetime(2024, 5, 4, tzinfo=UTC)
    assert page.published_at_guessed


def test_the_article_under_the_headline_is_the_one_that_is_dated() -> None:
    """Not one that the page shows above it, marked as its own publication though it is."""
    other = '<article><h2>Eels</h2><time itemprop="datePublished" datetime="2001-02-03"></article>'
    own = "<article><h1>Bridge reopens</h1>{}<p>" + PROSE + "</p></article>"
    for mark, guessed in (("itemprop=datePublished ", False), ("", True)):
        time = f'<time {mark}datetime="2024-05-04">4 May</time>'
        page = extract(f"<html><body>{other}{own.format(time)}</body></html>")
        assert page.published_at == datetime(2024, 5, 4, tzinfo=UTC)
        assert page.published_at_guessed is guessed
    assert extract(f"<html><body>{other}{own.format('')}</body></html>").published_at is None


def test_what_is_stated_wins_over_what_may_be_guessed() -> None:
    """Whatever the address and the first time say."""
    page = read(
        '<link rel="canonical" href="https://notes.example/2001/02/03/bridge/">'
        '<meta property="article:published_time" content="2024-05-04T23:30:00-05:00">',
        '<time datetime="2001-02-03">3 Feb</time>',
    )
    assert page.published_at is not None
    assert page.published_at.isoformat() == "2024-05-04T23:30:00-05:00"
    assert not page.published_at_guessed
