"""When two stores have found the same by vectors."""

from collections.abc import Sequence
from typing import Final

import pytest

from service.ports import Hit

TOLERANCE: Final = 2e-3
"""Between two cosines: each store keeps vectors in its own way."""


def require_alike(expected: Sequence[Hit], found: Sequence[Hit]) -> None:
    """The same passages with the same cosines, but for those that are as near as each other."""
    assert [hit.score for hit in found] == pytest.approx(
        [hit.score for hit in expected], abs=TOLERANCE
    )
    cosines = {hit.passage_id: hit.score for hit in expected}
    for hit in found:
        # What only one of them has stands at the cut.
        cosine = cosines.get(hit.passage_id, expected[-1].score)
        assert hit.score == pytest.approx(cosine, abs=2 * TOLERANCE)
