"""The one-line form of a quote, as it would stand in a newsroom note."""

from service.domain.quote import Attribution, SpeechKind

_OPENING = frozenset("“‘\"'«„")
# Punctuation within a sentence, which looks wrong at the end of a line.
_LOOSE_ENDS = " \t\n,;:–—-"


def attributed_line(quote: str, attribution: Attribution, publisher: str) -> str:
    """`about 3,000 … “Buryat Battalion” — a senior official via POLITICO`.

    The `quote` has its white space folded and no comma at its end; direct speech is in quotation
    marks. Then comes who said it: in narration the publisher. A cue that denies or doubts reported
    words follows in parentheses: `it was open — Ann Smith (denied)`.
    """
    words = _tidy(" ".join(quote.split()))
    if attribution.speech is SpeechKind.DIRECT and words[:1] not in _OPENING:
        words = f"“{words}”"
    said_by = source(attribution) or publisher or "unattributed"
    cue = _taken_back(attribution, quote)
    if cue is not None:
        said_by += f" ({cue})"
    return f"{words} — {said_by}"


def source(attribution: Attribution) -> str | None:
    """Who said it, who reports it, and the outlet, in words; None if none of them is named."""
    speaker = attribution.resolved or attribution.speaker
    parts = [_inside_a_line(speaker.text)] if speaker else []
    parts += [
        f"according to {_inside_a_line(reporter.text)}" for reporter in attribution.reported_by
    ]
    parts += [f"via {attribution.via.text}"] if attribution.via else []
    return " ".join(parts) or None


def _taken_back(attribution: Attribution, quote: str) -> str | None:
    """The cue that denies or doubts reported words; None if there is none, or the quote has it."""
    cue = attribution.cue
    if cue is None or attribution.speech is SpeechKind.DIRECT or attribution.asserted:
        return None
    return None if cue.text in quote else cue.text


def _tidy(words: str) -> str:
    """The words without a comma at the end; `“Battalion,”` becomes `“Battalion”`."""
    for closing in ("”", "’", '"', "'"):
        if words.endswith(closing) and words[:-1].rstrip(_LOOSE_ENDS) != words[:-1]:
            return words[:-1].rstrip(_LOOSE_ENDS) + closing
    return words.rstrip(_LOOSE_ENDS)


def _inside_a_line(speaker: str) -> str:
    """The speaker; "A", "An" or "The" that began a sentence becomes small: `a senior official`."""
    first, space, rest = speaker.partition(" ")
    opens_with_article = first in {"A", "An", "The"} and space
    return f"{first.lower()} {rest}" if opens_with_article else speaker
