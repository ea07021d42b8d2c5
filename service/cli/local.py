"""The store here, with the models in this process."""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from service import wiring
from service.domain.article import StoredRevision, Submission
from service.domain.claim import Filters
from service.domain.errors import TooLarge
from service.domain.indexing import Found, Outcome
from service.pipeline.quotations import verify_asked
from service.pipeline.quotes import said
from service.settings import Settings
from service.wire.checks import CheckRequest, CheckResponse
from service.wire.drafts import DraftRequest, DraftResponse
from service.wire.queries import QuotesQuery
from service.wire.quotations import QuotationRequest, QuotationResponse
from service.wire.quotes import FoundQuotesResponse

PAGE_ARTICLES = 100


@asynccontextmanager
async def open_local(settings: Settings) -> AsyncIterator["LocalClient"]:
    """Opens models and store. Raises StoreLocked where a service has the folder."""
    async with wiring.build(settings) as services:
        yield LocalClient(services)


@dataclass(frozen=True, slots=True)
class LocalClient:
    """Asks the pipeline itself."""

    services: wiring.Services

    async def check(self, request: CheckRequest) -> CheckResponse:
        """The answer to one claim."""
        return CheckResponse.of(await self.services.checker.check(request.to_domain()))

    async def draft(self, request: DraftRequest) -> DraftResponse:
        """The findings of a whole draft. Raises TooLarge."""
        limit = self.services.settings.max_draft_chars
        if len(request.text) > limit:
            raise TooLarge(
                f"the draft has more than {limit:,} characters; split it, or raise "
                "ONRECORD_MAX_DRAFT_CHARS"
            )
        draft = request.to_domain()
        findings = [finding async for finding in self.services.drafts.check(draft)]
        return DraftResponse.of(request, findings, *await self.services.drafts.ground(draft))

    async def verify(self, request: QuotationRequest) -> QuotationResponse:
        """What the archive says of a quotation."""
        verified = await verify_asked(request.to_domain(), self.services.checker)
        return QuotationResponse.of(verified)

    def find(self, source: str, defaults: Submission) -> AsyncIterator[Found]:
        """The articles of a file, a folder, a page, a feed or a sitemap."""
        return self.services.find(source, defaults)

    def index(self, found: AsyncIterable[Found]) -> AsyncIterator[Outcome]:
        """Takes articles into the archive; what is yielded is stored."""
        return self.services.indexer.index(found)


async def local_revisions(settings: Settings) -> AsyncGenerator[StoredRevision, None]:
    """Every article of the store, newest first, each followed by the revisions that it replaced, a
    page in memory at a time; needs no model."""
    async with wiring.open_archive(settings) as store:
        cursor = None
        while True:
            page = await store.articles(Filters(), limit=PAGE_ARTICLES, cursor=cursor)
            for article in page.articles:
                for revision in await store.history(article.id):
                    yield revision
            cursor = page.cursor
            if cursor is None:
                return


async def local_quotes(settings: Settings, query: QuotesQuery) -> FoundQuotesResponse:
    """A page of the store's quotes; needs no model."""
    async with wiring.open_archive(settings) as store:
        page = await said(query.to_domain(), store, limit=query.limit, cursor=query.cursor)
    return FoundQuotesResponse.of(page)
