"""An edit of a text, and what a set of edits makes of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

_WORDS = re.compile(r"\S+\s*|\s+")
"""Words, each with the white space behind it."""


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


def narrowed(text: str, edit: Edit) -> Edit:
    """The same edit without the words at its ends that it leaves as they are."""
    old = _WORDS.findall(text[edit.start : edit.end])
    new = _WORDS.findall(edit.text)
    head = _in_common(old, new)
    tail = _in_common(old[head:][::-1], new[head:][::-1])
    start = edit.start + sum(map(len, old[:head]))
    end = edit.end - sum(map(len, old[len(old) - tail :]))
    return Edit(start, end, "".join(new[head : len(new) - tail]))


def _in_common(one: list[str], other: list[str]) -> int:
    """How many items both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
