"""How far the reported words reach."""

from collections.abc import Sequence

from service.domain.quote import SpeechKind
from service.domain.text import Span
from service.english.lexicon import (
    AUXILIARIES,
    COORDINATORS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from service.english.speech.cues import GRAMMAR
from service.english.speech.verbs import is_verb
from service.english.text.quotation_marks import Quotation
from service.english.text.tokens import Token

_STOPS = frozenset({".", "!", "?", ";", ",", ":", "—", "--", "–", "-", "...", "…"})
_EDGES = _STOPS - {"!", "?", "...", "…"}
_SAID = frozenset("said says added wrote argued told claimed insisted noted warned vowed".split())


def trimmed_run(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """The run without punctuation at its edges, None if nothing is left."""
    while start < end and tokens[start].text in _STOPS:
        start += 1
    while end > start and tokens[end - 1].text in _EDGES:
        end -= 1
    return (start, end) if start < end else None


def clause_end(tokens: Sequence[Token], start: int) -> int:
    """Where a clause that begins at `start` ends: at the next act of speech, or the last token."""
    for position in range(start + 1, len(tokens)):
        token = tokens[position]
        if token.text == ";":
            return position
        if tokens[position - 1].text == "," and _starts_report(tokens, position):
            return position - 1
        if token.low in {"and", "but", "while"} and (
            _starts_verb(tokens, position + 1) or _starts_speaker(tokens, position + 1)
        ):
            return position
    return len(tokens)


def deed_after_quotation(tokens: Sequence[Token], start: int, end: int) -> int:
    """Where a second deed begins after quoted words: "called it “a farce” and left the hall"."""
    quoted = max((i for i in range(start, end) if tokens[i].quotation is not None), default=end)
    for position in range(quoted + 1, end - 1):
        following = tokens[position + 1]
        if tokens[position].low in COORDINATORS and (
            is_verb(following) or following.low.endswith("ed")
        ):
            return position
    return end


def comma_after(tokens: Sequence[Token], start: int, end: int) -> int:
    """The first comma of a clause that stands before the main one ("When X said …, Y left")."""
    return next((i for i in range(start, end) if tokens[i].text == ","), end)


def _starts_report(tokens: Sequence[Token], position: int) -> bool:
    """Whether another act of speech begins here: ", adding", ", according to", ", he said"."""
    low = tokens[position].low
    if low == "according" or (low in GRAMMAR and low.endswith("ing")):
        return True
    return low in SUBJECT_PRONOUNS and _low(tokens, position + 1) in _SAID


def _starts_speaker(tokens: Sequence[Token], position: int) -> bool:
    """Whether a short subject and a verb of saying follow: "and Smith said"."""
    for ahead in range(position + 1, min(position + 6, len(tokens))):
        if not tokens[ahead].is_word:
            return False
        if tokens[ahead].low in _SAID:
            return True
        if tokens[ahead].low in AUXILIARIES | PREPOSITIONS:
            return False
    return False


def _low(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].low if position < len(tokens) else ""


def _starts_verb(tokens: Sequence[Token], position: int) -> bool:
    while position < len(tokens) and tokens[position].is_adverb:
        position += 1
    if position + 1 >= len(tokens):
        return False
    token = tokens[position]
    return (
        token.low in GRAMMAR
        and token.low.endswith(("ed", "id", "ing", "ote", "old", "s"))
        and (tokens[position + 1].low == "that" or tokens[position + 1].low in OBJECT_PRONOUNS)
    )


def spans(
    tokens: Sequence[Token], runs: Sequence[tuple[int, int]], found: Sequence[Quotation]
) -> tuple[tuple[Span, ...], SpeechKind]:
    """The runs as spans of the article, and what kind of speech they are.

    A run of quotations gives the words between the marks, any other run is taken as it stands.
    """
    pieces: list[Span] = []
    kinds = set()
    for start, end in runs:
        run = tokens[start:end]
        if all(token.quotation is not None or token.text in _STOPS for token in run):
            kinds.add(SpeechKind.DIRECT)
            for token in run:
                if token.quotation is not None:
                    pieces.extend(found[token.quotation].inner)
            continue
        speech = any(token.quotation is not None and not token.is_title for token in run)
        kinds.add(SpeechKind.MIXED if speech else SpeechKind.INDIRECT)
        pieces.append(Span(run[0].start, run[-1].end))
    kind = kinds.pop() if len(kinds) == 1 else SpeechKind.MIXED
    return tuple(sorted(set(pieces))), kind
