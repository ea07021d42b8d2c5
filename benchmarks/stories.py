"""Real articles cut into passages, claims about them, and archives that grow from them.

An archive grows by articles that are made of two each: the first half of a sentence of the one and
the second half of one of the other, so that words that are said together stay together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from service.domain.text import Span, normalise
from service.english.text.segment import segment
from training.rows import Row


@dataclass(frozen=True, slots=True)
class Story:
    """An article cut into passages."""

    id: str
    title: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A claim, and the ids of the passages that bear on it."""

    claim: str
    relevant: frozenset[str]


def read_stories(rows: Iterable[Row]) -> Iterator[Story]:
    """Articles as they are indexed."""
    for row in rows:
        text = normalise(row["text"])
        spans = tuple(passage.span for passage in segment(text).passages)
        yield Story(row["id"], row.get("title") or "", text, spans)


def questions_about(stories: Sequence[Story], rows: Iterable[Row]) -> list[Question]:
    """The claims of which an article decides, with its passages that do."""
    by_id = {story.id: story for story in stories}
    found = []
    for row in rows:
        if row["label"] != "neutral" and (story := by_id.get(row["article"])):
            marked = [Span(*span) for span in row["evidence"]]
            ids = {
                f"{story.id}:{ordinal}"
                for ordinal, span in enumerate(story.spans)
                if any(span.overlaps(one) for one in marked)
            }
            found.append(Question(row["claim"], frozenset(ids)))
    return [question for question in found if question.relevant]


def grown(stories: Sequence[Story], passages: int) -> Iterator[Story]:
    """The articles, and as many more made of them as it takes."""
    count = 0
    for turn in range(1_000):
        for i, story in enumerate(stories):
            if count >= passages:
                return
            other = stories[(i + 37 * turn) % len(stories)]
            made = story if not turn else _mixed(story, other, f"{story.id}~{turn}")
            count += len(made.spans)
            yield made


def _mixed(first: Story, second: Story, name: str) -> Story:
    """Of each sentence of the one the first half, of one of the other's the second."""
    ends = [span.of(second.text).split() for span in second.spans] or [[""]]
    texts = []
    for i, span in enumerate(first.spans):
        begins, end = span.of(first.text).split(), ends[i % len(ends)]
        texts.append(" ".join([*begins[: len(begins) // 2], *end[len(end) // 2 :]]))
    spans, start = [], 0
    for text in texts:
        spans.append(Span(start, start + len(text)))
        start += len(text) + 1
    words, others = first.title.split(), second.title.split()
    title = " ".join([*words[: len(words) // 2], *others[len(others) // 2 :]])
    return Story(name, title, "\n".join(texts), tuple(spans))
