"""How long the check of a draft takes beside its models, and how long its answer is.

    python -m benchmarks.draft_speed --articles ARTICLES.jsonl.gz --out JSON
        [--passages 100000] [--real 50000] [--drafts 9] [--folder FOLDER]

The archive holds `--real` passages of the articles, and is grown to `--passages` as in `corpus.py`.
Drafts are articles of about 600 words in at least ten paragraphs, none of which is in the archive.
All are measured in this process, by turns: `ms` by the clock, `cpu_ms` of the processor, which tell
the same on a busy machine:

    cold        the whole answer as JSON, with nothing in the cache
    models      what the models were asked for that, put to them again, all at once
    edited      the answer after the paragraph in the middle was exchanged for one of another story
                (`judged_anew`: how many of its statements were not in the cache)
    again       the answer to that once more
    first       of 27,000 characters, stories joined: until the first finding can be sent
    check       that finding's statement, checked as a claim with nothing in the cache

`bytes` are those of the answer: `json`, as it is by default; `sent`, the same as gzip, for callers
that take it; `whole`, where every finding has a whole check, with its mentions, coverage and
provenance, as answers once were.
"""

import argparse
import asyncio
import gzip
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.corpus import Archive, read_sentences
from benchmarks.machine import report
from service.domain.claim import Filters
from service.domain.draft import Draft
from service.domain.finding import Finding
from service.observe.stages import instead, timing
from service.pipeline.draft import DraftChecker
from service.settings import Settings
from service.wire.checks import CheckResponse
from service.wire.drafts import DraftRequest, DraftResponse
from service.wiring import Services, build
from training.archive import index
from training.rows import Row, read_rows

WORDS = range(590, 611)
"""Articles of this length are drafts, and not in the archive."""
LEAST_PARAGRAPHS = 10
LONG_CHARS = 27_000
SENTENCES = 4_000
"""How many sentences the archive grows from."""
ARTICLES_A_PUT = 50

Times = dict[str, dict[str, float]]


def is_held_out(row: Row) -> bool:
    """Whether the article is a draft here, or could be."""
    return len(row["text"].split()) in WORDS


def paragraphs(text: str) -> list[str]:
    """Its lines with something on them."""
    return [line for line in text.split("\n") if line.strip()]


async def fill(services: Services, data: Path, folder: Path, *, real: int, passages: int) -> None:
    """Grows the archive to so many passages, `real` of which are of articles."""
    rows = [row for row in read_rows(data) if not is_held_out(row)]
    for start in range(0, len(rows), ARTICLES_A_PUT):
        if await _passages(services) >= real:
            break
        await index(services, rows[start : start + ARTICLES_A_PUT])
    if await _passages(services) >= passages:
        return
    archive = Archive(await read_sentences(data, services.embedder, count=SENTENCES, cache=folder))
    number = 0
    while await _passages(services) < passages:
        numbers = range(number, number + ARTICLES_A_PUT)
        await services.store.put([await archive.entry(each) for each in numbers])
        number += ARTICLES_A_PUT


async def _passages(services: Services) -> int:
    return (await services.store.coverage(Filters())).passages


@dataclass(slots=True)
class Heard:
    """The drafts of a service, and what they have asked of its models."""

    services: Services
    asked: list[Callable[[], Awaitable[object]]] = field(default_factory=list)

    @property
    def drafts(self) -> DraftChecker:
        """As the service's own."""
        drafts = self.services.drafts
        checker = replace(
            drafts.checker,
            embedder=self._heard(drafts.checker.embedder, "embed"),
            stance=self._heard(drafts.checker.stance, "stances"),
        )
        return replace(drafts, checker=checker, tagger=self._heard(drafts.tagger, "acts"))

    def _heard(self, port: Any, method: str) -> Any:  # noqa: ANN401 - any of the models
        call = getattr(port, method)

        async def hear(*given: object) -> object:
            self.asked.append(lambda: call(*given))
            return await call(*given)

        return instead(port, {method: hear})

    async def ask_again(self) -> None:
        """Everything, at once."""
        await asyncio.gather(*(ask() for ask in self.asked))


async def answered(drafts: DraftChecker, text: str) -> tuple[str, list[Finding]]:
    """What `POST /v1/drafts` answers, and the findings in it."""
    asked = DraftRequest(text=text)
    findings = [finding async for finding in drafts.check(asked.to_domain())]
    ground = await drafts.ground(asked.to_domain())
    return DraftResponse.of(asked, findings, *ground).model_dump_json(), findings


def whole(answer: str, findings: Sequence[Finding]) -> str:
    """The answer with a whole check in every finding."""
    shape = json.loads(answer)
    for each, finding in zip(shape["findings"], findings, strict=True):
        each["check"] = CheckResponse.of(finding.check).model_dump(mode="json")
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":"))


async def forget(services: Services) -> None:
    """Empties the cache of checks."""
    cache = services.checker.cache
    assert cache
    await cache.cache.close()  # a MemoryCache forgets, and goes on


@contextmanager
def timed(times: Times, name: str) -> Iterator[None]:
    """Adds the milliseconds inside under this name, by the clock and of the processor."""
    clocks = {"ms": time.perf_counter, "cpu_ms": time.process_time}
    started = {unit: clock() for unit, clock in clocks.items()}
    yield
    for unit, clock in clocks.items():
        times.setdefault(unit, {})[name] = round(1000 * (clock() - started[unit]), 1)


def ratio(times: Times, over: str, under: str) -> dict[str, float]:
    """How many times as long the one takes as the other."""
    return {unit: each[over] / each[under] for unit, each in times.items()}


async def measure_draft(services: Services, lines: list[str], other: str) -> dict[str, Any]:
    """One draft of these paragraphs; `other` is the one that is put in."""
    heard, times = Heard(services), Times()
    text, middle = "\n\n".join(lines), len(lines) // 2
    edited = "\n\n".join([*lines[:middle], other, *lines[middle + 1 :]])
    await forget(services)
    with timed(times, "cold"):
        answer, findings = await answered(heard.drafts, text)
    with timed(times, "models"):
        await heard.ask_again()
    with timed(times, "edited"), timing() as anew:
        await answered(services.drafts, edited)
    with timed(times, "again"):
        await answered(services.drafts, edited)
    sizes = {
        "json": len(answer.encode()),
        "sent": len(gzip.compress(answer.encode(), mtime=0)),
        "whole": len(whole(answer, findings).encode()),
    }
    return {
        "paragraphs": len(lines),
        "findings": len(findings),
        "judged_anew": anew.counts["cached", "miss"],
        **times,
        "bytes": sizes,
        "times_models": ratio(times, "cold", "models"),
        "edited_share": ratio(times, "edited", "cold"),
        "again_share": ratio(times, "again", "cold"),
        "json_share": sizes["json"] / sizes["whole"],
        "sent_share": sizes["sent"] / sizes["whole"],
    }


async def measure_first(services: Services, text: str) -> dict[str, Any]:
    """The first finding of a long draft, and its statement as a claim."""
    times = Times()
    await forget(services)
    async with aclosing(services.drafts.check(Draft(text))) as findings:
        with timed(times, "first"):
            finding = await anext(findings)
    await forget(services)
    with timed(times, "check"):
        await services.checker.check(finding.check.claim)
    return {**times, "times_check": ratio(times, "first", "check")}


def medians(measured: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Of every number, however deep."""
    return {
        key: medians([each[key] for each in measured])
        if isinstance(value, dict)
        else round(median(each[key] for each in measured), 3)
        for key, value in measured[0].items()
    }


async def run(given: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Fills the archive and measures."""
    held_out = [row["text"] for row in read_rows(given.articles) if is_held_out(row)]
    stories = [lines for text in held_out if len(lines := paragraphs(text)) >= LEAST_PARAGRAPHS]
    drafts = stories[: given.drafts + 1]
    async with build(Settings(store=str(folder / "store"))) as services:
        await fill(services, given.articles, folder, real=given.real, passages=given.passages)
        whole_drafts, long_drafts = [], []
        for number, (lines, others) in enumerate(pairwise(drafts)):
            other = others[len(others) // 2]
            whole_drafts.append(await measure_draft(services, lines, other))
            joined = "\n\n".join(line for each in stories[number:] for line in each)
            long_drafts.append(await measure_first(services, joined[:LONG_CHARS]))
            print(json.dumps([whole_drafts[-1], long_drafts[-1]]), flush=True)
        return {
            "passages": await _passages(services),
            "drafts": len(whole_drafts),
            "draft": medians(whole_drafts),
            "long": {"characters": LONG_CHARS, **medians(long_drafts)},
        }


def main() -> None:
    """Reads the arguments, measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--real", type=int, default=50_000)
    parser.add_argument("--drafts", type=int, default=9)
    parser.add_argument("--folder", type=Path, help="kept for other runs; default: a temporary one")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    temporary = tempfile.TemporaryDirectory(prefix="onrecord-drafts-")
    with nullcontext(given.folder) if given.folder else temporary as folder:
        figures = asyncio.run(run(given, Path(folder)))
    result = report(figures)
    given.out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
