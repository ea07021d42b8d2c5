"""An archive of any size, made of real sentences: for measuring speed, not for reading.

A passage is the first half of one sentence and the second half of another, so that its words, its
length and its punctuation are those of news and no two passages are alike. Its vector is the mean
of theirs with some noise: embedding a million passages would take the better part of an hour. An
article is 25 passages in paragraphs of three; its quotes are what the product finds in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Article, Passage
from service.domain.text import Span, normalise
from service.english.speech.acts import speeches_by_rules
from service.english.text.segment import segment
from service.pipeline.attribute import quotes_of
from service.pipeline.claims import why_not_checkable
from service.ports import Embedder, Entry
from training.rows import read_rows

Vectors = NDArray[np.float32]

PASSAGES_AN_ARTICLE = 25
SENTENCES_A_PARAGRAPH = 3
PUBLISHERS = 100
SENTENCE_CHARS = range(40, 300)
CLAIM_CHARS = range(40, 140)
NOISE = 0.3
"""Length of what is added to a vector of norm 1: two passages with a half in common differ."""
_FIRST_DAY = datetime(2020, 1, 1, tzinfo=UTC)
_DAYS = 1_800


@dataclass(frozen=True, slots=True)
class Sentences:
    """Real sentences; row i of `vectors`, shape (n, dim), of norm 1, is that of `texts[i]`."""

    texts: tuple[str, ...]
    vectors: Vectors

    def claims(self, count: int) -> list[str]:
        """Some that can be checked, evenly spread, to be asked about."""
        fit = [one for one in self.texts if len(one) in CLAIM_CHARS and not why_not_checkable(one)]
        return fit[:: max(1, len(fit) // count)][:count]


async def read_sentences(
    data: Path, embedder: Embedder, *, count: int, cache: Path | None
) -> Sentences:
    """`count` sentences of the articles in `data`; `cache` keeps their vectors between runs."""
    found = (
        passage.span.of(text)
        for text in (normalise(row["text"]) for row in read_rows(data))
        for passage in segment(text).passages
    )
    distinct = dict.fromkeys(text for text in found if len(text) in SENTENCE_CHARS)
    texts = tuple(distinct)[:: max(1, len(distinct) // count)][:count]
    return Sentences(texts, await _vectors(texts, embedder, cache))


async def _vectors(texts: Sequence[str], embedder: Embedder, cache: Path | None) -> Vectors:
    if cache is None:
        return await embedder.embed(texts)
    file = cache / f"{len(texts)}-sentences-{embedder.fingerprint.replace('/', '-')}.npy"
    if not file.exists():
        np.save(file, await embedder.embed(texts))
    vectors: Vectors = np.load(file, allow_pickle=False)
    return vectors


class Archive:
    """Articles by number: the same number, the same article."""

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences

    async def entry(self, number: int) -> Entry:
        """Article `number`, ready to be stored."""
        rows, vectors = mixed(self._sentences.vectors, number, PASSAGES_AN_ARTICLE)
        texts = [_spliced(*(self._sentences.texts[i] for i in pair)) for pair in rows]
        text, spans = _laid_out(texts)
        article = Article(
            id=f"article-{number}",
            text=text,
            title=" ".join(self._sentences.texts[rows[0][0]].split()[:9]),
            publisher=f"Publisher {number % PUBLISHERS}",
            published_at=_FIRST_DAY + timedelta(days=number % _DAYS),
        )
        passages = tuple(Passage(span, (span,)) for span in spans)
        return Entry(
            article,
            passages,
            quotes_of(text, spans, speeches_by_rules(text, spans)),
            vectors,
        )

    def vectors(self, number: int) -> Vectors:
        """Those of article `number`, without making the article."""
        return mixed(self._sentences.vectors, number, PASSAGES_AN_ARTICLE)[1]


def mixed(vectors: Vectors, number: int, count: int) -> tuple[NDArray[np.int64], Vectors]:
    """`count` vectors, shape (count, dim), for the article `number`: each the mean of two of
    `vectors`, chosen at random, and noise. Which two, shape (count, 2), comes first."""
    random = np.random.default_rng([1, number])
    rows = random.integers(0, len(vectors), (count, 2))
    dim = vectors.shape[1]
    noise = random.standard_normal((count, dim), np.float32) * np.float32(NOISE / dim**0.5)
    mean = vectors[rows].mean(axis=1)
    found = mean / np.linalg.norm(mean, axis=1, keepdims=True) + noise
    return rows, found / np.linalg.norm(found, axis=1, keepdims=True)


def _spliced(first: str, second: str) -> str:
    """The first half of one and the second half of the other, by words."""
    begins, ends = first.split(), second.split()
    return " ".join([*begins[: len(begins) // 2], *ends[len(ends) // 2 :]])


def _laid_out(texts: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """The article's text, and where each passage stands in it."""
    text, spans = "", []
    for i, one in enumerate(texts):
        if i:
            text += " " if i % SENTENCES_A_PARAGRAPH else "\n\n"
        spans.append(Span(len(text), len(text) + len(one)))
        text += one
    return text, tuple(spans)
