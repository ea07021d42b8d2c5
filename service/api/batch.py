"""What both batches share: lines of the body in, an object a line out."""

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from service.api.deps import tellable
from service.api.gate import Admission
from service.api.media import NDJSON
from service.api.meter import Meter
from service.api.ndjson import Line, Lines, read_ahead, split_lines
from service.api.problems import id_of, path_of, problem_of
from service.settings import Settings
from service.wire.problems import Problem


class Upload:
    """The lines of a request that still comes in while its answer goes out."""

    def __init__(self, request: Request, settings: Settings) -> None:
        self.request = request
        self.max_line_bytes = settings.max_line_bytes
        self._max_waiting_bytes = settings.max_body_bytes
        self._ended = False
        self._last_number = 0

    async def lines(self) -> Lines:
        """As they come in. Raises ClientDisconnect when the client goes before the end."""
        split = split_lines(self._chunks(), max_line_bytes=self.max_line_bytes)
        async with aclosing(read_ahead(split, max_bytes=self._max_waiting_bytes)) as lines:
            async for line in lines:
                self._last_number = line.number
                yield line

    async def while_wanted(self, answers: AsyncGenerator[bytes, None]) -> AsyncIterator[bytes]:
        """The answers, until the client has gone: then ClientDisconnect. Where they cannot go on, a
        problem is the last: the status is out, a line can still say why."""
        try:
            async with aclosing(answers):
                async for answer in answers:
                    # Asking earlier would take a part of the body for an answer to the question.
                    if self._ended and await self.request.is_disconnected():
                        raise ClientDisconnect
                    yield answer
        except ClientDisconnect:
            raise
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - it is told
            told = tellable(error, self.request.app)
            yield json_line(line_problem(told, self._last_number, self.request))

    async def _chunks(self) -> AsyncIterator[bytes]:
        async for chunk in self.request.stream():
            yield chunk
        self._ended = True


async def metered(lines: Lines, meter: Meter, admission: Admission) -> Lines:
    """The lines, no faster than the caller may ask and no longer than its key is valid."""
    async with aclosing(lines):
        async for line in lines:
            await meter.wait()
            await admission.renew()
            yield line


class LinesResponse(StreamingResponse):
    """Lines as they are made. Unlike its parent it does not listen for the client's end: that would
    take the parts of a body that is still coming in."""

    media_type = NDJSON

    def __init__(self, upload: Upload, answers: AsyncGenerator[bytes, None]) -> None:
        super().__init__(upload.while_wanted(answers))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """The ASGI interface."""
        await self.stream_response(send)


def invalid_line(error: ValidationError, line: Line) -> RequestValidationError:
    """The same error as that of a request with this line as its body."""
    details = [{**one, "loc": ("body", *one["loc"])} for one in error.errors(include_url=False)]
    try:
        body = json.loads(line.content)
    except (ValueError, RecursionError):
        body = None
    return RequestValidationError(details, body=body)


def line_problem(error: Exception, number: int, request: Request) -> Problem:
    """The problem of one line of a batch."""
    instance = f"{path_of(request)}#line={number}"
    return problem_of(error, instance=instance, request_id=id_of(request))


def json_line(shape: BaseModel) -> bytes:
    """One line of the answer."""
    return shape.model_dump_json().encode() + b"\n"
