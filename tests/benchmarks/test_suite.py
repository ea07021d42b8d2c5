"""The contrast suite is made again from articles, and from no other articles."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.contrast import Scored, figures, score
from benchmarks.suite import (
    SUITE,
    ArticleChanged,
    Case,
    digest,
    read_suite,
    rebuild,
    write_suite,
)
from benchmarks.suite_making import make
from service.domain.text import Span, normalise
from service.domain.verdict import ReasonCode
from service.wiring import Services
from training.contrast.edit import Edit

TEXT = "A storm came up.\r\nThe port of Vell hired 3,000 dockers in spring. Nobody complained."
SENTENCE = "The port of Vell hired 3,000 dockers in spring."
START = normalise(TEXT).index(SENTENCE)
CASE = Case(
    id="number-1",
    article="a",
    digest=digest(normalise(TEXT)),
    sentence=Span(START, START + len(SENTENCE)),
    claim_edits=(Edit(23, 28, "1,500"),),
    evidence_edits=(Edit(0, 3, "Police said that the"),),
    label="conflicts",
    kind="number",
    reason=ReasonCode.NUMBER_DIFFERS,
)


def test_a_row_and_its_article_make_the_pair(tmp_path: Path) -> None:
    """Offsets are into the normalised text, whatever the article's line ends are."""
    file = tmp_path / "suite.jsonl"
    write_suite(file, [CASE])
    row = {"id": "a", "text": TEXT, "title": "Vell grows", "published_at": "2017-09-05"}
    (pair,) = rebuild(read_suite(file), [row])
    assert pair.case == CASE
    assert pair.article.title == "Vell grows"
    assert pair.article.published_at == datetime(2017, 9, 5, tzinfo=UTC)
    assert pair.claim == "The port of Vell hired 1,500 dockers in spring."
    assert pair.evidence == "Police said that the port of Vell hired 3,000 dockers in spring."


@pytest.mark.parametrize(
    "rows", [[], [{"id": "a", "text": TEXT + " "}], [{"id": "b", "text": TEXT}]]
)
def test_a_changed_or_missing_article_is_refused(rows: list[dict[str, str]]) -> None:
    """Offsets into another text would make nonsense of it."""
    with pytest.raises(ArticleChanged, match="number-1"):
        rebuild([CASE], rows)


def test_a_suite_is_made_of_held_out_articles_without_what_was_dropped() -> None:
    """Every fifth article; the same pairs have the same ids each time."""
    articles = [
        {"id": str(i), "text": f"The port of Vell hired 3,00{i} dockers for its new terminal."}
        for i in range(7)
    ]
    cases = make(articles, 40, frozenset())
    assert {case.article for case in cases} == {"0", "5"}
    assert {case.kind for case in cases} >= {"number", "negation", "qualifier", "speech"}
    first = cases[0].id
    assert first not in {case.id for case in make(articles, 40, frozenset({first}))}
    texts = [(pair.claim, pair.evidence) for pair in rebuild(cases, articles)]
    assert all("dockers" in text for pair in texts for text in pair)


def test_the_suite_is_large_and_even() -> None:
    """A thousand pairs and more, all kinds, no id twice, and replacements of a few words."""
    cases = read_suite(SUITE)
    assert len(cases) >= 1_000
    assert len({case.id for case in cases}) == len(cases)
    kinds = {case.kind for case in cases}
    assert kinds == set("number unit date name negation scope qualifier speech".split())
    for kind in kinds:
        assert sum(case.kind == kind for case in cases) >= 100
    edits = [edit for case in cases for edit in (*case.claim_edits, *case.evidence_edits)]
    assert max(len(edit.text) for edit in edits) <= 60


async def test_a_pair_is_read_as_a_check_reads_it(samples: Services) -> None:
    """The other figure in the same words is a conflict, for the model and the check, and nothing
    that the samples say of bridges or dams is asked about it."""
    (pair,) = rebuild([CASE], [{"id": "a", "text": TEXT}])
    found = await score(samples, pair)
    assert (found.stance, found.checked) == ("conflicts", "conflicts")
    assert found.reasons == {ReasonCode.NUMBER_DIFFERS}


def test_the_figures_are_of_the_pairs_that_they_are_about() -> None:
    """A reason counts where one is expected, an alarm where none can be."""
    kept = Case(
        "number-2", "a", CASE.digest, CASE.sentence, (), CASE.evidence_edits, "supports", "number",
        reason=None,
    )  # fmt: skip
    alarm = frozenset({ReasonCode.NUMBER_DIFFERS})
    measured = figures(
        [
            Scored(CASE, "conflicts", alarm, "conflicts"),
            Scored(CASE, "neutral", frozenset(), "supports"),
            Scored(kept, "supports", alarm, "conflicts"),
        ]
    )["number"]
    assert measured == {
        "pairs": 3,
        "stance": 66.7,
        "checked": 33.3,
        "false_conflicts": 100.0,
        "found": 50.0,
        "false_support": 50.0,
        "reason": 50.0,
        "alarms": 100.0,
    }
