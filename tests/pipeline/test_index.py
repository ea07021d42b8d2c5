"""Indexing takes in what is good, says what is not, and does nothing twice."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from service.domain.article import Article, Submission
from service.domain.claim import Filters
from service.domain.errors import InvalidArticle, RevisionConflict
from service.domain.indexing import Change, Found
from service.pipeline import index
from service.ports import ABSENT
from service.wiring import Services

DAM = Submission(
    text="The Tern Dam held, Ada Ode said. It was built in 1951.",
    title="Dam",
    publisher="Post",
    published_at=datetime(2025, 3, 3, tzinfo=UTC),
)


async def stream(found: Iterable[Found]) -> AsyncIterator[Found]:
    for one in found:
        yield one


async def test_the_same_article_again_is_a_no_op(services: Services) -> None:
    """The second time nothing changes, the snapshot neither."""
    first, change = await services.indexer.put(DAM)
    snapshot = await services.store.snapshot()
    again, unchanged = await services.indexer.put(DAM)
    assert (change, unchanged) == (Change.CREATED, Change.UNCHANGED)
    assert again == first
    assert await services.store.snapshot() == snapshot


async def test_a_changed_article_replaces_its_passages(services: Services) -> None:
    """The new revision is found, the old one's words are not."""
    await services.indexer.put(DAM)
    changed = replace(DAM, text="The Tern Dam burst, Bo Orm said.")
    article, change = await services.indexer.put(changed)
    assert change is Change.UPDATED
    found = await services.checker.search("Tern Dam", Filters(), limit=10)
    assert {one.stored.article.revision for one in found} == {article.revision}
    quotes = await services.store.quotes(article.id)
    assert [q.attribution.speaker.text for q in quotes if q.attribution.speaker] == ["Bo Orm"]


async def test_deleting_removes_every_trace(services: Services) -> None:
    """Nothing is found any more and the archive is as before."""
    empty = await services.store.snapshot()
    article, _ = await services.indexer.put(DAM)
    assert await services.store.delete(article.id)
    assert await services.checker.search("Tern Dam", Filters(), limit=10) == ()
    assert await services.store.quotes(article.id) == ()
    assert await services.store.snapshot() == empty


async def test_a_bad_article_is_reported_and_the_rest_goes_on(services: Services) -> None:
    """Outcomes come in order, one for each thing found."""
    found = [
        Found("a:1", DAM),
        Found("a:2", problem=InvalidArticle("not JSON")),
        Found("a:3", Submission(text=" \n ")),
        Found("a:4", replace(DAM, title="Other", text="Another dam held.")),
        Found("a:5", DAM),
    ]
    outcomes = [outcome async for outcome in services.indexer.index(stream(found))]
    assert [outcome.origin for outcome in outcomes] == ["a:1", "a:2", "a:3", "a:4", "a:5"]
    assert [outcome.change for outcome in outcomes] == [
        Change.CREATED, None, None, Change.CREATED, Change.UNCHANGED,
    ]  # fmt: skip
    assert [str(outcomes[place].problem) for place in (1, 2)] == [
        "not JSON",
        "there are no words in this article",
    ]


@pytest.mark.parametrize("part", ["reader", "embedder"])
async def test_whatever_one_article_meets_the_rest_goes_on(services: Services, part: str) -> None:
    """An error that nobody has foreseen is that article's problem, in reading and in storing."""

    class Stumbling:
        """The part, but for the texts that it stumbles over."""

        def __getattr__(self, name: str) -> Any:
            return getattr(getattr(services.indexer, part), name)

        async def read(self, submission: Submission) -> Article:
            """Reads what has no stone in it."""
            if "stone" in (submission.text or ""):
                raise KeyError("stone")
            return await services.indexer.reader.read(submission)

        async def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
            """Embeds what has no stone in it."""
            if any("stone" in text for text in texts):
                raise KeyError("stone")
            return await services.indexer.embedder.embed(texts)

    parts: dict[str, Any] = {part: Stumbling()}
    indexer = replace(services.indexer, **parts)
    texts = ["One dam held.", "A stone fell.", "Two dams held."]
    found = [Found(text, Submission(text=text)) for text in texts]
    outcomes = [outcome async for outcome in indexer.index(stream(found))]
    assert [outcome.origin for outcome in outcomes] == texts
    assert [outcome.change for outcome in outcomes] == [Change.CREATED, None, Change.CREATED]
    assert isinstance(outcomes[1].problem, KeyError)


async def test_what_was_reported_is_stored_although_the_rest_is_given_up(
    services: Services,
) -> None:
    """Bulk indexing can be stopped at any outcome: those before it are in, and it can go on."""
    many = [
        Found(f"a:{n}", replace(DAM, title=f"Dam {n}", text=f"Dam number {n} held on Monday."))
        for n in range(2 * index.PASSAGES_A_BATCH + 10)
    ]
    running = services.indexer.index(stream(many))
    first = await anext(running)
    await running.aclose()
    assert first.article_id is not None
    assert await services.store.article(first.article_id) is not None
    resumed = [outcome async for outcome in services.indexer.index(stream(many))]
    assert {outcome.change for outcome in resumed} == {Change.CREATED, Change.UNCHANGED}
    assert (await services.store.coverage(Filters())).articles == len(many)


async def test_one_headline_on_two_days_is_two_articles(services: Services) -> None:
    """In one batch or not, nothing of Monday's is lost to Tuesday's; a correction of the same day
    is a revision."""
    days = [datetime(2025, 3, number, 6, tzinfo=UTC) for number in (3, 4)]
    monday, tuesday = (replace(DAM, title="Weather", published_at=moment) for moment in days)
    later = replace(tuesday, text="The Tern Dam held again.", published_at=days[1].replace(hour=9))
    found = [Found("a:1", monday), Found("a:2", tuesday), Found("a:3", later)]
    outcomes = [outcome async for outcome in services.indexer.index(stream(found))]
    assert [outcome.change for outcome in outcomes] == [
        Change.CREATED, Change.CREATED, Change.UPDATED,
    ]  # fmt: skip
    articles = (await services.store.articles(Filters(), limit=9)).articles
    assert [article.text for article in articles] == [later.text, monday.text]
    assert len(await services.store.history(articles[0].id)) == 2


async def test_a_change_is_made_only_to_the_revision_that_was_read(services: Services) -> None:
    """Whoever comes second is told, and changes nothing."""
    given = replace(DAM, id="dam")
    first, _ = await services.indexer.put(given, expected_revision=ABSENT)
    changed = replace(given, text="The Tern Dam burst.")
    with pytest.raises(RevisionConflict):
        await services.indexer.put(changed, expected_revision=ABSENT)
    second, change = await services.indexer.put(changed, expected_revision=first.revision)
    assert change is Change.UPDATED
    with pytest.raises(RevisionConflict):
        await services.indexer.put(given, expected_revision=first.revision)
    assert await services.store.article("dam") == second
