"""Every error as a problem (RFC 9457): which status each has, and how it is told."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPMethod, HTTPStatus
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import Scope

from service.api.pointers import field_problems
from service.domain import errors
from service.observe import count
from service.wire.positions import line_and_column
from service.wire.problems import MEDIA_TYPE, FieldProblem, Problem

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: `slug` ends its `type`, which never changes once released."""

    status: int
    slug: str
    title: str
    internal: bool = False
    """Whether the message may name folders and models: then it goes to the log only."""


DOMAIN: Final[Mapping[type[Exception], Kind]] = MappingProxyType(
    {
        errors.OnrecordError: Kind(500, "failed", "The service failed", internal=True),
        errors.InvalidInput: Kind(422, "invalid-request", "The request is invalid"),
        errors.InvalidArticle: Kind(422, "invalid-article", "The article is invalid"),
        errors.InvalidClaim: Kind(422, "invalid-claim", "The claim is invalid"),
        errors.InvalidCursor: Kind(422, "invalid-cursor", "The cursor is not one of this index"),
        errors.UnreadableDocument: Kind(422, "unreadable-document", "The document is unreadable"),
        errors.InvalidSettings: Kind(
            500, "invalid-settings", "A setting is invalid", internal=True
        ),
        errors.TooLarge: Kind(413, "too-large", "Over a size limit"),
        errors.FetchRefused: Kind(422, "fetch-refused", "The address may not be fetched"),
        errors.FetchFailed: Kind(502, "fetch-failed", "The address gave no document"),
        errors.ArticleNotFound: Kind(404, "article-not-found", "No such article"),
        errors.RevisionConflict: Kind(
            412, "revision-conflict", "The article is not as the request requires"
        ),
        errors.NotAuthenticated: Kind(401, "not-authenticated", "A valid key is needed"),
        errors.ScopeMissing: Kind(403, "scope-missing", "The key does not allow this"),
        errors.ReadOnly: Kind(403, "read-only", "The archive may not be changed here"),
        errors.RateLimited: Kind(429, "rate-limited", "Asked for too much"),
        errors.Overloaded: Kind(503, "overloaded", "Too much is waiting"),
        errors.TimedOut: Kind(503, "timed-out", "It took too long"),
        errors.StoreFailed: Kind(503, "store-failed", "The store failed", internal=True),
        errors.StoreLocked: Kind(503, "store-locked", "The store is in use", internal=True),
        errors.StoreCorrupt: Kind(503, "store-corrupt", "The store is damaged", internal=True),
        errors.StoreFull: Kind(503, "store-full", "The store has no space left", internal=True),
        errors.IndexMismatch: Kind(
            503, "index-mismatch", "The index was made by another model", internal=True
        ),
        errors.ModelFailed: Kind(503, "model-failed", "A model failed", internal=True),
        errors.WeightsMismatch: Kind(
            503, "weights-mismatch", "A weights file is not the one described", internal=True
        ),
        errors.ModelUnavailable: Kind(
            503, "model-unavailable", "A model is not installed", internal=True
        ),
        errors.ServerFailed: Kind(502, "server-failed", "Another service failed"),
    }
)
"""A row for every error of the domain; an error without one takes the row of its parent."""

HTTP: Final[Mapping[int, Kind]] = MappingProxyType(
    {
        400: Kind(400, "malformed-request", "The request cannot be read"),
        401: Kind(401, "not-authenticated", "A valid key is needed"),
        403: Kind(403, "scope-missing", "The key does not allow this"),
        404: Kind(404, "no-such-path", "Nothing is at this path"),
        405: Kind(405, "method-not-allowed", "The path does not know this method"),
        406: Kind(406, "not-acceptable", "The answer has no such format"),
        408: Kind(408, "client-too-slow", "The client was too slow"),
        412: Kind(412, "revision-conflict", "The article is not as the request requires"),
        413: Kind(413, "too-large", "Over a size limit"),
        415: Kind(415, "unsupported-media-type", "The body has the wrong format"),
        421: Kind(421, "unknown-host", "The service does not go by this name"),
        422: Kind(422, "invalid-request", "The request is invalid"),
        429: Kind(429, "rate-limited", "Asked for too much"),
        500: Kind(500, "failed", "The service failed", internal=True),
        502: Kind(502, "fetch-failed", "The address gave no document"),
        503: Kind(503, "unavailable", "The service cannot answer now"),
    }
)
"""A row for every status that the door itself gives."""

_ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Not Found": "There is nothing at this path; /docs shows what there is.",
        "Method Not Allowed": "The header Allow names the methods that this path knows.",
        "There was an error parsing the body": "The body cannot be read as JSON.",
    }
)
"""What the frameworks say, and what helps more."""

AGAIN_S: Final = "5"
"""When to try again where nobody knows: a start and another primary of Redis take seconds."""

MALFORMED_JSON = "json_invalid"
"""What pydantic and FastAPI call a body that is no JSON at all."""


def install(app: FastAPI) -> None:
    """Makes `app` answer every error with a problem; unforeseen ones are the access log's."""
    for error in (errors.OnrecordError, HTTPException, RequestValidationError):
        app.add_exception_handler(error, answer)


async def answer(request: Request, error: Exception) -> Response:
    """The response for an error, foreseen or not."""
    problem = problem_of(error, instance=path_of(request), request_id=id_of(request))
    return Response(
        problem.model_dump_json(),
        status_code=problem.status,
        headers=_headers(error, problem.status) | _allowed(request, problem.status),
        media_type=MEDIA_TYPE,
    )


def problem_of(error: Exception, *, instance: str, request_id: str) -> Problem:
    """The error in the words of the contract; what is internal is logged and left out."""
    kind = kind_of(error)
    count("problem", kind.slug)
    if kind.internal:
        # A store that fails does so for every request: its words say why, the trace would be long.
        trace = None if isinstance(error, errors.StoreFailed) else error
        told = f"{kind.slug} at {instance} request_id={request_id}"
        _log.error("%s: %s", told, errors.told(error), exc_info=trace)
    return Problem(
        type=f"/problems/{kind.slug}",
        title=kind.title,
        status=kind.status,
        detail=_detail(error, kind, request_id),
        instance=instance,
        request_id=request_id,
        errors=_fields(error),
    )


def kind_of(error: Exception) -> Kind:
    """The kind of an error: its own row, else the nearest ancestor's; unforeseen ones are 500."""
    if isinstance(error, HTTPException):
        return HTTP.get(error.status_code) or _other(error.status_code)
    if isinstance(error, RequestValidationError):
        return HTTP[400 if _malformed(error.errors()) else 422]
    return next((DOMAIN[cls] for cls in type(error).__mro__ if cls in DOMAIN), HTTP[500])


def path_of(request: Request) -> str:
    """The path as a URI reference. Not from `request.url`, which a senseless Host header breaks."""
    return quote(request.scope["path"])


def id_of(request: Request) -> str:
    """The request's id, as the access log gave it."""
    return getattr(request.state, "request_id", "")


def _other(status: int) -> Kind:
    phrase = HTTPStatus(status).phrase
    return Kind(status, phrase.lower().replace(" ", "-"), phrase)


def _malformed(details: Sequence[Mapping[str, object]]) -> bool:
    return any(one["type"] == MALFORMED_JSON for one in details)


def _detail(error: Exception, kind: Kind, request_id: str) -> str:
    if kind.internal:
        return f"{kind.title}; the service's log says why, under {request_id}."
    if isinstance(error, RequestValidationError):
        return _validation_detail(error)
    if isinstance(error, HTTPException):
        return _http_detail(error)
    return str(error)


def _validation_detail(error: RequestValidationError) -> str:
    details = error.errors()
    for one in details:
        if one["type"] == MALFORMED_JSON:
            return _malformed_detail(one, error.body)
    return f"{len(details)} fields are invalid." if len(details) > 1 else "One field is invalid."


def _malformed_detail(detail: Mapping[str, Any], body: object) -> str:
    """What is wrong, where, and what most often is the reason: a text that was put in as it is."""
    what = str(detail.get("ctx", {}).get("error", detail["msg"])).removesuffix(" at")
    *_, offset = detail["loc"]
    if isinstance(body, str) and isinstance(offset, int):
        line, column = line_and_column(body, offset)
        what = f"{what} at line {line}, column {column}"
    return (
        f'This is no JSON: {what}. Inside a text, write \\" for a quotation mark, \\n for a line '
        "break and \\\\ for a backslash."
    )


def _http_detail(error: HTTPException) -> str:
    if isinstance(error.__cause__, UnicodeDecodeError):
        return f"The body is not UTF-8: byte {error.__cause__.start} cannot be decoded."
    if isinstance(error.__cause__, RecursionError):
        return "The body is nested too deeply."
    return _ADVICE.get(error.detail, error.detail)


def _fields(error: Exception) -> tuple[FieldProblem, ...]:
    if isinstance(error, RequestValidationError) and not _malformed(error.errors()):
        return field_problems(error.errors(), error.body)
    return ()


def _allowed(request: Request, status: int) -> dict[str, str]:
    """With 405 all methods that the path knows: the framework names those of its first route."""
    if status != HTTPStatus.METHOD_NOT_ALLOWED:
        return {}
    routes = [route for route in request.app.routes if not isinstance(route, Mount)]
    known = {
        method
        for method in HTTPMethod
        if any(_takes(route, {**request.scope, "method": method}) for route in routes)
    }
    known = known or {HTTPMethod.GET}  # of files, which are no routes
    if HTTPMethod.GET in known:
        known.add(HTTPMethod.HEAD)
    return {"Allow": ", ".join(sorted(known))}


def _takes(route: BaseRoute, scope: Scope) -> bool:
    return route.matches(scope)[0] is Match.FULL


def _headers(error: Exception, status: int) -> dict[str, str]:
    if isinstance(error, errors.Overloaded | errors.RateLimited):
        return {"Retry-After": str(error.retry_after_s)}
    if isinstance(error, errors.NotAuthenticated | errors.ScopeMissing):
        return {"WWW-Authenticate": _challenge(error)}
    again = {"Retry-After": AGAIN_S} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return again | dict(getattr(error, "headers", None) or {})


def _challenge(error: errors.NotAuthenticated | errors.ScopeMissing) -> str:
    """What a client has to send instead (RFC 6750, 3)."""
    challenge = 'Bearer realm="onrecord"'
    if isinstance(error, errors.ScopeMissing):
        return f'{challenge}, error="insufficient_scope", scope="{error.scope}"'
    return f'{challenge}, error="invalid_token"' if error.offered else challenge
