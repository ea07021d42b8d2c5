"""A check as ClaimReview says only what schema.org has words for, by its types for TypeScript."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

from service.reports.claim_review import claim_review
from service.wire.checks import CheckResponse
from service.wiring import Services
from tests.clients.tools import Tools
from tests.conftest import check

CLAIMS = (
    "5,000 North Koreans are in the Buryat Battalion.",
    "Turnout was 61.4 percent.",
    "The moon is made of cheese.",
)
WRONG: tuple[Callable[[Any], Any], ...] = (
    lambda review: review.update(verdict="contradicted"),
    lambda review: review["reviewRating"].update(value=1),
    lambda review: review["citation"][0].update({"@type": "Quote"}),
    lambda review: review["citation"][0].update(spokenByCharacter={"@type": "NewsArticle"}),
    lambda review: review["citation"][0]["isPartOf"].update(publisher={"@type": "Rating"}),
)
"""No ClaimReview: unknown properties, an unknown type, things where they may not stand."""


def typed(number: int, review: Any) -> str:
    """A line of TypeScript that is an error unless all of it is schema.org's."""
    return f"export const r{number}: WithContext<ClaimReview> = {json.dumps(review)};\n"


async def test_every_term_is_schema_orgs(tools: Tools, samples: Services, tmp_path: Path) -> None:
    """The properties of each type, and objects only where they may stand. An error that is expected
    and does not come is an error, too."""
    reviews = [claim_review(CheckResponse.of(await check(samples, claim))) for claim in CLAIMS]
    lines = ['import type { ClaimReview, WithContext } from "schema-dts";\n']
    lines += [typed(number, review) for number, review in enumerate(reviews)]
    for number, spoil in enumerate(WRONG, start=len(reviews)):
        spoilt = deepcopy(reviews[0])
        spoil(spoilt)
        lines += ["// @ts-expect-error\n", typed(number, spoilt)]
    (tmp_path / "reviews.mts").write_text("".join(lines), encoding="utf-8")
    options = ("--noEmit", "--strict", "--module", "NodeNext", "reviews.mts")
    tools.node(tools.modules(tmp_path) / "tsc", *options, at=tmp_path)
