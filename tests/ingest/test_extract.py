"""Pages of many kinds, made by hand; every outlet and sentence is invented."""

import json
import time
from datetime import UTC, datetime

import pytest

from service.domain.errors import InvalidArticle, InvalidInput, TooLarge, UnreadableDocument
from service.ingest.extract import MAX_ELEMENTS, extract

OPENING = (
    "The bridge over the harbour reopened on Friday after three years of repairs, the city said."
)
QUOTED = "“It is safe,” said Mayor Ada Holm, who walked across it at noon with two engineers."
CLOSING = (
    "The port authority and the state paid for the works in equal shares, the council reported."
)
ARTICLE = f"""<h1>Harbour bridge reopens</h1><p>{OPENING}</p><p>{QUOTED}</p>
<h2>What it cost</h2><ul><li>Steel: four million</li><li>Labour: three million</li></ul>
<p>{CLOSING}</p>"""


def page(head: str = "", article: str = ARTICLE, attributes: str = 'lang="en-GB"') -> str:
    return f"""<!doctype html><html {attributes}><head><meta charset="utf-8">
<title>Harbour bridge reopens</title>{head}</head>
<body><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
<article>{article}</article>
<aside><h3>Most read</h3><a href="/x">Ten things about eels</a></aside>
<footer>© The Daily Example. All rights reserved.</footer></body></html>"""


def json_ld(described: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(described)}</script>'


NEWS_ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Harbour bridge reopens",
    "datePublished": "2024-05-04T10:20:30+02:00",
    "dateModified": "2024-06-01T00:00:00Z",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Ek"}],
    "publisher": {"@type": "Organization", "name": "The Daily Example"},
}


def test_paragraphs_headings_and_items_are_lines() -> None:
    """The structure of the page survives as line ends, without its navigation and footer."""
    assert extract(page()).text.split("\n") == [
        OPENING,
        QUOTED,
        "What it cost",
        "- Steel: four million",
        "- Labour: three million",
        CLOSING,
    ]


def test_json_ld_states_the_facts() -> None:
    """Title, outlet, authors and the moment, to the second and in UTC."""
    found = extract(page(json_ld(NEWS_ARTICLE)))
    assert found.title == "Harbour bridge reopens"
    assert found.publisher == "The Daily Example"
    assert found.authors == ("Ann Lee", "Bo Ek")
    assert found.published_at == datetime(2024, 5, 4, 8, 20, 30, tzinfo=UTC)
    assert found.language == "en"


def test_a_wordpress_page_states_them_in_a_graph() -> None:
    """The article in the graph counts, not the site and the page around it."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Harbour Notes", "datePublished": "2001-01-01"},
            {"@type": "WebPage", "datePublished": "2002-02-02T00:00:00Z"},
            {"@type": ["Article"], "datePublished": "2024-05-04T10:20:30+00:00"},
        ],
    }
    head = f"""{json_ld(graph)}<meta property="og:site_name" content="Harbour Notes">
        <link rel="canonical" href="https://notes.example/2024/05/bridge/">"""
    found = extract(page(head))
    assert found.published_at == datetime(2024, 5, 4, 10, 20, 30, tzinfo=UTC)
    assert found.publisher == "Harbour Notes"
    assert found.url == "https://notes.example/2024/05/bridge/"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-05-04T10:20:30Z">',
        '<meta name="parsely-pub-date" content="2024-05-04T12:20:30+02:00">',
        '<meta itemprop="datePublished" content="2024-05-04 10:20:30">',
        """<script type="application/ld+json">{"datePublished": broken</script>
        <meta property="article:published_time" content="2024-05-04T10:20:30Z">""",
    ],
)
def test_the_moment_is_found_where_pages_state_it(head: str) -> None:
    """In the metadata of each kind, beside JSON-LD that is broken too."""
    assert extract(page(head)).published_at == datetime(2024, 5, 4, 10, 20, 30, tzinfo=UTC)


def test_a_time_element_gives_the_moment() -> None:
    """Microdata in the body."""
    stamp = '<time itemprop="datePublished" datetime="2024-05-04T10:20:30Z">4 May</time>'
    found = extract(page(article=stamp + ARTICLE))
    assert found.published_at == datetime(2024, 5, 4, 10, 20, 30, tzinfo=UTC)


def test_a_date_alone_is_midnight() -> None:
    """Where a page gives a day and no time."""
    found = extract(page('<meta name="date" content="2024-05-04">'))
    assert found.published_at == datetime(2024, 5, 4, tzinfo=UTC)


def test_no_metadata_is_no_facts() -> None:
    """A date in the prose is not the date of publication."""
    article = (
        ARTICLE + "<p>The last repairs ended on 4 May 1998 and cost far less than these did.</p>"
    )
    found = extract(f"<html><body><div>{article}</div></body></html>")
    assert OPENING in found.text
    assert found.published_at is None
    assert found.publisher == ""
    assert found.authors == ()
    assert found.language is None


def test_quotation_marks_that_a_browser_draws_are_text() -> None:
    """A `<q>` is a quote in print, so it is one in the archive, in its sentence."""
    quoted = "<p>She called it <q>a <em>very</em> good day</q>, and left.</p>"
    lines = extract(page(article=f"<p>{OPENING}</p>{quoted}<p>{CLOSING}</p>")).text.split("\n")
    assert "She called it “a very good day”, and left." in lines


def test_a_paywall_stub_gives_what_is_there() -> None:
    """The free paragraph is an article; what is behind the wall is nobody's."""
    stub = f"<h1>Harbour bridge reopens</h1><p>{OPENING}</p><div class='paywall'></div>"
    assert extract(page(article=stub)).text == OPENING


def test_broken_nesting_is_read_as_a_browser_would() -> None:
    """Tags that close in the wrong order, or never."""
    broken = f"<p>{OPENING}<b><p>{QUOTED}</b><div><p>{CLOSING}</i></article></table>"
    found = extract(page(article=broken))
    for sentence in (OPENING, QUOTED, CLOSING):
        assert sentence in found.text


def test_huge_scripts_are_no_text() -> None:
    """Five megabytes of inline script cost no time and give no words."""
    begun = time.monotonic()
    found = extract(page(f"<script>{'var eels = 10;' * 350_000}</script>"))
    assert "eels" not in found.text
    assert OPENING in found.text
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("direction", ["ar", "he"])
def test_right_to_left_text_keeps_its_order(direction: str) -> None:
    """Characters are stored in reading order, whatever their direction."""
    hebrew = "הגשר מעל הנמל נפתח מחדש ביום שישי לאחר שלוש שנים של תיקונים, מסרה העירייה."
    arabic = "أعيد فتح الجسر فوق الميناء يوم الجمعة بعد ثلاث سنوات من الإصلاحات، وفقا للبلدية."
    sentence = hebrew if direction == "he" else arabic
    found = extract(
        page(article=f"<p>{sentence}</p>" * 3, attributes=f'dir="rtl" lang="{direction}"')
    )
    assert sentence in found.text
    assert found.language == direction


def test_a_fragment_is_a_page() -> None:
    """What an editorial system holds is the article's body alone."""
    assert extract(f"<p>{OPENING}</p>").text == OPENING
    assert extract(f"<p>{OPENING}</p><p>{QUOTED}</p>").text == f"{OPENING}\n{QUOTED}"


def test_xhtml_with_a_declaration_is_read() -> None:
    """The declared encoding was that of the bytes, and says nothing of the text."""
    xhtml = '<?xml version="1.0" encoding="iso-8859-1"?>\n' + page()
    assert QUOTED in extract(xhtml).text


@pytest.mark.parametrize(
    "html",
    [
        "",
        " \n",
        "<html></html>",
        "<!doctype html><title>Only a title</title>",
        "<html><frameset cols='*'><frame src='a'></frameset></html>",
        "<script>alert(1)</script>",
        "<div>" * 50_000,
        "<p " + "a=b " * 100_000 + ">",
        "<!--" + "-" * 100_000,
        "\x00\x01\x02",
    ],
)
def test_a_page_without_an_article_is_a_clear_error(html: str) -> None:
    """Whatever it is, the answer is one of ours, and soon."""
    begun = time.monotonic()
    with pytest.raises((InvalidArticle, UnreadableDocument), match="text"):
        extract(html)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    "script",
    [
        '{"author": "x", ' * 50_000,
        '{"author" "names" ' * 20_000,
        '{"publisher": ' * 50_000,
        '{"a": "\\\\n &quot;", "b": "' + '\\"Person\\" ' * 50_000 + '"}',
    ],
)
def test_hostile_linked_data_does_not_stop_the_service(script: str) -> None:
    """Broken JSON that a regular expression would search for minutes, holding up all threads."""
    begun = time.monotonic()
    found = extract(page(f'<script type="application/ld+json">{script}</script>'))
    assert OPENING in found.text
    assert time.monotonic() - begun < 10


def test_a_page_of_too_many_elements_is_refused_at_once() -> None:
    """It would be searched for minutes."""
    begun = time.monotonic()
    with pytest.raises(TooLarge, match="elements"):
        extract("<html><body>" + "<b>a</b>" * (MAX_ELEMENTS + 1))
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("cut", range(0, 1200, 37))
def test_a_page_cut_anywhere_is_read_or_refused(cut: int) -> None:
    """A connection that broke off gives an article or a clear error, never a crash."""
    html = page(json_ld(NEWS_ARTICLE))
    try:
        assert extract(html[:cut]).text
    except InvalidInput:
        assert OPENING not in html[:cut]


@pytest.mark.parametrize(
    "breaking",
    [
        "<math><figure></figure><title>",
        f"&#{'9' * 5_000};",
        f"&#x{'f' * 5_000};",
        f'<script type="application/ld+json">{{"headline": {"9" * 5_000}}}</script>',
        "<table>" * 200,
        "<blockquote class=twitter-tweet>" * 200,
        "<div class=related><h3>Most read</h3>" * 200,
    ],
)
def test_what_breaks_a_library_does_not_lose_the_text(breaking: str) -> None:
    """A tag where it may not be, a number too long to read, nesting without end."""
    assert OPENING in extract(page(article=f"{ARTICLE}{breaking}")).text


def test_an_unforeseen_exception_is_the_page_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is, it is told as an error of this page, and the next one is read."""

    def broken(*_: object, **__: object) -> None:
        raise AssertionError("parent")

    with monkeypatch.context() as patch:
        patch.setattr("service.ingest.extract.bare_extraction", broken)
        with pytest.raises(UnreadableDocument, match="parent"):
            extract(page())
    assert OPENING in extract(page()).text
