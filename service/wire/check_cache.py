"""A check as bytes for a cache: compressed JSON, whatever fields it has."""

import zlib

from pydantic import TypeAdapter

from service.domain.verdict import Check

_CHECK: TypeAdapter[Check] = TypeAdapter(Check)


def dump_check(check: Check) -> bytes:
    """The check, small; what has its default value is left out."""
    return zlib.compress(_CHECK.dump_json(check, exclude_defaults=True))


def load_check(value: bytes) -> Check:
    """The check that `dump_check` was given. Raises ValueError for other bytes."""
    try:
        return _CHECK.validate_json(zlib.decompress(value))
    except zlib.error as error:
        raise ValueError("the cache holds something that is no check") from error
