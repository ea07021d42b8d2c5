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

_RANKS = frozenset(map(stem, RANKS & WORDS_FOR_SOURCES))

SHINGLE_WORDS = 5
COPIED_SHARE = 0.3
"""Share of the shorter text's word runs found in the other, from which it is a copy.

Broder, "On the resemblance and containment of documents", 1997: containment, since a copy is often
cut short; exact and not by MinHash, since a check has some twenty articles and not millions.
Independent reports of one event share names and set phrases, hardly runs of five words:
`benchmarks/origins.py` measures it.
"""
_Shingles = frozenset[tuple[str, ...]]


def with_origins(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence, in the same order, with `origin` filled in: o1, o2, … as they first appear.

    One origin is: the same speaker through the same outlet, wherever it is printed; the same
    speaker in one report or its copies; a report's own voice, which tells again what its sources
    say, and counts with the first of them; a report and those that say it was first with it.
    """
    groups = _Groups(len(evidence))
    for one, other in _one_origin(evidence):
        groups.join(one, other)
    names: dict[int, str] = {}
    return tuple(
        replace(one, origin=names.setdefault(groups.of(index), f"o{len(names) + 1}"))
        for index, one in enumerate(evidence)
    )


def containment(one: str, other: str) -> float:
    """The share of the shorter text's runs of `SHINGLE_WORDS` that the other has, in 0..1."""
    return _containment(_shingles(one), _shingles(other))


@dataclass(slots=True)
class _Groups:
    """Sets of what belongs together, by the lowest index of each."""

    size: int
    heads: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.heads = list(range(self.size))

    def of(self, index: int) -> int:
        return self.heads[index]

    def join(self, one: int, other: int) -> None:
        kept, gone = sorted((self.heads[one], self.heads[other]))
        self.heads = [kept if head == gone else head for head in self.heads]


@dataclass(frozen=True, slots=True)
class _Source:
    """Where one piece of evidence comes from: `speaker` are the words that name who said it, none
    for a report's own voice, `outlets` those that it was told to, or whose report it is."""

    evidence: Evidence
    report: str
    speaker: frozenset[str]
    outlets: frozenset[str]

    @property
    def publisher(self) -> str:
        return self.evidence.article.publisher.casefold()


def _one_origin(evidence: Sequence[Evidence]) -> Iterator[tuple[int, int]]:
    sources = _sources(evidence)
    for (here, one), (there, other) in combinations(enumerate(sources), 2):
        if _same_source(one, other):
            yield here, there
    for here, one in enumerate(sources):
        if not one.speaker and (told := _told_first(one, sources)) is not None:
            yield here, told


def _same_source(one: _Source, other: _Source) -> bool:
    if not one.speaker and not other.speaker:
        same = one.report == other.report and one.outlets == other.outlets
        return same or bool(one.outlets & other.outlets)
    if one.report == other.report and one.speaker == other.speaker:
        return True
    told_one = one.outlets | {one.publisher}
    told_other = other.outlets | {other.publisher}
    if not (one.outlets & told_other or other.outlets & told_one):
        return False
    return _same_speaker(one, other)


def _same_speaker(one: _Source, other: _Source) -> bool:
    if not one.speaker or not other.speaker:
        return False
    if one.speaker == other.speaker:
        return True
    return same_speaker(one.evidence.attribution, other.evidence.attribution) is True


def _told_first(one: _Source, sources: Sequence[_Source]) -> int | None:
    """Whose word a report's own voice tells again: the outlet's that it credits, that outlet's own
    voice before those whom it quotes; else that of the first whom the report itself quotes."""
    if one.outlets:
        theirs = [i for i, other in enumerate(sources) if other.publisher in one.outlets]
        theirs += [
            i for i, other in enumerate(sources) if other.speaker and other.outlets & one.outlets
        ]
        return min(theirs, key=lambda i: bool(sources[i].speaker), default=None)
    quoted = (i for i, other in enumerate(sources) if other.speaker and other.report == one.report)
    return next(quoted, None)


def _sources(evidence: Sequence[Evidence]) -> list[_Source]:
    report = _reports([one.article for one in evidence])
    outlets = Outlets(tuple(dict.fromkeys(one.article.publisher for one in evidence)))
    return [_source(one, report[one.article.id], outlets) for one in evidence]


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


def _containment(one: _Shingles, other: _Shingles) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def _shingles(text: str) -> _Shingles:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(zip(*(words[i:] for i in range(SHINGLE_WORDS)), strict=False))
