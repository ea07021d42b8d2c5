"""Whether the derived indexes hold what the catalogue holds, passage by passage."""

from dataclasses import dataclass

import numpy as np

from service.stores.embedded.catalogue import Catalogue
from service.stores.embedded.changes import places, stored_vectors
from service.stores.embedded.derived import Derived


@dataclass(frozen=True, slots=True)
class Consistency:
    """Keys of passages by what is wrong with them; none where all agree.

    Deleted passages may stay in the graph, which only proposes: those are not counted.
    """

    passages: int
    not_in_words: frozenset[int]
    only_in_words: frozenset[int]
    not_in_graph: frozenset[int]
    other_vector: frozenset[int]

    @property
    def agrees(self) -> bool:
        """Whether both derived indexes are in step with the catalogue."""
        return not (self.not_in_words | self.only_in_words | self.not_in_graph | self.other_vector)


def compare(catalogue: Catalogue, derived: Derived) -> Consistency:
    """Reads everything: about a second for each hundred thousand passages. No change may be under
    way."""
    current = list(places(catalogue.reader))
    stored = frozenset(key for place in current for key in range(place.first, place.end))
    words = frozenset(derived.words.searchable_keys(len(stored) + 1) if stored else ())
    other = {
        place.first + int(row)
        for place in current
        for row in np.flatnonzero(
            (stored_vectors(catalogue.reader, place) != derived.vectors.rows(place)).any(axis=1)
        )
    }
    return Consistency(
        passages=len(stored),
        not_in_words=stored - words,
        only_in_words=words - stored,
        not_in_graph=stored - frozenset(derived.vectors.graph_keys().tolist()),
        other_vector=frozenset(other),
    )
