"""Whether a caller may ask this, and this much: decided before the body is read."""

from collections.abc import Collection

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Send
from starlette.types import Scope as Connection

from service.api.gate import Admission, Gate
from service.api.meter import Meter, caller_of
from service.api.problems import answer
from service.api.scopes import METRICS_PATH, scope_of
from service.domain.access import Scope
from service.domain.errors import NotAuthenticated, OnrecordError
from service.observe import Metrics
from service.wiring import Services


class Access:
    """Asks for a key where keys are needed, holds it against the operation's scope, and counts.

    What is refused counts too, against the key or else the address: so guesses at keys do. Of
    `streaming` paths each line is counted instead. While the service starts, the keys are those
    that the gate knows, and nothing is counted. Whoever comes after finds in `scope["state"]` the
    `meter`, the `admission`, and the `key_name`, empty without a key.
    """

    def __init__(
        self, app: ASGIApp, gate: Gate, metrics: Metrics, streaming: Collection[str]
    ) -> None:
        self.app = app
        self.gate = gate
        self.metrics = metrics
        self.uncounted = {METRICS_PATH, *streaming}

    async def __call__(self, scope: Connection, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        needed = scope_of(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if needed is None:
            await self.app(scope, receive, send)
            return
        try:
            await self._admit(scope, needed)
        except OnrecordError as error:
            response = await answer(Request(scope, receive), error)
            await response(scope, receive, _metered(send, scope))
            return
        await self.app(scope, receive, _metered(send, scope))

    async def _admit(self, scope: Connection, needed: Scope) -> None:
        """Raises NotAuthenticated, ScopeMissing, ReadOnly, RateLimited, or StoreFailed."""
        services: Services | None = scope["app"].state.services
        keys, limiter = (services.keys, services.limiter) if services else (None, None)
        key, refusal = None, None
        authorization = Headers(scope=scope).get("authorization", "")
        admission = Admission(self.gate, keys, authorization, needed)
        try:
            key = await self.gate.key(keys, authorization, needed)
        except NotAuthenticated as error:
            refusal = error
        client = scope.get("client") or ("", 0)
        meter = Meter(limiter, caller_of(key, client[0]), self.metrics)
        scope.setdefault("state", {}).update(
            meter=meter, admission=admission, key_name=key.name if key else ""
        )
        if refusal or scope["path"] not in self.uncounted:
            await meter.take()
        if refusal:
            raise refusal
        self.gate.require(needed, key)


def _metered(send: Send, scope: Connection) -> Send:
    """`send`, with what the caller has left in the headers of the answer."""
    meter: Meter | None = scope.get("state", {}).get("meter")

    async def sent(message: Message) -> None:
        if meter is not None and message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(meter.headers())
        await send(message)

    return sent
