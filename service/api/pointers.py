"""Invalid fields, named by JSON Pointers (RFC 6901)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast, get_args

from service.wire.problems import FieldProblem, Location

MAX_ERRORS = 50
"""More are no help to anybody, and a hostile body could have a million."""

_KEPT_WHEN_LAST = {"missing", "extra_forbidden"}


def field_problems(details: Sequence[Mapping[str, Any]], body: object) -> tuple[FieldProblem, ...]:
    """FastAPI's error details for a request with this body, at most `MAX_ERRORS` of them."""
    return tuple(_field_problem(one, body) for one in details[:MAX_ERRORS])


def _field_problem(detail: Mapping[str, Any], body: object) -> FieldProblem:
    location, parts = _location(detail["loc"][0]), detail["loc"][1:]
    if location == "body":
        parts = tuple(_steps(parts, body, keep_last=detail["type"] in _KEPT_WHEN_LAST))
    message = str(detail["msg"]).removeprefix("Value error, ")
    return FieldProblem(pointer=pointer(parts), location=location, detail=_printable(message))


def _location(part: object) -> Location:
    return cast(Location, part) if part in get_args(Location) else "body"


def _steps(parts: Sequence[str | int], value: Any, *, keep_last: bool) -> Iterator[str | int]:  # noqa: ANN401 - any JSON
    """The parts that are steps into `value`: pydantic also names the branches of a union."""
    for position, part in enumerate(parts, start=1):
        if _holds(value, part):
            value = value[part]
            yield part
        elif keep_last and position == len(parts):
            yield part


def _holds(value: object, part: str | int) -> bool:
    if isinstance(value, list):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, dict) and part in value


def pointer(parts: Sequence[str | int]) -> str:
    """`("ignore", 0, "a/b")` is `/ignore/0/a~1b`."""
    escaped = (str(part).replace("~", "~0").replace("/", "~1") for part in parts)
    return _printable("".join(f"/{part}" for part in escaped))


def _printable(text: str) -> str:
    """Without lone surrogates, which JSON can escape but UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode()
