"""Groups evidence by where it comes from: copies of one report are one origin."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from service.domain.article import Article
from service.domain.verdict import Evidence

SHINGLE_WORDS = 5
COPIED_SHARE = 0.4
"""Share of the shorter article's word runs found in the other, from which it is a copy.

Broder, "On the resemblance and containment of documents", 1997: containment, since a copy is often
cut short. Independent reports of one event share names and set phrases, hardly runs of five words.
"""


def with_origins(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence, in the same order, with `origin` filled in: o1, o2, … as they first appear."""
    copies = _copies({one.article.id: one.article for one in evidence})
    group = list(range(len(evidence)))
    for i, j in combinations(range(len(evidence)), 2):
        if _same_origin(evidence[i], evidence[j], copies):
            group = [group[i] if g == group[j] else g for g in group]
    names: dict[int, str] = {}
    for g in group:
        names.setdefault(g, f"o{len(names) + 1}")
    return tuple(replace(one, origin=names[g]) for one, g in zip(evidence, group, strict=True))


def _same_origin(one: Evidence, other: Evidence, copies: set[frozenset[str]]) -> bool:
    same_text = (
        one.article.id == other.article.id
        or frozenset((one.article.id, other.article.id)) in copies
    )
    if same_text:
        return _speaker(one) == _speaker(other)
    told_to = _via(one)
    return bool(told_to) and told_to == _via(other) and _speaker(one) == _speaker(other)


def _speaker(evidence: Evidence) -> str:
    speaker = evidence.attribution.resolved or evidence.attribution.speaker
    return _plain(speaker.text) if speaker else ""


def _via(evidence: Evidence) -> str:
    return _plain(evidence.attribution.via.text) if evidence.attribution.via else ""


def _plain(name: str) -> str:
    return re.sub(r"^(?:an?|the)\s+", "", " ".join(name.casefold().split()))


def _copies(articles: dict[str, Article]) -> set[frozenset[str]]:
    shingles = {article_id: _shingles(article.text) for article_id, article in articles.items()}
    return {
        frozenset(pair)
        for pair in combinations(sorted(articles), 2)
        if _containment(shingles[pair[0]], shingles[pair[1]]) >= COPIED_SHARE
    }


def _containment(one: set[tuple[str, ...]], other: set[tuple[str, ...]]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return set(zip(*(words[i:] for i in range(SHINGLE_WORDS)), strict=False))
