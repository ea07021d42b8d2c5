"""One client's connection: uvicorn's, with an end to waiting."""

import asyncio
from collections.abc import Callable
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from service.api.middleware.admission import CROWDED


class Connection(H11Protocol):
    """Cuts off a client that keeps us waiting for `client_timeout_s`: for the whole head of a
    request, or for reading what we have sent. uvicorn ends idle connections itself, and the body of
    a request is the application's matter.

    A connection beyond `max_connections` is for one request, which carries a mark: a probe is to be
    answered whatever else goes on, so only the application can refuse the others.
    """

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - as uvicorn calls it
        max_connections: int,
        client_timeout_s: float,
        **options: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **options)
        self._max_connections = max_connections
        self._for_head = _Alarm(client_timeout_s, self._cut_off)
        self._for_reader = _Alarm(client_timeout_s, self._cut_off)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        transport.set_write_buffer_limits(high=0)  # any byte that is not read pauses our writing
        self._crowded = len(self.connections) > self._max_connections
        if self._crowded:
            self.app_state = {**self.app_state, CROWDED: True}
        self._for_head.set()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._for_reader.set_back()  # who still sends has not gone, and may read nothing before
        if self._has_request():
            self._for_head.stop()
            if self._crowded:
                self.cycle.keep_alive = False
        else:
            self._for_head.set()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._for_reader.set()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._for_reader.stop()

    def connection_lost(self, exc: Exception | None) -> None:
        self._for_head.stop()
        self._for_reader.stop()
        super().connection_lost(exc)

    def _has_request(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _cut_off(self) -> None:
        self.transport.abort()


class _Alarm:
    """Goes off unless it is stopped in time."""

    def __init__(self, after_s: float, act: Callable[[], object]) -> None:
        self._after_s = after_s
        self._act = act
        self._timer: asyncio.TimerHandle | None = None

    def set(self) -> None:
        """Unless it is set already."""
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._after_s, self._act)

    def set_back(self) -> None:
        """Gives it the whole time again, if it is set."""
        if self._timer is not None:
            self.stop()
            self.set()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
