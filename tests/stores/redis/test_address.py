"""What an address of a Redis may be."""

import pytest

from service.domain.errors import InvalidSettings
from service.stores.redis.address import Address, parse_address


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://db", Address("db", 6379)),
        ("redis://", Address("127.0.0.1", 6379)),
        (
            "rediss://me:p%40ss@db:7000/3?prefix=desk&shards=4",
            Address("db", 7000, False, True, "me", "p@ss", 3, "desk", 4),
        ),
        ("redis://:secret@db", Address("db", 6379, password="secret")),
        ("redis+cluster://db:7000", Address("db", 7000, cluster=True)),
        ("rediss+cluster://[::1]", Address("::1", 6379, cluster=True, tls=True)),
    ],
)
def test_an_address_says_where_and_how(url: str, expected: Address) -> None:
    """Scheme, sign-in, host, database, prefix and shards."""
    assert parse_address(url) == expected


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("mysql://u:secret@db", "mysql:// is not known"),
        ("redis://u:secret@db/x", "invalid database"),
        ("redis://u:sec/secret@db", "%2F for /"),
        ("redis://u:6#secret@db", "%23 for #"),
        ("redis://u:sec#secret@db", "%23 for #"),
        ("redis+cluster://u:secret@db/1", "a cluster has database 0 alone"),
        ("redis://u:secret@db?shards=0", "use a number from 1 to 1024"),
        ("redis://u:secret@db?prefix=a%20b", "invalid prefix"),
        ("redis://u:secret@db?prefx=a", "prefx is not known"),
        ("redis://u:secret@db:port", "it is no address"),
        ("redis://u:secret@[db", "it is no address"),
    ],
)
def test_a_wrong_address_is_refused_without_its_password(url: str, why: str) -> None:
    """What is wrong is named; the password is in no message, and not in the address's name."""
    with pytest.raises(InvalidSettings) as refused:
        parse_address(url)
    assert why in str(refused.value)
    assert "secret" not in str(refused.value)


def test_the_name_of_an_address_has_no_password() -> None:
    """It is shown in messages and on the terminal."""
    assert str(parse_address("rediss://me:secret@db:7000/3")) == "rediss://db:7000"
