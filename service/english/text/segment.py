"""Cuts an article's text into sentences, and into the passages that searches find."""

from collections.abc import Iterator, Sequence

from service.domain.article import Passage, Segments
from service.domain.text import Span
from service.english.text.paragraphs import paragraphs
from service.english.text.sentences import MAX_SENTENCE_CHARS, sentences

# Passages of one sentence are found best; only a very short one is joined with the next.
# Measured: docs/decisions/0002-sentence-segmentation.md.
ENOUGH_PASSAGE_CHARS = 40
MAX_PASSAGE_SENTENCES = 3
MAX_PASSAGE_CHARS = MAX_SENTENCE_CHARS


def segment(text: str) -> Segments:
    """The sentences and passages of normalised `text`; spans are into it, trimmed of white space.

    Sentences are in order, do not overlap, and hold every letter of the text; only list markers and
    lines without a letter or digit are in no sentence. Passages are runs of sentences of one
    paragraph. The same text always gives the same segments.
    """
    by_paragraph = [tuple(sentences(text, paragraph)) for paragraph in paragraphs(text)]
    return Segments(
        sentences=tuple(sentence for group in by_paragraph for sentence in group),
        passages=tuple(passage for group in by_paragraph for passage in _passages(group)),
    )


def _passages(group: Sequence[Span]) -> Iterator[Passage]:
    """Runs of the sentences of one paragraph; each sentence is in one run."""
    run: tuple[Span, ...] = ()
    for sentence in group:
        if run and _is_full(run, sentence):
            yield _passage(run)
            run = ()
        run = (*run, sentence)
    if run:
        yield _passage(run)


def _is_full(run: tuple[Span, ...], following: Span) -> bool:
    start, end = run[0].start, run[-1].end
    return (
        len(run) == MAX_PASSAGE_SENTENCES
        or end - start >= ENOUGH_PASSAGE_CHARS
        or following.end - start > MAX_PASSAGE_CHARS
    )


def _passage(run: tuple[Span, ...]) -> Passage:
    return Passage(Span(run[0].start, run[-1].end), run)
