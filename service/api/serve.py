"""Runs the service until it is told to stop."""

import asyncio
import gc
import logging
import math
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from ipaddress import ip_address
from logging.config import dictConfig

import uvicorn
from fastapi import FastAPI

from service.api.app import create_app
from service.domain.errors import InvalidSettings
from service.settings import Settings, listed
from service.wiring import build, build_keys

BACKLOG = 1_024

_log = logging.getLogger(__name__)


async def serve(settings: Settings, *, announce: Callable[[str], None]) -> None:
    """Serves until SIGINT or SIGTERM, then finishes the requests in flight for up to `shutdown_s`.

    `announce` gets the address once requests are answered there. Raises InvalidSettings when the
    address cannot be listened on or others could reach it without a key, and whatever building the
    services raises.
    """
    await require_keys(settings)
    with listening(settings.host, settings.port) as listener:
        configure_logging(settings.log_level)
        try:
            await _run(settings, listener, announce)
        except asyncio.CancelledError:
            _log.info("stopped while starting")


async def _run(
    settings: Settings, listener: socket.socket, announce: Callable[[str], None]
) -> None:
    """A signal cancels the start, which can take long: the indexes may have to catch up."""
    this = asyncio.current_task()
    assert this is not None  # we are awaited
    async with AsyncExitStack() as parts:
        with _on_signals(this.cancel):
            services = await parts.enter_async_context(build(settings))
        server = _Server(create_app(services), settings, lambda: announce(address(listener)))
        _spare_the_collector()
        with _on_signals(server.stop):
            await server.serve(sockets=[listener])


async def require_keys(settings: Settings) -> None:
    """Raises InvalidSettings where others could reach the service and nothing asks who they are,
    and StoreFailed where the keys cannot be read."""
    async with build_keys(settings) as keys:
        if await keys.all() or settings.allow_anonymous:
            return
    try:
        where = socket.getaddrinfo(settings.host, settings.port, flags=socket.AI_PASSIVE)
    except OSError:
        return  # nobody can listen there either, and whoever tries is told
    addresses = {str(at[0]) for *_, at in where}
    if not all(ip_address(one.partition("%")[0]).is_loopback for one in addresses):
        raise InvalidSettings(
            f"others could reach {settings.host}, and there is no key: anybody could read and "
            "change the archive. Make one with `onrecord keys create NAME --scope check` (in a "
            "container: the same, with the same volume), or name a file of keys in "
            "ONRECORD_KEYS_FILE. Where something in front of the service signs people in, set "
            "ONRECORD_ALLOW_ANONYMOUS=true. On 127.0.0.1 no key is needed"
        )


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


def configure_logging(level: str) -> None:
    """One line an event, to standard error. Done here because only a door owns the process."""
    dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "loggers": {
                "service": {"level": level.upper()},
                "uvicorn": {"level": "WARNING"},
            },
            "root": {"level": "WARNING", "handlers": ["stderr"]},
        }
    )


class _Server(uvicorn.Server):
    """uvicorn with its start announced and its signals left to us."""

    def __init__(self, app: FastAPI, settings: Settings, started: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                lifespan="off",  # the services are ours, so that their errors reach the caller
                log_config=None,
                access_log=False,  # it would log queries; ours does not
                server_header=False,
                proxy_headers=bool(settings.trusted_proxies),
                forwarded_allow_ips=listed(settings.trusted_proxies),
                timeout_graceful_shutdown=math.ceil(settings.shutdown_s),
            )
        )
        self._app = app
        self._started = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn's own would raise the signal again when it is done: before the store is closed.
        yield

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
