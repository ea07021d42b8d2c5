"""What the weighing is fitted on: sentences found for claims with known answers."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.rows import Row
from service.domain.article import Submission
from service.domain.claim import Filters
from service.domain.indexing import Found
from service.pipeline.check import Checker
from service.pipeline.excerpt import excerpts
from service.pipeline.judge import judge
from service.pipeline.shortlist import shortlist
from service.pipeline.weigh import compared, features
from service.pipeline.weighing import Features
from service.wiring import Services


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence found for a claim: what is known of it, and the claim's label if the sentence is
    one of those that decide it, else "neutral"."""

    claim: int
    article: str
    features: Features
    label: str


async def index(services: Services, pool: Sequence[Row]) -> None:
    """Each sentence of the pool as an article of its own."""
    async for outcome in services.indexer.index(_articles(pool)):
        assert outcome.problem is None, outcome


async def _articles(pool: Sequence[Row]) -> AsyncIterator[Found]:
    for row in pool:
        yield Found(row["id"], Submission(text=row["text"], id=row["id"]))


async def cases(checker: Checker, claims: Iterable[Row]) -> AsyncIterator[Case]:
    """Every sentence that a check of each claim would judge."""
    for number, row in enumerate(claims):
        found = await checker.search(row["claim"], Filters(), limit=checker.passages)
        worth_it = shortlist(excerpts(row["claim"], found), checker.sentences)
        for judged in await judge(row["claim"], worth_it, checker.stance):
            article = judged.excerpt.article.id
            label = row["label"] if article in row["relevant"] else "neutral"
            comparison = compared(row["claim"], judged.excerpt)
            yield Case(number, article, features(judged, comparison), label)
