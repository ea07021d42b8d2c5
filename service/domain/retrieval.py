"""Passages found for a claim, and how they were found."""

from dataclasses import dataclass

from service.domain.article import StoredPassage


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage's place in both legs of retrieval; ranks count from 1.

    `score` fuses both. `cosine` and a rank are None where that leg did not find the passage.
    """

    passage_id: str
    score: float
    cosine: float | None
    rank_by_meaning: int | None
    rank_by_words: int | None


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A ranked passage with its article."""

    stored: StoredPassage
    ranked: Ranked
