"""Errors as RFC 9457 problem details."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

MEDIA_TYPE = "application/problem+json"

Location = Literal["body", "query", "path", "header"]


class FieldProblem(BaseModel):
    """One invalid field."""

    model_config = ConfigDict(frozen=True)

    pointer: str = Field(
        description="JSON Pointer (RFC 6901) into the body, or into the parameters as an object."
    )
    location: Location = Field(description="Which part of the request the pointer is into.")
    detail: str = Field(description="What is wrong with it.")


class Problem(BaseModel):
    """What went wrong and what to do about it."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(description="Names the kind of problem; stable across releases.")
    title: str = Field(description="The kind in words.")
    status: int = Field(description="The HTTP status, as in the status line.")
    detail: str = Field(description="What happened this time.")
    instance: str = Field(description="The path asked for; in a batch with `#line=` and its line.")
    request_id: str = Field(description="As in `X-Request-ID` and in the service's log.")
    errors: tuple[FieldProblem, ...] = Field((), description="The fields at fault, where any are.")
