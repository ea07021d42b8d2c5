"""Options that several commands have, with the same words."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, TypeVar

import typer
from pydantic import BaseModel, TypeAdapter, ValidationError

from service.cli.configuration import in_words
from service.domain.errors import InvalidInput
from service.wire.fields import Time

M = TypeVar("M", bound=BaseModel)


class CheckFormat(StrEnum):
    """How `check` prints its answer."""

    TEXT = "text"
    JSON = "json"


def moment(text: str) -> datetime:
    """A date, midnight UTC, or a time. Raises typer.BadParameter."""
    try:
        parsed: datetime = TypeAdapter(Time).validate_python(text)
    except ValidationError as error:
        raise typer.BadParameter("write 2024-10-25 or 2024-10-25T08:00:00Z") from error
    return parsed


def request(shape: type[M], **fields: object) -> M:
    """The request that a command line asks for. Raises InvalidInput naming what cannot be."""
    try:
        return shape.model_validate(fields)
    except ValidationError as error:
        problems = (f"{_name(one['loc'])}: {in_words(one)}" for one in error.errors())
        raise InvalidInput("; ".join(problems)) from error


def publishers(include: list[str] | None, exclude: list[str] | None) -> dict[str, list[str]]:
    """Both options as the request has them."""
    return {"include": include or [], "exclude": exclude or []}


def _name(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)


Store = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="FOLDER|URL",
        help="The store, a folder or redis://…, instead of ONRECORD_STORE.",
        show_default=False,
    ),
]
Server = Annotated[
    str | None,
    typer.Option(
        "--server",
        metavar="URL",
        help="Ask the service running there, instead of a store here (ONRECORD_SERVER).",
        show_default=False,
    ),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        parser=moment,
        metavar="DATE",
        help="Leave out what was published later, and read each article as it stood then.",
        show_default=False,
    ),
]
PublishedAfter = Annotated[
    datetime | None,
    typer.Option(
        "--published-after",
        parser=moment,
        metavar="DATE",
        help="Leave out what was published then or earlier.",
        show_default=False,
    ),
]
NotArticle = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude-article",
        metavar="URL|ID",
        help="Leave out this article, such as the published story itself; may be repeated.",
        show_default=False,
    ),
]
OnlyPublisher = Annotated[
    list[str] | None,
    typer.Option(
        "--publisher", metavar="NAME", help="Only this one; may be repeated.", show_default=False
    ),
]
NotPublisher = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude-publisher",
        metavar="NAME",
        help="Not this one; may be repeated.",
        show_default=False,
    ),
]
