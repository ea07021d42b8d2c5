"""Drafts are timed beside their models, and their answers weighed beside whole checks."""

import json
from pathlib import Path

from benchmarks.draft_speed import answered, measure_draft, measure_first, medians, whole
from service.domain.article import Submission
from service.wiring import Models, build_around
from tests.conftest import settings

LINES = [
    "The port of Vell employs 2,000 dockers.",
    "The Orm ferry sank in 1912.",
    "The harbour of Vell froze in 1963.",
]
OTHER = "The council voted nine to four to close the quay."


async def test_one_statement_of_an_edited_draft_is_judged_anew(
    models: Models, tmp_path: Path
) -> None:
    """The one that was put in; and every figure is there."""
    with_cache = settings(tmp_path / "store", cache_bytes=1_000_000)
    async with build_around(models, with_cache) as services:
        await services.indexer.put(Submission(text="The port of Vell employs 3,000 dockers."))
        measured = await measure_draft(services, LINES, OTHER)
        first = await measure_first(services, "\n\n".join(LINES))
        answer, findings = await answered(services.drafts, LINES[0])
    assert (measured["findings"], measured["judged_anew"]) == (3, 1)
    assert set(measured["ms"]) == {"cold", "models", "edited", "again"}
    assert measured["bytes"]["sent"] < measured["bytes"]["json"] < measured["bytes"]["whole"]
    assert set(first["ms"]) == {"first", "check"}
    (finding,) = json.loads(whole(answer, findings))["findings"]
    assert finding["check"]["coverage"]["articles"] == 1
    assert finding["check"]["provenance"]["snapshot"]


def test_medians_are_taken_of_every_number() -> None:
    """However deep it stands."""
    measured = [{"ms": {"cold": ms}, "share": ms / 10} for ms in (1, 9, 2)]
    assert medians(measured) == {"ms": {"cold": 2}, "share": 0.2}
