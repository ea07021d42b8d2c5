"""Answers with known words, made as the pipeline makes them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from service.domain.article import Article
from service.domain.claim import Claim
from service.domain.quote import Attribution, SpeakerKind, SpeechKind
from service.domain.text import Span, mention
from service.domain.verdict import (
    Check,
    Coverage,
    Evidence,
    Notice,
    Provenance,
    Reason,
    ReasonCode,
    Stance,
    Verdict,
)
from service.pipeline.findings import of_statement
from service.wire.checks import CheckResponse
from service.wire.drafts import FindingResponse
from service.wire.positions import Places

CLAIM = "The mill has 20 looms."
TEXT = "The mill reportedly has about 14 looms, foreman Ada Kell told the Gazette."
MakeCheck = Callable[..., Check]
MakeFinding = Callable[..., FindingResponse]


def span(words: str, text: str = TEXT) -> Span:
    """Where `words` stand in `text`."""
    return Span(text.index(words), text.index(words) + len(words))


@pytest.fixture
def article() -> Article:
    return Article(
        id="mill",
        text=TEXT,
        title="Looms fall silent",
        publisher="Dale Courier",
        url="https://courier.example/looms",
        published_at=datetime(2025, 3, 4, tzinfo=UTC),
    )


@pytest.fixture
def conflict(article: Article) -> Evidence:
    quote = span("The mill reportedly has about 14 looms,")
    return Evidence(
        stance=Stance.CONFLICTS,
        confidence=0.9,
        article=article,
        span=quote,
        attribution=Attribution(
            speaker=mention(TEXT, span("foreman Ada Kell")),
            kind=SpeakerKind.NAMED,
            via=mention(TEXT, span("the Gazette")),
            speech=SpeechKind.INDIRECT,
            hedges=(mention(TEXT, span("reportedly")),),
        ),
        reasons=(
            Reason(
                ReasonCode.NUMBER_DIFFERS,
                mention(CLAIM, span("20 looms", CLAIM)),
                mention(quote.of(TEXT), span("about 14 looms", quote.of(TEXT))),
            ),
        ),
        origin="o1",
    )


@pytest.fixture
def make_check(conflict: Evidence) -> MakeCheck:
    """A check with the one conflict, or with whatever is given."""

    def make(
        *,
        claim: str = CLAIM,
        verdict: Verdict = Verdict.CONTRADICTED,
        confidence: float | None = 0.9,
        notices: tuple[Notice, ...] = (),
        conflicting: tuple[Evidence, ...] = (conflict,),
        supporting: tuple[Evidence, ...] = (),
        mentions: tuple[Evidence, ...] = (),
        coverage: Coverage | None = None,
        as_of: datetime | None = None,
    ) -> Check:
        day = datetime(2025, 3, 4, tzinfo=UTC)
        return Check(
            claim=Claim(claim),
            verdict=verdict,
            confidence=confidence,
            why=None,
            summary="1 independent origin conflicts with the claim; none supports it.",
            notices=notices,
            supporting=supporting,
            conflicting=conflicting,
            mentions=mentions,
            coverage=coverage or Coverage(1, 2, 1, day, day),
            provenance=Provenance("s1", as_of, (("embedder", "e1"),), "sha256:0"),
        )

    return make


@pytest.fixture
def answer(make_check: MakeCheck) -> CheckResponse:
    return CheckResponse.of(make_check())


@pytest.fixture
def make_finding(make_check: MakeCheck) -> MakeFinding:
    """A finding for `words` of `draft`."""

    def make(
        draft: str, words: str, verdict: Verdict = Verdict.CONTRADICTED, **check: object
    ) -> FindingResponse:
        made = make_check(claim=words, verdict=verdict, **check)
        return FindingResponse.of(Places(draft), of_statement(draft, span(words, draft), made))

    return make
