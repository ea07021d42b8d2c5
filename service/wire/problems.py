"""Errors as RFC 9457 problem details."""

from pydantic import BaseModel, ConfigDict, Field


class FieldProblem(BaseModel):
    """One invalid field."""

    pointer: str = Field(description="JSON Pointer (RFC 6901) into the request.")
    detail: str


class Problem(BaseModel):
    """What went wrong and what to do about it."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(description="Names the kind of problem; stable across releases.")
    title: str
    status: int
    detail: str
    instance: str
    request_id: str
    errors: tuple[FieldProblem, ...] = ()
