"""Who is let in: whether a request has a key that allows what it asks."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from service.domain.access import Key, Scope, key_of
from service.domain.errors import NotAuthenticated, ReadOnly, ScopeMissing, StoreFailed
from service.ports import Clock, Keys

MONITOR_WAIT_S = 1.5
"""Longest that `/metrics` and `/readyz` wait for the store, in all: within what a probe waits."""
_SCHEME = "bearer"


class Gate:
    """Open while no key was ever made, and never again once it has seen one: neither revoking the
    last key nor losing the file opens a service that was closed. `known` are the keys that were
    seen before; `closed` is a service that is not open without any."""

    def __init__(
        self, clock: Clock, *, read_only: bool, known: Sequence[Key] = (), closed: bool = False
    ) -> None:
        self._clock = clock
        self._read_only = read_only
        self._known = known
        self._closed = closed or bool(known)

    async def key(self, keys: Keys | None, authorization: str, scope: Scope) -> Key | None:
        """The valid key of an `Authorization` header, for what needs `scope`; None where none is
        needed. Without `keys`, as long as the service starts, those `known` count.

        Raises NotAuthenticated, and StoreFailed where the keys cannot be read.
        """
        made = await self._all(keys, scope)
        self._closed = self._closed or bool(made)
        if not self._closed:
            return None  # whatever the header has: it may be for a proxy in front of us
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != _SCHEME:
            raise NotAuthenticated("Send a key of this service as `Authorization: Bearer onr_…`.")
        key = key_of(token.strip(), made)
        if key is None:
            raise NotAuthenticated("This is no key of this service.", offered=True)
        if why := key.why_invalid(self._clock.now()):
            raise NotAuthenticated(f"The key {key.name} is not valid: {why}.", offered=True)
        return key

    async def _all(self, keys: Keys | None, scope: Scope) -> Sequence[Key]:
        """Every key. While the store fails a monitor is let in by what was read last: just then it
        is needed."""
        if keys is None:
            return self._known
        try:
            async with asyncio.timeout(MONITOR_WAIT_S if scope is Scope.METRICS else None):
                self._known = await keys.all()
        except (StoreFailed, TimeoutError):
            if scope is not Scope.METRICS:
                raise
        return self._known

    def require(self, scope: Scope, key: Key | None) -> None:
        """Raises ScopeMissing where the key does not allow that, ReadOnly where nobody may."""
        if key is not None and not key.allows(scope):
            raise ScopeMissing(
                f"The key {key.name} allows {', '.join(sorted(key.scopes))}; this needs {scope}.",
                scope=scope,
            )
        if scope is Scope.INDEX and self._read_only:
            raise ReadOnly("This service does not change its archive (ONRECORD_READ_ONLY).")


@dataclass(frozen=True, slots=True)
class Admission:
    """What a request was let in with: an `Authorization` header, for an operation of `scope`."""

    gate: Gate
    keys: Keys | None
    authorization: str
    scope: Scope
    asked_at: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    """By the event loop's clock, in seconds."""

    async def renew(self) -> None:
        """Asks again: a request that goes on for hours must end soon after its key was revoked or
        has expired. Raises what `Gate.key` and `Gate.require` raise."""
        key = await self.gate.key(self.keys, self.authorization, self.scope)
        self.gate.require(self.scope, key)
