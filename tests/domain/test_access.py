"""Keys are random, kept as hashes, and looked up without telling anything to whoever guesses."""

import hashlib
import hmac
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.access import Key, Scope, key_of, new_key
from service.domain.errors import InvalidInput

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)


def made(name: str = "cms", *scopes: Scope) -> tuple[Key, str]:
    return new_key(name, scopes or (Scope.CHECK,), now=NOW)


def test_a_token_holds_256_random_bits_and_the_key_only_their_hash() -> None:
    """Two keys share nothing; what is kept does not hold the secret."""
    (key, token), (other, another) = made(), made()
    found = re.fullmatch(r"onr_([0-9a-f]{12})_([0-9a-f]{64})", token)
    assert found
    assert key.id == found[1]
    assert key.sha256 == hashlib.sha256(found[2].encode()).hexdigest()
    assert found[2] not in repr(key)
    assert token != another
    assert key.id != other.id


def test_a_key_is_found_by_its_own_token_alone() -> None:
    """Not by another's secret, a part of its own, or its id."""
    (key, token), (other, another) = made(), made()
    keys = [key, other]
    assert key_of(token, keys) is key
    assert key_of(another, keys) is other
    assert key_of(token, [other]) is None
    assert key_of(f"onr_{key.id}_{another[-64:]}", keys) is None
    for strange in ("", "onr_", key.id, token[:-1], token + "0", token.upper(), f" {token}"):
        assert key_of(strange, keys) is None
    assert key_of("onr_\udcff_é", keys) is None


@pytest.mark.parametrize("kind", ["right", "wrong secret", "unknown id", "no token", "revoked"])
def test_every_token_takes_the_same_steps(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One hash of the secret and one comparison of two digests of the same length in constant time,
    whether the id is known or not: the time tells a guesser nothing."""
    key, token = made()
    tokens = {
        "right": token,
        "revoked": token,
        "wrong secret": f"onr_{key.id}_{64 * 'a'}",
        "unknown id": f"onr_{12 * '0'}_{64 * 'a'}",
        "no token": 81 * "x",
    }
    compared: list[tuple[str, str]] = []
    hashed: list[bytes] = []
    compare, digest = hmac.compare_digest, hashlib.sha256

    def comparing(first: str, second: str) -> bool:
        compared.append((first, second))
        return compare(first, second)

    def hashing(content: bytes) -> object:
        hashed.append(content)
        return digest(content)

    monkeypatch.setattr(hmac, "compare_digest", comparing)
    monkeypatch.setattr(hashlib, "sha256", hashing)
    kept = replace(key, revoked_at=NOW) if kind == "revoked" else key
    found = key_of(tokens[kind], [kept])
    assert (found is kept) == (kind in {"right", "revoked"})
    ((first, second),) = compared
    assert len(first) == len(second) == 64
    assert len(hashed) == 1


def test_no_secret_is_the_one_that_unknown_keys_are_compared_with() -> None:
    """An unknown id is never let in, whatever the secret hashes to."""
    assert key_of(f"onr_{12 * '0'}_{64 * '0'}", []) is None


def test_a_key_allows_its_scopes_and_admin_all() -> None:
    """`index` alone may not ask, `metrics` alone may not do either."""
    key, _ = made("a", Scope.INDEX, Scope.METRICS)
    assert [scope for scope in Scope if key.allows(scope)] == [Scope.INDEX, Scope.METRICS]
    admin, _ = made("b", Scope.ADMIN)
    assert all(map(admin.allows, Scope))


def test_a_key_ends_when_it_expires_or_is_revoked() -> None:
    """From that very moment."""
    key, _ = new_key("a", [Scope.CHECK], now=NOW, expires_at=NOW + timedelta(days=1))
    assert key.why_invalid(NOW) is None
    assert key.why_invalid(NOW + timedelta(hours=23)) is None
    assert key.why_invalid(NOW + timedelta(days=1)) == "expired on 2026-02-01"
    assert replace(key, revoked_at=NOW).why_invalid(NOW) == "revoked on 2026-01-31"


@pytest.mark.parametrize("name", ["", "a b", "a\nb", "-x", "é", "x" * 65, "a=b"])
def test_a_name_can_stand_in_a_log_line(name: str) -> None:
    """No spaces, no line ends."""
    with pytest.raises(InvalidInput, match="no name of a key"):
        made(name)


def test_a_key_without_scope_or_time_is_refused() -> None:
    """It could never be used."""
    with pytest.raises(InvalidInput, match="check, index, metrics, admin"):
        new_key("a", [], now=NOW)
    with pytest.raises(InvalidInput, match="expired already"):
        new_key("a", [Scope.CHECK], now=NOW, expires_at=NOW)
