"""How much a request body may hold."""

from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOOL_PATH: Final = "/v2/check"
"""LanguageTool's, for editors' plugins."""
WHOLE_TEXTS: Final = ("/v1/articles", "/v1/drafts", TOOL_PATH)
"""What paths begin with that take whole texts."""
SHORT_BYTES: Final = 1_000_000
"""For all else, where a claim is the longest text: to read 10 MB of JSON keeps everybody waiting
for a tenth of a second."""


class BodyTooLarge(HTTPException):
    """An HTTPException because FastAPI lets nothing else through while it reads a body."""

    def __init__(self, max_bytes: int) -> None:
        setting = "" if max_bytes == SHORT_BYTES else " (ONRECORD_MAX_BODY_BYTES)"
        detail = f"The body is over {max_bytes:,} bytes{setting}."
        super().__init__(413, detail, headers={"Connection": "close"})


class BodyLimit:
    """Refuses a body over `max_body_bytes`, and over SHORT_BYTES where no whole text is sent, as
    soon as that shows: by its Content-Length, else while it streams in. `streaming` paths, which
    hold a line at a time, limit their lines instead."""

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
        most = self.max_body_bytes
        if not scope["path"].startswith(WHOLE_TEXTS):
            most = min(most, SHORT_BYTES)
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            if announced.isdecimal() and int(announced) > most:
                raise BodyTooLarge(most)
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise BodyTooLarge(most)
            return message

        return limited
