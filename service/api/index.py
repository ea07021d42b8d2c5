"""What the index holds."""

from fastapi import APIRouter

from service.api.deps import Parts
from service.api.openapi import problems
from service.domain.claim import Filters
from service.pipeline.outlets import outlets
from service.wire.search import IndexResponse, PublishersResponse

router = APIRouter(prefix="/v1/index", tags=["archive"])


@router.get(
    "",
    operation_id="describe_index",
    summary="What the index holds",
    response_description="Counts, dates and names.",
    responses=problems(503),
)
async def describe_index(parts: Parts) -> IndexResponse:
    """Articles, passages, publishers, dates; the snapshot and the models name it exactly."""
    return IndexResponse.of(
        await parts.store.coverage(Filters()), await parts.store.snapshot(), parts.models
    )


@router.get(
    "/publishers",
    operation_id="list_publishers",
    summary="Who is in the index",
    response_description="The names.",
    responses=problems(503),
)
async def list_publishers(parts: Parts) -> PublishersResponse:
    """The names of the publishers, at most 200, as `publishers` and `publisher` take them."""
    return PublishersResponse(publishers=await outlets(parts.store))
