"""Made-up articles for the stores' tests, and what a store must answer about them, by brute
force."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from service.domain.article import Article, Passage
from service.domain.claim import Filters
from service.domain.indexing import Change
from service.domain.quote import Attribution, Quote, SpeakerKind, SpeechKind
from service.domain.text import Span, mention
from service.domain.verdict import Coverage
from service.ports import Entry

DIM = 16
START = datetime(2024, 1, 1, tzinfo=UTC)
# Made-up words that no stemmer and no list of stop words touches.
WORDS = tuple(f"{first}{second}k" for first in "bdgzm" for second in ("ux", "oz", "ivo", "ek"))


def day(number: int) -> datetime:
    """Noon of a day in 2024, counted from 0."""
    return START + timedelta(days=number, hours=12)


def unit(*components: float) -> NDArray[np.float32]:
    """A vector of norm 1 that begins with these components."""
    vector = np.zeros(DIM, np.float32)
    vector[: len(components)] = components
    return vector / np.linalg.norm(vector)


def vector_of(seed: str) -> NDArray[np.float32]:
    """A vector of norm 1, the same for the same seed."""
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
    vector = np.random.default_rng(number).standard_normal(DIM).astype(np.float32)
    return vector / np.linalg.norm(vector)


def entry(
    article_id: str,
    *sentences: str,
    vectors: Sequence[NDArray[np.float32]] = (),
    publisher: str = "Example Herald",
    published_at: datetime | None = START,
    title: str = "",
    recorded_at: datetime | None = None,
    extra: Mapping[str, object] | None = None,
) -> Entry:
    """An article of one passage a sentence, its first sentence a quote. Without `vectors` each
    passage gets one that follows from its words."""
    text = "\n".join(sentences)
    spans: list[Span] = []
    for sentence in sentences:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(sentence)))
    article = Article(
        id=article_id,
        text=text,
        title=title,
        publisher=publisher,
        authors=("A. Writer", "B. Writer"),
        url=f"https://example.org/{article_id}",
        published_at=published_at,
        extra=extra or {},
    )
    rows = vectors or [vector_of(sentence) for sentence in sentences]
    return Entry(
        article,
        tuple(Passage(span, (span,)) for span in spans),
        (quote(text, spans[0]),) if spans else (),
        np.array(rows, np.float32).reshape(len(spans), DIM),
        recorded_at,
    )


def quote(text: str, span: Span) -> Quote:
    """A quote with every part of an attribution there is."""
    word = mention(text, Span(span.start, min(span.start + 3, span.end)))
    return Quote(
        (span,),
        Attribution(
            speaker=word,
            resolved=word,
            role=word,
            organisation=word,
            kind=SpeakerKind.ANONYMOUS,
            via=word,
            speech=SpeechKind.MIXED,
            cue=word,
            hedges=(word, word),
            asserted=False,
        ),
    )


def passing(article: Article, filters: Filters) -> bool:
    """Whether an article counts."""
    published, publisher = article.published_at, article.publisher.casefold()
    included = {name.casefold() for name in filters.include_publishers}
    excluded = {name.casefold() for name in filters.exclude_publishers}
    return (
        (filters.as_of is None or (published is not None and published <= filters.as_of))
        and (
            filters.published_after is None
            or (published is not None and published > filters.published_after)
        )
        and (not included or publisher in included)
        and publisher not in excluded
    )


@dataclass
class BruteForce:
    """What a store should hold, and slow, obvious answers from it."""

    entries: dict[str, Entry] = field(default_factory=dict)
    since: dict[str, datetime | None] = field(default_factory=dict)
    past: dict[str, list[tuple[Entry, datetime, datetime]]] = field(default_factory=dict)
    """The revisions that were replaced: from when until before when they stood."""

    def put(self, entries: Sequence[Entry]) -> list[Change]:
        """What putting these changes."""
        changes = []
        for given in entries:
            stored = self.entries.get(given.article.id)
            if stored is None:
                changes.append(Change.CREATED)
            elif stored.article.revision == given.article.revision:
                changes.append(Change.UNCHANGED)
            else:
                changes.append(Change.UPDATED)
            if changes[-1] is not Change.UNCHANGED:
                self._stand(given.article.id, stored, given)
                self.entries[given.article.id] = given
        return changes

    def _stand(self, article_id: str, stored: Entry | None, given: Entry) -> None:
        since = self._since(article_id, stored, given)
        until = since or given.recorded_at
        if stored is None:
            self.past[article_id] = []
        elif stood := self.since[article_id]:
            self.past[article_id].append((stored, stood, datetime.max.replace(tzinfo=UTC)))
        self.past[article_id] = [
            (entry, since, min(ended, until))
            for entry, since, ended in self.past[article_id]
            if until and since < min(ended, until)
        ]
        self.since[article_id] = since

    def _since(self, article_id: str, stored: Entry | None, given: Entry) -> datetime | None:
        published, recorded = given.article.published_at, given.recorded_at
        if stored is None or published is None or recorded is None:
            return published
        before, stood = stored.article.published_at, self.since[article_id]
        since = published if before and published > before else max(published, recorded)
        if stood is None or stood == before:
            return max(since, stood or since)
        return since if since > stood else max(recorded, stood + timedelta(microseconds=1))

    def passage_id(self, entry: Entry, ordinal: int) -> str:
        """That of a revision that was replaced says which it is of."""
        current = self.entries.get(entry.article.id) is entry
        past = "" if current else f"@{entry.article.revision[7:19]}"
        return f"{entry.article.id}:{ordinal}{past}"

    def standing(self, as_of: datetime | None) -> list[Entry]:
        """What stands, or stood then."""
        if as_of is None:
            return list(self.entries.values())
        return [
            *(
                entry
                for name, entry in self.entries.items()
                if (since := self.since[name]) and since <= as_of
            ),
            *(
                entry
                for name in self.entries
                for entry, since, until in self.past[name]
                if since <= as_of < until
            ),
        ]

    def chosen(self, filters: Filters) -> list[Entry]:
        """The entries that pass, newest first, undated last, then by id."""
        found = [entry for entry in self.standing(filters.as_of) if passing(entry.article, filters)]
        return sorted(found, key=lambda entry: _newest_first(entry.article))

    def cosines(self, vector: NDArray[np.float32], filters: Filters) -> dict[str, float]:
        """The cosine of every passage that passes."""
        return {
            self.passage_id(entry, ordinal): float(row.astype(float) @ vector.astype(float))
            for entry in self.chosen(filters)
            for ordinal, row in enumerate(entry.vectors)
        }

    def bm25(self, words: str, filters: Filters) -> list[str]:
        """Ids of passages with any of the words, best first, equal ones by id."""
        eligible = self._terms(self.chosen(filters))
        passages = self._terms(self.chosen(Filters()))
        mean = sum(map(len, passages.values())) / max(len(passages), 1)
        scores = dict.fromkeys(eligible, 0.0)
        for term in set(words.split()):
            holding = sum(term in terms for terms in passages.values())
            idf = np.log1p((len(passages) - holding + 0.5) / (holding + 0.5))
            for name in eligible:
                times = eligible[name].count(term)
                length = len(eligible[name])
                scores[name] += (
                    idf * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length / mean)) if mean else 0
                )
        found = [(-round(score, 6), name) for name, score in scores.items() if score > 0]
        return [name for _, name in sorted(found)]

    def _terms(self, entries: Sequence[Entry]) -> dict[str, list[str]]:
        return {
            self.passage_id(entry, ordinal): " ".join(words).split()
            for entry in entries
            for ordinal, words in enumerate(_in_context(entry))
        }

    def said(self, words: str, filters: Filters) -> list[tuple[Quote, str]]:
        """The quotes with all of the words, each with its article's id."""
        return [
            (quote, entry.article.id)
            for entry in self.chosen(filters)
            for quote in entry.quotes
            if set(words.split()) <= set(quote.span.of(entry.article.text).split())
        ]

    def coverage(self, filters: Filters) -> Coverage:
        """What counts for these filters."""
        articles = [entry.article for entry in self.chosen(filters)]
        dates = [article.published_at for article in articles if article.published_at]
        return Coverage(
            articles=len(articles),
            passages=len(self.cosines(unit(1), filters)),
            publishers=len({article.publisher.casefold() for article in articles}),
            oldest=min(dates, default=None),
            newest=max(dates, default=None),
        )


def _in_context(entry: Entry) -> list[tuple[str, str, str]]:
    """By what each passage is found: title, the passage before, itself. Those here are short."""
    texts = [passage.span.of(entry.article.text) for passage in entry.passages]
    return [
        (entry.article.title, before, text)
        for before, text in zip(["", *texts], texts, strict=False)
    ]


def _newest_first(article: Article) -> tuple[float, str]:
    published = article.published_at
    return (-published.timestamp() if published else float("inf")), article.id
