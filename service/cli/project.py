"""`.onrecord.toml`: what a project asks of `onrecord draft` each time. Options go before it."""

import os
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from service.cli.configuration import in_words
from service.domain.draft import QUOTES_A_SIDE
from service.domain.errors import InvalidInput
from service.reports.threshold import Threshold
from service.wire.checks import Limit, MinConfidence
from service.wire.drafts import IgnorePattern
from service.wire.fields import Asked, ExcludedArticles, Name, Time

FILE = ".onrecord.toml"


class Project(Asked):
    """The keys of the file, named as the options are. Paths are from the folder of the file."""

    files: tuple[str, ...] = Field((), description="Drafts, where the command names none.")
    skip: tuple[str, ...] = Field((), description="Patterns of drafts to leave out.")
    fail_on: Threshold = Field(
        Threshold.CONTRADICTED, description="The mildest findings that fail the run."
    )
    show: Threshold | None = Field(None, description="The mildest findings that are shown.")
    min_confidence: MinConfidence = 0.0
    limit: Limit = QUOTES_A_SIDE
    baseline: str | None = Field(None, description="The file of findings that are known.")
    exclude_articles: ExcludedArticles = ()
    publishers: tuple[Name, ...] = Field((), description="Only these.")
    exclude_publishers: tuple[Name, ...] = Field((), description="Not these.")
    published_after: Time | None = None
    ignore: tuple[IgnorePattern, ...] = Field(
        (), max_length=100, description="Words to leave alone; `*` stands for any within a line."
    )

    def with_options(self, **given: object) -> "Project":
        """The same with the options of the command line; None is one that was not given."""
        return self.model_copy(update={name: to for name, to in given.items() if to is not None})


def read_project() -> Project:
    """The project file of this folder or of the nearest one above it, up to the root of the
    repository; without one, what holds by itself. Raises InvalidInput."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        file = folder / FILE
        if file.is_file():
            return _read(file)
        if (folder / ".git").exists():
            break
    return Project()


def _read(file: Path) -> Project:
    try:
        keys = tomllib.loads(file.read_text(encoding="utf-8"))
        project = Project.model_validate(keys)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{FILE} is not TOML: {error}") from error
    except ValidationError as error:
        problems = "; ".join(_told(one) for one in error.errors())
        raise InvalidInput(f"{FILE}: {problems}") from error
    return project.with_options(
        files=tuple(_from_here(file, path) for path in project.files),
        skip=tuple(_from_here(file, path) for path in project.skip),
        baseline=_from_here(file, project.baseline) if project.baseline else None,
    )


def _from_here(file: Path, path: str) -> str:
    return os.path.relpath(file.parent / path)


def _told(problem: Mapping[str, Any]) -> str:
    key = ".".join(map(str, problem["loc"]))
    if problem["type"] != "extra_forbidden":
        return f"{key}: {in_words(problem)}"
    near = get_close_matches(key.replace("-", "_"), Project.model_fields, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(Project.model_fields)}"
    return f"there is no key {key}; {hint}"
