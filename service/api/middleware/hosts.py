"""By which names the service may be called, against DNS rebinding.

A stranger's page may have its own name resolved to this service's address; the browser then takes
the service for the page's own and lets it read every answer. The name in `Host` gives it away.
"""

import re
from collections.abc import Collection
from fnmatch import fnmatchcase
from ipaddress import IPv4Address, IPv6Address, ip_address

from fastapi import Request
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from service.api.problems import answer

PROBES = frozenset({"/healthz", "/readyz"})
"""They say nothing, and are asked by whatever name a load balancer has for us."""
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^:\[\]\s]+?)\.?)(?::\d{1,5})?", re.ASCII)


class Hosts:
    """Answers 421 to a `Host` that is neither this machine's own name for itself, nor the address
    that the connection reached, nor one of `allowed`, in lower case; `*.example.org` stands for any
    name below that one, `*` for any name.

    Addresses cannot be rebound, but only the one that was reached is taken: a probe knows no other.
    """

    def __init__(self, app: ASGIApp, allowed: Collection[str]) -> None:
        self.app = app
        self.allowed = allowed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI interface."""
        if scope["type"] != "http" or scope["path"] in PROBES or self._known(scope):
            await self.app(scope, receive, send)
            return
        error = HTTPException(
            421, "The header Host names another service. ONRECORD_ALLOWED_HOSTS lets names in."
        )
        await (await answer(Request(scope, receive), error))(scope, receive, send)

    def _known(self, scope: Scope) -> bool:
        if "*" in self.allowed:
            return True
        found = _HOST.fullmatch(Headers(scope=scope).get("host", "").lower())
        if found is None:
            return False
        host = found[1] or found[2]
        if host == "localhost" or any(fnmatchcase(host, name) for name in self.allowed):
            return True
        address = _address(host)
        if address is None:
            return False
        reached = _address((scope.get("server") or ("", 0))[0])
        return address.is_loopback or address.is_unspecified or address == reached


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
