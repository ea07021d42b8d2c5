"""Where an article's current revision is: the row that all parts of the store share."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Place:
    """One current revision. Its passages have the keys `first` to `first + passages - 1`.

    `revision` and passage keys are never used again, so what a key stands for never changes.
    `published` is in microseconds of UTC or UNDATED, `publisher` casefolded. It stands from
    `since`, which is `published` but for a revision that came later.
    """

    id: str
    revision: int
    published: int
    publisher: str
    first: int
    passages: int
    since: int

    @property
    def end(self) -> int:
        """The key after the last passage's."""
        return self.first + self.passages


@dataclass(frozen=True, slots=True)
class Indexed:
    """What the derived indexes take in: row i of `vectors`, float16, is of `texts[i]`."""

    place: Place
    texts: tuple[str, ...]
    vectors: NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one change took out of the index and what it brought in, in the order of keys."""

    removed: tuple[Place, ...] = ()
    added: tuple[Indexed, ...] = ()
