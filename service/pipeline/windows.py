"""What is read of the articles found: passages with their neighbours, cut into windows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.domain.article import Article, StoredPassage, article_of, beside
from service.domain.retrieval import Ranked, Retrieved
from service.domain.text import Span
from service.domain.window import Window, head
from service.ports import Store

BEFORE, AFTER = 1, 0
"""Passages read beside one that was found. Most pronouns point to the sentence before."""
_STEPS = sorted(range(-BEFORE, AFTER + 1), key=abs)
CHARS_A_TOKEN = 4.5
MOST_CHARS = 700
"""Of a window of several passages: the models were trained on up to 900 characters at once."""
MOST_SENTENCES = 24
"""Of a window: of a list of a hundred names the model has no tokens left to read any."""


@dataclass(frozen=True, slots=True)
class Read:
    """A passage that is read; `ranked` is how it was found, or the one beside which it stands."""

    passage: StoredPassage
    ranked: Ranked


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages of one article that are read together, in the order of the text; there may be gaps
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
    """Sentences under the article's title and date, white space folded."""
    title = head(article.title, article.stated_at)
    return Window(title, tuple(" ".join(sentence.split()) for sentence in sentences))


async def read_around(
    claim: str, found: Sequence[Retrieved], store: Store, *, tokens: int
) -> tuple[Stretch, ...]:
    """Stretches around what was found, the best first, that take about `tokens` to read.

    Each is read with the claim and its head, so a stretch costs more than its own words.
    """
    wanted: dict[str, None] = dict.fromkeys(
        name for one in found for step in _STEPS if step and (name := beside(one.stored.id, step))
    )
    known = {one.stored.id: one.stored for one in found}
    fetched = await store.passages([name for name in wanted if name not in known])
    known |= {one.id: one for one in fetched}
    chosen: dict[str, Ranked] = {}
    room: dict[str, int] = {}
    spent = 0.0
    for one in found:
        if spent >= tokens:
            break
        for step in _STEPS:
            name = beside(one.stored.id, step)
            if name is None or name not in known or name in chosen:
                continue
            chosen[name] = one.ranked
            chars, article = len(known[name].passage.span), article_of(name)
            if room.get(article, 0) < chars:  # it begins another window
                room[article] = MOST_CHARS
                spent += _frame_tokens(claim, known[name].article)
            room[article] -= chars
            spent += chars / CHARS_A_TOKEN + 1
    ranks = {one.stored.id: place for place, one in enumerate(found)}
    stretches = _stretches(chosen, known)
    return tuple(
        sorted(stretches, key=lambda one: min(_rank(ranks, read) for read in one.passages))
    )


def _rank(ranks: dict[str, int], read: Read) -> int:
    return ranks[read.ranked.passage_id]


def _stretches(chosen: dict[str, Ranked], known: dict[str, StoredPassage]) -> list[Stretch]:
    """The chosen passages, those of one article together as far as they fit."""
    ordered = sorted(chosen, key=lambda name: (article_of(name), known[name].passage.span.start))
    runs: list[list[Read]] = []
    for before, name in pairwise(("", *ordered)):
        read = Read(known[name], chosen[name])
        if article_of(before) == article_of(name) and _fit_together((*runs[-1], read)):
            runs[-1].append(read)
        else:
            runs.append([read])
    return [Stretch(tuple(run)) for run in runs]


def _fit_together(run: Sequence[Read]) -> bool:
    passages = [read.passage.passage for read in run]
    chars = sum(len(passage.span) for passage in passages)
    return chars <= MOST_CHARS and sum(len(one.sentences) for one in passages) <= MOST_SENTENCES


def _frame_tokens(claim: str, article: Article) -> float:
    """What each window takes for the claim, the title and the date."""
    return (len(claim) + len(article.title)) / CHARS_A_TOKEN + 8
