"""What the commands ask: the store here, or a running service. Both answer in the same shapes."""

from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from service import wiring
from service.cli.local import local_quotes, local_revisions, open_local
from service.cli.remote import open_remote, remote_quotes, remote_revisions
from service.domain.article import StoredRevision, Submission
from service.domain.errors import InvalidInput
from service.domain.indexing import Found, Outcome
from service.settings import Settings
from service.wire.checks import CheckRequest, CheckResponse
from service.wire.drafts import DraftRequest, DraftResponse
from service.wire.queries import QuotesQuery
from service.wire.quotations import QuotationRequest, QuotationResponse
from service.wire.quotes import FoundQuotesResponse


class Client(Protocol):
    """Answers what the commands ask; fails in the words of the domain's errors."""

    async def check(self, request: CheckRequest) -> CheckResponse:
        """The answer to one claim."""

    async def draft(self, request: DraftRequest) -> DraftResponse:
        """The findings of a whole draft."""

    async def verify(self, request: QuotationRequest) -> QuotationResponse:
        """What the archive says of a quotation."""

    def find(self, source: str, defaults: Submission) -> AsyncIterator[Found]:
        """The articles of a file, a folder, a page, a feed or a sitemap, read on this machine."""

    def index(self, found: AsyncIterable[Found]) -> AsyncIterator[Outcome]:
        """Takes articles into the archive; what is yielded is stored."""


def open_client(
    settings: Settings,
    *,
    server: str | None = None,
    store: str | None = None,
    may_create: bool = False,
) -> AbstractAsyncContextManager[Client]:
    """The client that the options ask for, else the environment. Raises InvalidInput for both, and
    for a store that is not there, unless it `may_create` it."""
    address = _address(settings, server, store, may_create=may_create)
    return open_remote(address, settings) if address else open_local(settings)


def all_revisions(
    settings: Settings, *, server: str | None = None, store: str | None = None
) -> AsyncGenerator[StoredRevision, None]:
    """Every article of the archive that the options ask for, newest first, each followed by the
    revisions that it replaced."""
    address = _address(settings, server, store)
    return remote_revisions(address, settings) if address else local_revisions(settings)


async def find_quotes(
    query: QuotesQuery, settings: Settings, *, server: str | None = None, store: str | None = None
) -> FoundQuotesResponse:
    """A page of quotes of the archive that the options ask for; no model is loaded for it."""
    address = _address(settings, server, store)
    if address:
        return await remote_quotes(address, settings, query)
    return await local_quotes(settings, query)


def _address(
    settings: Settings, server: str | None, store: str | None, *, may_create: bool = False
) -> str | None:
    """Where the service is that is to be asked; None for the store here. Raises InvalidInput."""
    if server and store:
        raise InvalidInput("--server and --store exclude each other: a service has its own store")
    address = server or (None if store else settings.server)
    if not address and not may_create and wiring.store_is_missing(settings):
        raise InvalidInput(
            f"there is no store in {wiring.store_name(settings)}; name its folder with --store, or "
            "make one with `onrecord index`"
        )
    return address
