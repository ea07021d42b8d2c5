"""What a stance model reads of an article: some of its sentences in their context."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of one article in their order; each is judged with the others as its context.

    `head` stands before them and is not judged: the title, and the day of publication, which
    explains "on Monday" and "last year".
    """

    head: str
    sentences: tuple[str, ...]


def head(title: str, published_at: datetime | None) -> str:
    """Such as "Ferry gets more room (Tuesday 5 September 2017)"; empty where nothing is known."""
    if published_at is None:
        return title
    day = f"{published_at:%A} {published_at.day} {published_at:%B %Y}"
    return f"{title} ({day})" if title else f"({day})"
