"""Every quote of every answer is a slice of its article, and says no more than it may.

    python -m benchmarks.verbatim --data articles.jsonl.gz --claims 2000 --out verbatim.json

Indexes the articles of `--data` (rows with `text`, `title`, `publisher`, `published_at`) and, of a
tenth of them, copies with hostile typography. Then it checks claims made from their sentences,
every second one with its first number doubled, and holds each span of each answer against the text
that `GET /v1/articles/{id}` gives: quote, UTF-16 pair, selectors, speaker, cue, reasons, the newer
quote. So are all spans of all quotes of all articles: contents, and every part of every
attribution. Counted as wrong is also

    confidence, why   an answer that decides has a confidence, one that is not checkable says why,
                      and no other has either
    reasons           a supporting quote has none, a conflicting one has at least one, and no quote
                      that decides differs in its scope or in who said it
    status            a quote that decides asserts it, unless the claim is itself that something is
                      alleged, planned and so on
    cut ...           a quote begins or ends inside a bracket, a quotation or a date of its sentence
"""

import argparse
import asyncio
import json
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from benchmarks.cuts import cuts
from benchmarks.machine import report
from service.domain.article import Article, Submission
from service.domain.claim import Claim, Filters
from service.domain.indexing import Found
from service.domain.quote import Quote
from service.domain.text import Span
from service.domain.verdict import ReasonCode, Stance, Status, Verdict
from service.english.reading import Reading
from service.english.text.segment import segment
from service.english.text.status import statuses
from service.ingest.files import read_files
from service.pipeline.claims import states_something
from service.settings import Settings
from service.wire.checks import CheckResponse
from service.wire.evidence import Evidence
from service.wiring import Services, build

DECIDED = {Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.DISPUTED}
OF_A_CONFLICT = {
    ReasonCode.NUMBER_DIFFERS,
    ReasonCode.DATE_DIFFERS,
    ReasonCode.ENTITY_DIFFERS,
    ReasonCode.NEGATION,
    ReasonCode.MEANING_DIFFERS,
}

FUZZES: dict[str, Callable[[str], str]] = {
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "straight": lambda text: text.translate(str.maketrans("“”‘’—", "\"\"''-")),
    "curly": lambda text: re.sub(r'"([^"\n]*)"', r"“\1”", text).replace("'", "’"),
    "ligatures": lambda text: text.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ"),
    "emoji": lambda text: text.replace(". ", ". 👩‍👩‍👧‍👦🇺🇦 "),
    "zero width": lambda text: re.sub(r"(\w{4})(?=\w)", "\\1\u200b", text),
    "rtl": lambda text: text.replace(", ", ", \u202bשלום עולם\u202c "),
    "controls": lambda text: text.replace(" the ", " \x00the\x07 \ufeff"),
}


def main() -> None:
    """Reads the arguments, runs, writes the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--claims", type=int, default=2000)
    parser.add_argument("--articles", type=int, default=None, help="only so many")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    found = list(islice(read_files(arguments.data), arguments.articles))
    arguments.out.write_text(json.dumps(report(asyncio.run(run(found, arguments.claims)))))
    print(arguments.out.read_text())


async def run(found: Sequence[Found], claims: int) -> dict[str, Any]:
    """Counts of what was checked and of what was wrong."""
    with tempfile.TemporaryDirectory() as folder:
        async with build(Settings(store=folder)) as services:
            indexed = await _index(services, [*found, *_fuzzed(found)])
            counts = await _stored(services)
            for claim in islice(_claims(found), claims):
                answer = CheckResponse.of(await services.checker.check(Claim(claim)))
                counts["claims"] += 1
                counts[answer.verdict.value] += 1
                counts += _counted(wrong_answer(answer))
                for evidence in (*answer.supporting, *answer.conflicting, *answer.mentions):
                    counts["quotes"] += 1
                    counts[f"{evidence.stance.value} {evidence.status.value}"] += 1
                    counts += _counted(wrong_judgement(answer.claim, evidence))
                    counts += _counted(await _wrong_words(services, answer.claim, evidence))
    return {
        "indexed": indexed,
        **counts,
        "wrong": sum(v for k, v in counts.items() if k.startswith("wrong")),
    }


async def _index(services: Services, found: Sequence[Found]) -> dict[str, int]:
    outcomes: Counter[str] = Counter()
    async with aclosing(services.indexer.index(_stream(found))) as running:
        async for outcome in running:
            outcomes[outcome.change.value if outcome.change else f"refused: {outcome.problem}"] += 1
    return dict(outcomes)


async def _stream(found: Sequence[Found]) -> AsyncIterator[Found]:
    for one in found:
        yield one


def _fuzzed(found: Sequence[Found]) -> Iterator[Found]:
    """Every tenth article in hostile typography, each fuzz in turn."""
    for one, (name, fuzz) in zip(found[::10], cycle(FUZZES.items()), strict=False):
        given = one.submission
        if given and given.text:
            yield Found(
                f"{one.origin} ({name})",
                Submission(
                    text=fuzz(given.text), title=f"{given.title} ({name})", publisher="Fuzz"
                ),
            )


def _claims(found: Sequence[Found]) -> Iterator[str]:
    """One sentence of each article in turn, then the next one; every second with a wrong number."""
    sentences = [list(_statements(one.submission)) for one in found if one.submission]
    turn = (row[depth] for depth in range(200) for row in sentences if depth < len(row))
    for number, claim in enumerate(turn):
        yield _doubled(claim) if number % 2 else claim


def _statements(submission: Submission) -> Iterator[str]:
    text = submission.text or ""
    for span in segment(text).sentences:
        sentence = " ".join(span.of(text).split())
        if 40 <= len(sentence) <= 300 and states_something(sentence):
            yield sentence


def _doubled(claim: str) -> str:
    first = next(iter(Reading(claim).quantities), None)
    if first is None:
        return claim
    return f"{claim[: first.span.start]}{first.interval.nominal * 2:,.0f} {claim[first.span.end :]}"


async def _stored(services: Services) -> Counter[str]:
    """Every span of what is kept of who said what."""
    counts: Counter[str] = Counter()
    cursor = None
    while True:
        page = await services.store.articles(Filters(), limit=200, cursor=cursor)
        for article in page.articles:
            for quote in await services.store.quotes(article.id):
                counts["stored quotes"] += 1
                counts += _wrong_parts(article.text, quote)
        cursor = page.cursor
        if cursor is None:
            return counts


def _wrong_parts(text: str, quote: Quote) -> Counter[str]:
    said = quote.attribution
    single = (said.speaker, said.resolved, said.role, said.organisation, said.via, said.cue)
    parts = [part for part in (*single, *said.hedges, *said.reported_by) if part is not None]
    empty = [piece for piece in quote.content if not piece.of(text).strip()]
    wrong = [part for part in parts if part.span.of(text) != part.text or not part.text]
    found = {
        "spans": len(parts) + len(quote.content),
        "wrong stored spans": len(wrong),
        "wrong stored contents": len(empty) + (not quote.content),
    }
    return Counter({name: number for name, number in found.items() if number})


def wrong_answer(answer: CheckResponse) -> dict[str, bool]:
    """What may be wrong of an answer beside its quotes, and whether it is."""
    sides = {
        Stance.SUPPORTS: answer.supporting,
        Stance.CONFLICTS: answer.conflicting,
        Stance.MENTIONS: answer.mentions,
    }
    return {
        "confidence": (answer.confidence is not None) != (answer.verdict in DECIDED),
        "why": (answer.why is not None) != (answer.verdict is Verdict.NOT_CHECKABLE),
        "side": any(one.stance is not stance for stance, side in sides.items() for one in side),
    }


def wrong_judgement(claim: str, evidence: Evidence) -> dict[str, bool]:
    """What may be wrong of what a quote is said to do to the claim, and whether it is."""
    codes = {reason.code for reason in evidence.reasons}
    decides = evidence.stance is not Stance.MENTIONS
    conflicts = evidence.stance is Stance.CONFLICTS
    return {
        "reasons": decides and bool(codes - (OF_A_CONFLICT if conflicts else set())),
        "conflict without a reason": conflicts and not codes,
        "status": decides and evidence.status not in {Status.ASSERTED, *statuses(claim)},
    }


async def _wrong_words(services: Services, claim: str, evidence: Evidence) -> dict[str, bool]:
    article = await services.store.article(evidence.article.id)
    if article is None:
        return {"article": True}
    newer = evidence.superseded_by
    successor = await services.store.article(newer.article.id) if newer else None
    text, position = article.text, evidence.selector[1]
    units, (begin, end) = text.encode("utf-16-le"), evidence.utf16
    said, exact = evidence.attribution, evidence.selector[0]
    parts = [said.speaker, said.resolved, said.via, said.cue, *said.hedges, *said.reported_by]
    return {
        "quote": text[position.start : position.end] != evidence.quote,
        "empty quote": not evidence.quote.strip(),
        "utf16": units[2 * begin : 2 * end].decode("utf-16-le") != evidence.quote,
        "selector": exact.prefix + exact.exact + exact.suffix not in text,
        "attribution": any(text[p.start : p.end] != p.text for p in parts if p),
        "reason in quote": any(
            evidence.quote[r.source.start : r.source.end] != r.source.text for r in evidence.reasons
        ),
        "reason in claim": any(
            claim[r.claim.start : r.claim.end] != r.claim.text for r in evidence.reasons
        ),
        "newer quote": newer is not None
        and (
            successor is None
            or successor.text[newer.position.start : newer.position.end] != newer.quote
        ),
        **_cut(article, Span(position.start, position.end)),
    }


def _cut(article: Article, quote: Span) -> dict[str, bool]:
    sentences = (one for one in segment(article.text).sentences if one.overlaps(quote))
    return {f"cut {kind}": True for one in sentences for kind in cuts(article.text, one, quote)}


def _counted(wrong: Mapping[str, bool]) -> Counter[str]:
    return Counter(f"wrong {name}" for name, is_wrong in wrong.items() if is_wrong)


if __name__ == "__main__":
    main()
