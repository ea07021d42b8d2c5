"""What was asked of a store, and so what it may hold: an article's versions, counted from 1.

Each article has one writer, which goes on whatever happened to its last change. So the store holds
the last version that it acknowledged or a later one that was tried.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from service.domain.article import Article
from service.ports import Entry
from tests.stores.archive import WORDS, day, entry

VERSION: Final = "version"


def version_of(article: Article) -> int:
    """As `made` has written it into the article."""
    version = article.extra[VERSION]
    assert isinstance(version, int)
    return version


def made(article_id: str, version: int) -> Entry:
    """That version of the article, always the same. Each stands from another day, so that the
    store keeps those before it; the words say which it is, so that no two are found alike."""
    chance = random.Random(f"{article_id} {version}")
    sentences = [
        f"{article_id}v{version}s{number} {' '.join(chance.choices(WORDS, k=5))}"
        for number in range(chance.randint(1, 4))
    ]
    return entry(
        article_id,
        *sentences,
        title=chance.choice(WORDS),
        publisher=f"Publisher {chance.randrange(3)}",
        published_at=day(0),
        recorded_at=day(version),
        extra={VERSION: version},
    )


@dataclass(slots=True)
class Ledger:
    """Versions by article; where `deleted` has a version's number, it was a deletion."""

    acknowledged: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    tried: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    deleted: set[tuple[str, int]] = field(default_factory=set)
    said_so: set[tuple[str, int]] = field(default_factory=set)
    """All versions that were acknowledged."""

    def next(self, article_id: str, *, delete: bool = False) -> int:
        """A new version that is about to be tried."""
        self.tried[article_id] += 1
        version = self.tried[article_id]
        if delete:
            self.deleted.add((article_id, version))
        return version

    def acknowledge(self, article_id: str, version: int) -> None:
        """The store has said that it has it."""
        self.acknowledged[article_id] = max(version, self.acknowledged[article_id])
        self.said_so.add((article_id, version))

    def may_be(self, article_id: str, least: int, held: int | None) -> bool:
        """Whether a read that began when version `least` was the last acknowledged may find
        version `held`, None for no article."""
        if held is not None:
            return (
                least <= held <= self.tried[article_id] and (article_id, held) not in self.deleted
            )
        later = range(max(least, 1), self.tried[article_id] + 1)
        return least == 0 or any((article_id, version) in self.deleted for version in later)

    def lost(self, article_id: str, history: Sequence[int]) -> list[int]:
        """Acknowledged versions that a complete history should have and this one has not."""
        deletions = [
            version
            for version in range(1, self.tried[article_id] + 1)
            if (article_id, version) in self.deleted
        ]
        # What stood before a deletion that was tried is gone, or not, with that deletion.
        last = max(deletions, default=0)
        return [
            version
            for version in range(last + 1, self.tried[article_id] + 1)
            if (article_id, version) in self.said_so and version not in history
        ]
