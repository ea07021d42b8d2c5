"""A check that was made before is answered from the cache, and the cache tells nobody the claim."""

import json
import re
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from service.domain.article import Submission
from service.domain.claim import Claim, Filters
from service.domain.draft import Draft
from service.domain.errors import StoreFailed
from service.domain.verdict import Check, NoticeCode
from service.observe import timing
from service.pipeline.check import Checker
from service.pipeline.check_cache import CheckCache
from service.wire.check_cache import dump_check, load_check
from service.wire.checks import CheckRequest, CheckResponse
from service.wiring import Models, Services, build_around
from tests.conftest import SAMPLES, settings
from tests.redis_servers import Servers

ROWS = [json.loads(line) for line in (SAMPLES / "claims.jsonl").read_text().splitlines()]
CLAIMS = [
    *(
        CheckRequest.model_validate(
            {key: row[key] for key in ("claim", "as_of") if key in row}
        ).to_domain()
        for row in ROWS[2::4]
    ),
    Claim("The Salow Bridge is closed, the Ostrava Gazette reports."),  # a name spelled otherwise
    Claim("North Korea has sent 10,000 soldiers.", Filters(include_publishers=frozenset({"X"}))),
]


@dataclass(frozen=True, slots=True)
class Remembering:
    """A cache that shows what it was given, and can be told to fail."""

    values: dict[str, bytes] = field(default_factory=dict)
    fails: list[str] = field(default_factory=list)

    async def get(self, key: str) -> bytes | None:
        if self.fails:
            raise StoreFailed(self.fails[0])
        return self.values.get(key)

    async def put(self, key: str, value: bytes) -> None:
        if self.fails:
            raise StoreFailed(self.fails[0])
        self.values[key] = value

    async def close(self) -> None:
        pass


@dataclass(frozen=True, slots=True)
class Kept:
    """A checker with a cache of its own, and what was told of the cache."""

    checker: Checker
    cache: Remembering
    outcomes: list[str]
    errors: list[Exception]


def kept(
    services: Services, *, code: str = "this version", cache: Remembering | None = None
) -> Kept:
    outcomes: list[str] = []
    errors: list[Exception] = []
    cache = cache or Remembering()
    checks = CheckCache(cache, code, dump_check, load_check, outcomes.append, errors.append)
    return Kept(replace(services.checker, cache=checks), cache, outcomes, errors)


@pytest.fixture(scope="session")
async def asked(samples: Services) -> tuple[Kept, list[Check]]:
    """The claims of the samples, checked once with an empty cache."""
    made = kept(samples)
    return made, [await made.checker.check(claim) for claim in CLAIMS]


async def test_the_same_question_gets_the_same_answer_and_asks_no_model(
    asked: tuple[Kept, list[Check]],
) -> None:
    """Every field, the articles and the claim's own words included, byte for byte as JSON."""
    made, answers = asked
    assert made.outcomes == ["miss"] * len(CLAIMS)
    with timing() as stopwatch:
        for claim, answer in zip(CLAIMS, answers, strict=True):
            again = await made.checker.check(claim)
            assert again == answer
            assert CheckResponse.of(again).model_dump_json() == (
                CheckResponse.of(answer).model_dump_json()
            )
    assert made.outcomes[len(CLAIMS) :] == ["hit"] * len(CLAIMS)
    assert not {"embed", "stance", "vectors", "words"} & stopwatch.stages.keys()


async def test_the_cache_holds_no_words_of_a_claim(asked: tuple[Kept, list[Check]]) -> None:
    """Not three in a row, in any value; keys are digests. Notices quote the claim, reasons point
    into it: both are among these answers."""
    made, answers = asked
    assert any(
        notice.code is NoticeCode.SPELLED_OTHERWISE and "“Salow”" in notice.text
        for answer in answers
        for notice in answer.notices
    )
    assert any(quote.reasons for answer in answers for quote in answer.conflicting)
    held = [zlib.decompress(value).decode() for value in made.cache.values.values()]
    assert len(held) == len({*CLAIMS})
    assert not any("Salow" in value or "Ostrava" in value for value in held)
    for claim in CLAIMS:
        words = re.findall(r"\w+", claim.text)
        for three in zip(words, words[1:], words[2:], strict=False):
            pattern = re.compile(r"\W+".join(three))
            assert not any(pattern.search(value) for value in held), three
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in made.cache.values)


async def test_another_question_or_another_version_is_another_answer(
    samples: Services, asked: tuple[Kept, list[Check]]
) -> None:
    """Whatever may change an answer is in the key."""
    made, answers = asked
    claim, answer = CLAIMS[0], answers[0]
    for other in (
        replace(claim, text=claim.text + " "),
        replace(claim, limit=4),
        replace(claim, min_confidence=0.1),
        replace(claim, min_conflict=0.1),
        replace(claim, filters=Filters(exclude_publishers=frozenset({"A"}))),
        replace(claim, filters=Filters(published_after=datetime(1999, 1, 1, tzinfo=UTC))),
    ):
        assert await _found(made.checker, other, answer) is None
    assert await _found(made.checker, claim, answer) == answer
    newer = kept(samples, code="another version", cache=made.cache)
    assert await _found(newer.checker, claim, answer) is None
    others = replace(answer, provenance=replace(answer.provenance, models=(("stance", "b"),)))
    assert await _found(made.checker, claim, others) is None


async def test_a_change_of_the_archive_makes_every_answer_anew(services: Services) -> None:
    """What is indexed is in the next answer; what is deleted is in none."""
    checker = kept(services).checker
    claim = Claim("The port of Vell employs 3,000 dockers.")
    assert (await checker.check(claim)).supporting == ()
    text = "The port of Vell employs 3,000 dockers, its agent said."
    article, _ = await services.indexer.put(Submission(text=text, title="Dockers"))
    assert len((await checker.check(claim)).supporting) == 1
    await services.store.delete(article.id)
    assert (await checker.check(claim)).supporting == ()


async def test_no_answer_is_kept_that_was_made_while_an_article_was_away(
    services: Services,
) -> None:
    """Removed and put back, it leaves the snapshot as it was: the answer without it is made again,
    and is not given to whoever asks next."""
    given = Submission(
        text="The ferry to Orm carries 212 passengers, the harbour master said.",
        title="More room",
        publisher="Orm Post",
        published_at=datetime(2025, 6, 1, tzinfo=UTC),
    )
    article, _ = await services.indexer.put(given)
    store = services.store

    class Flickering:
        """The store, from which the article is away while passages are looked for at first."""

        looked = away = False

        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

        async def nearest(self, *asked: Any, **limit: Any) -> Any:
            if not self.looked:
                self.looked = self.away = await store.delete(article.id)
            return await store.nearest(*asked, **limit)

        async def coverage(self, *asked: Any) -> Any:
            if self.away:
                self.away = False
                await services.indexer.put(given)
            return await store.coverage(*asked)

    checks = kept(services)
    claim = Claim("The ferry to Orm carries 112 passengers.")
    whole = await services.checker.check(claim)
    flickering = replace(checks.checker, store=Flickering())
    snapshot = await store.snapshot()
    assert await flickering.check(claim) == whole
    assert await store.snapshot() == snapshot
    assert await checks.checker.check(claim) == whole


async def test_an_answer_of_the_past_brings_the_revision_that_stood(services: Services) -> None:
    """The article has been corrected since."""
    for day, number in ((3, "212"), (5, "240")):
        await services.indexer.put(
            Submission(
                text=f"The ferry to Orm carries {number} passengers, the harbour master said.",
                title="More room",
                url="https://orm.example/ferry",
                published_at=datetime(2025, 3, day, tzinfo=UTC),
            )
        )
    made = kept(services)
    claim = Claim(
        "The ferry to Orm carries 212 passengers.", Filters(as_of=datetime(2025, 3, 4, tzinfo=UTC))
    )
    first, second = await made.checker.check(claim), await made.checker.check(claim)
    assert first == second
    assert made.outcomes == ["miss", "hit"]
    assert "212" in second.supporting[0].article.text


async def test_a_cache_that_fails_fails_no_check(
    samples: Services, asked: tuple[Kept, list[Check]]
) -> None:
    """It is told twice: the answer was neither found nor kept."""
    broken = kept(samples, cache=Remembering(fails=["Redis is gone"]))
    assert await broken.checker.check(CLAIMS[0]) == asked[1][0]
    assert list(map(str, broken.errors)) == ["Redis is gone"] * 2


@pytest.mark.parametrize("damaged", [b"nonsense", zlib.compress(b"{}"), zlib.compress(b"[")])
async def test_a_damaged_value_is_passed_over(
    samples: Services, asked: tuple[Kept, list[Check]], damaged: bytes
) -> None:
    """The answer is not found, and made anew it is kept over the other."""
    made, answer = kept(samples), asked[1][0]
    assert made.checker.cache is not None
    await made.checker.cache.keep(answer)
    made.cache.values.update(dict.fromkeys(made.cache.values, damaged))
    assert await _found(made.checker, CLAIMS[0], answer) is None
    assert len(made.errors) == 1
    await made.checker.cache.keep(answer)
    assert await _found(made.checker, CLAIMS[0], answer) == answer


@pytest.fixture
async def caching(models: Models, tmp_path: Path) -> AsyncIterator[Services]:
    """The service as it is by default, with a cache, and two articles in it."""
    async with build_around(models, settings(tmp_path / "store", cache_bytes=1_000_000)) as built:
        for text in ("The port of Vell employs 3,000 dockers.", "The Orm ferry sank in 1912."):
            await built.indexer.put(Submission(text=text, title=text))
        yield built


async def test_of_a_changed_draft_only_what_changed_is_judged(caching: Services) -> None:
    """A paragraph is put in front: the others' statements are the same claims."""
    old = "The Orm ferry sank in 1912.\n\nThe port of Vell employs 2,000 dockers.\n"
    new = "The harbour of Vell froze in 1963.\n\n" + old
    before = await _draft(caching, old)
    with timing() as stopwatch:
        after = await _draft(caching, new)
    counts = stopwatch.counts
    assert (counts["cached", "miss"], counts["cached", "hit"]) == (1, 2)
    assert after[1:] == before


async def test_what_is_kept_is_not_on_the_disk(caching: Services, tmp_path: Path) -> None:
    """The embedded store's cache is in memory alone: a check leaves no file changed."""
    before = _files(tmp_path)
    await caching.checker.check(Claim("The port of Vell employs 2,000 dockers."))
    assert _files(tmp_path) == before


async def test_redis_is_told_no_word_that_is_kept(models: Models, redis_server: Servers) -> None:
    """Neither its file nor what it has of the cache has the name that only the claim has, though
    another replica is answered from it."""
    claim = Claim("The port of Vell employs 2,000 dockers, Zebulon Quixworth has said.")
    with_cache = settings(redis_server.url, cache_bytes=1_000_000)
    async with build_around(models, with_cache) as services:
        await services.indexer.put(Submission(text="The port of Vell employs 3,000 dockers."))
        first = await services.checker.check(claim)
    async with build_around(models, with_cache) as services:
        with timing() as stopwatch:
            assert await services.checker.check(claim) == first
    assert stopwatch.counts["cached", "hit"] == 1
    with Redis(port=redis_server.nodes[0].port) as client:
        (key,) = client.keys("onrecord:cache:*")
        kept = zlib.decompress(client.get(key)[32:])
    assert b"port of Vell" not in kept
    on_disk = b"".join(_files(redis_server.nodes[0].folder).values())
    assert b"onrecord:cache:" in on_disk
    for word in (b"quixworth", b"zebulon"):
        assert word not in kept.lower()
        assert word not in on_disk.lower()


async def _draft(services: Services, text: str) -> list[Any]:
    findings = services.drafts.check(Draft(text))
    return [finding.check async for finding in findings]


async def _found(checker: Checker, claim: Claim, answer: Check) -> Check | None:
    assert checker.cache is not None
    provenance = replace(answer.provenance, as_of=claim.filters.as_of)
    return await checker.cache.find(claim, provenance, checker.store)


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(path): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith("-shm")
    }
