"""Settings as the commands take them: the environment's, with the options given over them."""

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
        problems = (
            f"{_name(found['loc'])}: {found['msg'].removeprefix('Value error, ')}"
            for found in error.errors()
        )
        raise InvalidSettings("; ".join(problems)) from error


def _name(location: tuple[int | str, ...]) -> str:
    return "ONRECORD_" + "_".join(str(part) for part in location).upper()
