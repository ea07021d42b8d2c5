"""Conditional requests (RFC 9110, 13): an article's ETag is its revision."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header

from service.domain.errors import RevisionConflict


def etag(revision: str) -> str:
    """The revision as a strong entity tag."""
    return f'"{revision}"'


@dataclass(frozen=True, slots=True)
class Preconditions:
    """The two headers, empty where not sent."""

    if_match: str
    if_none_match: str

    def unchanged(self, revision: str) -> bool:
        """Whether the caller has this revision already: for a GET, 304."""
        return bool(self.if_none_match) and _names(self.if_none_match, revision)

    @property
    def any(self) -> bool:
        """Whether a change depends on what is there."""
        return bool(self.if_match or self.if_none_match)

    def require(self, revision: str) -> None:
        """For a change: `revision` is what is there, ABSENT when nothing is.

        Raises RevisionConflict when that is not what the caller expects.
        """
        if self.if_match and not (revision and _names(self.if_match, revision)):
            raise RevisionConflict(revision)
        if self.if_none_match and revision and _names(self.if_none_match, revision):
            raise RevisionConflict(revision, wanted_none=True)


async def preconditions(
    if_match: Annotated[
        str, Header(description="Change the article only while it is this revision.")
    ] = "",
    if_none_match: Annotated[str, Header(description="`*`: only where there is none yet.")] = "",
) -> Preconditions:
    """A dependency: the headers of the request at hand."""
    return Preconditions(if_match, if_none_match)


async def cached(
    if_none_match: Annotated[
        str, Header(description="The ETag of the copy at hand: 304 while it is current.")
    ] = "",
) -> Preconditions:
    """A dependency: the header that a GET knows."""
    return Preconditions("", if_none_match)


ChangePreconditions = Annotated[Preconditions, Depends(preconditions)]
Cached = Annotated[Preconditions, Depends(cached)]


def _names(header: str, revision: str) -> bool:
    # A weak tag is compared like a strong one: equal revisions are equal byte for byte.
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return "*" in tags or etag(revision) in tags
