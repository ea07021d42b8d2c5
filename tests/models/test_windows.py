"""What a stance model reads: claim, head and sentences as tokens, each sentence behind a mark."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import cast

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from service.domain.article import Article, StoredPassage
from service.domain.retrieval import Ranked, Retrieved
from service.domain.window import Window
from service.english.text.segment import segment
from service.models.stance import WEIGHTS
from service.models.windows import Encoded, Layout, WindowEncoder
from service.pipeline.windows import MOST_SENTENCES, read_around
from service.ports import Store
from training.stance.settings import SIZES, read_settings

UNKNOWN, FIRST, SEP, MARK = range(4)
FRAMES = ("[UNK]", "[CLS]", "[SEP]", "[MARK]")
WORDS = {word: number for number, word in enumerate("a b c d e f g h".split(), start=len(FRAMES))}
A, B, C, D, E, F, G, H = WORDS.values()
LAYOUT = Layout(
    first="[CLS]",
    between=("[SEP]",),
    last="[SEP]",
    mark="[MARK]",
    max_tokens=20,
    claim_tokens=4,
    head_tokens=3,
)


def tokenizer() -> Tokenizer:
    """A token a word; frames are special, as a published vocabulary has them, and the mark is one
    of its unused words."""
    vocabulary = {frame: number for number, frame in enumerate(FRAMES)} | WORDS
    words = Tokenizer(WordLevel(vocabulary, "[UNK]"))
    words.pre_tokenizer = Whitespace()
    words.add_special_tokens(["[UNK]", "[CLS]", "[SEP]"])
    return words


def encode(claim: str, *windows: Window, layout: Layout = LAYOUT) -> list[Encoded]:
    return WindowEncoder(tokenizer(), layout).encode(claim, windows)


def test_each_sentence_stands_behind_its_mark() -> None:
    """[CLS] claim [SEP] head [SEP] [MARK] sentence [MARK] sentence [SEP]."""
    (one,) = encode("a b", Window("c", ("d e", "f")))
    assert one.ids == (FIRST, A, B, SEP, C, SEP, MARK, D, E, MARK, F, SEP)
    assert one.second == 4
    assert one.marks == (6, 9)
    assert len(one) == 12


def test_windows_come_in_order_and_each_has_its_own_sentences() -> None:
    """As many as were given, the claim in front of every one."""
    one, other = encode("a", Window("b", ("c",)), Window("d", ("e", "f", "g")))
    assert one.ids == (FIRST, A, SEP, B, SEP, MARK, C, SEP)
    assert other.ids == (FIRST, A, SEP, D, SEP, MARK, E, MARK, F, MARK, G, SEP)
    assert encode("a") == []


def test_without_a_head_nothing_stands_in_its_place() -> None:
    """No separator for what is not there."""
    (one,) = encode("a", Window("", ("b",)))
    assert one.ids == (FIRST, A, SEP, MARK, B, SEP)
    assert (one.second, one.marks) == (3, (3,))


def test_a_sentence_without_a_word_keeps_its_mark() -> None:
    """There is a row for every sentence, whatever it is."""
    (one,) = encode("a", Window("", ("", "b")))
    assert one.ids == (FIRST, A, SEP, MARK, MARK, B, SEP)
    assert one.marks == (3, 4)


def test_a_claim_and_a_title_are_cut_at_their_limits() -> None:
    """At four tokens and at three; what follows is read in full."""
    (one,) = encode("a b c d e f", Window("a b c d e", ("g",)))
    assert one.ids == (FIRST, A, B, C, D, SEP, A, B, C, SEP, MARK, G, SEP)


def test_what_is_too_long_for_the_room_is_cut_the_longest_first() -> None:
    """A model reads twenty tokens and no more; a short sentence loses none of them, and each that
    is cut is cut at its end and keeps its mark."""
    (one,) = encode("a", Window("b", ("c " * 30, "d", "e " * 30)))
    assert one.ids == (FIRST, A, SEP, B, SEP, MARK, *[C] * 5, MARK, D, MARK, *[E] * 5, SEP)
    assert len(one) == LAYOUT.max_tokens
    assert one.marks == (5, 11, 13)


def test_what_just_fits_is_not_cut() -> None:
    """Twenty tokens are allowed, and the twenty-first is what is cut off."""
    fits, too_long = encode("a", Window("", ("b " * 15,)), Window("", ("b " * 14 + "c d",)))
    assert fits.ids == (FIRST, A, SEP, MARK, *[B] * 15, SEP)
    assert too_long.ids == (FIRST, A, SEP, MARK, *[B] * 14, C, SEP)


def test_two_separators_stand_where_a_model_wants_two() -> None:
    """The second text begins after both."""
    (one,) = encode("a", Window("b", ("c",)), layout=replace(LAYOUT, between=("[SEP]", "[SEP]")))
    assert one.ids == (FIRST, A, SEP, SEP, B, SEP, MARK, C, SEP)
    assert one.second == 4


@pytest.mark.parametrize("frame", ["[MARK]", "[SEP]", "[CLS]"])
def test_what_looks_like_a_mark_is_words_like_any_other(frame: str) -> None:
    """In the claim, in the head and in a sentence: an article cannot say where a sentence begins,
    nor where the claim ends."""
    (one,) = encode(f"a {frame}", Window(f"b {frame}", (f"c {frame} d",)))
    (plain,) = encode("a", Window("b", ("c d",)))
    frames = [FIRST, SEP, MARK]
    assert [token for token in one.ids if token in frames] == [FIRST, SEP, SEP, MARK, SEP]
    assert [one.ids[mark] for mark in one.marks] == [plain.ids[mark] for mark in plain.marks]


@pytest.mark.parametrize("size", SIZES)
def test_nor_do_the_models_that_ship_take_words_for_marks(size: str) -> None:
    """Every token that their layouts name, written out in an article."""
    layout = read_settings(size).layout
    folder = WEIGHTS / {"large": "stance", "small": "stance-small"}[size]
    words = Tokenizer.from_file(str(folder / "tokenizer.json"))
    framing = {layout.first, *layout.between, layout.last, layout.mark}
    (one,) = WindowEncoder(words, layout).encode(
        "A ferry sank.", [Window("", (f"It sank {' '.join(framing)} yesterday.",))]
    )
    inside = set(one.ids[one.marks[0] + 1 : -1])
    assert inside.isdisjoint({words.token_to_id(token) for token in framing})


def test_every_sentence_has_a_token_at_least_or_the_window_is_refused() -> None:
    """Eight of them fill the twenty tokens; a ninth would leave none for any. One without a word
    needs none."""
    (one,) = encode("a", Window("", ("b c",) * 8))
    assert one.ids == (FIRST, A, SEP, *[MARK, B] * 8, SEP)
    assert len(one) == LAYOUT.max_tokens
    (other,) = encode("a", Window("", (*["b c"] * 7, "", "")))
    assert other.ids == (FIRST, A, SEP, *[MARK, B] * 7, MARK, MARK, SEP)
    with pytest.raises(ValueError, match="A window of 9 sentences does not fit into the 20 tokens"):
        encode("a", Window("", ("b",)), Window("", ("b",) * 9))


@pytest.mark.parametrize("size", SIZES)
def test_the_models_that_ship_read_every_window_that_a_check_builds(size: str) -> None:
    """A claim and a title longer than is read of them, and as many sentences as a window has."""
    folder = WEIGHTS / {"large": "stance", "small": "stance-small"}[size]
    layout = read_settings(size).layout
    words = Tokenizer.from_file(str(folder / "tokenizer.json"))
    long = "Ferries sank. " * 50
    (one,) = WindowEncoder(words, layout).encode(long, [Window(long, (long,) * MOST_SENTENCES)])
    assert len(one.marks) == MOST_SENTENCES
    assert len(one) <= layout.max_tokens
    assert min(end - start for start, end in pairwise((*one.marks, len(one) - 1))) >= 1 + 3


class OneArticle:
    """A store that holds the passages of one article."""

    def __init__(self, passages: Sequence[StoredPassage]) -> None:
        self._passages = passages

    async def passages(self, ids: Sequence[str]) -> list[StoredPassage]:
        return [one for one in self._passages if one.id in ids]


async def test_a_check_cuts_a_long_list_into_windows() -> None:
    """A hundred words, a line each: no window has more sentences than a model reads, and none of
    them is lost."""
    article = Article(id="list", text="\n".join(f"Word {number}." for number in range(100)))
    stored = [
        StoredPassage(f"list:{ordinal}", passage, article, ())
        for ordinal, passage in enumerate(segment(article.text).passages)
    ]
    found = [Retrieved(one, Ranked(one.id, 1.0, 0.5, 1, 1)) for one in stored]
    store = cast("Store", OneArticle(stored))
    windows = [one.window for one in await read_around("Words", found, store, tokens=10_000)]
    assert [len(one.sentences) for one in windows] == [24, 24, 24, 24, 4]
    assert [sentence for one in windows for sentence in one.sentences] == article.text.split("\n")


@pytest.mark.parametrize("text", ["\ud800", "a " * 500_000])
def test_any_text_is_read(text: str) -> None:
    """A lone half of a character, and more than anybody writes: what is not read is cut off."""
    (one,) = encode(text, Window(text, (text, text)))
    assert len(one) <= LAYOUT.max_tokens
    assert len(one.marks) == 2


def test_a_vocabulary_without_the_mark_is_refused() -> None:
    """By the name of what is missing: the tokenizer belongs to another model."""
    with pytest.raises(ValueError, match=r"the vocabulary has no \[GONE\]"):
        WindowEncoder(tokenizer(), replace(LAYOUT, mark="[GONE]"))
