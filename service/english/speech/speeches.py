"""Acts of speech, statement by statement, as an article's `Speech`: what rules and model share."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from service.domain.quote import Speech, SpeechKind
from service.domain.text import Span, trimmed
from service.english.speech import contents
from service.english.speech.signatures import introduction
from service.english.text.quotation_marks import Quotation
from service.english.text.tokens import Statement

# Quoted words without an attribution count as speech from this length; shorter ones are names,
# titles and words held at arm's length.
LONG_QUOTATION_WORDS = 6

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Act:
    """One act of reported speech as half-open runs of a statement's tokens."""

    source: Run | None
    cue: Run
    content: tuple[Run, ...]


@dataclass(slots=True)
class _Draft:
    """Reported speech before the quotations that follow it are added."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: SpeechKind
    paragraph: int


def speeches(
    text: str, read: Iterable[tuple[Statement, Sequence[Act]]], found: Sequence[Quotation]
) -> tuple[Speech, ...]:
    """Every act of speech of an article, ordered by its content.

    `read` has the article's statements in order. Quotations that nobody is named for go on with
    the direct speech before them in the paragraph, or are speech of nobody known if they are long.
    """
    drafts: list[_Draft] = []
    claimed: set[int] = set()
    paragraph = 0
    previous_end = 0
    direct: _Draft | None = None
    before: Statement | None = None
    for statement, acts in read:
        paragraph += text.count("\n", previous_end, statement.span.start)
        previous_end = statement.span.start
        new = []
        for act in acts:
            draft = _draft(statement, act, found, paragraph)
            if draft is not None:
                new.append(draft)
                claimed.update(_quotations_of(statement, act))
        loose = _loose(statement, claimed)
        if not new and loose:
            continuing = direct if direct is not None and direct.paragraph == paragraph else None
            if continuing is not None and not _answers(before):
                continuing.content += tuple(p for i in loose for p in found[i].inner)
            else:
                draft = _unattributed(statement, loose, found, paragraph)
                if draft is not None:
                    new.append(_introduced(text, draft, before, statement))
            claimed.update(loose)
        drafts.extend(new)
        before = statement
        direct = next((d for d in reversed(new) if _goes_on(d)), direct)
    return tuple(sorted(_finished(text, drafts), key=lambda speech: speech.content))


def _finished(text: str, drafts: Iterable[_Draft]) -> Iterator[Speech]:
    for draft in drafts:
        content = _cleaned(text, draft.content)
        if content:
            yield Speech(draft.source, draft.cue, content, draft.kind)


def _goes_on(draft: _Draft) -> bool:
    return draft.kind is not SpeechKind.INDIRECT


def _draft(
    statement: Statement, act: Act, found: Sequence[Quotation], paragraph: int
) -> _Draft | None:
    tokens = statement.tokens
    content, kind = contents.spans(tokens, act.content, found)
    source = () if act.source is None else (_span(statement, act.source),)
    return (
        _Draft(source, (_span(statement, act.cue),), content, kind, paragraph) if content else None
    )


def _span(statement: Statement, run: Run) -> Span:
    start, end = run
    return Span(statement.tokens[start].start, statement.tokens[end - 1].end)


def _quotations_of(statement: Statement, act: Act) -> Iterator[int]:
    for start, end in act.content:
        for token in statement.tokens[start:end]:
            if token.quotation is not None:
                yield token.quotation


def _loose(statement: Statement, claimed: set[int]) -> tuple[int, ...]:
    """The quotations of a statement that holds nothing else, if no report took them."""
    if any(token.is_word for token in statement.tokens):
        return ()
    return tuple(
        dict.fromkeys(
            token.quotation
            for token in statement.tokens
            if token.quotation is not None and token.quotation not in claimed
        )
    )


def _unattributed(
    statement: Statement, loose: Sequence[int], found: Sequence[Quotation], paragraph: int
) -> _Draft | None:
    words = sum(len(token.text.split()) for token in statement.tokens)
    if words < LONG_QUOTATION_WORDS:
        return None
    content = tuple(piece for index in loose for piece in found[index].inner)
    return _Draft((), (), content, SpeechKind.DIRECT, paragraph)


def _answers(before: Statement | None) -> bool:
    """Whether a quotation follows on one that nobody is named for either, as in a dialogue."""
    return before is not None and not any(token.is_word for token in before.tokens)


def _introduced(text: str, draft: _Draft, before: Statement | None, statement: Statement) -> _Draft:
    """The draft as speech of whoever the line before names, if it does nothing else."""
    if (
        before is None
        or not before.tokens
        or (before.span.start and text[before.span.start - 1] != "\n")
    ):
        return draft
    named = introduction(before.tokens)
    if named is None or "\n" not in text[before.span.end : statement.span.start]:
        return draft
    return replace(draft, source=(_span(before, named),))


def _cleaned(text: str, pieces: Sequence[Span]) -> tuple[Span, ...]:
    """Without white space and the comma that only leads on to "he said"."""
    cleaned = []
    for piece in pieces:
        span = trimmed(text, piece)
        end = span.end
        while end > span.start and text[end - 1] in ", \n":
            end -= 1
        if end > span.start:
            cleaned.append(Span(span.start, end))
    return tuple(dict.fromkeys(cleaned))
