"""A running service, asked over HTTP. The only file of the command line that knows httpx."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from service import wiring
from service.cli.problems import failure, row_problem, shown
from service.cli.rows import article_row
from service.domain.article import Article, StoredRevision, Submission
from service.domain.errors import (
    InvalidInput,
    OnrecordError,
    ServerFailed,
)
from service.domain.indexing import Found, Outcome
from service.ingest.reader import ArticleReader
from service.settings import Settings
from service.wire.articles import (
    ArticleRevision,
    ArticlesResponse,
    OutcomeResponse,
    RevisionsResponse,
)
from service.wire.checks import CheckRequest, CheckResponse
from service.wire.drafts import DraftRequest, DraftResponse
from service.wire.queries import QuotesQuery
from service.wire.quotations import QuotationRequest, QuotationResponse
from service.wire.quotes import FoundQuotesResponse

S = TypeVar("S", bound=BaseModel)

CONNECT_TIMEOUT_S = 5.0
ANSWER_TIMEOUT_S = 300.0
"""A long draft on a busy service takes its time."""
LONGEST_WAIT_S = 120
"""In all for one call that is over the caller's limit: what a limit by the minute asks for."""
BATCH_ARTICLES = 200
BATCH_BYTES = 4_000_000
"""What one batch call sends: enough to keep the service busy, soon enough to show progress."""
PAGE_ARTICLES = 100


@asynccontextmanager
async def open_remote(server: str, settings: Settings) -> AsyncIterator["RemoteClient"]:
    """A client of the service at `server`. Raises InvalidInput for what is no address."""
    if not server.startswith(("http://", "https://")):
        shown_server = server.rpartition("@")[2]  # what stands before it may be a password
        raise InvalidInput(
            f"{shown_server} is no address of a service, such as http://127.0.0.1:8000"
        )
    timeout = httpx.Timeout(ANSWER_TIMEOUT_S, connect=CONNECT_TIMEOUT_S)
    async with (
        wiring.build_fetcher(settings) as fetcher,
        httpx.AsyncClient(base_url=server, timeout=timeout, headers=_sign_in(settings)) as client,
    ):
        yield RemoteClient(client, wiring.build_reader(settings, fetcher), settings)


async def remote_revisions(server: str, settings: Settings) -> AsyncGenerator[StoredRevision, None]:
    """Every article of the service's archive, newest first, each followed by the revisions that it
    replaced."""
    async with open_remote(server, settings) as client:
        async for revision in client.revisions():
            yield revision


async def remote_quotes(server: str, settings: Settings, query: QuotesQuery) -> FoundQuotesResponse:
    """A page of the service's quotes."""
    async with open_remote(server, settings) as client:
        return await client.quotes(query)


@dataclass(frozen=True, slots=True)
class _Read:
    """One thing found, read here: a row to send, or the problem it had."""

    found: Found
    row: bytes = b""
    problem: Exception | None = None


@dataclass(frozen=True, slots=True)
class RemoteClient:
    """Asks a service. Files and addresses are read here: the service need not reach them."""

    client: httpx.AsyncClient
    reader: ArticleReader
    settings: Settings

    async def check(self, request: CheckRequest) -> CheckResponse:
        """The answer to one claim."""
        return await self._post("/v1/checks", request, CheckResponse)

    async def draft(self, request: DraftRequest) -> DraftResponse:
        """The findings of a whole draft."""
        return await self._post("/v1/drafts", request, DraftResponse)

    async def verify(self, request: QuotationRequest) -> QuotationResponse:
        """What the archive says of a quotation."""
        return await self._post("/v1/quotes/verify", request, QuotationResponse)

    async def quotes(self, query: QuotesQuery) -> FoundQuotesResponse:
        """A page of quotes."""
        given = query.model_dump(mode="json", exclude_defaults=True)
        return await self._get("/v1/quotes", FoundQuotesResponse, given)

    def find(self, source: str, defaults: Submission) -> AsyncIterator[Found]:
        """The articles of a file, a folder, a page, a feed or a sitemap."""
        return wiring.find(source, self.settings, self.reader.fetcher, defaults)

    async def index(self, found: AsyncIterable[Found]) -> AsyncIterator[Outcome]:
        """Sends articles in batches; an outcome comes as the service has stored its article."""
        async for batch in _batches(self._read(found)):
            async with aclosing(self._send(batch)) as outcomes:
                async for outcome in outcomes:
                    yield outcome

    async def revisions(self) -> AsyncGenerator[StoredRevision, None]:
        """Every article of the archive, newest first, each followed by the revisions that it
        replaced; one call each, as pages have no texts."""
        cursor = None
        while True:
            parameters = {"limit": PAGE_ARTICLES} | ({"cursor": cursor} if cursor else {})
            page = await self._get("/v1/articles", ArticlesResponse, parameters)
            for summary in page.articles:
                path = f"/v1/articles/{summary.id}/revisions"
                for revision in (await self._get(path, RevisionsResponse)).revisions:
                    yield _stored(revision)
            cursor = page.cursor
            if cursor is None:
                return

    async def _read(self, found: AsyncIterable[Found]) -> AsyncIterator[_Read]:
        async for one in found:
            if one.submission is None:
                yield _Read(one, problem=one.problem)
                continue
            try:
                article = await self.reader.read(one.submission)
                stood = one.submission.stood_from, one.submission.stood_until
                yield _Read(one, article_row(article, *stood))
            except Exception as error:  # noqa: BLE001 - the rest goes on, whatever this one met
                yield _Read(one, problem=error)

    async def _send(self, batch: Sequence[_Read]) -> AsyncGenerator[Outcome, None]:
        rows = [one.row for one in batch if one.row]
        async with aclosing(self._stored(rows)) as answers:
            for one in batch:
                if not one.row:
                    yield Outcome(one.found.origin, problem=one.problem)
                    continue
                answer = await anext(answers, None)
                if answer is None:
                    raise ServerFailed(
                        f"{shown(self.client.base_url)} broke off in the middle of a batch; "
                        "run the same command again to resume"
                    )
                yield _outcome(one.found, answer)

    async def _stored(
        self, rows: Sequence[bytes]
    ) -> AsyncGenerator[OutcomeResponse | OnrecordError, None]:
        """What became of each row, or why it could not be taken in."""
        if not rows:
            return
        try:
            async with self.client.stream(
                "POST",
                "/v1/articles/batch",
                content=b"".join(rows),
                headers={"Content-Type": "application/x-ndjson"},
            ) as response:
                if not response.is_success:
                    await response.aread()
                    raise failure(response)
                async for line in response.aiter_lines():
                    yield row_problem(response, line) or _parsed(OutcomeResponse, line, response)
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error

    async def _post(self, path: str, body: BaseModel, shape: type[S]) -> S:
        content = body.model_dump_json()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return await self._ask("POST", path, shape, content=content, headers=headers)

    async def _get(
        self, path: str, shape: type[S], parameters: Mapping[str, Any] | None = None
    ) -> S:
        return await self._ask("GET", path, shape, params=parameters)

    async def _ask(self, method: str, path: str, shape: type[S], **request: object) -> S:
        """The answer; a call over the limit is made again once there is room, if that is soon."""
        waited_s = 0
        while True:
            try:
                response = await self.client.request(method, path, **request)  # type: ignore[arg-type]
            except httpx.HTTPError as error:
                raise self._unreachable(error) from error
            again_s = _again_s(response)
            if not 0 < again_s <= LONGEST_WAIT_S - waited_s:
                break
            await asyncio.sleep(again_s)
            waited_s += again_s
        if not response.is_success:
            raise failure(response)
        return _parsed(shape, response.text, response)

    def _unreachable(self, error: httpx.HTTPError) -> ServerFailed:
        server = shown(self.client.base_url)
        if isinstance(error, httpx.ConnectError):
            return ServerFailed(
                f"no service answers at {server} ({error}). Start one with `onrecord serve`, or "
                "leave out --server and ONRECORD_SERVER to use the store here."
            )
        why = str(error) or type(error).__name__
        return ServerFailed(f"{server} did not answer: {why}. Its log may say why.")


def _sign_in(settings: Settings) -> dict[str, str]:
    return {"Authorization": f"Bearer {settings.key.get_secret_value()}"} if settings.key else {}


async def _batches(items: AsyncIterable[_Read]) -> AsyncIterator[list[_Read]]:
    batch: list[_Read] = []
    size_bytes = 0
    async for item in items:
        batch.append(item)
        size_bytes += len(item.row)
        if len(batch) >= BATCH_ARTICLES or size_bytes >= BATCH_BYTES:
            yield batch
            batch, size_bytes = [], 0
    if batch:
        yield batch


def _parsed(shape: type[S], content: str, response: httpx.Response) -> S:
    """The answer in its shape, whatever fields a newer service adds."""
    try:
        return shape.model_validate_json(content, extra="ignore")
    except ValidationError as error:
        raise failure(response, content) from error


def _again_s(response: httpx.Response) -> int:
    """When there is room again for a call over the limit; 0 for any other answer."""
    after = response.headers.get("Retry-After", "")
    over = response.status_code == httpx.codes.TOO_MANY_REQUESTS
    return max(1, int(after)) if over and after.isdecimal() else 0


def _outcome(found: Found, answer: OutcomeResponse | OnrecordError) -> Outcome:
    if isinstance(answer, OnrecordError):
        return Outcome(found.origin, problem=answer)
    return Outcome(
        origin=found.origin,
        article_id=answer.id,
        revision=answer.revision,
        change=answer.change,
    )


def _stored(response: ArticleRevision) -> StoredRevision:
    return StoredRevision(_article(response), response.stood_from, response.stood_until)


def _article(response: ArticleRevision) -> Article:
    return Article(
        id=response.id,
        text=response.text,
        title=response.title,
        publisher=response.publisher,
        authors=response.authors,
        url=response.url,
        published_at=response.published_at,
        language=response.language,
        extra=response.extra,
        published_at_guessed=response.published_at_guessed,
    )
