"""A check, from the claim to the verdict, with the real models and a real store."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from service.domain.article import StoredPassage, Submission
from service.domain.claim import Claim, Filters
from service.domain.quote import SpeakerKind, SpeechKind
from service.domain.text import Span
from service.domain.verdict import Check, Evidence, ReasonCode, Stance, Verdict
from service.english.quantities.quantities import Quantity, quantities
from service.observe import timing
from service.ports import Store
from service.wire.checks import CheckRequest, CheckResponse
from service.wiring import Services, build
from tests.conftest import SAMPLES, check, settings

CLAIMS = [json.loads(line) for line in (SAMPLES / "claims.jsonl").read_text().splitlines()]
CLOSED = "The Sallow Bridge is closed."
OF_A_CONFLICT = {
    ReasonCode.NUMBER_DIFFERS,
    ReasonCode.DATE_DIFFERS,
    ReasonCode.ENTITY_DIFFERS,
    ReasonCode.NEGATION,
}


def every_quote(answer: Check) -> list[Evidence]:
    return [*answer.supporting, *answer.conflicting, *answer.mentions]


@pytest.fixture(scope="session")
async def answers(samples: Services) -> list[tuple[dict[str, str], Check]]:
    """The claims of the samples with their answers, which the tests share."""
    return [
        (row, await samples.checker.check(CheckRequest.model_validate(asked).to_domain()))
        for row in CLAIMS
        for asked in [{key: row[key] for key in ("claim", "as_of") if key in row}]
    ]


@pytest.mark.parametrize("place", range(len(CLAIMS)), ids=lambda place: CLAIMS[place]["claim"][:40])
def test_the_samples_get_the_verdicts_their_readme_gives(
    answers: list[tuple[dict[str, str], Check]], place: int
) -> None:
    """Every verdict there is, over reports that agree, conflict, deny, copy and update."""
    row, answer = answers[place]
    assert answer.verdict == row["expected"]


async def test_every_quote_is_a_slice_of_its_article(
    samples: Services, answers: list[tuple[dict[str, str], Check]]
) -> None:
    """Quotes, speakers and reasons are the stored article's own words at the offsets given."""
    for _, answer in answers:
        for evidence in every_quote(answer):
            stored = await samples.store.article(evidence.article.id)
            assert stored == evidence.article
            assert evidence.span.of(stored.text) == evidence.quote
            attribution = evidence.attribution
            for part in (
                attribution.speaker, attribution.resolved, attribution.via, attribution.cue,
            ):  # fmt: skip
                assert part is None or part.span.of(stored.text) == part.text
            for reason in evidence.reasons:
                assert reason.source.span.of(evidence.quote) == reason.source.text
                assert reason.claim.span.of(answer.claim.text) == reason.claim.text


def test_a_quote_of_each_side_has_the_reasons_of_its_side(
    answers: list[tuple[dict[str, str], Check]],
) -> None:
    """A difference never stands on a supporting quote nor another scope on one that decides; every
    conflict says why, by its meaning where nothing finer tells; and only what was decided is more
    or less sure."""
    decided = {Verdict.SUPPORTED, Verdict.CONTRADICTED, Verdict.DISPUTED}
    for _, answer in answers:
        assert (answer.confidence is not None) is (answer.verdict in decided)
        assert (answer.why is not None) is (answer.verdict is Verdict.NOT_CHECKABLE)
        assert answer.confidence is None or 0.5 <= answer.confidence <= 1
        for evidence in every_quote(answer):
            codes = {reason.code for reason in evidence.reasons}
            assert (evidence in answer.supporting) is (evidence.stance is Stance.SUPPORTS)
            assert (evidence in answer.conflicting) is (evidence.stance is Stance.CONFLICTS)
            match evidence.stance:
                case Stance.SUPPORTS:
                    assert not codes
                case Stance.CONFLICTS:
                    assert codes
                    assert codes <= OF_A_CONFLICT or codes == {ReasonCode.MEANING_DIFFERS}
                case _:
                    assert not codes & (OF_A_CONFLICT | {ReasonCode.MEANING_DIFFERS})


def test_what_has_reopened_is_not_closed(
    answers: list[tuple[dict[str, str], Check]],
) -> None:
    """The newest report decides; the older ones are shown, newest first, as overtaken by it."""
    (answer,) = [answer for row, answer in answers if row["claim"] == CLOSED]
    newest = answer.conflicting[0]
    assert "reopened" in newest.quote
    assert answer.supporting
    for older in answer.supporting:
        assert older.superseded_by is not None
        assert older.superseded_by.ends
        assert older.superseded_by.quote == newest.quote
    days = [f"{one.article.published_at:%d}" for one in answer.supporting]
    assert days == sorted(days, reverse=True)
    assert answer.summary == (
        "1 independent origin conflicts with the claim; only older reports support it; "
        "what an older report says has ended."
    )


async def test_a_number_in_another_battalion_is_told_from_the_total(samples: Services) -> None:
    """The 3,000 of one battalion do not conflict with the 10,000 sent in all."""
    answer = await check(samples, "North Korea has sent 10,000 soldiers to Russia.")
    assert not any("3,000" in evidence.quote for evidence in answer.conflicting)


async def test_a_wrong_number_is_contradicted_with_its_reason(samples: Services) -> None:
    """The reason names both numbers, and the chain leads to the outlet that was told."""
    answer = await check(samples, "5,000 North Koreans serve in the Buryat Battalion.")
    assert answer.verdict is Verdict.CONTRADICTED
    evidence = answer.conflicting[0]
    (reason,) = evidence.reasons
    assert reason.code is ReasonCode.NUMBER_DIFFERS
    assert "5,000" in reason.claim.text
    assert "3,000" in reason.source.text


async def test_a_figure_that_was_not_held_against_the_claim_supersedes_none(
    samples: Services,
) -> None:
    """The 3,000 of one battalion, as the same agency gives them later, are not all that were
    sent."""
    answer = await check(samples, "North Korea has sent 10,000 soldiers to Russia.")
    (twelve,) = [quote for quote in answer.conflicting if "12,000" in quote.quote]
    assert twelve.superseded_by is None


async def test_asking_for_more_confidence_gets_abstention(samples: Services) -> None:
    """What is less certain than asked for is shown and decides nothing."""
    text = "About 3,000 North Koreans are in the Buryat Battalion."
    sure = await samples.checker.check(Claim(text))
    assert sure.verdict is Verdict.SUPPORTED
    assert sure.confidence is not None
    asked = await samples.checker.check(Claim(text, min_confidence=sure.confidence + 0.0001))
    assert asked.verdict is Verdict.INSUFFICIENT
    assert any(sure.supporting[0].span.overlaps(one.span) for one in asked.mentions)


async def test_a_quoted_fragment_has_its_speaker_in_full(samples: Services) -> None:
    """A short mention is resolved to the fullest one in the article."""
    answer = await check(samples, "Zelensky called Russia and its allies a coalition of criminals.")
    said = answer.supporting[0].attribution
    assert said.resolved is not None
    assert said.resolved.text == "Ukrainian President Volodymyr Zelensky"
    assert said.kind is SpeakerKind.NAMED
    assert said.speech in {SpeechKind.DIRECT, SpeechKind.MIXED}


async def with_reports(services: Services) -> Services:
    """With an older and a newer report of one count in its archive, by two publishers."""
    reports = [
        ("Vell Herald", "The port of Vell employs 3,000 dockers, the union said.", 1),
        ("Orm Post", "The port of Vell employs 4,500 dockers, the port’s owner said.", 9),
    ]
    for publisher, text, day in reports:
        await services.indexer.put(
            Submission(
                text=text, publisher=publisher, published_at=datetime(2025, 5, day, tzinfo=UTC)
            )
        )
    return services


@pytest.fixture(scope="session")
async def two(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    """The service with both reports. Tests read it and change nothing."""
    async with build(settings(tmp_path_factory.mktemp("two"))) as services:
        yield await with_reports(services)


CLAIM = "The port of Vell employs 3,000 dockers."


@pytest.mark.parametrize(
    ("filters", "verdict", "articles"),
    [
        (Filters(), Verdict.DISPUTED, 2),
        (Filters(as_of=datetime(2025, 5, 5, tzinfo=UTC)), Verdict.SUPPORTED, 1),
        (Filters(published_after=datetime(2025, 5, 5, tzinfo=UTC)), Verdict.CONTRADICTED, 1),
        (Filters(include_publishers=frozenset({"vell herald"})), Verdict.SUPPORTED, 1),
        (Filters(exclude_publishers=frozenset({"VELL HERALD"})), Verdict.CONTRADICTED, 1),
        (Filters(as_of=datetime(2024, 1, 1, tzinfo=UTC)), Verdict.NO_EVIDENCE, 0),
    ],
)
async def test_only_the_part_asked_for_answers(
    two: Services, filters: Filters, verdict: Verdict, articles: int
) -> None:
    """Time and publisher decide what counts, and the coverage says what did."""
    answer = await two.checker.check(Claim(CLAIM, filters))
    assert answer.verdict is verdict
    assert answer.coverage.articles == articles


async def test_the_same_question_gets_the_same_bytes(tmp_path: Path, two: Services) -> None:
    """Another process, another folder, another order of arrival: the answer does not change."""
    here = CheckResponse.of(await check(two, CLAIM))
    articles = (await two.store.articles(Filters(), limit=10)).articles
    async with build(settings(tmp_path / "other")) as elsewhere:
        for article in articles:
            await elsewhere.indexer.put(
                Submission(
                    text=article.text,
                    id=article.id,
                    publisher=article.publisher,
                    published_at=article.published_at,
                )
            )
        there = CheckResponse.of(await check(elsewhere, CLAIM))
    assert here.model_dump_json() == there.model_dump_json()


async def test_the_cap_is_the_same_for_both_sides(two: Services) -> None:
    """`limit` counts quotes a side, and never hides that there is another side."""
    answer = await two.checker.check(Claim(CLAIM, limit=1))
    assert (len(answer.supporting), len(answer.conflicting)) == (1, 1)


class Changing:
    """The store of these services, with another article put in during the first retrieval."""

    def __init__(self, services: Services, arriving: Submission) -> None:
        self._services, self._arriving = services, [arriving]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._services.store, name)

    async def passages(self, passage_ids: Sequence[str]) -> Sequence[StoredPassage]:
        found = await self._services.store.passages(passage_ids)
        while self._arriving:
            await self._services.indexer.put(self._arriving.pop())
        return found


async def test_an_answer_is_of_one_snapshot(services: Services) -> None:
    """What arrives during a check is in the evidence if it is in the snapshot."""
    two = await with_reports(services)
    late = Submission(text="The port of Vell employs 3,000 dockers, its agent said.", title="Late")
    checker = replace(two.checker, store=cast("Store", Changing(two, late)))
    answer = await checker.check(Claim(CLAIM))
    assert answer == await two.checker.check(Claim(CLAIM))
    assert "Late" in {evidence.article.title for evidence in answer.supporting}


async def test_a_sentence_that_cannot_be_read_fails_no_check(
    services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It is left out, counted and logged, and the rest of what was found decides. That the claim
    itself cannot be read is an error, never an answer."""
    for day, text in (
        (1, "The ferry to Orm carries 212 passengers, the harbour master said."),
        (2, "The ferry to Orm carries 112 passengers, says the unreadable leaflet."),
    ):
        published = datetime(2025, 5, day, tzinfo=UTC)
        await services.indexer.put(Submission(text=text, title=f"{day}", published_at=published))
    claim = "The ferry to Orm carries 212 passengers."
    whole = await check(services, claim)
    assert len(every_quote(whole)) == 2

    def failing(text: str, dates: Sequence[Span]) -> tuple[Quantity, ...]:
        if "unreadable" in text:
            raise KeyError(text)
        return quantities(text, dates)

    monkeypatch.setattr("service.english.reading.quantities", failing)
    with timing() as stopwatch:
        answer = await check(services, claim)
    assert answer.verdict is Verdict.SUPPORTED
    assert [quote.article.title for quote in every_quote(answer)] == ["1"]
    assert stopwatch.left_out == 1
    assert "1 could not be read" in caplog.text
    with pytest.raises(KeyError):
        await check(services, "The unreadable ferry to Orm carries 212 passengers.")
