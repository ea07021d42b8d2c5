"""Whether a request is taken on now, before its body is read or a model runs."""

import re
from collections.abc import Collection
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from service.api.middleware.body import again, read_ahead
from service.api.middleware.body_limit import TOOL_PATH
from service.domain.errors import Overloaded
from service.observe import count
from service.pipeline.turns import Turns, Work

UNCROWDED: Final = frozenset({"/healthz", "/readyz", "/metrics"})
"""Paths that are answered however many connections there are: else an orchestrator would end a
service that is only busy."""

WORK: Final = (
    (Work.INDEX, re.compile(r"(POST|PUT) /v1/articles\b.*")),
    (Work.CHECK, re.compile(rf"POST (/v1/(checks|drafts|quotes)\b.*|{TOOL_PATH})")),
    (Work.SEARCH, re.compile(r"(GET|HEAD) /v1/search")),
)
"""What runs models, by method and path. All else is answered from the store, and quick."""

CROWDED: Final = "crowded"
"""In the state of a request whose connection is one too many."""


class Admission:
    """Gives each request that needs models its place in line, or refuses it: `streaming` paths at
    once, as their lines take turns, all others when their body is there, so that a slow client
    holds no place."""

    def __init__(self, app: ASGIApp, streaming: Collection[str]) -> None:
        self.app = app
        self.streaming = streaming

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface. Raises Overloaded."""
        if scope["type"] != "http" or scope["path"] in UNCROWDED:
            await self.app(scope, receive, send)
            return
        if scope.get("state", {}).get(CROWDED):
            count("refusal", "connections")
            raise Overloaded(
                "There are more connections than allowed (ONRECORD_MAX_CONNECTIONS). Use one for "
                "several requests, or try again later."
            )
        kind = kind_of_work(scope["method"], scope["path"])
        services = scope["app"].state.services
        if kind is None or services is None:
            await self.app(scope, receive, send)
            return
        try:
            await self._in_its_place(kind, services.turns, (scope, receive, send))
        except Overloaded:
            count("refusal", "wait")
            raise

    async def _in_its_place(
        self, kind: Work, turns: Turns, request: tuple[Scope, Receive, Send]
    ) -> None:
        scope, receive, send = request
        if scope["path"] in self.streaming:
            with turns.place(kind, asks_now=False):
                await self.app(scope, receive, send)
            return
        turns.require_room()
        body = await read_ahead(receive)
        with turns.place(kind, asks_now=True):
            await self.app(scope, again(body, receive), send)


def kind_of_work(method: str, path: str) -> Work | None:
    """What a request has to take turns for; None where it needs no model."""
    asked = f"{method} {path}"
    return next((kind for kind, pattern in WORK if pattern.fullmatch(asked)), None)
