"""What the asker should know beside the verdict: a typing error must not look like no news."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from service.domain.claim import Claim, Filters
from service.domain.retrieval import Ranked, Retrieved
from service.domain.verdict import NoticeCode
from service.pipeline.notices import is_english, notices
from service.pipeline.windows import Stretch, read_around
from service.ports import Store
from service.stores.embedded import open_embedded
from tests.stores.archive import DIM, entry

ARTICLES = [
    entry("a", "Zelensky spoke in Vell on Monday.", publisher="Vell Herald", title="A speech"),
    entry("b", "The ferry to Orm sank in the storm.", publisher="Orm Post"),
    entry("c", "Nobody in Marrowby was hurt.", publisher="Delta Wire"),
]


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Store]:
    """A store without an article."""
    store = await open_embedded(tmp_path / "store", embedder="none", dim=DIM)
    yield store
    await store.close()


@pytest.fixture
async def store(empty: Store) -> Store:
    """A store of three short articles by three publishers."""
    await empty.put(ARTICLES)
    return empty


async def everything(store: Store) -> Sequence[Stretch]:
    """All that the store has, as it is read for a claim near it."""
    stored = await store.passages([f"{one.article.id}:0" for one in ARTICLES])
    found = [Retrieved(one, Ranked(one.id, 1.0, None, None, 1)) for one in stored]
    return await read_around("", found, store, tokens=1_000)


async def told(store: Store, text: str, **filters: frozenset[str]) -> list[tuple[NoticeCode, str]]:
    claim = Claim(text, Filters(**filters))  # type: ignore[arg-type]
    return [(one.code, one.text) for one in await notices(claim, await everything(store), store)]


async def test_a_plain_claim_has_none(store: Store) -> None:
    """Nor has one with names that every article spells so, or that no article has at all."""
    assert await told(store, "Zelensky spoke in Vell.") == []
    assert await told(store, "Nobody in Quillfeather was hurt.") == []
    assert await told(store, "The ferry sank.", include_publishers=frozenset({"ORM POST"})) == []


async def test_an_empty_index_is_said(empty: Store) -> None:
    """Once, and not for each publisher that it lacks too."""
    assert await told(
        empty, "Zelenski spoke in Vell.", exclude_publishers=frozenset({"Vell Herald"})
    ) == [(NoticeCode.EMPTY_INDEX, "The index holds no article yet.")]


async def test_a_publisher_that_the_index_does_not_have_is_named(store: Store) -> None:
    """Asked for or left out; each of several, by name."""
    assert await told(
        store,
        "The ferry sank.",
        include_publishers=frozenset({"Vell Harold", "Orm Post"}),
        exclude_publishers=frozenset({"Delta"}),
    ) == [
        (NoticeCode.UNKNOWN_PUBLISHER, "The index has no publisher “Delta”."),
        (NoticeCode.UNKNOWN_PUBLISHER, "The index has no publisher “Vell Harold”."),
    ]


async def test_another_language_is_said(store: Store) -> None:
    """The models read English only."""
    assert await told(store, "Die Fähre nach Orm ist nicht gesunken und das Wetter war gut.") == [
        (
            NoticeCode.NOT_ENGLISH,
            "The claim does not look like English; only English is judged.",
        )
    ]


async def test_several_sentences_are_said(store: Store) -> None:
    """They are judged as one; how many there are, and what to do instead."""
    ((code, text),) = await told(store, "The ferry sank. Mr. Orm spoke in Vell.")
    assert code is NoticeCode.SEVERAL_SENTENCES
    assert text == (
        "The claim has 2 sentences, which are judged as one. As a draft each is checked by itself."
    )


@pytest.mark.parametrize(
    ("claim", "word", "spelling"),
    [
        ("Zelenskyy spoke in Vell.", "Zelenskyy", "Zelensky"),
        ("Nobody in Marowby was hurt.", "Marowby", "Marrowby"),
    ],
)
async def test_a_word_that_articles_spell_otherwise_is_named(
    store: Store, claim: str, word: str, spelling: str
) -> None:
    """With the spelling of those near the claim."""
    assert await told(store, claim) == [
        (
            NoticeCode.SPELLED_OTHERWISE,
            f"No article has “{word}”. Articles near the claim have “{spelling}”.",
        )
    ]


async def test_a_word_that_some_article_has_is_spelled_right(store: Store) -> None:
    """Also where none of those near the claim has it."""
    await store.put([entry("d", "Zelenskyy spoke in Orm.")])
    assert await told(store, "Zelenskyy spoke in Vell.") == []


async def test_notices_come_in_the_order_of_their_codes(store: Store) -> None:
    """All that apply."""
    found = await told(
        store,
        "Zelenskyy ist nicht in Vell und das ist gut. Der Mann ist in Orm.",
        include_publishers=frozenset({"The Sun"}),
    )
    assert [code for code, _ in found] == [
        NoticeCode.UNKNOWN_PUBLISHER,
        NoticeCode.NOT_ENGLISH,
        NoticeCode.SEVERAL_SENTENCES,
        NoticeCode.SPELLED_OTHERWISE,
    ]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("The dam held.", True),
        ("Ferry sank off Orm", True),
        ("Le Pen met the leader of Die Linke in Berlin.", True),
        ("", True),
        ("Der Damm ist nicht gebrochen.", False),
        ("Le barrage est fermé pour les bateaux.", False),
        ("Плотина закрыта.", False),
        ("大坝已关闭。", False),
    ],
)
def test_english_is_told_by_its_small_words(text: str, english: bool) -> None:
    """Names of another language do not make it one; other letters do."""
    assert is_english(text) is english
