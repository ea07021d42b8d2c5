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


def entry(inner: str, atom: str = "") -> Submission:
    """The one article of a feed whose entry has this in it."""
    kind = ("feed", "entry") if atom else ("rss", "item")
    link = '<link href="https://a.example/"/>' if atom else "<link>https://a.example/</link>"
    (article,) = feed_articles(
        feed(f"<{kind[0]} {atom}><{kind[1]}>{link}{inner}</{kind[1]}></{kind[0]}>")
    )
    return article


ATOM_NS = 'xmlns="http://www.w3.org/2005/Atom"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ("<pubDate>2016/6/29 15:07:41</pubDate>", 29),
        (f"<dc:date {DC}>2016-06-28</dc:date>", 28),
        (f"<dc:date {DC}>2016-06-28</dc:date><pubDate>29 Jun 2016</pubDate>", 29),
        (f"<pubDate>soon</pubDate><dc:date {DC}>2016-06-28</dc:date>", 28),
        ("<dc:date>2016-06-28</dc:date>", 28),
        ("<source><pubDate>29 Jun 2016</pubDate></source>", None),
        ("<updated>2016-06-29</updated>", None),
        ("<pubDate>June 2016</pubDate>", None),
    ],
)
def test_a_date_is_what_the_entry_states(dates: str, day: int | None) -> None:
    """As its publication, not as a change or as another's; what says no day gives none."""
    stated = datetime(2016, 6, day, tzinfo=UTC).date() if day else None
    published = entry(dates).published_at
    assert (published.date() if published else None) == stated


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("<author>desk@daily.example (Ann Lee)</author>", ("Ann Lee",)),
        ("<author>Ann Lee &lt;ann@daily.museum&gt;</author>", ("Ann Lee",)),
        ("<author>mailto:ann@daily.example, Ann Lee</author>", ("Ann Lee",)),
        ("<author>ann@daily.example</author>", None),
        ("<author>https://daily.example/ann</author>", None),
        ("<author><name>Ann Lee</name><email>ann@daily.example</email></author>", ("Ann Lee",)),
        (f"<author>Ann Lee</author><dc:creator {DC}>Bo Ek</dc:creator>", ("Ann Lee", "Bo Ek")),
        ("<author>Ann Lee</author><dc:creator>Ann Lee</dc:creator>", ("Ann Lee",)),
        ("<author>Ann Lee</author><itunes:author>Daily</itunes:author>", ("Ann Lee",)),
        ("<itunes:author>Ann Lee</itunes:author>", ("Ann Lee",)),
    ],
)
def test_authors_are_names_and_no_addresses(author: str, names: tuple[str, ...] | None) -> None:
    """However they stand beside one another; who made the programme is the last resort."""
    assert entry(author).authors == names


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (
            "<title>Use of &lt;Proposition 4&gt; &amp;amp; others</title>",
            "Use of <Proposition 4> & others",
        ),
        ("<title><![CDATA[Fish &#8212; <b>eels</b> &amp; 5 < 6]]></title>", "Fish — eels & 5 < 6"),
        ("<title>Fish & chips &rsquo;24 &#146;25</title>", "Fish & chips ’24 ’25"),
        (f"<title>{'&#' + '9' * 5_000};</title>", f"&#{'9' * 5_000};"),
        ("<media:title>A picture</media:title><title>Eels</title>", "Eels"),
        ("<title>On <em>eels</em><br>and cod</title>", "On eels and cod"),
    ],
)
def test_a_title_keeps_its_words(title: str, words: str) -> None:
    """Tags of HTML go, other words in angle brackets stay; references become characters."""
    assert entry(title).title == words


def test_a_plain_title_of_atom_is_taken_as_it_is() -> None:
    """Atom says that it has no markup."""
    title = '<title type="text">Draw on a &lt;canvas&gt;</title>'
    assert entry(title, ATOM_NS).title == "Draw on a <canvas>"
    assert entry(title.replace("text", "html"), ATOM_NS).title == "Draw on a"


@pytest.mark.parametrize(
    "flaw",
    [
        "<media:thumbnail url='https://a.example/i.jpg'/>",
        "<description>A \x0b and a \x00 and a &#11; and a &nosuch;</description>",
        "<description>Fish & chips <br> for <img src=x> 5 < 6</description>",
        "<description><p>One<p>Two</description>",
        "<!-- one -- two <rss> -->",
        "<description><![CDATA[<?xml version='1.0'?><rss><item><link>/c</link>]]></description>",
        "<source url='a&quot;b&apos;c&lt;d' gd:etag=\"W/&quot;x.&quot;\">A</source>",
        "<a:28/><a:/>",
        "<description><![CDATA[ ]]&gt; ]]></description>",
    ],
)
def test_a_flaw_takes_nothing_from_the_rest(flaw: str) -> None:
    """What stands before and after it is read, in this entry and in the next."""
    item = "<item><title>{0}</title>{1}<link>https://a.example/{0}</link>{2}</item>"
    date = "<pubDate>29 Jun 2016</pubDate>"
    body = f"<rss><channel>{item.format(1, flaw, date)}{item.format(2, '', date)}</channel></rss>"
    found = feed_articles(feed(body))
    assert [(one.url, one.title, bool(one.published_at)) for one in found] == [
        ("https://a.example/1", "1", True),
        ("https://a.example/2", "2", True),
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16"])
def test_wide_characters_need_no_mark(encoding: str) -> None:
    """By the first character, as XML says."""
    found = feed_articles(feed(RSS.format(encoding=encoding).encode(encoding)))
    assert [article.title for article in found] == ["On eels & their Grüße", None]


@pytest.mark.parametrize(
    "root",
    [
        f'<a:feed {ATOM_NS.replace("=", ":a=")}><a:entry><a:link href="/x"/></a:entry></a:feed>',
        '<r:rss xmlns:r="urn:own"><r:item><r:link>/x</r:link></r:item></r:rss>',
        "<rdf:RDF><item><link>/x</link></item></rdf:RDF>",
        "Warning: no such file<br />\n<?xml version='1.0'?><rss><item><link>/x</link></item></rss>",
    ],
)
def test_roots_may_have_prefixes_and_words_before_them(root: str) -> None:
    """Declared or not; what a server has said before the XML is passed over."""
    (article,) = feed_articles(feed(root))
    assert article.url == "https://daily.example/x"


@pytest.mark.parametrize(
    ("links", "url"),
    [
        ('<link rel="self" href="/self"/><link rel="alternate" href="/page"/>', "/page"),
        ('<link type="application/json" href="/j"/><link type="text/html" href="/page"/>', "/page"),
        ("<guid>https://daily.example/page</guid>", "/page"),
        ("<id>https://daily.example/page</id>", "/page"),
        ('<guid isPermaLink="false">https://daily.example/page</guid>', None),
        ("<id>tag:daily.example,2016:1</id>", None),
    ],
)
def test_a_link_leads_to_the_page(links: str, url: str | None) -> None:
    """Not to the feed itself or to data; what names an entry is a link only where it is one."""
    found = feed_articles(feed(f"<feed {ATOM_NS}><entry>{links}</entry></feed>"))
    assert [one.url for one in found] == ([f"https://daily.example{url}"] if url else [])


def test_an_address_that_cannot_be_is_left_to_who_opens_it() -> None:
    """It is one bad article, not a lost feed."""
    body = "<rss><item><link>http://[a.example/</link></item><item><link>/b</link></item></rss>"
    assert [one.url for one in feed_articles(feed(body))] == [
        "http://[a.example/",
        "https://daily.example/b",
    ]


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
