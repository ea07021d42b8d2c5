"""The OpenAPI document: what FastAPI derives, with our problems in place of its own errors.

`python -m service.api` writes it to `openapi/openapi.json`; a test compares that file with
the service byte for byte.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from service.api.media import NDJSON
from service.api.problems import HTTP
from service.api.recorded import add_answers
from service.api.scopes import scope_of
from service.domain.access import Scope
from service.wire.articles import OutcomeResponse
from service.wire.drafts import DraftEvent
from service.wire.problems import MEDIA_TYPE, Problem

Responses = dict[int | str, dict[str, Any]]

API_VERSION = "1"
"""Of the contract, not of the package."""

DOCUMENT = Path("openapi/openapi.json")

DESCRIPTION = """\
Takes a claim, finds the passages about it in the articles that your newsroom has indexed, and \
returns the exact quotes that **support** or **conflict with** it, each with its attribution: who \
said it, through whom, published where and when.

Nothing is generated: every quote is a slice of a stored article. Offsets count Unicode code \
points, half-open; `utf16` gives the pair that a JavaScript editor needs, and with \
`offsets=utf16` every position counts so. Times are RFC 3339; \
without a zone they are UTC. Every error is a problem (RFC 9457), and every answer carries an \
`X-Request-ID`, yours where you send one, and its timings in `Server-Timing`.

A service that has keys asks for one: `Authorization: Bearer onr_…`, here by **Authorize**. Each \
operation names the scope that the key must have; `admin` allows all. Where there is a rate limit, \
`RateLimit` says what is left. A call counts as one; a batch as one a line, and it goes no faster \
than the limit; a draft as one for every 125 characters.
"""

TAGS = [
    {"name": "checks", "description": "One claim or many: quotes for and against, and a verdict."},
    {"name": "drafts", "description": "A whole draft: each statement that can be checked."},
    {"name": "archive", "description": "The articles that answers are made from."},
    {"name": "operations", "description": "For probes and dashboards."},
]

_KEY = "key"
_SECURITY = {
    _KEY: {
        "type": "http",
        "scheme": "bearer",
        "description": "A key that `onrecord keys create` has made. A service without keys needs "
        "none.",
    }
}
_REFUSALS = (401, 403, 429)
"""What each operation that needs a key can answer."""

_REFERENCE = "#/components/schemas/{model}"
_ONLY_IN_LINES = (Problem, OutcomeResponse, DraftEvent)
"""Shapes that no endpoint returns as its one answer, so FastAPI does not see them."""


class DescribedApp(FastAPI):
    """A FastAPI whose document is ours."""

    def openapi(self) -> dict[str, Any]:
        """Made once, at the first call."""
        if self.openapi_schema is None:
            self.openapi_schema = _document(self)
        return self.openapi_schema


def problems(*statuses: int) -> Responses:
    """What an operation can answer instead, for its `responses`."""
    # With a default FastAPI does not add its own validation error, which is not what we answer.
    responses: Responses = {"default": _problem("Any other error")}
    for status in statuses:
        responses[status] = _problem(HTTP[status].title)
    return responses


def json_lines_in(shape: str, example: str) -> dict[str, Any]:
    """A request body of lines, each of the named shape, for `openapi_extra`."""
    content = {"schema": _lines([shape]), "example": example}
    return {"requestBody": {"required": True, "content": {NDJSON: content}}}


def json_lines_out(description: str, *shapes: str) -> dict[str, Any]:
    """A response of lines, each of one of the named shapes."""
    return {"description": description, "content": {NDJSON: {"schema": _lines(shapes)}}}


def render(document: dict[str, Any]) -> str:
    """The document as it is committed."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _lines(shapes: Sequence[str]) -> dict[str, Any]:
    # OpenAPI 3.1 knows no sequences (3.2's itemSchema does), so a line is described as content.
    references = [{"$ref": _REFERENCE.format(model=shape)} for shape in shapes]
    one = references[0] if len(references) == 1 else {"anyOf": references}
    return {
        "type": "string",
        "description": f"One {' or '.join(shapes)} a line.",
        "contentMediaType": NDJSON,
        "contentSchema": one,
    }


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(model=Problem.__name__)}
    return {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        license_info=app.license_info,
        tags=app.openapi_tags,
        routes=app.routes,
    )
    schemas = document["components"]["schemas"]
    schemas.update(_schemas())
    document["components"]["schemas"] = dict(sorted(schemas.items()))
    document["components"]["securitySchemes"] = _SECURITY
    for path, item in document["paths"].items():
        for method, operation in item.items():
            _secure(operation, scope_of(method.upper(), path))
    add_answers(document)
    return document


def _secure(operation: dict[str, Any], scope: Scope | None) -> None:
    """Names the scope that the operation needs; also without a key, since not every service has
    them."""
    if scope is None:
        return
    operation["security"] = [{_KEY: [scope.value]}, {}]
    responses = operation["responses"] | {
        str(status): _problem(HTTP[status].title) for status in _REFUSALS
    }
    operation["responses"] = dict(sorted(responses.items()))


def _schemas() -> dict[str, Any]:
    _, document = models_json_schema(
        [(model, "serialization") for model in _ONLY_IN_LINES], ref_template=_REFERENCE
    )
    schemas: dict[str, Any] = document["$defs"]
    return schemas
