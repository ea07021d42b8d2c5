"""A question as of yesterday gets yesterday's answer, revisions included."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.article import Submission
from service.domain.claim import Claim, Filters
from service.domain.verdict import Check
from service.wiring import Services

MONDAY, TUESDAY = datetime(2025, 5, 5, 8, tzinfo=UTC), datetime(2025, 5, 6, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
CLAIM = "The ferry to Orm carries 212 passengers."
FIRST = "The ferry to Orm carries 212 passengers, harbour master Runa Teasdale said."
CORRECTED = FIRST.replace("212", "112")


@dataclass(frozen=True)
class At:
    """A clock that stands still: when something comes in is the outside world's matter."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def take_in(services: Services) -> Callable[..., Awaitable[None]]:
    """Indexes a text at a moment, under one address unless another is given."""

    async def index(text: str, moment: datetime, **fields: object) -> None:
        given = {"url": "https://vell.example/ferry", "published_at": MONDAY, **fields}
        indexer = replace(services.indexer, clock=At(moment))
        await indexer.put(Submission(text=text, publisher="Vell Herald", **given))  # type: ignore[arg-type]

    return index


async def asked(services: Services, as_of: datetime | None) -> Check:
    return await services.checker.check(Claim(CLAIM, Filters(as_of=as_of)))


def told(answer: Check) -> list[tuple[str, str, str]]:
    """Each quote with its stance and its article's text."""
    everything = (*answer.supporting, *answer.conflicting, *answer.mentions)
    return [(one.stance.value, one.quote, one.article.text) for one in everything]


async def test_an_article_corrected_on_tuesday_answers_for_monday_with_mondays_text(
    services: Services, take_in: Callable[..., Awaitable[None]]
) -> None:
    """Quotes, article, revision and coverage are those of the day; the answer without a day is
    today's."""
    await take_in(FIRST, MONDAY)
    monday = await asked(services, MONDAY + HOUR)
    await take_in(CORRECTED, TUESDAY)
    assert told(await asked(services, MONDAY + HOUR)) == told(monday)
    assert [text for _, _, text in told(monday)] == [FIRST]
    for moment in (TUESDAY, None):
        later = await asked(services, moment)
        assert [text for _, _, text in told(later)] == [CORRECTED]
        assert later.coverage == monday.coverage
        assert later.provenance.snapshot != monday.provenance.snapshot


async def test_what_came_later_leaves_yesterdays_answer_alone(
    services: Services, take_in: Callable[..., Awaitable[None]]
) -> None:
    """A new article, a correction, and a correction of that: Monday's verdict stays."""
    await take_in(FIRST, MONDAY)
    monday = await asked(services, MONDAY + HOUR)
    await take_in(CORRECTED, TUESDAY, url="https://vell.example/b", published_at=TUESDAY)
    await take_in(CORRECTED, TUESDAY)
    await take_in(FIRST, TUESDAY + HOUR)
    again = await asked(services, MONDAY + HOUR)
    assert (again.verdict, again.confidence, told(again)) == (
        monday.verdict, monday.confidence, told(monday),
    )  # fmt: skip


async def test_the_clock_is_right(services: Services) -> None:
    """Articles are stamped with the time of day."""
    now = services.indexer.clock.now()
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)
