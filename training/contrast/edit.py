"""An edit of a text, and what a set of edits makes of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text` takes the place of `start` to `end`: half-open, Unicode code points."""

    start: int
    end: int
    text: str

    def touches(self, other: "Edit") -> bool:
        """Whether the two cannot both be made: they overlap, or begin at the same place."""
        return self.start == other.start or (self.start < other.end and other.start < self.end)


def applied(text: str, edits: Iterable[Edit]) -> str:
    """`text` with all `edits` made; raises ValueError where two of them touch."""
    return "".join(_pieces(text, sorted(edits)))


def _pieces(text: str, edits: list[Edit]) -> Iterator[str]:
    end = 0
    for edit in edits:
        if edit.start < end:
            raise ValueError(f"edits touch at {edit.start}")
        yield text[end : edit.start]
        yield edit.text
        end = edit.end
    yield text[end:]
