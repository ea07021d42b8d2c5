"""What retrieval alone sees."""

from typing import Annotated

from fastapi import APIRouter, Query

from service.api.deps import Parts
from service.api.openapi import problems
from service.wire.positions import in_offsets
from service.wire.queries import SearchQuery
from service.wire.search import PassageResponse, SearchResponse

router = APIRouter(prefix="/v1/search", tags=["archive"])


@router.get(
    "",
    operation_id="search_passages",
    summary="Find passages",
    response_description="The passages.",
    responses=problems(422, 503),
)
async def search_passages(parts: Parts, query: Annotated[SearchQuery, Query()]) -> SearchResponse:
    """The passages for a query by meaning and by words, best first, with the scores of both.
    Nothing is judged: this shows what a check gets to see."""
    found = await parts.checker.search(query.text, query.filters(), limit=query.limit)
    passages = tuple(PassageResponse.of(one) for one in found)
    return in_offsets(SearchResponse(query=query.text, passages=passages), query.offsets)
