"""A tagger made of rules: no model, no weights, a few milliseconds an article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.quote import Speech, SpeechKind
from service.domain.text import Span, trimmed
from service.models.rules import contents
from service.models.rules.quotation_marks import Quotation, quotations
from service.models.rules.reports import Report, reports
from service.models.rules.words import Statement, statements

FINGERPRINT = "rules-2"
# Quoted words without an attribution count as speech from this length; shorter ones are names,
# titles and words held at arm's length.
LONG_QUOTATION_WORDS = 6


class RuleTagger:
    """The `Tagger` port by rules; holds no state, so one may serve all callers."""

    @property
    def fingerprint(self) -> str:
        """Names the rules; changes whenever they find something else."""
        return FINGERPRINT

    async def tag(self, text: str, sentences: Sequence[Span]) -> Sequence[Speech]:
        """Every act of reported speech, ordered by its content; spans are into `text`."""
        found = quotations(text)
        speeches = list(_speeches(text, tuple(statements(text, sentences, found)), found))
        return tuple(sorted(speeches, key=lambda speech: speech.content))


@dataclass(slots=True)
class _Draft:
    """Reported speech before the quotations that follow it are added."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    kind: SpeechKind
    paragraph: int


def _speeches(text: str, read: Sequence[Statement], found: Sequence[Quotation]) -> Iterator[Speech]:
    drafts: list[_Draft] = []
    claimed: set[int] = set()
    paragraph = 0
    previous_end = 0
    direct: _Draft | None = None
    for statement in read:
        paragraph += text.count("\n", previous_end, statement.span.start)
        previous_end = statement.span.start
        new = []
        for report in reports(statement.tokens):
            draft = _draft(statement, report, found, paragraph)
            if draft is not None:
                new.append(draft)
                claimed.update(_quotations_of(statement, report))
        loose = _loose(statement, claimed)
        if not new and loose:
            continuing = direct if direct is not None and direct.paragraph == paragraph else None
            if continuing is not None:
                continuing.content += tuple(p for i in loose for p in found[i].inner)
            else:
                draft = _unattributed(statement, loose, found, paragraph)
                if draft is not None:
                    new.append(draft)
            claimed.update(loose)
        drafts.extend(new)
        direct = next((d for d in reversed(new) if _goes_on(d)), direct)
    for draft in drafts:
        content = _cleaned(text, draft.content)
        if content:
            yield Speech(draft.source, draft.cue, content, draft.kind)


def _goes_on(draft: _Draft) -> bool:
    return draft.kind is not SpeechKind.INDIRECT


def _draft(
    statement: Statement, report: Report, found: Sequence[Quotation], paragraph: int
) -> _Draft | None:
    tokens = statement.tokens
    content, kind = contents.spans(tokens, report.content, found)
    source: tuple[Span, ...] = ()
    if report.source is not None:
        source = (Span(tokens[report.source.start].start, tokens[report.source.reach - 1].end),)
    cue = Span(tokens[report.cue.start].start, tokens[report.cue.end - 1].end)
    return _Draft(source, (cue,), content, kind, paragraph) if content else None


def _quotations_of(statement: Statement, report: Report) -> Iterator[int]:
    for start, end in report.content:
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
