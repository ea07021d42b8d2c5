"""A cache in this process's memory, beside a store that no other process shares."""

from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

_OVERHEAD_BYTES = 300
"""What an entry costs beside its value: its key, its place in the order, its time."""


class MemoryCache:
    """Holds at most `max_bytes`, the least recently used is forgotten first; and each value for
    `lifetime_s`. Nothing of it is written to the disk. `now` gives seconds."""

    def __init__(
        self, *, max_bytes: int, lifetime_s: float, now: Callable[[], float] = monotonic
    ) -> None:
        self._max_bytes = max_bytes
        self._lifetime_s = lifetime_s
        self._now = now
        self._entries: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        self._bytes = 0

    async def get(self, key: str) -> bytes | None:
        """The value, if it is still there."""
        value, until = self._entries.get(key, (None, 0.0))
        if value is None:
            return None
        if until <= self._now():
            self._forget(key)
            return None
        self._entries.move_to_end(key)
        return value

    async def put(self, key: str, value: bytes) -> None:
        """Keeps the value, unless it is larger than the whole cache may be."""
        if key in self._entries:
            self._forget(key)
        if _cost(value) > self._max_bytes:
            return
        self._entries[key] = (value, self._now() + self._lifetime_s)
        self._bytes += _cost(value)
        while self._bytes > self._max_bytes:
            self._forget(next(iter(self._entries)))

    async def close(self) -> None:
        """Forgets everything."""
        self._entries.clear()
        self._bytes = 0

    def _forget(self, key: str) -> None:
        value, _ = self._entries.pop(key)
        self._bytes -= _cost(value)


def _cost(value: bytes) -> int:
    return len(value) + _OVERHEAD_BYTES
