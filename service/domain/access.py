"""Who may ask for what: API keys, what they allow, and how often.

A key is shown once, as its token: `onr_`, the key's id, `_` and a secret of 256 random bits, both
in hexadecimal digits. Only the secret's SHA-256 is kept. A slow hash protects what people choose,
since that can be guessed; nobody guesses 256 bits, and a slow hash would only let strangers keep
the processors busy.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from service.domain.errors import InvalidInput

_ID_BYTES: Final = 6
_SECRET_BYTES: Final = 32
_TOKEN: Final = re.compile(r"onr_([0-9a-f]{12})_([0-9a-f]{64})", re.ASCII)
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_NOBODYS: Final = "0" * 64
"""What the secret of an unknown key is compared with, so that it takes the same work."""


class Scope(StrEnum):
    """What a key allows."""

    CHECK = "check"
    """Ask: checks, drafts, quotes, search, and reading the archive."""
    INDEX = "index"
    """Change the archive."""
    METRICS = "metrics"
    """Read `/metrics`, for a monitor that needs nothing else."""
    ADMIN = "admin"
    """All of it."""


@dataclass(frozen=True, slots=True)
class Key:
    """An API key as it is kept; times have a time zone. `sha256` is of the secret, hexadecimal."""

    id: str
    name: str
    scopes: frozenset[Scope]
    sha256: str
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def allows(self, scope: Scope) -> bool:
        """Whether the key may be used for this, while it is valid."""
        return bool(self.scopes & {scope, Scope.ADMIN})

    def why_invalid(self, now: datetime) -> str | None:
        """Why it may not be used any more, such as "revoked on 2026-01-31"; None while it may."""
        if self.revoked_at is not None:
            return f"revoked on {self.revoked_at:%Y-%m-%d}"
        if self.expires_at is not None and self.expires_at <= now:
            return f"expired on {self.expires_at:%Y-%m-%d}"
        return None


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a caller may still do: `left` of `limit` in a window of `window_s` seconds; more is free
    in `reset_s` seconds. `granted` is whether what was asked for is among it."""

    granted: bool
    limit: int
    left: int
    window_s: int
    reset_s: float


def new_key(
    name: str, scopes: Iterable[Scope], *, now: datetime, expires_at: datetime | None = None
) -> tuple[Key, str]:
    """A new key and its token, which nothing can show again.

    Raises InvalidInput for a name that could not stand in a log line, no scope, or a time to expire
    that has passed.
    """
    allowed = frozenset(scopes)
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            f"{name!r} is no name of a key: use up to 64 letters, digits, dots, dashes and "
            "underscores, and begin with a letter or a digit"
        )
    if not allowed:
        raise InvalidInput(f"a key needs a scope: {', '.join(Scope)}")
    if expires_at is not None and expires_at <= now:
        raise InvalidInput("the key would have expired already: name a time to come")
    key_id, secret = secrets.token_hex(_ID_BYTES), secrets.token_hex(_SECRET_BYTES)
    key = Key(key_id, name, allowed, _digest(secret), now, expires_at)
    return key, f"onr_{key_id}_{secret}"


def key_of(token: str, keys: Iterable[Key]) -> Key | None:
    """The key whose token this is, valid or not; None for any other.

    Looked up by id; the secrets' digests are compared in constant time, and an unknown id or a
    token of another form takes the same steps: the time says nothing about which ids there are.
    """
    parts = _TOKEN.fullmatch(token)
    key_id, secret = parts.groups() if parts else ("", token)
    key = {key.id: key for key in keys}.get(key_id)
    same = hmac.compare_digest(_digest(secret), key.sha256 if key else _NOBODYS)
    return key if same else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()
