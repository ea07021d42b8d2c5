"""Takes as many contrasts of each kind and label as there are."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from random import Random

from training.contrast.contrast import Contrast


def balanced(pairs: Iterable[Contrast], count: int, rng: Random) -> Iterator[Contrast]:
    """At most `count` of `pairs`, in turns from each kind with each label, drawn at random."""
    cells: dict[tuple[str, str], list[Contrast]] = defaultdict(list)
    for pair in pairs:
        cells[pair.kind, pair.label].append(pair)
    queues = [deque(rng.sample(cells[cell], len(cells[cell]))) for cell in sorted(cells)]
    left = count
    while left > 0 and any(queues):
        for queue in queues:
            if queue and left > 0:
                left -= 1
                yield queue.popleft()
