"""The one-line form of a quote, as it would stand in a newsroom note."""

from service.domain.quote import Attribution, SpeechKind

# What may end a clause but looks torn off at the end of a line.
_OPENING = frozenset("“‘\"'«„")
_LOOSE_ENDS = " \t\n,;:–—-"


def attributed_line(quote: str, attribution: Attribution, publisher: str) -> str:
    """`about 3,000 … “Buryat Battalion” — a senior official via POLITICO`.

    The `quote` with white space folded and a loose comma at its end left off, direct speech in
    quotation marks, then who said it; the publisher, where the article speaks in its own voice.
    A cue that takes reported words back follows in parentheses: `it was open — Ann Smith (denied)`.
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
    """Who said it, who tells so, and through whom, in words; None when nobody is named."""
    speaker = attribution.resolved or attribution.speaker
    parts = [_inside_a_line(speaker.text)] if speaker else []
    parts += [f"according to {_inside_a_line(one.text)}" for one in attribution.reported_by]
    parts += [f"via {attribution.via.text}"] if attribution.via else []
    return " ".join(parts) or None


def _taken_back(attribution: Attribution, quote: str) -> str | None:
    """The cue by which reported words are denied or doubted, if the quote does not hold it."""
    cue = attribution.cue
    if cue is None or attribution.speech is SpeechKind.DIRECT or attribution.asserted:
        return None
    return None if cue.text in quote else cue.text


def _tidy(words: str) -> str:
    """Without a comma at the end, inside closing marks too: `“Battalion,”` is `“Battalion”`."""
    for closing in ("”", "’", '"', "'"):
        if words.endswith(closing) and words[:-1].rstrip(_LOOSE_ENDS) != words[:-1]:
            return words[:-1].rstrip(_LOOSE_ENDS) + closing
    return words.rstrip(_LOOSE_ENDS)


def _inside_a_line(speaker: str) -> str:
    """A speaker who opened a sentence loses the article's capital: `a senior official`."""
    first, space, rest = speaker.partition(" ")
    opens_with_article = first in {"A", "An", "The"} and space
    return f"{first.lower()} {rest}" if opens_with_article else speaker
