"""Judges made-up articles as a check does; what the model says is given instead of asked."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Article, StoredPassage
from service.domain.claim import Claim
from service.domain.retrieval import Ranked
from service.domain.window import Window
from service.english.reading import Reading
from service.english.text.segment import segment
from service.pipeline.assertion import read_assertion
from service.pipeline.attribute import attribute
from service.pipeline.classifier import UNFITTED, Classifier, Probabilities
from service.pipeline.classify import Classified, classify
from service.pipeline.excerpt import Excerpt, excerpts
from service.pipeline.judge import judge
from service.pipeline.narrow import narrowed
from service.pipeline.select import Sides, select
from service.pipeline.windows import Read, Stretch

SUPPORTS, CONFLICTS = Probabilities(0.98, 0.01, 0.01), Probabilities(0.01, 0.98, 0.01)
NEUTRAL = Probabilities(0.01, 0.01, 0.98)


class Given:
    """A stance model that is told what to say: `probabilities(sentence, window)`. It remembers in
    `asked` the windows that it was given, a tuple a call."""

    fingerprint = "given"

    def __init__(self, probabilities: Callable[[str, Window], Probabilities]) -> None:
        self._opinion = probabilities
        self.asked: list[tuple[Window, ...]] = []

    async def stances(
        self,
        claim: str,  # noqa: ARG002 - the protocol's
        windows: Sequence[Window],
    ) -> Sequence[NDArray[np.float32]]:
        """For each window shape (sentences, 3), as the protocol says."""
        self.asked.append(tuple(windows))
        return [
            np.array(
                [
                    (one.supports, one.conflicts, one.neutral)
                    for sentence in window.sentences
                    for one in [self._opinion(sentence, window)]
                ],
                np.float32,
            ).reshape(-1, 3)
            for window in windows
        ]


def by_word(opinions: Mapping[str, Probabilities]) -> Given:
    """A model that goes by the first of these words that a sentence has; it is neutral to one
    without any."""

    def probabilities(sentence: str, _: Window) -> Probabilities:
        words = sentence.lower()
        return next((one for word, one in opinions.items() if word in words), NEUTRAL)

    return Given(probabilities)


def article(
    text: str, *, day: int = 1, publisher: str = "Vell Herald", name: str = "", title: str = ""
) -> Article:
    """An article of a day in May 2025."""
    return Article(
        id=name or f"{publisher} {day}",
        text=text,
        title=title,
        publisher=publisher,
        published_at=datetime(2025, 5, day, tzinfo=UTC),
    )


async def stretch(article: Article) -> Stretch:
    """All of the article, every passage as retrieval would find it: near the claim."""
    segments = segment(article.text)
    quotes = await attribute(article.text, segments.sentences, None)
    return Stretch(
        tuple(
            Read(
                StoredPassage(
                    f"{article.id}:{number}",
                    passage,
                    article,
                    tuple(quote for quote in quotes if quote.span.overlaps(passage.span)),
                ),
                Ranked(f"{article.id}:{number}", 0.1, 0.9, 1, 1),
            )
            for number, passage in enumerate(segments.passages)
        )
    )


async def read(claim: str, articles: Sequence[Article], model: Given) -> tuple[Excerpt, ...]:
    """Every sentence of the articles with the model's probabilities of it."""
    assertion = read_assertion(claim)
    stretches = [await stretch(one) for one in articles]
    judged = await judge(assertion.to_be_judged, stretches, model)
    return excerpts(Reading(assertion.to_be_judged), judged)


async def classified(
    claim: str, articles: Sequence[Article], model: Given, classifier: Classifier = UNFITTED
) -> tuple[Classified, ...]:
    """What the articles do to the claim; without another classifier the model is believed."""
    assertion = read_assertion(claim)
    return classify(Claim(claim), assertion, await read(claim, articles, model), classifier)


async def sides(claim: str, articles: Sequence[Article], **opinions: Probabilities) -> Sides:
    """Both sides of a claim. An probabilities is given by a word that its sentence has; sentences
    without one are left out."""
    model = by_word(opinions)
    found = [
        one
        for one in await classified(claim, articles, model)
        if any(word in one.excerpt.text.lower() for word in opinions)
    ]
    return select(await narrowed(claim, found, model, most=9), limit=9)
