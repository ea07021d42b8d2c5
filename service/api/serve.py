"""Runs the service until it is told to stop."""

import asyncio
import gc
import logging
import math
import signal
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from functools import partial
from ipaddress import ip_address
from typing import cast

import uvicorn
from fastapi import FastAPI

from service.api.app import create_app
from service.api.connection import Connection
from service.domain.access import Key
from service.domain.errors import InvalidSettings
from service.observe.logs import configure_logging
from service.observe.traces import open_traces
from service.settings import Settings, listed
from service.wiring import build, build_keys

BACKLOG = 1_024
LAST_WORDS_S = 2
"""How long what is cut off has to say so."""
_WAYS = (
    "Make one with `onrecord keys create NAME --scope check` (in a container: the same, with the "
    "same volume), or name a file of keys in ONRECORD_KEYS_FILE. Where something in front of the "
    "service signs people in, set ONRECORD_ALLOW_ANONYMOUS=true"
)

_log = logging.getLogger(__name__)


async def serve(settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM, then finishes the requests in flight for up to `shutdown_s`;
    what takes longer is answered with 503.

    `announce` gets the address once requests are answered there. Raises InvalidSettings when the
    address cannot be listened on or others could reach it without a key, and whatever building the
    services raises.
    """
    keys = await require_keys(settings)
    with listening(settings.host, settings.port) as listener:
        configure_logging(settings.log_level, settings.log_format)
        traces = open_traces(settings.traces)
        try:
            app = create_app(settings=settings, traces=traces, keys=keys)
            await _run(app, listener, announce)
        except asyncio.CancelledError:
            _log.info("stopped while starting")
        finally:
            await asyncio.to_thread(traces.close)


async def _run(app: FastAPI, listener: socket.socket, announce: Callable[[str], None]) -> None:
    """Probes are answered from the beginning: opening the parts can take long, as the indexes may
    have to catch up. Until they are open, a signal cancels that."""
    settings: Settings = app.state.settings
    server = Server(app, settings)
    this = asyncio.current_task()
    assert this is not None  # we are awaited
    opening = this.cancel
    url = address(listener)  # what is told to stop before this is announced has closed it

    def stop() -> None:
        server.stop() if app.state.services else opening()

    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        async with AsyncExitStack() as parts:
            with _on_signals(stop):
                opened = build(settings, doing=partial(setattr, app.state.readiness, "doing"))
                app.state.services = await parts.enter_async_context(opened)
                await asyncio.to_thread(app.openapi)  # it takes a while, and is kept
                _spare_the_collector()
                if not server.should_exit:
                    announce(url)
                await serving
    finally:
        server.should_exit = True
        await serving


async def require_keys(settings: Settings) -> Sequence[Key]:
    """Every key that was ever made. Raises InvalidSettings where there is none and others could
    reach the service, or one is asked for, and StoreFailed where the keys cannot be read."""
    async with build_keys(settings) as keys:
        made = await keys.all()
    if not made and settings.allow_anonymous is False:
        raise InvalidSettings(f"there is no key, and ONRECORD_ALLOW_ANONYMOUS is false. {_WAYS}")
    if made or settings.allow_anonymous:
        return made
    try:
        where = socket.getaddrinfo(settings.host, settings.port, flags=socket.AI_PASSIVE)
    except OSError:
        return made  # nobody can listen there either, and whoever tries is told
    addresses = {str(at[0]) for *_, at in where}
    if not all(ip_address(one.partition("%")[0]).is_loopback for one in addresses):
        raise InvalidSettings(
            f"others could reach {settings.host}, and there is no key: anybody could read and "
            f"change the archive. {_WAYS}. On 127.0.0.1 no key is needed"
        )
    return made


def _spare_the_collector() -> None:
    """Takes all that lives as long as the process out of the garbage collector's rounds: every few
    seconds one went through it, and the request at hand waited for 70 ms."""
    gc.collect()
    gc.freeze()


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A listening socket; port 0 takes a free one. Raises InvalidSettings when there is none.

    Bound by us rather than by uvicorn, which would log the failure and exit.
    """
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise InvalidSettings(_refused(host, port, error)) from error
    with listener:
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(where)
            listener.listen(BACKLOG)
        except OSError as error:
            raise InvalidSettings(_refused(host, port, error)) from error
        yield listener


def address(listener: socket.socket) -> str:
    """The URL of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(uvicorn.Server):
    """uvicorn with our connections, and its signals left to us."""

    def __init__(self, app: FastAPI, settings: Settings) -> None:
        connection = partial(
            Connection,
            max_connections=settings.max_connections,
            client_timeout_s=settings.client_timeout_s,
        )
        super().__init__(
            uvicorn.Config(
                app,
                http=cast(type[Connection], connection),
                ws="none",
                lifespan="off",  # the services are ours, so that their errors reach the caller
                log_config=None,
                access_log=False,  # it would log queries; ours does not
                server_header=False,
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=listed(settings.trusted_proxies),
                timeout_keep_alive=math.ceil(settings.client_timeout_s),
                timeout_graceful_shutdown=math.ceil(settings.shutdown_s),
            )
        )
        self._app = app

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn's own would raise the signal again when it is done: before the store is closed.
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Waits for what it has cut off, before the parts are closed."""
        await super().shutdown(sockets)
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=LAST_WORDS_S)

    def stop(self) -> None:
        """Asked once it finishes what is in flight; asked again it leaves at once."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self._app.state.readiness.stopping = True
        _log.info("stopping")


@contextmanager
def _on_signals(act: Callable[[], object]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    signals = (signal.SIGINT, signal.SIGTERM)
    for number in signals:
        loop.add_signal_handler(number, act)
    try:
        yield
    finally:
        for number in signals:
            loop.remove_signal_handler(number)


def _refused(host: str, port: int, error: OSError) -> str:
    return (
        f"cannot listen on {host} port {port}: {error.strerror}. Stop what is there, or choose "
        "another with --host and --port (ONRECORD_HOST, ONRECORD_PORT); port 0 takes a free one"
    )
