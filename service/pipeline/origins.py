"""Groups evidence by where it comes from: copies of one report are one origin."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from service.domain.article import Article
from service.domain.verdict import Evidence
from service.english.lexicon import RANKS, WORDS_FOR_SOURCES
from service.english.speakers.credits import Outlets
from service.english.speakers.identity import same_speaker
from service.english.text.words import content_words, stem, stems

_RANK_STEMS = frozenset(map(stem, RANKS & WORDS_FOR_SOURCES))
"""Words about a source that one report has and another leaves out."""

SHINGLE_WORDS = 5
COPIED_SHARE = 0.3
"""The share of the shorter text's runs of words from which it is a copy of the other.

This is the containment of Broder, "On the resemblance and containment of documents", 1997, because
a copy is often cut short. It is exact and needs no MinHash, because a check has some twenty
articles. Independent reports of one event share names and set phrases, but hardly runs of five
words; `benchmarks/origins.py` measures it.
"""
_Shingles = frozenset[tuple[str, ...]]


def with_origins(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence, in the same order, with `origin` filled in: o1, o2, … as they first appear.

    Two quotes have one origin if

    - the same speaker said them to the same outlet, wherever they are printed;
    - the same speaker said them in one report or its copies;
    - one is a report's narration, and the other its first source: the narration repeats it;
    - one report credits the other's outlet with it, or both credit the same outlet.
    """
    groups = _Groups(len(evidence))
    for first, second in _one_origin(evidence):
        groups.join(first, second)
    names: dict[int, str] = {}
    return tuple(
        replace(quote, origin=names.setdefault(groups.of(index), f"o{len(names) + 1}"))
        for index, quote in enumerate(evidence)
    )


def containment(first: str, second: str) -> float:
    """The share of the shorter text's runs of `SHINGLE_WORDS` that the other has, in 0..1."""
    return _containment(_shingles(first), _shingles(second))


@dataclass(slots=True)
class _Groups:
    """Indices in groups that can be joined; a group is named by its lowest index."""

    size: int
    heads: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.heads = list(range(self.size))

    def of(self, index: int) -> int:
        return self.heads[index]

    def join(self, first: int, second: int) -> None:
        kept, gone = sorted((self.heads[first], self.heads[second]))
        self.heads = [kept if head == gone else head for head in self.heads]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where one piece of evidence comes from."""

    evidence: Evidence
    report: str
    """The id of the article that stands for this article and its copies."""
    speaker: frozenset[str]
    """The stems that name who said it; empty in narration."""
    outlets: frozenset[str]
    """The outlets that were told, or that are credited with the report."""

    @property
    def publisher(self) -> str:
        return self.evidence.article.publisher.casefold()


def _one_origin(evidence: Sequence[Evidence]) -> Iterator[tuple[int, int]]:
    sources = _sources(evidence)
    for (first_index, first), (second_index, second) in combinations(enumerate(sources), 2):
        if _same_source(first, second):
            yield first_index, second_index
    for first_index, first in enumerate(sources):
        if not first.speaker and (teller := _first_teller(first, sources)) is not None:
            yield first_index, teller


def _same_source(first: _Source, second: _Source) -> bool:
    if not first.speaker and not second.speaker:
        same = first.report == second.report and first.outlets == second.outlets
        return same or bool(first.outlets & second.outlets)
    if first.report == second.report and first.speaker == second.speaker:
        return True
    first_with_publisher = first.outlets | {first.publisher}
    second_with_publisher = second.outlets | {second.publisher}
    if not (first.outlets & second_with_publisher or second.outlets & first_with_publisher):
        return False
    return _same_speaker(first, second)


def _same_speaker(first: _Source, second: _Source) -> bool:
    if not first.speaker or not second.speaker:
        return False
    if first.speaker == second.speaker:
        return True
    return same_speaker(first.evidence.attribution, second.evidence.attribution) is True


def _first_teller(source: _Source, sources: Sequence[_Source]) -> int | None:
    """The index of the source that a report's narration repeats: of the outlet that it credits,
    narration before quotes; else of the first speaker whom the report itself quotes."""
    if source.outlets:
        credited = [
            i for i, candidate in enumerate(sources) if candidate.publisher in source.outlets
        ]
        credited += [
            i
            for i, candidate in enumerate(sources)
            if candidate.speaker and candidate.outlets & source.outlets
        ]
        return min(credited, key=lambda i: bool(sources[i].speaker), default=None)
    quoted = (
        i
        for i, candidate in enumerate(sources)
        if candidate.speaker and candidate.report == source.report
    )
    return next(quoted, None)


def _sources(evidence: Sequence[Evidence]) -> list[_Source]:
    report = _reports([quote.article for quote in evidence])
    outlets = Outlets(tuple(dict.fromkeys(quote.article.publisher for quote in evidence)))
    return [_source(quote, report[quote.article.id], outlets) for quote in evidence]


def _source(evidence: Evidence, report: str, outlets: Outlets) -> _Source:
    said, own = evidence.attribution, evidence.article.publisher
    if said.via is not None:
        via = frozenset({outlets.called(said.via.text, own)})
        return _Source(evidence, report, _speaker(evidence), via)
    reporting = outlets.reporting(said, own)
    if reporting is not None:
        return _Source(evidence, report, frozenset(), frozenset({reporting}))
    credited = frozenset[str]() if said.speaker else outlets.credited(evidence.article)
    return _Source(evidence, report, _speaker(evidence), credited)


def _speaker(evidence: Evidence) -> frozenset[str]:
    """The stems that name the speaker: the order of the words and "Ukraine's" do not matter."""
    speaker = evidence.attribution.resolved or evidence.attribution.speaker
    return stems(content_words(speaker.text)) - _RANK_STEMS if speaker else frozenset()


def _reports(articles: Sequence[Article]) -> dict[str, str]:
    """For each article's id the id of the article that stands for it and all its copies."""
    distinct = {article.id: article for article in articles}
    report = {article_id: article_id for article_id in distinct}
    for first, second in _copies(distinct):
        kept, gone = report[first], report[second]
        report = {key: kept if value == gone else value for key, value in report.items()}
    return report


def _copies(articles: dict[str, Article]) -> Iterator[tuple[str, str]]:
    shingles = {article_id: _shingles(article.text) for article_id, article in articles.items()}
    for first, second in combinations(sorted(articles), 2):
        if _containment(shingles[first], shingles[second]) >= COPIED_SHARE:
            yield first, second


def _containment(first: _Shingles, second: _Shingles) -> float:
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter else 0.0


def _shingles(text: str) -> _Shingles:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(zip(*(words[i:] for i in range(SHINGLE_WORDS)), strict=False))
