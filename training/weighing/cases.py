"""What the weighing is fitted on: sentences found for claims with known answers."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from service.domain.article import Submission
from service.domain.claim import Filters
from service.domain.indexing import Found
from service.pipeline.assertion import read_assertion
from service.pipeline.check import Checker
from service.pipeline.excerpt import excerpts
from service.pipeline.judge import judge
from service.pipeline.shortlist import shortlist
from service.pipeline.weigh import compared, features
from service.pipeline.weighing import Features
from service.wiring import Services


@dataclass(frozen=True, slots=True)
class Question:
    """A claim, what is true of it, and the sentences that decide it."""

    claim: str
    label: str
    decided_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence found for the question with that number: what is known of it, and the question's
    label if it is one of those that decide it, else "neutral"."""

    question: int
    features: Features
    label: str


async def index(services: Services, articles: Iterable[Submission]) -> None:
    """Puts them all into the store."""

    async def found() -> AsyncIterator[Found]:
        for article in articles:
            yield Found(str(article.id), article)

    async for outcome in services.indexer.index(found()):
        assert outcome.problem is None, outcome


async def cases(checker: Checker, questions: Iterable[Question]) -> AsyncIterator[Case]:
    """Every sentence that a check of each claim would judge."""
    for number, question in enumerate(questions):
        found = await checker.search(question.claim, Filters(), limit=checker.passages)
        worth_it = shortlist(excerpts(question.claim, found), checker.sentences)
        assertion = await read_assertion(question.claim, checker.tagger)
        for judged in await judge(assertion.reading, worth_it, checker.stance):
            decides = judged.excerpt.text in question.decided_by
            label = question.label if decides else "neutral"
            comparison = compared(assertion.text, judged.excerpt)
            fused = judged.excerpt.ranked.score
            yield Case(number, features(judged.opinion, comparison, fused), label)
