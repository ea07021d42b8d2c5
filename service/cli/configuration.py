"""Settings as the commands take them: the environment's, with the options given over them."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from service.domain.errors import InvalidSettings
from service.settings import Settings


def read_settings(**given: str | int | None) -> Settings:
    """The settings; an option that is None leaves its setting as it is. Raises InvalidSettings."""
    try:
        return Settings.model_validate(
            {name: value for name, value in given.items() if value is not None}
        )
    except ValidationError as error:
        problems = (f"{_name(found['loc'])}: {in_words(found)}" for found in error.errors())
        raise InvalidSettings("; ".join(problems)) from error


def in_words(problem: Mapping[str, Any]) -> str:
    """What pydantic says of a value, without the words that only its users know."""
    told = str(problem["msg"]).removeprefix("Value error, ")
    told = told.removeprefix("Input ").removeprefix("String ")
    return told.replace("a valid tuple", 'a list, such as ["…"]')


def _name(location: tuple[int | str, ...]) -> str:
    return "ONRECORD_" + "_".join(str(part) for part in location).upper()
