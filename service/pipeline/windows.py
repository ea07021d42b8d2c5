"""Chooses what is read of the articles found: passages and their neighbours, as windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.domain.article import Article, StoredPassage, article_of, beside
from service.domain.retrieval import Ranked, Retrieved
from service.domain.text import Span
from service.domain.window import Window, head
from service.ports import Store

BEFORE, AFTER = 1, 0
"""How many passages are read before and after one that was found. Most pronouns point back to the
sentence before."""
_STEPS = sorted(range(-BEFORE, AFTER + 1), key=abs)
CHARS_A_TOKEN = 4.5
MOST_CHARS = 700
"""The most for a window of several passages: the models were trained on up to 900 characters."""
MOST_SENTENCES = 24
"""The most for a window: among a hundred short items the model has no tokens left for each."""


@dataclass(frozen=True, slots=True)
class Read:
    """A passage that is read; `ranked` is how it was found, or how the passage beside it was."""

    passage: StoredPassage
    ranked: Ranked


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages of one article that are read together, in the order of the text, possibly with gaps
    between them."""

    passages: tuple[Read, ...]

    @property
    def article(self) -> Article:
        """The article it is from."""
        return self.passages[0].passage.article

    @property
    def sentences(self) -> tuple[tuple[Read, Span], ...]:
        """The sentences of all passages, in order."""
        return tuple(
            (read, span) for read in self.passages for span in read.passage.passage.sentences
        )

    @property
    def window(self) -> Window:
        """The same for a stance model."""
        article = self.article
        return window_of(article, [span.of(article.text) for _, span in self.sentences])


def window_of(article: Article, sentences: Sequence[str]) -> Window:
    """The sentences as a window under the article's title and date, white space folded."""
    title = head(article.title, article.stated_at)
    return Window(title, tuple(" ".join(sentence.split()) for sentence in sentences))


async def read_around(
    claim: str, found: Sequence[Retrieved], store: Store, *, tokens: int
) -> tuple[Stretch, ...]:
    """Stretches around what was found, the best first, as many as about `tokens` tokens allow.

    Each stretch is read with the claim and its head, whose tokens are counted too.
    """
    neighbours: dict[str, None] = dict.fromkeys(
        passage_id
        for each in found
        for step in _STEPS
        if step and (passage_id := beside(each.stored.id, step))
    )
    known = {each.stored.id: each.stored for each in found}
    fetched = await store.passages(
        [passage_id for passage_id in neighbours if passage_id not in known]
    )
    known |= {stored.id: stored for stored in fetched}
    chosen: dict[str, Ranked] = {}
    room: dict[str, int] = {}
    spent = 0.0
    for each in found:
        if spent >= tokens:
            break
        for step in _STEPS:
            passage_id = beside(each.stored.id, step)
            if passage_id is None or passage_id not in known or passage_id in chosen:
                continue
            chosen[passage_id] = each.ranked
            chars, article = len(known[passage_id].passage.span), article_of(passage_id)
            if room.get(article, 0) < chars:  # it begins a new window
                room[article] = MOST_CHARS
                spent += _frame_tokens(claim, known[passage_id].article)
            room[article] -= chars
            spent += chars / CHARS_A_TOKEN + 1
    ranks = {each.stored.id: place for place, each in enumerate(found)}
    stretches = _stretches(chosen, known)
    return tuple(
        sorted(stretches, key=lambda stretch: min(_rank(ranks, read) for read in stretch.passages))
    )


def _rank(ranks: dict[str, int], read: Read) -> int:
    return ranks[read.ranked.passage_id]


def _stretches(chosen: dict[str, Ranked], known: dict[str, StoredPassage]) -> list[Stretch]:
    """The chosen passages; those of one article are put together as far as they fit."""
    ordered = sorted(
        chosen,
        key=lambda passage_id: (article_of(passage_id), known[passage_id].passage.span.start),
    )
    runs: list[list[Read]] = []
    for before, passage_id in pairwise(("", *ordered)):
        read = Read(known[passage_id], chosen[passage_id])
        if article_of(before) == article_of(passage_id) and _fit_together((*runs[-1], read)):
            runs[-1].append(read)
        else:
            runs.append([read])
    return [Stretch(tuple(run)) for run in runs]


def _fit_together(run: Sequence[Read]) -> bool:
    passages = [read.passage.passage for read in run]
    chars = sum(len(passage.span) for passage in passages)
    return (
        chars <= MOST_CHARS
        and sum(len(passage.sentences) for passage in passages) <= MOST_SENTENCES
    )


def _frame_tokens(claim: str, article: Article) -> float:
    """The tokens that each window needs for the claim, the title and the date."""
    return (len(claim) + len(article.title)) / CHARS_A_TOKEN + 8
