"""Settings are refused in words, and what is secret in them is shown nowhere."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.settings import Settings, listed
from service.wiring import store_name
from tests.conftest import settings

SECRET = "hunter2"


def test_the_address_of_a_store_is_not_shown() -> None:
    """It may hold a password; what may be shown of it is `wiring.store_name`."""
    store = f"redis://user:{SECRET}@store:6379/0"
    given = Settings(_env_file=None, store=store)
    assert given.store == store
    assert SECRET not in repr(given) + str(given)
    assert SECRET not in store_name(given)


def test_a_key_is_shown_nowhere() -> None:
    """Neither in the repr nor in what a wrong setting is told by."""
    given = settings(Path(), key=SECRET)
    assert SECRET not in repr(given) + str(given) + str(given.model_dump())
    with pytest.raises(ValidationError) as wrong:
        settings(Path(), key={"a": SECRET}, rate_limit=SECRET)
    assert SECRET not in str(wrong.value)


@pytest.mark.parametrize(
    "given",
    [
        {"keys_file": ""},
        {"rate_limit": "600"},
        {"rate_limit": "0/minute"},
        {"rate_limit": "600 per minute"},
        {"rate_limit": "600/minute;1/second"},
        {"allowed_hosts": "https://facts.example"},
        {"allowed_hosts": "facts.example:8000"},
        {"allowed_hosts": "facts.*"},
        {"trusted_proxies": "proxy.example"},
        {"trusted_proxies": "10.0.0.1/8"},
    ],
)
def test_what_would_not_do_what_it_says_is_refused(given: dict[str, str]) -> None:
    """Rather than be without effect."""
    with pytest.raises(ValidationError):
        settings(Path(), **given)


def test_an_address_that_lacks_a_slash_is_no_folder() -> None:
    """A service would start on an empty archive."""
    with pytest.raises(ValidationError, match="two slashes"):
        settings("redis:/127.0.0.1")


@pytest.mark.parametrize(
    "given",
    [
        {"rate_limit": "600/minute"},
        {"allowed_hosts": "Facts.example, *.news.example,10.0.0.7,fd00::7"},
        {"allowed_hosts": "*"},
        {"trusted_proxies": "10.0.0.7, fd00::/8,10.0.0.0/8"},
        {"trusted_proxies": "*"},
    ],
)
def test_what_can_be_is_taken(given: dict[str, str]) -> None:
    """Every form that the table has."""
    settings(Path(), **given)


def test_a_list_has_commas_and_any_blanks() -> None:
    """As people write it."""
    assert listed(" a, b ,,c") == ["a", "b", "c"]
    assert listed("") == []
