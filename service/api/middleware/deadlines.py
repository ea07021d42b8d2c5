"""How long a request may take, and how long its client may keep us waiting."""

import asyncio
from collections.abc import Collection

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.domain.errors import TimedOut


class ClientTooSlow(HTTPException):
    """An HTTPException because FastAPI lets nothing else through while it reads a body."""

    def __init__(self, detail: str) -> None:
        super().__init__(408, detail, headers={"Connection": "close"})


class Deadlines:
    """Ends what takes too long, and what nobody waits for any more.

    More of a body has to come within `client_timeout_s`. A request has to be done within
    `request_timeout_s`; where its path begins with one of `unhurried`, only its body has to be here
    by then. On a `streaming` path a line has to come whole, or an answer go, every
    `request_timeout_s`.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        client_timeout_s: float,
        request_timeout_s: float,
        streaming: Collection[str],
        unhurried: tuple[str, ...],
    ) -> None:
        self.app = app
        self.client_timeout_s = client_timeout_s
        self.request_timeout_s = request_timeout_s
        self.streaming = streaming
        self.unhurried = unhurried

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface. Raises ClientTooSlow, TimedOut, ClientDisconnect."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"] in self.streaming:
            talk = _Talk(receive, send, self.request_timeout_s)
            await self.app(scope, talk.receive, talk.send)
        else:
            await self._answer(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        caller = _Caller(receive, send, self.client_timeout_s)
        unhurried = scope["path"].startswith(self.unhurried)
        try:
            async with asyncio.timeout(self.request_timeout_s) as deadline:
                watching = asyncio.create_task(caller.watch(deadline, unhurried=unhurried))
                try:
                    await self.app(scope, caller.receive, caller.send)
                finally:
                    watching.cancel()
        except TimeoutError as error:
            raise self._reason(caller) from error

    def _reason(self, caller: "_Caller") -> Exception:
        limit = f"{self.request_timeout_s:g} s (ONRECORD_REQUEST_TIMEOUT_S)"
        if caller.gone.is_set():
            return ClientDisconnect()
        if not caller.asked.is_set():
            return ClientTooSlow(f"The body was not here within {limit}.")
        return TimedOut(f"This took longer than {limit}. Try again later.")


class _Caller:
    """Whoever sent a request: `asked` once its body is here, `gone` when nobody waits any more."""

    def __init__(self, receive: Receive, send: Send, timeout_s: float) -> None:
        self._receive = receive
        self._send = send
        self._timeout_s = timeout_s
        self._answered = False
        self.asked = asyncio.Event()
        self.gone = asyncio.Event()

    async def receive(self) -> Message:
        """Raises ClientTooSlow where nothing comes."""
        if self.asked.is_set():
            await self.gone.wait()
            return {"type": "http.disconnect"}
        try:
            async with asyncio.timeout(self._timeout_s):
                message = await self._receive()
        except TimeoutError as error:
            raise ClientTooSlow(
                f"Nothing more of the body came for {self._timeout_s:g} s "
                "(ONRECORD_CLIENT_TIMEOUT_S)."
            ) from error
        if message["type"] == "http.disconnect":
            self.gone.set()
        if not message.get("more_body"):
            self.asked.set()
        return message

    async def send(self, message: Message) -> None:
        await self._send(message)
        self._answered = message["type"] == "http.response.body" and not message.get("more_body")

    async def watch(self, deadline: asyncio.Timeout, *, unhurried: bool) -> None:
        """Once the body is here, lets what is `unhurried` take its time, and ends what the caller
        has left."""
        await self.asked.wait()
        if unhurried:
            deadline.reschedule(None)
        while not self.gone.is_set():
            if (await self._receive())["type"] == "http.disconnect":
                self.gone.set()
        if not self._answered:
            deadline.reschedule(0)


class _Talk:
    """Lines going both ways. The time begins anew with each whole line that has come in and each
    answer that has gone out; not with blank lines or parts of a line, as whoever sends those for
    ever would keep a place for ever."""

    def __init__(self, receive: Receive, send: Send, timeout_s: float) -> None:
        self._receive = receive
        self._send = send
        self._timeout_s = timeout_s
        self._moved_at = asyncio.get_running_loop().time()
        self._begun = False
        self._ended = False

    async def receive(self) -> Message:
        """Raises ClientTooSlow where nothing has moved."""
        while not self._ended:
            until = self._moved_at + self._timeout_s
            try:
                async with asyncio.timeout_at(until):
                    message = await self._receive()
            except TimeoutError as error:
                if until == self._moved_at + self._timeout_s:  # else an answer went out meanwhile
                    raise ClientTooSlow(
                        f"No whole line came, and none was answered, for {self._timeout_s:g} s "
                        "(ONRECORD_REQUEST_TIMEOUT_S)."
                    ) from error
            else:
                if self._ends_a_line(message.get("body", b"")):
                    self._moved()
                self._ended = not message.get("more_body")
                return message
        return await self._receive()

    async def send(self, message: Message) -> None:
        await self._send(message)
        self._moved()

    def _ends_a_line(self, chunk: bytes) -> bool:
        """Whether one ends in this chunk that holds something."""
        *ends, rest = chunk.split(b"\n")
        ended = bool(ends) and (self._begun or any(map(bytes.strip, ends)))
        self._begun = bool(rest.strip()) or (self._begun and not ends)
        return ended

    def _moved(self) -> None:
        self._moved_at = asyncio.get_running_loop().time()
