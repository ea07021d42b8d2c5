"""From what was handed in to an article."""

import asyncio
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.domain.article import Submission, article_id
from service.domain.errors import FetchFailed, InvalidArticle, TooLarge, UnreadableDocument
from service.domain.text import normalise
from service.ingest.fetch import Fetcher
from service.ingest.reader import ArticleReader
from tests.ingest.site import Site, redirect, reply

PROSE = (
    "The bridge over the harbour reopened on Friday after three years of repairs, the city said."
)
PAGE = f"""<html lang="en"><head><title>Harbour bridge reopens</title>
<meta property="og:site_name" content="The Daily Example">
<meta property="article:published_time" content="2024-05-04T10:20:30+02:00">
<link rel="canonical" href="https://daily.example/bridge"></head>
<body><article><h1>Harbour bridge reopens</h1><p>{PROSE}</p><p>“Good,” she said.</p></article>
</body></html>"""
GIVEN = Submission(
    id="a-1",
    title="  Given\ntitle ",
    publisher="Given Outlet",
    authors=("Ann  Lee", " "),
    published_at=datetime(2020, 1, 1, 12, tzinfo=timezone(timedelta(hours=2))),
    language="pt-BR",
    url="https://given.example/a",
)


@pytest.fixture
def reader(fetcher: Fetcher) -> ArticleReader:
    return ArticleReader(fetcher)


def given_with(**fields: str | bytes) -> Submission:
    names = ("id", "title", "publisher", "authors", "published_at", "language", "url")
    return Submission(**{name: getattr(GIVEN, name) for name in names}, **fields)  # type: ignore[arg-type]


async def test_given_text_is_the_article(reader: ArticleReader) -> None:
    """Normalised and trimmed, and nothing else is done to it."""
    text = "\ufeff\r\n Cafe\u0301 “reopens”\r\rNobody\u200d asked.\x00\u2028 \n"
    article = await reader.read(Submission(text=text))
    assert article.text == "Café “reopens”\n\nNobody\u200d asked."
    assert (article.title, article.publisher, article.authors) == ("", "", ())
    assert (article.url, article.published_at, article.language) == (None, None, "en")
    assert article.id == article_id(
        url=None, publisher="", title="", text=article.text, published_at=None
    )


@pytest.mark.parametrize("source", [{"text": PROSE}, {"html": PAGE}, {"html": PAGE.encode()}])
async def test_what_is_given_wins(reader: ArticleReader, source: dict[str, str | bytes]) -> None:
    """Over whatever the page says; names are put on one line, moments in UTC."""
    article = await reader.read(given_with(**source))
    assert article.id == "a-1"
    assert article.title == "Given title"
    assert article.publisher == "Given Outlet"
    assert article.authors == ("Ann Lee",)
    assert article.published_at == datetime(2020, 1, 1, 10, tzinfo=UTC)
    assert article.language == "pt-BR"
    assert article.url == "https://given.example/a"
    assert PROSE in article.text


async def test_a_page_fills_in_what_is_not_given(reader: ArticleReader) -> None:
    """Its own facts, and an id from its address."""
    article = await reader.read(Submission(html=PAGE))
    assert article.title == "Harbour bridge reopens"
    assert article.publisher == "The Daily Example"
    assert article.published_at == datetime(2024, 5, 4, 8, 20, 30, tzinfo=UTC)
    assert article.url == "https://daily.example/bridge"
    assert article.id == article_id(
        url=article.url, publisher="", title="", text="", published_at=None
    )
    assert article.text == f"{PROSE}\n“Good,” she said."


async def test_a_naive_moment_is_in_utc(reader: ArticleReader) -> None:
    """Nothing depends on where the service runs."""
    article = await reader.read(Submission(text=PROSE, published_at=datetime(2024, 5, 4)))  # noqa: DTZ001
    assert article.published_at == datetime(2024, 5, 4, tzinfo=UTC)


async def test_the_host_stands_in_for_a_publisher(reader: ArticleReader) -> None:
    """Where neither the submission nor the page names one."""
    article = await reader.read(Submission(text=PROSE, url="https://www.daily.example/a"))
    assert article.publisher == "daily.example"


async def test_an_address_is_fetched(reader: ArticleReader, site: Site) -> None:
    """The article is where redirects ended, and given facts still win."""
    site.pages["/short"] = redirect("/long")
    site.pages["/long"] = reply(PAGE.encode("utf-16"), "text/html")
    article = await reader.read(Submission(url=site.url("/short"), title="Mine"))
    assert article.url == site.url("/long")
    assert article.title == "Mine"
    assert article.publisher == "The Daily Example"
    assert article.text == f"{PROSE}\n“Good,” she said."


async def test_a_declared_charset_is_used(reader: ArticleReader, site: Site) -> None:
    """The header's, where the bytes are not UTF-8; and UTF-8 where the header is wrong."""
    for encoding, declared in [("koi8-r", "koi8-r"), ("utf-8", "koi8-r")]:
        page = PAGE.replace("Good", "Хорошо").replace("“", "«").replace("”", "»")
        body = page.encode(encoding, "replace")
        site.pages["/"] = reply(body, f"text/html; charset={declared}")
        assert "Хорошо" in (await reader.read(Submission(url=site.url("/")))).text


async def test_plain_text_is_read_from_an_address(reader: ArticleReader, site: Site) -> None:
    """As it is: no tags are looked for in it."""
    site.pages["/a.txt"] = reply("Steel cost <4 million>.", "text/plain")
    article = await reader.read(Submission(url=site.url("/a.txt")))
    assert article.text == "Steel cost <4 million>."


@pytest.mark.parametrize("body", ["<rss version='2.0'/>", "<urlset/>", "<note>Buy eels</note>"])
async def test_xml_that_is_no_article_is_named(
    reader: ArticleReader, site: Site, body: str
) -> None:
    """A feed is no article; the error says what it is."""
    site.pages["/"] = reply(f'<?xml version="1.0"?>{body}', "application/xml")
    with pytest.raises(UnreadableDocument, match=r"feed|sitemap"):
        await reader.read(Submission(url=site.url("/")))


async def test_a_missing_page_is_an_error(reader: ArticleReader, site: Site) -> None:
    """And no article."""
    with pytest.raises(FetchFailed, match="404"):
        await reader.read(Submission(url=site.url("/none")))


@pytest.mark.parametrize(
    ("submission", "message"),
    [
        (Submission(), "give text, html or url"),
        (Submission(text="a", html="a"), "not both"),
        (Submission(text=""), "no words"),
        (Submission(text=" \r\n\x00…—“” 👍🏽"), "no words"),
        (Submission(html=""), "no article text"),
        (Submission(html="<" * 10_000), "no words"),
        (Submission(html="<p>&#xd800;&#0;</p>"), "no words"),
        (Submission(html="\ud800\udfff"), "no words"),
        (Submission(text="a", id="a/b"), "an id is"),
        (Submission(text="a", id=""), "an id is"),
        (Submission(text="a", id="a" * 201), "an id is"),
        (Submission(text="a", language="English"), "language"),
        (Submission(text="a", url="javascript:alert(1)"), "url"),
        (Submission(text="a", url="http://[::1"), "url"),
        (Submission(text="a", url="http://a.example:65536/"), "url"),
        (Submission(text="a", url="https://a.example/\nb"), "url"),
        (Submission(url=""), "url"),
    ],
)
async def test_what_cannot_be_an_article_is_named(
    reader: ArticleReader, submission: Submission, message: str
) -> None:
    """Each with the field at fault."""
    with pytest.raises(InvalidArticle, match=message):
        await reader.read(submission)


def nested(levels: int) -> dict[str, object]:
    """An object in an object, so many in all."""
    return {"a": nested(levels - 1)} if levels > 1 else {}


@pytest.mark.parametrize(
    ("extra", "kept"),
    [
        ({"a": {"b": [1.5, True, None]}}, {"a": {"b": [1.5, True, None]}}),
        ({"day": date(2024, 10, 25), 7: "x"}, {"day": "2024-10-25", "7": "x"}),
        ({"a": "\ud800"}, {"a": "?"}),
        (nested(50), nested(50)),
        (None, {}),
    ],
)
async def test_extra_is_kept_as_json(
    reader: ArticleReader, extra: dict[str, object] | None, kept: dict[str, object]
) -> None:
    """The newsroom's own fields, whatever they are; YAML's dates become text."""
    assert (await reader.read(Submission(text=PROSE, extra=extra))).extra == kept


@pytest.mark.parametrize(
    "extra", [{"a": float("nan")}, {("a", "b"): 1}, nested(51), nested(900), {"a": "x" * 100_000}]
)
async def test_extra_that_no_answer_could_hold_is_refused(
    reader: ArticleReader, extra: dict[str, object]
) -> None:
    """Not JSON, too deep, or too long."""
    with pytest.raises((InvalidArticle, TooLarge), match="extra"):
        await reader.read(Submission(text=PROSE, extra=extra))


async def test_a_text_of_five_megabytes_is_too_large(reader: ArticleReader) -> None:
    """The error names the size, the limit and its setting."""
    text = PROSE * (5_000_000 // len(PROSE))
    with pytest.raises(TooLarge, match=r"limit is 1,000,000; .* ONRECORD_MAX_ARTICLE_CHARS"):
        await reader.read(Submission(text=text))
    with pytest.raises(TooLarge, match="ONRECORD_MAX_ARTICLE_CHARS"):
        await reader.read(Submission(html="".join(f"<p>{PROSE}</p>" for _ in range(20_000))))


async def test_the_limits_are_arguments(fetcher: Fetcher) -> None:
    """What is at the limit passes, what is over it does not; pages count in bytes."""
    reader = ArticleReader(fetcher, max_article_chars=10, max_html_bytes=40)
    assert (await reader.read(Submission(text="ä" * 10))).text == "ä" * 10
    with pytest.raises(TooLarge):
        await reader.read(Submission(text="ä" * 11))
    with pytest.raises(TooLarge, match="ONRECORD_MAX_ARTICLE_CHARS"):
        await reader.read(Submission(html="<p>" + "ä" * 18 + "."))
    for html in ("ä" * 21, b"a" * 41):
        with pytest.raises(TooLarge, match="ONRECORD_MAX_HTML_BYTES"):
            await reader.read(Submission(html=html))


async def test_other_work_goes_on_while_a_page_is_read(reader: ArticleReader) -> None:
    """Extraction runs beside the event loop, not on it."""
    html = "".join(f"<p>{PROSE} {number}</p>" for number in range(8_000))
    reading = asyncio.create_task(reader.read(Submission(html=html)))
    turns = 0
    while not reading.done():
        await asyncio.sleep(0.001)
        turns += 1
    assert (await reading).text
    assert turns > 10


HOSTILE = st.text(
    st.one_of(
        st.sampled_from(
            "“”‘’«»\"'ﬁﬂﬃ👍🏽👩‍👩‍👧e\u0301a\u0308\u1100\u1161\r\n\t\u2028\u2029\x85\u200b\u200c\u200d\u200e\u200f"
            "\u202e\u2066\u2069אבגدذ\u0651\ufeff\x00\x1b\ud800\udfff\uffff\u00a0 "
        ),
        st.characters(),
    ),
    max_size=200,
)


@settings(deadline=None)  # a thread is started for each, and machines differ
@given(HOSTILE)
def test_text_is_normalised_once_and_for_all(raw: str) -> None:
    """Whatever comes in, what is stored is its own normal form, without line ends at its ends,
    and it can be encoded: its offsets never move again."""
    text = "a" + raw + "b"
    reader = ArticleReader(fetcher=None)  # type: ignore[arg-type] # text needs no network
    article = asyncio.run(reader.read(Submission(text=text)))
    assert article.text == normalise(text).strip()
    assert normalise(article.text) == article.text
    assert unicodedata.is_normalized("NFC", article.text)
    assert not set(article.text) & set("\r\x00\x85\u2028\u2029\ufeff\ud800")
    article.text.encode("utf-8")
    again = asyncio.run(reader.read(Submission(text=article.text)))
    assert again == article


async def test_a_guess_is_kept_as_one(reader: ArticleReader) -> None:
    """Of a page and of a row that was exported; a date that is given is none."""
    page = f"<h1>Bridge</h1><time>4 May 2024</time><p>{PROSE}</p><p>{PROSE}</p>"
    guessed = await reader.read(Submission(html=page))
    assert guessed.published_at == datetime(2024, 5, 4, tzinfo=UTC)
    assert guessed.published_at_guessed
    again = Submission(text=PROSE, published_at=guessed.published_at, published_at_guessed=True)
    assert (await reader.read(again)).published_at_guessed
    given = Submission(html=page, published_at=guessed.published_at)
    assert not (await reader.read(given)).published_at_guessed
