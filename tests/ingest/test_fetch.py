"""Fetching from a real server on loopback that behaves, or not."""

import asyncio
import gzip
import ssl
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import httpx
import pytest
import trustme

from service.domain.errors import FetchFailed, FetchRefused, TooLarge, UnreadableDocument
from service.ingest.fetch import Fetcher, FetchLimits, Resolve
from tests.ingest.site import Site, endless, redirect, reply, trickle

PUBLIC = "93.184.216.34"
SMALL = FetchLimits(timeout_s=0.5, max_bytes=10_000)


def resolving(**names: Sequence[str]) -> Resolve:
    """A resolver that knows these hosts of `.example`."""

    async def resolve(host: str, _port: int) -> Sequence[str]:
        return names[host.removesuffix(".example")]

    return resolve


def nowhere() -> httpx.MockTransport:
    """A network that no request may reach."""

    def refuse(request: httpx.Request) -> httpx.Response:
        pytest.fail(f"connected to {request.url}")

    return httpx.MockTransport(refuse)


async def test_a_page_comes_with_its_address_type_and_bytes(site: Site, fetcher: Fetcher) -> None:
    """What is fetched is what the server sent, and says where it was."""
    site.pages["/a"] = reply("<p>Grüße</p>".encode("latin-1"), "Text/HTML; charset=ISO-8859-1")
    document = await fetcher.fetch(site.url("/a#part"))
    assert document.url == site.url("/a")
    assert document.media_type == "text/html"
    assert document.charset == "iso-8859-1"
    assert document.body == "<p>Grüße</p>".encode("latin-1")
    assert "user-agent: onrecord" in site.requests[0].lower()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127。0。0。1"])
async def test_loopback_is_refused_unless_allowed(site: Site, host: str) -> None:
    """A real server on loopback is not reached by default, whatever it is called."""
    site.pages["/"] = reply("secret")
    async with Fetcher() as fetcher:
        with pytest.raises(FetchRefused, match="ONRECORD_FETCH_ALLOW_PRIVATE"):
            await fetcher.fetch(site.url("/", host))
    assert site.requests == []


async def test_a_name_that_resolves_to_a_private_address_is_refused() -> None:
    """One private address among several is enough: chance would decide which is used."""
    resolve = resolving(inside=["10.1.2.3"], mixed=[PUBLIC, "192.168.0.7"])
    async with Fetcher(resolve=resolve, transport=nowhere()) as fetcher:
        for name in ("inside", "mixed"):
            with pytest.raises(FetchRefused, match=f"{name}.example"):
                await fetcher.fetch(f"https://{name}.example/")


async def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    """DNS that answers differently the second time is not asked a second time."""
    answers = [[PUBLIC], ["127.0.0.1"]]
    connected: list[httpx.Request] = []

    async def rebinding(_host: str, _port: int) -> Sequence[str]:
        return answers.pop(0)

    async def body() -> AsyncIterator[bytes]:
        yield b"<p>fine</p>"

    def answer(request: httpx.Request) -> httpx.Response:
        connected.append(request)
        return httpx.Response(200, content=body())

    async with Fetcher(resolve=rebinding, transport=httpx.MockTransport(answer)) as fetcher:
        await fetcher.fetch("https://news.example/a")
    (request,) = connected
    assert request.url.host == PUBLIC
    assert request.headers["host"] == "news.example"
    assert request.extensions["sni_hostname"] == "news.example"
    assert answers == [["127.0.0.1"]]


async def test_each_hop_of_a_redirect_is_checked() -> None:
    """A public page cannot send the fetcher inside."""

    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"location": "http://inside.example/admin"})

    resolve = resolving(news=[PUBLIC], inside=["169.254.169.254"])
    async with Fetcher(resolve=resolve, transport=httpx.MockTransport(answer)) as fetcher:
        with pytest.raises(FetchRefused, match=r"inside\.example"):
            await fetcher.fetch("http://news.example/")


@pytest.mark.parametrize(
    "location",
    """http://127.0.0.1/ http://[::1]/ http://10.0.0.1/ http://169.254.169.254/latest/meta-data/
    http://168.63.129.16/ http://[fd00:ec2::254]/ http://[::ffff:169.254.169.254]/
    http://[64:ff9b::a9fe:a9fe]/ http://[2002:a9fe:a9fe::]/ http://2852039166/ http://0/
    http://localhost/ http://rebound.example/ //169.254.169.254/ file:///etc/passwd
    gopher://127.0.0.1:6379/_FLUSHALL dict://127.0.0.1:11211/ data:text/html,x
    http://user@127.0.0.1/""".split(),
)
async def test_a_redirect_leads_nowhere_inside(location: str) -> None:
    """However the address is written, and whatever its name resolves to by then."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        return httpx.Response(302, headers={"location": location})

    resolve = resolving(news=[PUBLIC], rebound=["127.0.0.1"], localhost=["127.0.0.1"])

    async def resolved(host: str, port: int) -> Sequence[str]:
        return [host] if host[0] in "0123456789[:" or ":" in host else await resolve(host, port)

    async with Fetcher(resolve=resolved, transport=httpx.MockTransport(answer)) as fetcher:
        with pytest.raises(FetchRefused):
            await fetcher.fetch("http://news.example/")
    assert asked == [PUBLIC]


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/a",
        "gopher://news.example/_GET%20/",
        "dict://news.example/",
        "data:text/html,<p>a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "news.example/a",
        "http://",
        "http:///a",
        "",
        "http://user:secret@news.example/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://xn--/",
        "http://xn--zzzzzzzzzzz99999999/",
        "http://news.example:65536/",
        "http://news.example:-1/",
        "http://news.example/\ud800",
        "http://127.0.0.0x1/",
        "http://[::1",
        "http://news.example:port/",
        "http://\ud800.example/",
        "http://①②⑦.⓪.⓪.①/",
        "http://a b.example/",
    ],
)
async def test_an_address_of_another_form_is_refused(url: str) -> None:
    """Not HTTP, with a password, or a number in disguise: refused as written."""
    async with Fetcher(resolve=resolving(), transport=nowhere()) as fetcher:
        with pytest.raises(FetchRefused):
            await fetcher.fetch(url)


async def test_redirects_are_followed_to_where_the_page_is(site: Site, fetcher: Fetcher) -> None:
    """Relative and absolute ones; the document knows the last address."""
    site.pages["/a"] = redirect("b?x=1")
    site.pages["/b?x=1"] = redirect(site.url("/c"))
    site.pages["/c"] = reply("there")
    document = await fetcher.fetch(site.url("/a"))
    assert (document.url, document.body) == (site.url("/c"), b"there")


async def test_a_redirect_loop_is_named(site: Site, fetcher: Fetcher) -> None:
    """Two pages that point at each other are asked once each."""
    site.pages["/a"] = redirect("/b")
    site.pages["/b"] = redirect("/a")
    with pytest.raises(FetchFailed, match="in a loop"):
        await fetcher.fetch(site.url("/a"))
    assert len(site.requests) == 2


async def test_redirects_end(site: Site, fetcher: Fetcher) -> None:
    """A chain without end is left after the limit."""
    for number in range(20):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}")
    with pytest.raises(FetchFailed, match="more than 5 times"):
        await fetcher.fetch(site.url("/0"))
    assert len(site.requests) == 6


@pytest.mark.parametrize(
    ("location", "error"),
    [
        ("ftp://news.example/", FetchRefused),
        ("http://[bad", FetchRefused),
        ("http://xn--/", FetchRefused),
        ("http://news.example:70000/", FetchRefused),
        ("", FetchFailed),
    ],
)
async def test_a_redirect_to_no_page_is_an_error(
    site: Site, fetcher: Fetcher, location: str, error: type[Exception]
) -> None:
    """Wherever a redirect points, the answer is one of ours."""
    site.pages["/"] = redirect(location)
    with pytest.raises(error):
        await fetcher.fetch(site.url("/"))


async def test_a_redirect_without_a_target_is_an_error(site: Site, fetcher: Fetcher) -> None:
    """A 302 needs a Location."""
    site.pages["/"] = reply("", status="302 Found")
    with pytest.raises(FetchFailed, match="without saying where"):
        await fetcher.fetch(site.url("/"))


async def test_a_body_without_end_hits_the_limit(site: Site) -> None:
    """No more than the limit is read, and the error names its setting."""
    site.pages["/"] = endless(b"<p>again</p>" * 100)
    async with Fetcher(limits=SMALL, allow_private=True) as fetcher:
        with pytest.raises(TooLarge, match="10,000 bytes; ONRECORD_MAX_HTML_BYTES"):
            await fetcher.fetch(site.url("/"))


async def test_a_body_of_just_the_limit_passes(site: Site) -> None:
    """The limit itself is allowed, one byte more is not; packed or not."""
    for size, packed in [(10_000, False), (10_000, True), (10_001, False), (10_001, True)]:
        body = b"a" * size
        coding = {"content_encoding": "gzip"} if packed else {}
        site.pages["/"] = reply(gzip.compress(body) if packed else body, **coding)
        async with Fetcher(limits=SMALL, allow_private=True) as fetcher:
            if size > SMALL.max_bytes:
                with pytest.raises(TooLarge):
                    await fetcher.fetch(site.url("/"))
            else:
                assert (await fetcher.fetch(site.url("/"))).body == body


@pytest.mark.parametrize("coding", [{"content_encoding": "gzip"}, {}])
async def test_a_gzip_bomb_does_not_go_off(
    site: Site, fetcher: Fetcher, coding: dict[str, str]
) -> None:
    """200 MB packed into 200 kB, by the transfer or as a file, stop at the limit."""
    packed = gzip.compress(bytes(200_000_000), compresslevel=1, mtime=0)
    site.pages["/"] = reply(packed, "application/gzip", **coding)
    with pytest.raises(TooLarge):
        await fetcher.fetch(site.url("/"))


async def test_a_bomb_within_a_bomb_does_not_go_off_either(site: Site, fetcher: Fetcher) -> None:
    """A file that is gzip, sent as gzip: each layer has the limit."""
    inner = gzip.compress(bytes(200_000_000), compresslevel=1, mtime=0)
    site.pages["/"] = reply(gzip.compress(inner), "application/gzip", content_encoding="gzip")
    with pytest.raises(TooLarge):
        await fetcher.fetch(site.url("/"))


@pytest.mark.parametrize(
    ("body", "coding", "message"),
    [
        (gzip.compress(b"a page" * 1000)[:-20], "gzip", "broke off"),
        (b"not gzip at all", "gzip", "could not be fetched"),
        (b"x", "br", "packed with br"),
        (b"x", "zstd", "packed with zstd"),
        (b"x", "gzip, gzip", "packed with gzip, gzip"),
    ],
)
async def test_a_damaged_packing_is_an_error(
    site: Site, fetcher: Fetcher, body: bytes, coding: str, message: str
) -> None:
    """Half a page is no page, and layers of packing are not undone."""
    site.pages["/"] = reply(body, content_encoding=coding)
    with pytest.raises(FetchFailed, match=message):
        await fetcher.fetch(site.url("/"))


async def test_a_slow_body_is_left(site: Site) -> None:
    """Each piece is in time and the whole is not: the total counts."""
    site.pages["/"] = trickle(b"a", every_s=0.05)
    begun = time.monotonic()
    async with Fetcher(limits=SMALL, allow_private=True) as fetcher:
        with pytest.raises(FetchFailed, match="ONRECORD_FETCH_TIMEOUT_S"):
            await fetcher.fetch(site.url("/"))
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize("status", ["404 Not Found", "500 Internal Server Error"])
async def test_an_error_status_is_an_error(site: Site, fetcher: Fetcher, status: str) -> None:
    """The words of an error page are not an article; the message says what came."""
    site.pages["/"] = reply("<p>Sorry.</p>", status=status)
    with pytest.raises(FetchFailed, match=status):
        await fetcher.fetch(site.url("/"))


@pytest.mark.parametrize("media_type", ["application/pdf", "application/json", "image/png"])
async def test_what_is_not_text_is_named(site: Site, fetcher: Fetcher, media_type: str) -> None:
    """The message says what came and what can be read."""
    site.pages["/"] = reply(b"\x00", media_type)
    with pytest.raises(UnreadableDocument, match=f"{media_type}; only HTML"):
        await fetcher.fetch(site.url("/"))


@pytest.mark.parametrize("answer", [b"", b"SSH-2.0-nothing here\r\n", reply("cut")[:-1]])
async def test_what_is_not_http_is_an_error(site: Site, fetcher: Fetcher, answer: bytes) -> None:
    """Closed at once, another protocol, a body cut short."""
    site.pages["/"] = answer
    with pytest.raises(FetchFailed):
        await fetcher.fetch(site.url("/"))


async def test_nobody_there_is_an_error(fetcher: Fetcher) -> None:
    """A port without a server, and a name that nobody has."""
    with pytest.raises(FetchFailed):
        await fetcher.fetch("http://127.0.0.1:1/")

    async def unknown(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such name")

    async with Fetcher(resolve=unknown) as fetcher_without_dns:
        with pytest.raises(FetchFailed, match=r"news\.example was not found"):
            await fetcher_without_dns.fetch("http://news.example/")


async def test_the_next_address_is_tried(site: Site) -> None:
    """A host with one dead address is reached at its other."""
    site.pages["/"] = reply("there")
    resolve = resolving(news=["127.0.0.2", "127.0.0.1"])
    async with Fetcher(allow_private=True, resolve=resolve) as fetcher:
        document = await fetcher.fetch(site.url("/", "news.example"))
    assert document.body == b"there"
    assert f"host: news.example:{site.port}" in site.requests[0].lower()


async def test_a_proxy_of_the_environment_is_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would connect for us, to where we would not."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.pages["/"] = reply("there")
    async with Fetcher(allow_private=True) as fetcher:
        assert (await fetcher.fetch(site.url("/"))).body == b"there"


async def test_cookies_are_not_kept(site: Site, fetcher: Fetcher) -> None:
    """One fetch leaves nothing for the next: the same address, the same request."""
    site.pages["/"] = reply("there", set_cookie="seen=1; Path=/")
    await fetcher.fetch(site.url("/"))
    await fetcher.fetch(site.url("/"))
    assert "cookie" not in site.requests[1].lower()


async def test_many_are_fetched_side_by_side(site: Site, fetcher: Fetcher) -> None:
    """Each gets its own document."""
    for number in range(30):
        site.pages[f"/{number}"] = reply(f"page {number}")
    documents = await asyncio.gather(*(fetcher.fetch(site.url(f"/{n}")) for n in range(30)))
    assert [one.body.decode() for one in documents] == [f"page {n}" for n in range(30)]


async def test_the_certificate_has_to_be_the_name_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Connecting to a number does not weaken TLS: another name's certificate is refused."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("news.example").configure_cert(tls)
    here = ["127.0.0.1"]
    async with (
        Site().running(tls) as site,
        Fetcher(allow_private=True, resolve=resolving(news=here, other=here)) as fetcher,
    ):
        site.pages["/"] = reply("there")
        document = await fetcher.fetch(site.url("/", "news.example", "https"))
        assert document.body == b"there"
        with pytest.raises(FetchFailed, match="certificate"):
            await fetcher.fetch(site.url("/", "other.example", "https"))
