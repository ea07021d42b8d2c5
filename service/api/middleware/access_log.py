"""Around every request: its id, its time, its trace, one line in the log, and the last net under
it."""

import asyncio
import logging
import re
from uuid import uuid4

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.api.deps import tellable
from service.api.problems import answer
from service.observe import Metrics, Stopwatch, timing
from service.observe.logs import log_event, logged_within
from service.observe.traces import Answered, Traces

REQUEST_ID = "X-Request-ID"
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_NOT_ANSWERED = 499
"""nginx's number for a request whose caller did not wait; it is counted, nobody receives it."""

_log = logging.getLogger(__name__)


class AccessLog:
    """Answers what nobody caught with a 500 problem, and counts and logs every request.

    A log line has the method, the path, the status, the milliseconds, the id, the client and its
    key. It never has the query or the body: what a newsroom is about to publish is nobody else's
    business.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, traces: Traces) -> None:
        self.app = app
        self.metrics = metrics
        self.traces = traces

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with (
            timing(self.traces.stage) as stopwatch,
            self.traces.request(scope["method"], Headers(scope=scope)) as answered,
            logged_within(scope.setdefault("state", {})),
        ):
            exchange = _Exchange(scope, send, stopwatch)
            try:
                await self.app(scope, receive, exchange.send)
            except ClientDisconnect:
                pass  # nobody is left to answer
            except asyncio.CancelledError as error:
                told = tellable(error, scope["app"])
                if not exchange.status:  # a stream has said so itself, while it could be told
                    await self._failed(scope, receive, exchange, told)
            except Exception as error:  # noqa: BLE001 - nothing may leave without an answer
                await self._failed(scope, receive, exchange, error)
            finally:
                self._record(scope, exchange, answered)

    async def _failed(
        self, scope: Scope, receive: Receive, exchange: "_Exchange", error: Exception
    ) -> None:
        response = await answer(Request(scope, receive), error)
        if exchange.status:
            raise error  # half of an answer is out: only a broken connection can say so now
        await response(scope, receive, exchange.send)

    def _record(self, scope: Scope, exchange: "_Exchange", answered: Answered) -> None:
        status = exchange.status or _NOT_ANSWERED
        answered(_route(scope), status)
        self.metrics.answered(
            method=scope["method"],
            route=_route(scope),
            status=status,
            stopwatch=exchange.stopwatch,
        )
        log_event(
            _log,
            "request",
            method=scope["method"],
            path=scope["path"],
            status=status,
            ms=round(1000 * exchange.stopwatch.elapsed_s, 1),
        )


class _Exchange:
    """One request and what is sent for it; the id and the timings go out with the headers."""

    def __init__(self, scope: Scope, send: Send, stopwatch: Stopwatch) -> None:
        self._send = send
        self.stopwatch = stopwatch
        self.status = 0
        self.request_id = _request_id(Headers(scope=scope).get(REQUEST_ID))
        scope["state"]["request_id"] = self.request_id
        scope["state"]["client"] = (scope.get("client") or ("",))[0]

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers[REQUEST_ID] = self.request_id
            headers["Server-Timing"] = self.stopwatch.header()
        await self._send(message)


def _request_id(given: str | None) -> str:
    return given if given and _SANE_ID.fullmatch(given) else uuid4().hex


def _route(scope: Scope) -> str:
    """The template of the route that took the request: bounded, unlike paths."""
    return getattr(scope.get("route"), "path", "unmatched")
