"""Where the Redis is, out of `ONRECORD_STORE`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

from service.domain.errors import InvalidSettings

SCHEMES: Final = ("redis", "rediss", "redis+cluster", "rediss+cluster")
SHARDS: Final = 16
"""How many parts an index is made of, unless its address says otherwise when it is made."""
MOST_SHARDS: Final = 1_024
_PORT: Final = 6379
_PREFIX: Final = "onrecord"
_NAME: Final = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
_FORM: Final = (
    "write redis://user:password@host:6379/0, and in a password %23 for #, %2F for /, %3F for ?, "
    "%40 for @ and %25 for %"
)
_FILES: Final = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
"""Files in PEM: the CAs that are trusted beside the system's; our certificate and its key, for a
server that asks for one (`tls-auth-clients`). The certificate's file may hold the key too."""


@dataclass(frozen=True, slots=True)
class Address:
    """A Redis server, or one node of a cluster, and the index in it: all of its keys begin with
    `prefix`. `shards` counts only when the index is made. `files` are those of TLS, by the names
    that redis-py has for them."""

    host: str
    port: int
    cluster: bool = False
    tls: bool = False
    username: str | None = None
    password: str | None = None
    database: int = 0
    prefix: str = _PREFIX
    shards: int = SHARDS
    files: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Without the password, for messages."""
        scheme = f"redis{'s' if self.tls else ''}{'+cluster' if self.cluster else ''}"
        return f"{scheme}://{self.host}:{self.port}"

    @property
    def sign_in(self) -> dict[str, Any]:
        """What redis-py wants to know beside host, port and database."""
        return {"username": self.username, "password": self.password, **dict(self.files)}


def parse_address(url: str) -> Address:
    """Reads `redis://user:password@host:6379/0?prefix=onrecord&shards=16`; `rediss` is TLS, with
    files that `ssl_ca_certs`, `ssl_certfile` and `ssl_keyfile` name, `+cluster` a Redis Cluster.
    Raises InvalidSettings, which never repeats the password."""
    try:
        parts = urlsplit(url)
        asked = parse_qs(parts.query, strict_parsing=bool(parts.query), keep_blank_values=True)
        scheme, host, port = parts.scheme, parts.hostname or "127.0.0.1", parts.port or _PORT
    except ValueError as error:
        raise _invalid("it is no address", _FORM) from error
    if parts.fragment:
        raise _invalid("a # ends an address", _FORM)
    if scheme not in SCHEMES:
        raise _invalid(f"{scheme}:// is not known", f"use {', '.join(SCHEMES)} or a folder")
    if unknown := asked.keys() - {"prefix", "shards", *_FILES}:
        raise _invalid(f"{min(unknown)} is not known", f"use prefix, shards, {', '.join(_FILES)}")
    tls = scheme.startswith("rediss")
    prefix = asked.get("prefix", [_PREFIX])[0]
    if not _NAME.fullmatch(prefix):
        raise _invalid("invalid prefix", "use up to 64 letters, digits and _ . : -")
    cluster = scheme.endswith("+cluster")
    database = _number(parts.path.strip("/") or "0", "database", least=0, most=2**31, or_else=_FORM)
    if cluster and database:
        raise _invalid("a cluster has database 0 alone", "leave the number out")
    return Address(
        host=host,
        port=port,
        cluster=cluster,
        tls=tls,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        database=database,
        prefix=prefix,
        shards=_number(asked.get("shards", [str(SHARDS)])[0], "shards", least=1, most=MOST_SHARDS),
        files=_files(asked, tls=tls),
    )


def _files(asked: Mapping[str, Sequence[str]], *, tls: bool) -> tuple[tuple[str, str], ...]:
    files = tuple((name, asked[name][0]) for name in _FILES if name in asked)
    for name, file in files:
        if not tls:
            raise _invalid(f"{name} is for TLS", "write rediss:// or rediss+cluster://")
        if not Path(file).is_file():
            raise _invalid(f"{name}={file} is no file", "name one in PEM")
    if "ssl_keyfile" in asked and "ssl_certfile" not in asked:
        raise _invalid("a key belongs to a certificate", "name it in ssl_certfile")
    return files


def _number(text: str, name: str, *, least: int, most: int, or_else: str = "") -> int:
    if not (text.isascii() and text.isdecimal()) or not least <= int(text) <= most:
        advice = f"use a number from {least} to {most}"
        raise _invalid(f"invalid {name}", f"{advice}; {or_else}" if or_else else advice)
    return int(text)


def _invalid(why: str, what_to_do: str) -> InvalidSettings:
    return InvalidSettings(f"ONRECORD_STORE: {why}; {what_to_do}.")
