"""How much a request body may hold."""

from collections.abc import Collection

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyTooLarge(HTTPException):
    """An HTTPException because FastAPI lets nothing else through while it reads a body."""

    def __init__(self, max_body_bytes: int) -> None:
        detail = f"The body is over {max_body_bytes:,} bytes (ONRECORD_MAX_BODY_BYTES)."
        super().__init__(413, detail, headers={"Connection": "close"})


class BodyLimit:
    """Refuses a body over `max_body_bytes` as soon as that shows: by its Content-Length, else while
    it streams in. `streaming` paths, which hold a line at a time, limit their lines instead."""

    def __init__(self, app: ASGIApp, max_body_bytes: int, streaming: Collection[str]) -> None:
        self.app = app
        self.max_body_bytes = max_body_bytes
        self.streaming = streaming

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if scope["type"] != "http" or scope["path"] in self.streaming:
            await self.app(scope, receive, send)
        else:
            await self.app(scope, self._limited(scope, receive), send)

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        announced = Headers(scope=scope).get("content-length", "")
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            if announced.isdecimal() and int(announced) > self.max_body_bytes:
                raise BodyTooLarge(self.max_body_bytes)
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.max_body_bytes:
                raise BodyTooLarge(self.max_body_bytes)
            return message

        return limited
