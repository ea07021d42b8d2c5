"""The cheap first pass keeps what promises most."""

from dataclasses import replace

from service.domain.article import Article, Passage, StoredPassage
from service.domain.quote import Attribution
from service.domain.retrieval import Ranked
from service.domain.text import Span
from service.pipeline.excerpt import Excerpt
from service.pipeline.shortlist import shortlist

ARTICLE = Article(id="a", text="The dam held. It was built in 1931.")
WHOLE = Span(0, len(ARTICLE.text))


def excerpt(name: str, score: float, shared: float) -> Excerpt:
    return Excerpt(
        passage=StoredPassage(name, Passage(WHOLE, (WHOLE,)), ARTICLE, ()),
        ranked=Ranked(name, score, None, None, None),
        sentence=WHOLE,
        clause=WHOLE,
        reported=None,
        bearing=(),
        shared=shared,
        attribution=Attribution(),
    )


def names(*excerpts: Excerpt, limit: int) -> list[str]:
    return [one.ranked.passage_id for one in shortlist(excerpts, limit)]


def test_the_words_tell_the_sentences_of_one_passage_apart() -> None:
    """They have one score, and differ in what they share with the claim."""
    passage = excerpt("few", 0.1, 0.2)
    assert names(passage, excerpt("many", 0.1, 0.9), limit=1) == ["many"]


def test_the_rank_counts_too() -> None:
    """A word more in a passage far down does not win."""
    assert names(excerpt("far", 0.02, 0.6), excerpt("near", 0.17, 0.5), limit=1) == ["near"]


def test_equal_ones_stay_in_the_order_of_retrieval() -> None:
    """The same claim gets the same answer."""
    same = excerpt("first", 0.1, 0.5)
    other = replace(same, ranked=replace(same.ranked, passage_id="second"))
    assert names(same, other, limit=2) == ["first", "second"]
