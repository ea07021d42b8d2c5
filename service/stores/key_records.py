"""API keys as they are kept, in a file or in Redis, and the rules that both follow."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from service.domain.access import Key, Scope
from service.domain.errors import InvalidInput


def dump_keys(keys: Sequence[Key]) -> str:
    """As JSON: times in ISO 8601."""
    return json.dumps({"keys": [_to_record(key) for key in keys]}, indent=1) + "\n"


def load_keys(content: bytes) -> tuple[Key, ...]:
    """The keys. Raises ValueError, KeyError or TypeError for what are none."""
    try:
        records = json.loads(content)["keys"]
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(records, list):  # an empty object or text would be no keys, and open to all
        raise TypeError("the keys are no list")
    return tuple(map(_from_record, records))


def _to_record(key: Key) -> dict[str, Any]:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "sha256": key.sha256,
        "created_at": key.created_at.isoformat(),
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
    }


def require_new_name(key: Key, keys: Sequence[Key]) -> None:
    """Raises InvalidInput where a valid key has the name already: `revoke NAME` has to mean one."""
    if any(one.name == key.name and one.why_invalid(key.created_at) is None for one in keys):
        raise InvalidInput(f"there is a key {key.name} already: revoke it, or choose another name")


def revoked(name_or_id: str, keys: Sequence[Key], at: datetime) -> Key:
    """The key that is called so, revoked. Raises InvalidInput where no valid one is."""
    called = [key for key in keys if name_or_id in {key.id, key.name} and not key.revoked_at]
    if not called:
        raise InvalidInput(
            f"there is no key {name_or_id} to revoke; `onrecord keys list` shows all there are"
        )
    return replace(called[-1], revoked_at=at)


def _from_record(record: Mapping[str, Any]) -> Key:
    return Key(
        id=_ascii(record["id"]),
        name=_ascii(record["name"]),
        scopes=frozenset(map(Scope, record["scopes"])),
        sha256=_ascii(record["sha256"]),
        created_at=_time(record["created_at"]),
        expires_at=_time(record["expires_at"]) if record["expires_at"] else None,
        revoked_at=_time(record["revoked_at"]) if record["revoked_at"] else None,
    )


def _ascii(text: Any) -> str:  # noqa: ANN401 - whatever the file has
    """`hmac.compare_digest` takes no other text."""
    if not isinstance(text, str) or not text.isascii():
        raise ValueError(f"{text!r} is no text in ASCII")
    return text


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return time
