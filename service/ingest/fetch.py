"""Pages from the network, and only from where they may come. The only file that knows httpx.

A newsroom's service stands inside its network, so an address that a stranger hands in must not
reach what is only there. Each hop is checked twice: as written, and when its name has been
resolved. The connection then goes to the very address that was checked; asking DNS again would
let it answer differently.
"""

import asyncio
import re
import socket
import zlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from ipaddress import ip_address
from typing import Self

import httpx

from service.domain.errors import (
    FetchFailed,
    FetchRefused,
    TooLarge,
    UnreadableDocument,
)
from service.ingest.addresses import is_disguised, is_public
from service.ingest.inflate import GZIP_MAGIC, Inflater

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Addresses of a host, best first. Raises OSError."""

_READABLE = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/xml",
        "application/xml",
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/gzip",
        "application/x-gzip",
    }
)
MAX_PORT = 65_535
_HOST = re.compile(r"[A-Za-z0-9._:-]+")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_USER_AGENT = "Onrecord (a newsroom's fact-checking archive)"
_ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.9, application/xml;q=0.9, */*;q=0.1"


async def system_addresses(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says."""
    loop = asyncio.get_running_loop()
    answers = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in answers))


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How much patience and memory one page is worth."""

    timeout_s: float = 20.0
    max_bytes: int = 10_000_000
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class Document:
    """What an address answered with: `url` is where redirects ended, `body` is unpacked."""

    url: str
    media_type: str
    charset: str | None
    body: bytes


class Fetcher:
    """Fetches documents one at a time or side by side; keeps no cookies. Close it after use.

    `resolve` and `transport` stand for the network in tests; the checks are made in any case.
    """

    def __init__(
        self,
        *,
        limits: FetchLimits | None = None,
        allow_private: bool = False,
        resolve: Resolve = system_addresses,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._limits = limits = limits or FetchLimits()
        self._client = httpx.AsyncClient(
            transport=_CheckedTransport(transport or _network(), resolve, allow_private),
            # A quarter for one address, so that there is time for a host's others.
            timeout=httpx.Timeout(limits.timeout_s, connect=limits.timeout_s / 4),
            headers={"User-Agent": _USER_AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip"},
            trust_env=False,  # a proxy of the environment would do the connecting, unchecked
        )
        self._client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    async def fetch(self, url: str) -> Document:
        """The document at `url`, after redirects.

        Raises FetchRefused for an address that may not be fetched, FetchFailed where no document
        comes, TooLarge for one over `max_bytes`, UnreadableDocument for one that is not text.
        """
        try:
            async with asyncio.timeout(self._limits.timeout_s):
                return await self._follow(url)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise FetchFailed(
                f"{url} did not answer in time; try again, or raise ONRECORD_FETCH_TIMEOUT_S"
            ) from error
        except (httpx.InvalidURL, ValueError) as error:  # ValueError: of idna, of surrogates
            raise FetchRefused(f"{url} is not an address: {error}") from error
        except (httpx.HTTPError, zlib.error) as error:
            raise FetchFailed(f"{url} could not be fetched: {error}") from error

    async def close(self) -> None:
        """Closes all connections."""
        await self._client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _follow(self, url: str) -> Document:
        address = _allowed(httpx.URL(url))
        seen: set[httpx.URL] = set()
        while len(seen) <= self._limits.max_redirects:
            if address in seen:
                raise FetchFailed(f"{url} redirects in a loop, back to {address}")
            seen.add(address)
            async with self._client.stream("GET", address) as response:
                if response.status_code not in _REDIRECTS:
                    return await self._document(response)
                if "location" not in response.headers:
                    raise FetchFailed(f"{address} redirects without saying where to")
                address = _allowed(address.join(response.headers["location"]))
        raise FetchFailed(f"{url} redirects more than {self._limits.max_redirects} times")

    async def _document(self, response: httpx.Response) -> Document:
        url = str(response.url)
        if not response.is_success:
            raise FetchFailed(f"{url} answered {response.status_code} {response.reason_phrase}")
        media_type, charset = _content_type(response)
        if media_type and media_type not in _READABLE:
            raise UnreadableDocument(
                f"{url} is {media_type}; only HTML, plain text, feeds and sitemaps can be read"
            )
        return Document(url, media_type, charset, await self._body(response))

    async def _body(self, response: httpx.Response) -> bytes:
        """The body unpacked, read no further than the limit."""
        limit = self._limits.max_bytes
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding not in {"identity", "gzip", "x-gzip"}:
            raise FetchFailed(f"{response.url} is packed with {encoding}, which was not asked for")
        inflater = None if encoding == "identity" else Inflater(limit)
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += inflater.add(chunk) if inflater else chunk
            if len(body) > limit:
                raise _too_large(response.url, limit)
        if inflater and body and not inflater.finished:
            raise FetchFailed(f"{response.url} broke off before its end")
        return self._unpacked(response.url, bytes(body))

    def _unpacked(self, url: httpx.URL, body: bytes) -> bytes:
        """A file that is itself gzip, as sitemaps are."""
        if not body.startswith(GZIP_MAGIC):
            return body
        unpacked = Inflater(self._limits.max_bytes).add(body)
        if len(unpacked) > self._limits.max_bytes:
            raise _too_large(url, self._limits.max_bytes)
        return unpacked


class _CheckedTransport(httpx.AsyncBaseTransport):
    """Resolves each request's host, checks what it resolves to, and connects to exactly that."""

    def __init__(
        self, inner: httpx.AsyncBaseTransport, resolve: Resolve, allow_private: bool
    ) -> None:
        self._inner = inner
        self._resolve = resolve
        self._allow_private = allow_private

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        failure: httpx.TransportError = httpx.ConnectError(
            "its name has no address", request=request
        )
        for address in await self._addresses(request.url):
            try:
                return await self._inner.handle_async_request(_sent_to(address, request))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise failure

    async def aclose(self) -> None:
        await self._inner.aclose()

    async def _addresses(self, url: httpx.URL) -> Sequence[str]:
        """Refuses a host with any address that is not public: which one is used is chance."""
        host = _host(url)
        try:
            addresses = await self._resolve(host, url.port or 0)
        except (OSError, UnicodeError) as error:
            raise FetchFailed(f"{host} was not found: {error}") from error
        if not self._allow_private and not all(is_public(ip_address(one)) for one in addresses):
            raise FetchRefused(
                f"{host} is a private or local address; ONRECORD_FETCH_ALLOW_PRIVATE=true allows it"
            )
        return addresses


def _network() -> httpx.AsyncHTTPTransport:
    """Connections are not kept: the pool tells them apart by address, and one address can serve
    many names, each with its own certificate."""
    return httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))


def _sent_to(address: str, request: httpx.Request) -> httpx.Request:
    """The request aimed at `address`; its Host header and the certificate stay the name's."""
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": _host(request.url)},
    )


def _allowed(url: httpx.URL) -> httpx.URL:
    """`url` without its fragment. Raises FetchRefused where its form alone forbids it."""
    if url.scheme not in {"http", "https"} or not url.host:
        raise FetchRefused(f"{url} is not an http or https address")
    if not 0 < (url.port or 80) <= MAX_PORT:
        raise FetchRefused(f"{url.host}: there is no port {url.port}; the last is {MAX_PORT:,}")
    if url.userinfo:
        raise FetchRefused(f"{url.host}: an address with a user name or password is not fetched")
    if is_disguised(_host(url)) or not _HOST.fullmatch(_host(url)):
        raise FetchRefused(f"{url.host} is not a host: write a name, or four decimal numbers")
    return url.copy_with(fragment=None)


def _host(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii")


def _content_type(response: httpx.Response) -> tuple[str, str | None]:
    media_type, _, _ = response.headers.get("content-type", "").partition(";")
    return media_type.strip().lower(), response.charset_encoding


def _too_large(url: httpx.URL, limit_bytes: int) -> TooLarge:
    return TooLarge(
        f"{url} is larger than {limit_bytes:,} bytes; ONRECORD_MAX_HTML_BYTES limits it"
    )
