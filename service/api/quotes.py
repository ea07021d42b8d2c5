"""Who said what: quotes found in the whole archive."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.api.deps import Parts
from service.api.openapi import problems
from service.pipeline.quotes import said
from service.wire.queries import QuotesQuery
from service.wire.quotes import FoundQuotesResponse

router = APIRouter(prefix="/v1/quotes", tags=["archive"])


@router.get(
    "",
    operation_id="find_quotes",
    summary="Find quotes",
    response_description="A page of quotes.",
    responses=problems(422, 503),
)
async def find_quotes(parts: Parts, query: Annotated[QuotesQuery, Query()]) -> FoundQuotesResponse:
    """What was said by whom about what, newest first, a page at a time; `cursor` asks for the next
    page and is null on the last. Without parameters, everything that was ever said."""
    page = await said(query.to_domain(), parts.store, limit=query.limit, cursor=query.cursor)
    return FoundQuotesResponse.of(page)
