"""What goes through bulk indexing: what was found, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum

from service.domain.article import Submission


class Change(StrEnum):
    """What putting an article did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found while reading files, feeds or a batch.

    `origin` says where (`articles.jsonl:17`, an address). Either there is a `submission`, or
    `problem` says why there is none: any exception, as one bad row must not end the rest.
    """

    origin: str
    submission: Submission | None = None
    problem: Exception | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing found, in the order found.

    `article_id`, `revision` and `change` are set when it is in the archive now, `problem`, any
    exception, when it is not.
    """

    origin: str
    article_id: str | None = None
    revision: str | None = None
    title: str = ""
    passages: int = 0
    change: Change | None = None
    problem: Exception | None = None
