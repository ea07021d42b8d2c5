"""Judges made-up articles as a check does, with the model's opinion given instead of asked."""

from collections.abc import Sequence
from datetime import UTC, datetime

from service.domain.article import Article, StoredPassage
from service.domain.claim import Claim
from service.domain.retrieval import Ranked, Retrieved
from service.models.tagger import RuleTagger
from service.pipeline.assertion import read_assertion
from service.pipeline.attribute import attribute
from service.pipeline.excerpt import Excerpt, excerpts
from service.pipeline.judge import Judged
from service.pipeline.segment import segment
from service.pipeline.select import Sides, select
from service.pipeline.weigh import weigh
from service.pipeline.weighing import Opinion, Weighing

SUPPORTS, CONFLICTS = Opinion(0.98, 0.01, 0.01), Opinion(0.01, 0.98, 0.01)
NOTHING = dict.fromkeys(
    "bias model_supports model_conflicts coverage predicate complete differs negation scope"
    " retrieved".split(),
    0.0,
)
AS_GIVEN = Weighing(
    {**NOTHING, "model_supports": 1.0}, {**NOTHING, "model_conflicts": 1.0}, 0.5, 0.5
)
"""Believes the opinion and nothing else."""


def article(text: str, *, day: int = 1, publisher: str = "Vell Herald", name: str = "") -> Article:
    """An article of a day in May 2025."""
    return Article(
        id=name or f"{publisher} {day}",
        text=text,
        publisher=publisher,
        published_at=datetime(2025, 5, day, tzinfo=UTC),
    )


async def retrieved(article: Article) -> list[Retrieved]:
    """Every passage of the article, as retrieval would hand it on."""
    segments = segment(article.text)
    quotes = await attribute(article.text, segments.sentences, RuleTagger())
    return [
        Retrieved(
            StoredPassage(
                f"{article.id}:{number}",
                passage,
                article,
                tuple(quote for quote in quotes if quote.span.overlaps(passage.span)),
            ),
            Ranked(f"{article.id}:{number}", 0.1, 0.9, 1, 1),
        )
        for number, passage in enumerate(segments.passages)
    ]


async def sides(claim: str, articles: Sequence[Article], **opinions: Opinion) -> Sides:
    """Both sides of a claim. An opinion is given by a word that its sentence has; sentences
    without one are left out."""
    found = [one for article in articles for one in await retrieved(article)]
    judged = [
        Judged(excerpt, opinion)
        for excerpt in excerpts(claim, found)
        for word, opinion in opinions.items()
        if _has(excerpt, word)
    ]
    assertion = await read_assertion(claim, RuleTagger())
    return select(weigh(Claim(claim), assertion, judged, AS_GIVEN), limit=9)


def _has(excerpt: Excerpt, word: str) -> bool:
    return word in excerpt.text.lower()
