"""A draft checked for editors' plugins made for LanguageTool."""

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from service.api.deps import Metered, Parts
from service.api.drafts import require_length
from service.api.media import FORM, FormBody
from service.api.middleware.body_limit import TOOL_PATH
from service.api.openapi import problems
from service.domain.draft import Draft
from service.wire.language_tool import ListedLanguage, ToolRequest, ToolResponse

LANGUAGES = tuple(
    ListedLanguage(name=name, code="en", long_code=code)
    for name, code in (("English", "en"), ("English (US)", "en-US"), ("English (GB)", "en-GB"))
)

router = APIRouter(tags=["drafts"])

_FORM = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "description": "The draft; or `data`."},
        "data": {
            "type": "string",
            "description": 'The draft with its markup told apart, as JSON: `{"annotation": '
            '[{"text": "A "}, {"markup": "<b>"}, …]}`.',
        },
        "language": {"type": "string", "description": "Only English is checked."},
        "level": {"type": "string", "description": "`picky` tells notes too."},
        "username": {"type": "string", "description": "Whatever a plugin sends with its key."},
        "apiKey": {
            "type": "string",
            "description": "A key of this service, where no `Authorization` header has one; within "
            "the first 1 MB.",
        },
    },
}


@router.post(
    TOOL_PATH,
    operation_id="check_as_language_tool",
    summary="Check a draft for an editor's plugin",
    response_description="The findings as matches.",
    dependencies=[FormBody],
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {FORM: {"schema": _FORM}},
        }
    },
    responses=problems(400, 413, 415, 422, 503),
)
async def check_as_language_tool(parts: Parts, request: Request, meter: Metered) -> ToolResponse:
    """As LanguageTool's `/v2/check` takes it and answers; fields of its form that are not named
    here are without effect. A suggestion is a newer figure."""
    try:
        asked = ToolRequest.parse(await request.body())
    except ValidationError as error:
        details = [{**one, "loc": ("body", "data", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(details, body={}) from error
    draft = Draft(asked.read.words)
    require_length(draft.text, parts.settings.max_draft_chars)
    await meter.take_draft(len(draft.text))
    return ToolResponse.of(asked, [finding async for finding in parts.drafts.check(draft)])


@router.get(
    "/v2/languages",
    operation_id="list_languages",
    summary="Which languages are checked",
    responses=problems(503),
)
async def list_languages() -> tuple[ListedLanguage, ...]:
    """As LanguageTool names them: English."""
    return LANGUAGES
