"""What every store answers as of a moment, whatever has been corrected since. Part of the
contract."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.article import StoredRevision
from service.domain.claim import Filters, QuoteQuery
from service.domain.indexing import Change
from service.ports import Store
from tests.stores.archive import day, entry, unit, vector_of
from tests.stores.contract_questions import EVERYTHING, Opener, answers, only

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = map(day, range(4))
INSTANT = timedelta(microseconds=1)


async def text(store: Store, filters: Filters) -> str | None:
    """The text of the one article that stands, which every way of asking must agree on."""
    articles = (await store.articles(filters, limit=9)).articles
    quotes = (await store.said(QuoteQuery(filters=filters), limit=9)).quotes
    near = await store.nearest(unit(1), filters, limit=9)
    found = await store.passages([hit.passage_id for hit in near])
    assert (await store.coverage(filters)).articles == len(articles)
    assert (await store.coverage(filters)).passages == len(near) == len(found)
    assert {one.article for one in quotes} | {one.article for one in found} == set(articles)
    return articles[0].text if articles else None


class Remembering:
    async def test_an_article_corrected_on_tuesday_answers_for_monday_with_mondays_text(
        self, store: Store
    ) -> None:
        """To the moment, in articles, quotes, both legs, passages and coverage; and without a
        moment with today's."""
        await store.put([entry("a", "buxk dozk", "gekk", published_at=MONDAY, recorded_at=MONDAY)])
        await store.put([entry("a", "buxk mekk", published_at=MONDAY, recorded_at=TUESDAY)])
        for moment, expected in (
            (MONDAY - INSTANT, None),
            (MONDAY, "buxk dozk\ngekk"),
            (TUESDAY - INSTANT, "buxk dozk\ngekk"),
            (TUESDAY, "buxk mekk"),
            (THURSDAY, "buxk mekk"),
            (None, "buxk mekk"),
        ):
            filters = Filters(as_of=moment)
            assert await text(store, filters) == expected, moment
            for word in ("dozk", "mekk"):
                hits = await store.matching(word, filters, limit=1)
                quotes = (await store.said(QuoteQuery(words=word, filters=filters), limit=9)).quotes
                assert len(hits) == len(quotes) == (word in (expected or "")), (moment, word)

    async def test_a_correction_that_is_dated_stands_from_its_date(self, store: Store) -> None:
        """Taken in late, it still counts from when it was published."""
        await store.put([entry("a", "buxk", published_at=MONDAY, recorded_at=THURSDAY)])
        await store.put([entry("a", "dozk", published_at=TUESDAY, recorded_at=THURSDAY)])
        assert await text(store, Filters(as_of=MONDAY)) == "buxk"
        assert await text(store, Filters(as_of=TUESDAY)) == "dozk"

    async def test_a_guessed_date_makes_no_correction_earlier(self, store: Store) -> None:
        """It stands from when it was taken in, as one without a date of its own."""
        await store.put([entry("a", "buxk", published_at=MONDAY, recorded_at=MONDAY)])
        later = entry("a", "dozk", published_at=TUESDAY, recorded_at=THURSDAY)
        guessed = replace(later.article, published_at_guessed=True, revision="")
        await store.put([replace(later, article=guessed)])
        assert await text(store, Filters(as_of=WEDNESDAY)) == "buxk"
        assert await text(store, Filters(as_of=THURSDAY)) == "dozk"

    async def test_an_article_found_late_counts_from_when_it_was_published(
        self, store: Store
    ) -> None:
        """The first revision that is known is taken to be the first there was."""
        await store.put([entry("a", "buxk", published_at=MONDAY, recorded_at=THURSDAY)])
        assert await text(store, Filters(as_of=MONDAY)) == "buxk"

    async def test_each_of_several_corrections_has_its_time(self, store: Store) -> None:
        """Back to the first text is a time of its own."""
        for moment, words in ((MONDAY, "buxk"), (TUESDAY, "dozk"), (WEDNESDAY, "buxk")):
            await store.put([entry("a", words, published_at=MONDAY, recorded_at=moment)])
        assert [await text(store, Filters(as_of=day(number))) for number in range(4)] == [
            "buxk", "dozk", "buxk", "buxk",
        ]  # fmt: skip

    async def test_a_late_correction_with_an_early_date_leaves_the_past_as_it_was(
        self, store: Store
    ) -> None:
        """Two revisions never stand at once, and what stood before it came, stood."""
        await store.put([entry("a", "buxk", published_at=MONDAY, recorded_at=MONDAY)])
        await store.put([entry("a", "dozk", published_at=MONDAY, recorded_at=THURSDAY)])
        await store.put([entry("a", "mekk", published_at=TUESDAY, recorded_at=day(5))])
        assert [await text(store, Filters(as_of=day(number))) for number in range(6)] == [
            "buxk", "buxk", "buxk", "dozk", "dozk", "mekk",
        ]  # fmt: skip

    async def test_a_clock_that_runs_back_erases_nothing(self, store: Store) -> None:
        """A correction that is taken in on Tuesday, after Thursday's, follows on that one."""
        for recorded, words in ((MONDAY, "buxk"), (THURSDAY, "dozk"), (TUESDAY, "mekk")):
            await store.put([entry("a", words, published_at=MONDAY, recorded_at=recorded)])
        for moment, expected in (
            (TUESDAY, "buxk"),
            (THURSDAY - INSTANT, "buxk"),
            (THURSDAY, "dozk"),
            (THURSDAY + INSTANT, "mekk"),
            (None, "mekk"),
        ):
            assert await text(store, Filters(as_of=moment)) == expected, moment

    async def test_what_is_replaced_before_it_is_published_never_stood(self, store: Store) -> None:
        """It was embargoed until Thursday and corrected on Tuesday."""
        await store.put([entry("a", "buxk", published_at=THURSDAY, recorded_at=MONDAY)])
        await store.put([entry("a", "dozk", published_at=THURSDAY, recorded_at=TUESDAY)])
        assert await text(store, Filters(as_of=WEDNESDAY)) is None
        assert await text(store, Filters(as_of=THURSDAY)) == "dozk"

    async def test_several_revisions_in_one_batch_are_as_if_each_came_alone(
        self, opener: Opener
    ) -> None:
        """How rows fall into batches is chance: every answer is the same."""
        given = [
            entry("a", "buxk dozk", published_at=MONDAY, recorded_at=MONDAY),
            entry("b", "gekk", recorded_at=MONDAY),
            entry("a", "buxk mekk", published_at=MONDAY, recorded_at=TUESDAY),
            entry("a", "buxk", "zivok", published_at=MONDAY, recorded_at=day(5)),
        ]
        store = await opener()
        await store.put(given)
        together = await answers(store)
        then = (await store.articles(Filters(as_of=TUESDAY), limit=9)).articles
        assert {article.text for article in then} == {"buxk mekk", "gekk"}
        for name in ("a", "b"):
            await store.delete(name)
        for item in given:
            await store.put([item])
        assert await answers(store) == together
        await store.close()

    async def test_the_history_of_an_article_is_all_that_stood(self, store: Store) -> None:
        """Newest first, with the times; one without a date has only an end."""
        given = [
            entry("a", "buxk", published_at=MONDAY, recorded_at=MONDAY),
            entry("a", "dozk", published_at=None, recorded_at=TUESDAY),
            entry("a", "mekk", published_at=MONDAY, recorded_at=THURSDAY),
        ]
        for item in given:
            await store.put([item])
        first, second, third = (item.article for item in given)
        assert list(await store.history("a")) == [
            StoredRevision(third, THURSDAY, None),
            StoredRevision(second, None, THURSDAY),
            StoredRevision(first, MONDAY, TUESDAY),
        ]
        assert list(await store.history("never")) == []

    async def test_a_history_that_is_put_again_answers_as_before(self, opener: Opener) -> None:
        """With the times of each revision, in whatever order and all at once; a second time it
        changes nothing."""
        store = await opener()
        for moment, words in ((MONDAY, "buxk"), (TUESDAY, "dozk buxk"), (day(5), "gekk")):
            await store.put([entry("a", words, published_at=MONDAY, recorded_at=moment)])
        await store.put([entry("a", "zivok", published_at=day(6), recorded_at=day(9))])
        await store.put([entry("u", "mekk", published_at=None, recorded_at=MONDAY)])
        await store.put([entry("u", "mekk gekk", published_at=None, recorded_at=TUESDAY)])
        before = await answers(store)
        kept = [*await store.history("a"), *await store.history("u")]
        for order in (kept, kept[::-1]):
            for name in ("a", "u"):
                await store.delete(name)
            entries = [
                replace(
                    entry(
                        stored.article.id,
                        stored.article.text,
                        published_at=stored.article.published_at,
                        recorded_at=day(30),
                    ),
                    stood_from=stored.stood_from,
                    stood_until=stored.stood_until,
                )
                for stored in order
            ]
            await store.put(entries)
            assert await answers(store) == before
            assert [*await store.history("a"), *await store.history("u")] == kept
            assert set(await store.put(entries)) == {Change.UNCHANGED}
        await store.close()

    async def test_time_that_a_revision_has_stays_its_own(self, store: Store) -> None:
        """What is put as history beside it, for the same time, changes nothing."""
        await store.put([entry("a", "buxk", published_at=MONDAY, recorded_at=MONDAY)])
        other = replace(
            entry("a", "dozk", published_at=MONDAY), stood_from=MONDAY, stood_until=TUESDAY
        )
        assert list(await store.put([other])) == [Change.UNCHANGED]
        assert await text(store, Filters(as_of=MONDAY)) == "buxk"

    async def test_a_past_without_a_present_is_deleted_too(self, store: Store) -> None:
        """As after an import that broke off."""
        empty = await store.snapshot()
        past = replace(
            entry("a", "dozk", published_at=MONDAY), stood_from=MONDAY, stood_until=TUESDAY
        )
        await store.put([past])
        assert await text(store, Filters(as_of=MONDAY)) == "dozk"
        assert await store.article("a") is None
        assert await store.delete("a")
        assert not await store.delete("a")
        assert await store.snapshot() == empty

    async def test_without_a_time_of_its_own_a_revision_has_always_been(self, store: Store) -> None:
        """Where nobody says when it came, the older one never stood."""
        await store.put([entry("a", "buxk", published_at=MONDAY)])
        await store.put([entry("a", "dozk", published_at=MONDAY)])
        assert await text(store, Filters(as_of=TUESDAY)) == "dozk"

    async def test_undated_revisions_stand_at_no_moment(self, store: Store) -> None:
        """But they end the time of the one that they replace."""
        await store.put([entry("a", "buxk", published_at=MONDAY, recorded_at=MONDAY)])
        await store.put([entry("a", "dozk", published_at=None, recorded_at=TUESDAY)])
        await store.put([entry("a", "mekk", published_at=MONDAY, recorded_at=THURSDAY)])
        moments = [Filters(as_of=day(number)) for number in range(4)]
        assert [await text(store, one) for one in moments] == ["buxk", None, None, "mekk"]

    async def test_filters_look_at_the_revision_that_stood(self, store: Store) -> None:
        """Its publisher and its date, not those that were corrected."""
        await store.put(
            [entry("a", "buxk", publisher="Post", published_at=TUESDAY, recorded_at=TUESDAY)]
        )
        await store.put(
            [entry("a", "dozk", publisher="Wire", published_at=MONDAY, recorded_at=THURSDAY)]
        )
        then = Filters(as_of=WEDNESDAY)
        for filters, expected in (
            (replace(then, include_publishers=frozenset({"post"})), "buxk"),
            (replace(then, include_publishers=frozenset({"wire"})), None),
            (replace(then, exclude_publishers=frozenset({"POST"})), None),
            (replace(then, published_after=MONDAY), "buxk"),
            (replace(then, published_after=TUESDAY), None),
            (only("wire"), "dozk"),
        ):
            assert await text(store, filters) == expected, filters

    async def test_past_passages_take_their_place_among_the_others(self, store: Store) -> None:
        """By the same cosines, and by words; the limit holds for both together."""
        vectors = {"old": unit(0.8, 0.6), "new": unit(-1), "near": unit(1), "far": unit(0.6, 0.8)}
        await store.put(
            [
                entry("a", "buxk", vectors=[vectors["old"]], recorded_at=MONDAY),
                entry("b", "buxk dozk", vectors=[vectors["near"]]),
                entry("c", "buxk dozk gekk", vectors=[vectors["far"]]),
            ]
        )
        await store.put([entry("a", "mekk", vectors=[vectors["new"]], recorded_at=TUESDAY)])
        then = Filters(as_of=MONDAY)
        hits = await store.nearest(unit(1), then, limit=2)
        assert [hit.score for hit in hits] == pytest.approx([1, 0.8], abs=5e-4)
        assert [one.article.id for one in await store.passages([h.passage_id for h in hits])] == [
            "b", "a",
        ]  # fmt: skip
        hits = await store.matching("buxk", then, limit=2)
        assert [one.article.id for one in await store.passages([h.passage_id for h in hits])] == [
            "a", "b",
        ]  # fmt: skip
        assert hits[0].score > hits[1].score

    async def test_past_passages_are_found_by_what_stood_around_them(self, store: Store) -> None:
        """By the title and the passage before them of their own revision, not of today's."""
        for title, first, moment in (("Mekk", "dozk", MONDAY), ("Zivok", "bivok", TUESDAY)):
            await store.put([entry("a", first, "gekk", title=title, recorded_at=moment)])
        then = Filters(as_of=MONDAY)
        for word, expected in (("mekk", 2), ("dozk", 2), ("gekk", 1), ("zivok", 0), ("bivok", 0)):
            hits = await store.matching(word, then, limit=9)
            assert len(hits) == expected, word
            found = await store.passages([hit.passage_id for hit in hits])
            assert {one.article.title for one in found} <= {"Mekk"}

    async def test_a_deleted_article_has_no_past(self, store: Store) -> None:
        """Every trace is gone, and comes back with nobody."""
        empty = await store.snapshot()
        await store.put([entry("a", "buxk", published_at=MONDAY, recorded_at=MONDAY)])
        await store.put([entry("a", "dozk", published_at=MONDAY, recorded_at=TUESDAY)])
        (hit,) = await store.nearest(unit(1), Filters(as_of=MONDAY), limit=9)
        await store.delete("a")
        assert await text(store, Filters(as_of=MONDAY)) is None
        assert list(await store.passages([hit.passage_id])) == []
        assert await store.snapshot() == empty
        await store.put([entry("a", "mekk", published_at=TUESDAY, recorded_at=TUESDAY)])
        assert await text(store, Filters(as_of=MONDAY)) is None

    async def test_the_snapshot_names_the_history_too(self, store: Store) -> None:
        """Two archives that would answer differently for Monday are not the same."""
        monday = entry("a", "buxk", published_at=MONDAY, recorded_at=MONDAY)
        tuesday = entry("a", "dozk", published_at=MONDAY, recorded_at=TUESDAY)
        other = entry("b", "gekk", recorded_at=MONDAY)
        seen = []
        for entries in (
            [monday, tuesday, other], [other, monday, tuesday], [tuesday, other],
        ):  # fmt: skip
            for one in entries:
                await store.put([one])
            seen.append(await store.snapshot())
            for name in ("a", "b"):
                await store.delete(name)
        assert seen[0] == seen[1] != seen[2]

    async def test_the_past_is_there_after_opening_again(self, opener: Opener) -> None:
        """And so are all answers of a store with a past."""
        store = await opener()
        await store.put([entry("a", "buxk", published_at=day(3), recorded_at=day(3))])
        await store.put([entry("a", "dozk buxk", published_at=day(3), recorded_at=day(6))])
        before = await answers(store)
        await store.close()
        store = await opener()
        assert await answers(store) == before
        assert await text(store, Filters(as_of=day(4))) == "buxk"
        await store.close()

    @pytest.mark.parametrize("name", ["a:0@", "a:0@0", "a:x@0", "a@0", "@", "a:0@aé", "a:9@{}"])
    async def test_ids_of_no_past_passage_are_left_out(self, store: Store, name: str) -> None:
        """Malformed or unknown; the current one has another id."""
        await store.put([entry("a", "buxk", recorded_at=MONDAY)])
        await store.put([entry("a", "dozk", recorded_at=TUESDAY)])
        (past,) = await store.nearest(vector_of("buxk"), Filters(as_of=MONDAY), limit=9)
        (now,) = await store.nearest(vector_of("dozk"), EVERYTHING, limit=9)
        assert past.passage_id != now.passage_id
        digits = past.passage_id.rpartition("@")[2]
        assert list(await store.passages([name.format(digits)])) == []
