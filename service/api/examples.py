"""Example bodies for the OpenAPI document. They work on the sample articles at the first click."""

import json
from typing import Any

from fastapi.openapi.models import Example

_DRAFT = """\
About 28,000 vehicles use the Sallow Bridge every day. The final bill for the repairs came to \
$5.1 million, Mayor Ottoline Brask said.

It is the most beautiful bridge in the country.
"""

_FERRY = {
    "title": "Ferry back in service at Port Sallow",
    "text": "PORT SALLOW — The ferry across the Sallow is back in service, the harbour office "
    "said on Friday.\n\n“We carried 640 passengers on the first morning,” harbour master "
    "Runa Teasdale told the Harbour Post.",
    "publisher": "Harbour Post",
    "authors": ["Wim Ardley"],
    "published_at": "2025-04-11T06:00:00Z",
    "url": "https://harbour-post.example/local/2025-04-11-ferry",
    "language": "en",
}

_PAGE = {
    "html": "<html><head><title>Market hall to open on Sundays</title></head><body><article>"
    "<h1>Market hall to open on Sundays</h1><p>The market hall of Marrowby will open on Sundays "
    "from May, the town council decided on Tuesday.</p><p>“Forty traders have signed up,” said "
    "councillor Petra Hollin.</p></article></body></html>",
    "url": "https://ledger.example/2025-04-15-market-hall",
    "publisher": "Capital Ledger",
    "published_at": "2025-04-15",
}


def _example(summary: str, value: Any) -> Example:  # noqa: ANN401 - any JSON
    return {"summary": summary, "value": value}


def _lines(*values: dict[str, Any]) -> str:
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


QUOTATIONS: dict[str, Example] = {
    "exact": _example(
        "As it is on record",
        {"quotation": "No such letter reached us, and no photograph either", "speaker": "Wendle"},
    ),
    "altered": _example(
        "With words that nobody said",
        {
            "quotation": "Nobody will cross this bridge until I would let the whole council "
            "cross it",
            "speaker": "Mayor Ottoline Brask",
        },
    ),
    "misattributed": _example(
        "Said by somebody else",
        {"quotation": "I sent photographs, and I sent them twice", "speaker": "Casimir Wendle"},
    ),
    "not_found": _example(
        "Not on record",
        {"quotation": "The ferry will sail before the frost", "speaker": "Ottoline Brask"},
    ),
}
CHECKS: dict[str, Example] = {
    "contradicted": _example(
        "A figure that the record contradicts",
        {"claim": "5,000 North Koreans are in the Buryat Battalion."},
    ),
    "supported": _example(
        "A quotation on record",
        {"claim": "Zelensky called Russia and its allies a coalition of criminals."},
    ),
    "disputed": _example(
        "Sources that disagree", {"claim": "North Korea has sent 10,000 soldiers to Russia."}
    ),
    "as_of": _example(
        "What was on record on a day",
        {
            "claim": "North Korea has sent 10,000 soldiers to Russia.",
            "as_of": "2024-10-20T00:00:00Z",
            "publishers": {"exclude": ["Capital Ledger"]},
            "limit": 3,
        },
    ),
}

CLAIM_LINES = _lines(
    {"claim": "About 18,000 vehicles use the Sallow Bridge every day.", "limit": 1},
    {"claim": "Quillfeather Robotics plans to cut 450 jobs.", "limit": 1},
)

DRAFTS: dict[str, Example] = {
    "text": _example("A short draft", {"text": _DRAFT}),
    "ignoring": _example(
        "Leave a passage alone",
        {"text": _DRAFT, "format": "markdown", "ignore": ["The final bill*said"]},
    ),
}

ARTICLES: dict[str, Example] = {
    "text": _example("An article's text", _FERRY),
    "html": _example("A page", _PAGE),
    "url": _example("An address, which is fetched", {"url": "https://www.example.org/news/1"}),
}

CONTENT: dict[str, Example] = {"text": _example("An article's text", _FERRY)}

ARTICLE_LINES = _lines(_FERRY, _PAGE)
