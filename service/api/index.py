"""What the index holds."""

from fastapi import APIRouter

from service.api.deps import Parts
from service.api.openapi import problems
from service.domain.claim import Filters
from service.wire.search import IndexResponse

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
