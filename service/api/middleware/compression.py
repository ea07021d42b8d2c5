"""Answers to POST as gzip, for callers that take it: a draft's answer is a fifth as long then."""

import asyncio
import gzip
import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LEAST_BYTES: Final = 1_000
"""What is shorter fits into a packet or two as it is."""

_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


class Compression:
    """Compresses an answer that comes whole. What comes in parts goes out as it comes, so that no
    line waits for the next; and the answer to a GET stays as its ETag says."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if (
            scope["type"] != "http"
            or scope["method"] != "POST"
            or not _TAKES_GZIP.search(Headers(scope=scope).get("accept-encoding", ""))
        ):
            await self.app(scope, receive, send)
            return
        held: list[Message] = []

        async def compressed(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_long(message):
                held.append(message)  # its length is not known yet
                return
            if held:
                body = await asyncio.to_thread(gzip.compress, message["body"], mtime=0)
                start = held.pop()
                headers = MutableHeaders(scope=start)
                headers["Content-Encoding"] = "gzip"
                headers["Content-Length"] = str(len(body))
                headers.add_vary_header("Accept-Encoding")
                await send(start)
                message = {**message, "body": body}
            await send(message)

        await self.app(scope, receive, compressed)


def _is_long(start: Message) -> bool:
    """Whether an answer comes whole, for then its length is told, and is worth the work."""
    return int(Headers(raw=start["headers"]).get("content-length", 0)) >= LEAST_BYTES
