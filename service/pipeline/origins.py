"""Groups evidence by where it comes from: copies of one report are one origin."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from service.domain.article import Article
from service.domain.verdict import Evidence
from service.pipeline.compare.words import content_words, stem, stems

_RANKS = frozenset(map(stem, ("senior", "top", "unnamed", "anonymous", "high-ranking")))
"""What one report says of a source and another leaves out."""
_Key = tuple[str, frozenset[str]]

SHINGLE_WORDS = 5
COPIED_SHARE = 0.4
"""Share of the shorter article's word runs found in the other, from which it is a copy.

Broder, "On the resemblance and containment of documents", 1997: containment, since a copy is often
cut short. Independent reports of one event share names and set phrases, hardly runs of five words.
"""


def with_origins(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence, in the same order, with `origin` filled in: o1, o2, … as they first appear.

    One origin is: the same speaker through the same outlet, wherever it is printed; the same
    speaker in one report or its copies; a report's own voice, which tells again what its sources
    say, and counts with the first of them.
    """
    report = _reports([one.article for one in evidence])
    sources: dict[str, _Key] = {}
    for one in filter(_speaker, evidence):
        sources.setdefault(report[one.article.id], _key(one, report))
    names: dict[_Key, str] = {}

    def origin(one: Evidence) -> str:
        own = _key(one, report)
        key = own if _speaker(one) else sources.get(report[one.article.id], own)
        return names.setdefault(key, f"o{len(names) + 1}")

    return tuple(replace(one, origin=origin(one)) for one in evidence)


def _key(evidence: Evidence, report: dict[str, str]) -> _Key:
    via = evidence.attribution.via
    place = f"via {stem(via.text)}" if via else report[evidence.article.id]
    return place, _speaker(evidence)


def _speaker(evidence: Evidence) -> frozenset[str]:
    """The words that name the speaker, so that their order and "Ukraine's" do not matter."""
    speaker = evidence.attribution.resolved or evidence.attribution.speaker
    return stems(content_words(speaker.text)) - _RANKS if speaker else frozenset()


def _reports(articles: Sequence[Article]) -> dict[str, str]:
    """For each article's id the id that stands for it and all its copies."""
    distinct = {article.id: article for article in articles}
    report = {article_id: article_id for article_id in distinct}
    for one, other in _copies(distinct):
        kept, gone = report[one], report[other]
        report = {key: kept if value == gone else value for key, value in report.items()}
    return report


def _copies(articles: dict[str, Article]) -> Iterator[tuple[str, str]]:
    shingles = {article_id: _shingles(article.text) for article_id, article in articles.items()}
    for one, other in combinations(sorted(articles), 2):
        if _containment(shingles[one], shingles[other]) >= COPIED_SHARE:
            yield one, other


def _containment(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[i:] for i in range(SHINGLE_WORDS)), strict=False))
