"""A claim as plain text: the body is the claim, with its quotation marks and line breaks."""

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import Message

from service.api.media import JSON, TEXT, media_type


class ClaimRoute(APIRoute):
    """Reads a body of plain text as the JSON with this claim and no options."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """What FastAPI calls for each request."""
        handle = super().get_route_handler()

        async def handle_either(request: Request) -> Response:
            plain = media_type(request.headers.get("content-type", "")) == TEXT
            return await handle(await _as_json(request) if plain else request)

        return handle_either


async def _as_json(request: Request) -> Request:
    """Raises HTTPException 400 where the text is not UTF-8."""
    try:
        claim = (await request.body()).decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise HTTPException(400, "The body is not UTF-8.") from error
    body = json.dumps({"claim": claim}).encode()
    headers = [header for header in request.scope["headers"] if header[0] != b"content-type"]
    scope = {**request.scope, "headers": [*headers, (b"content-type", JSON.encode())]}
    unread = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return unread.pop() if unread else await request.receive()

    return Request(scope, receive)
