"""A service's problem details (RFC 9457) as an error of the domain, told in a line or two."""

import httpx
from pydantic import ValidationError

from service.domain.errors import InvalidInput, OnrecordError, ServerFailed
from service.wire.problems import Problem

_CANNOT_GO_ON = frozenset({408, 503})
_AT_FAULT_HERE = frozenset({400, 401, 403, 413, 415, 421, 422})
_ASKED_FOR_A_KEY = 401


def shown(url: httpx.URL) -> str:
    """Without the user and the password that it may have."""
    return str(url.copy_with(userinfo=b""))


def failure(response: httpx.Response, content: str | None = None) -> OnrecordError:
    """The error for an answer that is none: InvalidInput where the request is at fault, else
    ServerFailed. `content` is the part of the body at hand, all of it by default."""
    try:
        problem = Problem.model_validate_json(response.text if content is None else content)
    except ValidationError:
        return ServerFailed(
            f"{shown(response.url)} answered {response.status_code} {response.reason_phrase}, "
            "but not as an Onrecord service of this version does; check the address"
        )
    kind = InvalidInput if problem.status in _AT_FAULT_HERE else ServerFailed
    told = _told(problem, response.url.host)
    if problem.status == _ASKED_FOR_A_KEY:
        told += ". The command line sends the key that is in ONRECORD_KEY"
    return kind(told)


def row_problem(response: httpx.Response, line: str) -> OnrecordError | None:
    """Why a row of a batch was not taken in, None where `line` says what became of it. Raises
    ServerFailed where the service itself could not go on."""
    try:
        problem = Problem.model_validate_json(line)
    except ValidationError:
        return None
    if problem.status in _CANNOT_GO_ON:
        raise failure(response, line)
    fields = (": ".join(filter(None, (field.pointer, field.detail))) for field in problem.errors)
    return InvalidInput("; ".join(fields) or problem.detail)


def _told(problem: Problem, host: str) -> str:
    fields = "".join(f"\n  {field.pointer}: {field.detail}" for field in problem.errors)
    title = "" if problem.detail.startswith(problem.title) else f"{problem.title}. "
    return (
        f"{host} answered {problem.status}: {title}{problem.detail} "
        f"(request {problem.request_id}){fields}"
    )
