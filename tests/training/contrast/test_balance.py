from collections import Counter
from random import Random

from training.contrast.balance import balanced
from training.contrast.change import Label
from training.contrast.contrast import Contrast


def test_takes_as_many_of_each_kind_and_label() -> None:
    """What there is little of is taken whole, and the rest shares what is left."""
    cells = [("number", Label.CONFLICTS, 50), ("speech", Label.NEUTRAL, 50),
             ("unit.kept", Label.SUPPORTS, 4)]  # fmt: skip
    pairs = [
        Contrast(f"{kind} {i}", "", label, kind, (), ())
        for kind, label, count in cells
        for i in range(count)
    ]
    taken = list(balanced(pairs, 24, Random(1)))
    assert Counter(pair.kind for pair in taken) == {"number": 10, "speech": 10, "unit.kept": 4}
    assert len({pair.claim for pair in taken}) == 24
