"""Response headers that keep browsers from doing more than they should."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DOCS_PATH = "/docs"
PAGE_PATH = "/"
ASSETS_PATH = "/assets"
"""Of the editor's page."""

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
"""JSON needs nothing."""

DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The Swagger UI sets style attributes and carries its icons as data URLs; scripts are files."""


PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
"""The editor's page: two files, and no way to make markup or code of words."""


class SecurityHeaders:
    """Adds them to every response; a page that names what it may load keeps its policy."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = policy_of(scope["path"])

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", policy)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "DENY"  # for browsers that know no frame-ancestors
                headers["Referrer-Policy"] = "no-referrer"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                if "etag" not in headers:  # files and articles; all else may tell of a draft
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, guarded)


def policy_of(path: str) -> str:
    """The content policy of what is at this path."""
    if path == PAGE_PATH:
        return PAGE_POLICY
    return DOCS_POLICY if path.startswith(DOCS_PATH) else API_POLICY
