"""Quotes as JSON: a structure that is read without us, and comes back equal."""

import json
from typing import Any

from service.domain.quote import Attribution, Quote, SpeakerKind, SpeechKind
from service.domain.text import Mention, Span
from service.english.speech.reporting import is_asserted

_VERSION = 2
_MENTIONS = ("speaker", "resolved", "role", "organisation", "via", "cue")
_LISTS = ("hedges", "reported_by")


def dump_quote(quote: Quote) -> str:
    """One line of JSON; parts that are not there are left out."""
    said = quote.attribution
    mentions = {name: getattr(said, name) for name in _MENTIONS}
    value: dict[str, Any] = {
        "v": _VERSION,
        "content": [[span.start, span.end] for span in quote.content],
        "kind": said.kind.value,
        "speech": said.speech.value,
        "asserted": said.asserted,
        **{name: _dump_mention(found) for name, found in mentions.items() if found is not None},
    }
    if quote.sentence is not None:
        value["sentence"] = [quote.sentence.start, quote.sentence.end]
    lists = {name: getattr(said, name) for name in _LISTS}
    value |= {name: [_dump_mention(one) for one in found] for name, found in lists.items() if found}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def load_quote(line: str) -> Quote:
    """The quote that `dump_quote` was given."""
    value = json.loads(line)
    parts: dict[str, Any] = {
        **{name: _load_mention(value[name]) for name in _MENTIONS if name in value},
        **{name: tuple(map(_load_mention, value.get(name, ()))) for name in _LISTS},
    }
    attribution = Attribution(
        **parts,
        kind=SpeakerKind(value["kind"]),
        speech=SpeechKind(value["speech"]),
        # A line of version 1 does not say.
        asserted=value["asserted"] if "asserted" in value else is_asserted(parts.get("cue")),
    )
    return Quote(
        content=tuple(Span(start, end) for start, end in value["content"]),
        attribution=attribution,
        sentence=Span(*value["sentence"]) if "sentence" in value else None,
    )


def _dump_mention(found: Mention) -> list[Any]:
    return [found.text, found.span.start, found.span.end]


def _load_mention(value: list[Any]) -> Mention:
    text, start, end = value
    return Mention(text, Span(start, end))
