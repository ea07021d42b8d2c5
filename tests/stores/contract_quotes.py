"""What every store answers to "who said what". Part of the contract."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from service.domain.claim import Filters, QuoteQuery
from service.domain.errors import InvalidCursor
from service.domain.quote import Attribution, Quote, SpeakerKind, SpeechKind
from service.domain.text import Mention, Span, mention
from service.ports import Entry, QuotePage, Store
from tests.stores.archive import day, entry
from tests.stores.contract_questions import EVERYTHING, only

LAINE = (
    "Finnish President Aino Laine said the port was shut.",
    "Laine said soldiers had come.",
    "She said the soldiers' trucks were old.",
    "Peter Hale, a spokesman of the Harbor Ministry, told Le Monde the port was open.",
)


def spoken(
    article_id: str, sentences: Sequence[str], *parts: tuple[int, str, dict[str, str]], on: int = 0
) -> Entry:
    """An article with a quote for each of `parts`: the sentence's number, the words quoted, and
    the words of the article that each part of the attribution is."""
    given = entry(article_id, *sentences, published_at=day(on))
    text = given.article.text
    quotes = [
        Quote(
            (_span(text, content, given.passages[number].span.start),),
            Attribution(
                **{name: _mention(text, words) for name, words in named.items()},  # type: ignore[arg-type]
                kind=SpeakerKind.NAMED,
                speech=SpeechKind.INDIRECT,
            ),
        )
        for number, content, named in parts
    ]
    return replace(given, quotes=tuple(quotes))


def laine(article_id: str = "a", on: int = 0) -> Entry:
    """One person in three forms and somebody else."""
    return spoken(
        article_id,
        LAINE,
        (0, "the port was shut", {"speaker": "Finnish President Aino Laine", "role": "President"}),
        (1, "soldiers had come", {"speaker": "Laine", "resolved": "Finnish President Aino Laine"}),
        (
            2,
            "the soldiers' trucks were old",
            {"speaker": "She", "resolved": "Finnish President Aino Laine"},
        ),
        (
            3,
            "the port was open",
            {
                "speaker": "Peter Hale",
                "role": "spokesman",
                "organisation": "Harbor Ministry",
                "via": "Le Monde",
            },
        ),
        on=on,
    )


def words(page: QuotePage) -> list[str]:
    """The quotes themselves."""
    return [one.quote.span.of(one.article.text) for one in page.quotes]


def places(page: QuotePage) -> list[str]:
    """Where the quotes stand: article and start."""
    return [f"{one.article.id}:{one.quote.span.start}" for one in page.quotes]


SHUT, COME, OLD, OPEN = (
    "the port was shut",
    "soldiers had come",
    "the soldiers' trucks were old",
    "the port was open",
)


class Quoting:
    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            (QuoteQuery(), [SHUT, COME, OLD, OPEN]),
            (QuoteQuery(speaker="Laine"), [SHUT, COME, OLD]),
            (QuoteQuery(speaker="aino LAINE"), [SHUT, COME, OLD]),
            (QuoteQuery(speaker="President"), [SHUT, COME, OLD]),
            (QuoteQuery(speaker="Laine’s"), [SHUT, COME, OLD]),
            (QuoteQuery(speaker="Lainne"), [SHUT, COME, OLD]),
            (QuoteQuery(speaker="Hale, spokesman"), [OPEN]),
            (QuoteQuery(speaker="Lain"), []),
            (QuoteQuery(speaker="Aino Hale"), []),
            (QuoteQuery(organisation="harbor ministry"), [OPEN]),
            (QuoteQuery(organisation="Laine"), []),
            (QuoteQuery(via="le monde"), [OPEN]),
            (QuoteQuery(via="Monde Diplomatique"), []),
            (QuoteQuery(words="soldier"), [COME, OLD]),
            (QuoteQuery(words="the old truck"), [OLD]),
            (QuoteQuery(words="port soldiers"), []),
            (QuoteQuery(words="was the"), [SHUT, COME, OLD, OPEN]),
            (QuoteQuery(words="x" * 300), []),
            (QuoteQuery(speaker="Laine", words="port"), [SHUT]),
            (QuoteQuery(speaker="Laine", organisation="Harbor"), []),
        ],
        ids=str,
    )
    async def test_quotes_are_found_by_who_and_what(
        self, store: Store, asked: QuoteQuery, expected: list[str]
    ) -> None:
        """A speaker in any form of the article; all that is asked must be so; whole words,
        whatever their case; what is said in whatever form."""
        await store.put([laine()])
        assert words(await store.said(asked, limit=9)) == expected

    async def test_accents_make_no_difference(self, store: Store) -> None:
        """Zoë is Zoe, in the question and in the article."""
        said = spoken("a", ["Zoë Łuk said no."], (0, "no", {"speaker": "Zoë Łuk"}))
        await store.put([said])
        for name in ("Zoë Łuk", "zoe luk", "ZOE ŁUK"):
            assert words(await store.said(QuoteQuery(speaker=name), limit=9)) == ["no"]

    async def test_a_quote_comes_with_its_whole_attribution_and_article(self, store: Store) -> None:
        """Both are as they were put."""
        given = laine()
        await store.put([given])
        page = await store.said(QuoteQuery(via="Monde"), limit=9)
        assert [(one.quote, one.article) for one in page.quotes] == [
            (given.quotes[3], given.article)
        ]

    async def test_quotes_are_filtered_by_date_and_publisher(self, store: Store) -> None:
        """As articles are."""
        await store.put([laine("a", on=1), laine("b", on=3), laine("c", on=5)])
        asked = QuoteQuery(speaker="Hale")
        for filters, expected in (
            (Filters(as_of=day(3)), ["b", "a"]),
            (Filters(published_after=day(3)), ["c"]),
            (only("example herald"), ["c", "b", "a"]),
            (Filters(exclude_publishers=frozenset({"Example Herald"})), []),
        ):
            for query in (replace(asked, filters=filters), QuoteQuery(filters=filters)):
                found = (await store.said(query, limit=99)).quotes
                assert list(dict.fromkeys(one.article.id for one in found)) == expected

    @pytest.mark.parametrize("asked", [QuoteQuery(), QuoteQuery(speaker="Laine", words="was were")])
    async def test_pages_of_quotes_are_stable_under_changes(
        self, store: Store, asked: QuoteQuery
    ) -> None:
        """Newest first, then by id and place; what comes in before or goes shifts nothing."""
        await store.put([laine(f"a{i}", on=i // 2) for i in range(6)])
        whole = await store.said(asked, limit=99)
        order = [one.article.id for one in whole.quotes]
        assert list(dict.fromkeys(order)) == ["a4", "a5", "a2", "a3", "a0", "a1"]
        assert whole.cursor is None
        first = await store.said(asked, limit=5)
        await store.put([laine("new", on=50), laine("a00", on=2)])
        await store.delete(first.quotes[-1].article.id)
        seen, cursor = places(first), first.cursor
        while cursor is not None:
            page = await store.said(asked, limit=2, cursor=cursor)
            assert len(page.quotes) in {1, 2}
            seen += places(page)
            cursor = page.cursor
        gone = first.quotes[-1].article.id
        left = [place for place in places(whole) if place in places(first) or gone not in place]
        assert seen == left

    async def test_quotes_of_undated_articles_come_last(self, store: Store) -> None:
        """They are found, as long as no date is asked for."""
        await store.put([entry("u", "buxk", published_at=None), entry("d", "buxk")])
        for asked in (QuoteQuery(), QuoteQuery(words="buxk")):
            found = (await store.said(asked, limit=9)).quotes
            assert [one.article.id for one in found] == ["d", "u"]
            dated = replace(asked, filters=Filters(as_of=day(9)))
            assert [one.article.id for one in (await store.said(dated, limit=9)).quotes] == ["d"]

    async def test_quotes_follow_their_article(self, store: Store) -> None:
        """A corrected text has its own quotes only; a deleted one has none; the same text again
        has them once."""
        await store.put([entry("a", "buxk"), entry("b", "buxk dozk")])
        await store.put([entry("a", "gekk"), entry("a", "mekk"), entry("b", "buxk dozk")])
        for word, expected in (("buxk", ["buxk dozk"]), ("gekk", []), ("mekk", ["mekk"])):
            assert words(await store.said(QuoteQuery(words=word), limit=9)) == expected
        await store.delete("a")
        assert words(await store.said(QuoteQuery(), limit=9)) == ["buxk dozk"]
        assert words(await store.said(QuoteQuery(words="mekk"), limit=9)) == []

    @pytest.mark.parametrize(
        "cursor",
        ["", "x", "%%%", "WzFd", "bnVsbA", "\u00e9", "WzEsMSwiYSJd", "WzEsMSwiYSIsInkiXQ",
         "WzEsOTIyMzM3MjAzNjg1NDc3NTgwOCwiYSIsMV0", "WzEsMSwiXHVkODAwIiwxXQ"],
    )  # fmt: skip
    async def test_a_quote_cursor_from_elsewhere_is_refused(
        self, store: Store, cursor: str
    ) -> None:
        """Junk, a page of articles' cursor, numbers and texts that no store can hold."""
        await store.put([entry("a", "buxk")])
        with pytest.raises(InvalidCursor, match="without a cursor"):
            await store.said(QuoteQuery(), limit=2, cursor=cursor)

    async def test_a_page_of_articles_does_not_go_on_with_quotes(self, store: Store) -> None:
        """Nor the other way round: each says that the cursor is not its own."""
        await store.put([entry("a", "buxk"), entry("b", "buxk")])
        quotes = (await store.said(QuoteQuery(), limit=1)).cursor
        articles = (await store.articles(EVERYTHING, limit=1)).cursor
        with pytest.raises(InvalidCursor):
            await store.said(QuoteQuery(), limit=1, cursor=articles)
        with pytest.raises(InvalidCursor):
            await store.articles(EVERYTHING, limit=1, cursor=quotes)


def _span(text: str, words: str, after: int) -> Span:
    start = text.index(words, after)
    return Span(start, start + len(words))


def _mention(text: str, words: str) -> Mention:
    return mention(text, _span(text, words, 0))
