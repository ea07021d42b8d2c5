"""When the revisions of one article stood: what its key holds, and how a change changes it."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace

from service.domain.article import Article
from service.domain.errors import RevisionConflict
from service.ports import ABSENT
from service.stores.digest import Stood
from service.stores.times import FOREVER, UNDATED


@dataclass(frozen=True, slots=True)
class Standing:
    """A revision that stands or stood, from `since` until before `until`, in microseconds.

    `number` is its own in its shard. `passages` are those that can be found: of one that stood at
    no moment, as it bears no date, none.
    """

    number: int
    revision: str
    published: int
    since: int
    until: int
    passages: int

    @property
    def current(self) -> bool:
        """Whether it stands."""
        return self.until == FOREVER

    def counted(self, article_id: str) -> Stood:
        """What it counts as in the digest."""
        return article_id, self.revision, self.since, self.until


@dataclass(frozen=True, slots=True)
class Ended:
    """What becomes of an article's revisions when another one stands from some moment on.

    `stay` are all that are left, `cut` those of them that stand no longer, as they were and as they
    are; `gone` never stood and are forgotten.
    """

    stay: tuple[Standing, ...]
    cut: tuple[tuple[Standing, Standing], ...]
    gone: tuple[Standing, ...]


def dump_standings(standings: Iterable[Standing]) -> bytes:
    """As JSON; equal ones give equal bytes."""
    return json.dumps([astuple(one) for one in standings], separators=(",", ":")).encode()


def load_standings(value: bytes | None) -> tuple[Standing, ...]:
    """What `dump_standings` was given; nothing where there is nothing."""
    return tuple(Standing(*row) for row in json.loads(value)) if value else ()


def current_of(standings: Iterable[Standing]) -> Standing | None:
    """The one that stands."""
    return next((one for one in standings if one.current), None)


def revision_of(standings: Iterable[Standing]) -> str:
    """The revision that stands, ABSENT where none does."""
    current = current_of(standings)
    return current.revision if current else ABSENT


def require_revision(found: str, expected: str | None) -> None:
    """Raises RevisionConflict unless the article is as the caller expects it."""
    if expected is not None and found != expected:
        raise RevisionConflict(found, wanted_none=expected == ABSENT)


def overlaps(standings: Iterable[Standing], article: Article, since: int, until: int) -> bool:
    """Whether another revision stood then, or this very one is there already."""
    return any(
        (UNDATED < one.since < until and one.until > since)
        or (one.revision, one.since, one.until) == (article.revision, since, until)
        for one in standings
    )


def end(standings: Sequence[Standing], until: int) -> Ended:
    """What becomes of an article's revisions where another stands from `until` on."""
    cut: list[tuple[Standing, Standing]] = []
    for one in standings:
        if one.until > until > one.since:
            passages = 0 if one.since == UNDATED else one.passages
            cut.append((one, replace(one, until=until, passages=passages)))
    gone = tuple(one for one in standings if one.until > until and one.since >= until)
    after = dict(cut)
    stay = tuple(after.get(one, one) for one in standings if one not in gone)
    return Ended(stay, tuple(cut), gone)


def newest_first(standings: Iterable[Standing]) -> list[Standing]:
    """The current one, then those that it replaced."""
    return sorted(standings, key=lambda one: (-one.until, -one.since))
