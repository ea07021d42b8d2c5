"""A key in a form, from plugins that can send no header."""

import re
from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from service.api.media import FORM, media_type
from service.api.middleware.body import again, read_ahead
from service.api.middleware.body_limit import SHORT_BYTES, TOOL_PATH

_KEY = re.compile(rb"(?:^|&)apiKey=([^&]+)")


class FormKey:
    """Puts the `apiKey` of a plugin's form where every other client sends its key, if nothing is
    there. The form is read before anybody is let in, so no more than SHORT_BYTES of it: a key that
    comes later is not seen."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if not _may_have_key(scope):
            await self.app(scope, receive, send)
            return
        read = await read_ahead(receive, most_bytes=SHORT_BYTES)
        body = b"".join(message.get("body", b"") for message in read)
        if keys := _KEY.findall(body[:SHORT_BYTES]):
            header = (b"authorization", b"Bearer " + unquote_to_bytes(keys[-1]))
            scope["headers"] = [*scope["headers"], header]
        await self.app(scope, again(read, receive), send)


def _may_have_key(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["path"] != TOOL_PATH:
        return False
    headers = Headers(scope=scope)
    return "authorization" not in headers and media_type(headers.get("content-type", "")) == FORM
