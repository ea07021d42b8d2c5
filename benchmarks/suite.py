"""The contrast suite: pairs of claim and evidence, kept as edits of sentences of articles.

The articles stay where they are: a row says which one, where its sentence stands, and what to put
in place of which characters to get the claim and the evidence. The evidence is read under the title
and the date of its article, as if it were all of it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from service.domain.article import Article
from service.domain.text import Span, normalise
from service.domain.verdict import ReasonCode
from training.contrast.edit import Edit, applied
from training.rows import Row, read_rows

SUITE = Path(__file__).with_name("contrast.suite.jsonl")
_DIGEST_CHARS = 12


class ArticleChanged(Exception):
    """The article is missing, or its text is not the one that the suite was made from."""


@dataclass(frozen=True, slots=True)
class Case:
    """How to make a pair, and what is right of it.

    `digest` is that of the article's normalised text, `sentence` a span of it, and the edits are of
    the sentence. `kind` names what was changed or, where `label` is supports, rewritten; `reason`
    is what exact comparison should give, if anything.
    """

    id: str
    article: str
    digest: str
    sentence: Span
    claim_edits: tuple[Edit, ...]
    evidence_edits: tuple[Edit, ...]
    label: str
    kind: str
    reason: ReasonCode | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A case with its texts; `article` is one whose only text is the evidence."""

    case: Case
    claim: str
    article: Article

    @property
    def evidence(self) -> str:
        """What the claim is held against."""
        return self.article.text


def digest(text: str) -> str:
    """A short name of a normalised text."""
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_CHARS]


def rebuild(cases: Iterable[Case], articles: Sequence[Row]) -> list[Pair]:
    """The pairs, from rows with `id`, `text` and perhaps `title` and `published_at`; raises
    ArticleChanged."""
    rows = {row["id"]: row for row in articles}
    texts: dict[str, str] = {}
    pairs = []
    for case in cases:
        if case.article not in texts:
            texts[case.article] = _text(case, rows)
        sentence = case.sentence.of(texts[case.article])
        evidence = applied(sentence, case.evidence_edits)
        article = _of_one_sentence(evidence, rows[case.article])
        pairs.append(Pair(case, applied(sentence, case.claim_edits), article))
    return pairs


def _of_one_sentence(text: str, row: Row) -> Article:
    date = row.get("published_at")
    return Article(
        id=row["id"],
        text=text,
        title=row.get("title") or "",
        published_at=datetime.fromisoformat(f"{date[:10]}T00:00:00Z") if date else None,
    )


def _text(case: Case, rows: Mapping[str, Row]) -> str:
    text = normalise(rows[case.article]["text"]) if case.article in rows else ""
    if digest(text) != case.digest:
        raise ArticleChanged(f"{case.id} needs article {case.article} with digest {case.digest}")
    return text


def read_suite(path: Path) -> list[Case]:
    """The cases of a suite file, in order."""
    return [_case(row) for row in read_rows(path)]


def write_suite(path: Path, cases: Iterable[Case]) -> None:
    """A row a case; the same cases write the same bytes."""
    lines = (json.dumps(_row(case), ensure_ascii=False) + "\n" for case in cases)
    path.write_text("".join(lines), encoding="utf-8")


def _row(case: Case) -> Row:
    return {
        "id": case.id,
        "article": case.article,
        "digest": case.digest,
        "sentence": [case.sentence.start, case.sentence.end],
        "claim": [[edit.start, edit.end, edit.text] for edit in case.claim_edits],
        "evidence": [[edit.start, edit.end, edit.text] for edit in case.evidence_edits],
        "label": case.label,
        "kind": case.kind,
        "reason": case.reason,
    }


def _case(row: Row) -> Case:
    return Case(
        id=row["id"],
        article=row["article"],
        digest=row["digest"],
        sentence=Span(*row["sentence"]),
        claim_edits=_edits(row["claim"]),
        evidence_edits=_edits(row["evidence"]),
        label=row["label"],
        kind=row["kind"],
        reason=ReasonCode(row["reason"]) if row["reason"] else None,
    )


def _edits(rows: Sequence[Any]) -> tuple[Edit, ...]:
    return tuple(Edit(*row) for row in rows)
