"""Who said what: quotes found in the whole archive, and quotations held against it."""

from typing import Annotated

from fastapi import APIRouter, Body, Query

from service.api.deps import Parts
from service.api.examples import QUOTATIONS
from service.api.media import JsonBody
from service.api.openapi import problems
from service.pipeline.quotations import verify_asked
from service.pipeline.quotes import said
from service.wire.positions import AskedOffsets, Offsets, in_offsets
from service.wire.queries import QuotesQuery
from service.wire.quotations import QuotationRequest, QuotationResponse
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
    return in_offsets(FoundQuotesResponse.of(page), query.offsets)


@router.post(
    "/verify",
    operation_id="verify_quotation",
    summary="Verify a quotation",
    response_description="Whether the words are on record, and whose they are.",
    dependencies=[JsonBody],
    responses=problems(400, 413, 415, 422, 503),
)
async def verify_quotation(
    parts: Parts,
    request: Annotated[QuotationRequest, Body(openapi_examples=QUOTATIONS)],
    offsets: AskedOffsets = Offsets.CODE_POINTS,
) -> QuotationResponse:
    """Whether these words are on record, word for word, and said by whom they are ascribed to. What
    an editor put in square brackets or left out with an ellipsis makes no difference. `not_found`
    says that this archive does not have them, and nothing more."""
    verified = await verify_asked(request.to_domain(), parts.checker)
    return in_offsets(QuotationResponse.of(verified), offsets)
