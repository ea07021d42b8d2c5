"""Every position of every answer can be had as JavaScript counts."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from service.domain.article import Article, Passage, StoredPassage, StoredQuote
from service.domain.claim import Claim
from service.domain.finding import Finding, RuleId
from service.domain.finding import Suggestion as DomainSuggestion
from service.domain.quotation import (
    ChangeKind,
    QuotationResult,
    VerifiedQuotation,
)
from service.domain.quotation import WordChange as DomainWordChange
from service.domain.quote import Attribution as DomainAttribution
from service.domain.quote import Quote
from service.domain.retrieval import Ranked, Retrieved
from service.domain.text import Extract, Mention, Piece, Span, mention, utf16
from service.domain.verdict import (
    Check,
    Coverage,
    Evidence,
    Provenance,
    Reason,
    ReasonCode,
    Stance,
    Successor,
    Verdict,
)
from service.ports import QuotePage
from service.wire.checks import CheckResponse
from service.wire.drafts import DraftRequest, DraftResponse
from service.wire.fields import Asked, Shape
from service.wire.language_tool import ToolRequest, ToolResponse
from service.wire.positions import Offsets, Place, Places, Pointer, in_offsets
from service.wire.quotes import FoundQuotesResponse, QuoteResponse, QuotesResponse
from service.wire.search import PassageResponse, SearchResponse

# Before all that is pointed at stands what JavaScript counts twice.
TEXT = "🌉 News.\n🚢 Bo Orm, the 🚢 master, “carries 212”, he told the Post, 🚢 perhaps, said Ann."
NEWER = "🌉🌉 It carries 300 now."
CLAIM = "The 🚢 carries 112."
QUOTE = "🚢 master, “carries 212”"
QUOTATION = "🚢 carries 221"
DRAFT = "🌉\n🌉 So: 🚢 “carries 221” and\n🌉 61 vans."


def span(words: str, text: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def named(words: str, text: str = TEXT) -> Mention:
    return mention(text, span(words, text))


ARTICLE = Article(id="a", text=TEXT)
ATTRIBUTION = DomainAttribution(
    speaker=named("he"),
    resolved=named("Bo Orm"),
    via=named("the Post"),
    cue=named("told"),
    hedges=(named("perhaps"),),
    reported_by=(named("Ann"),),
)
STORED = StoredQuote(Quote((span("carries 212", TEXT),), ATTRIBUTION), ARTICLE)
EVIDENCE = Evidence(
    Stance.CONFLICTS,
    0.9,
    ARTICLE,
    span(QUOTE, TEXT),
    ATTRIBUTION,
    reasons=(Reason(ReasonCode.NUMBER_DIFFERS, named("112", CLAIM), named("212", QUOTE)),),
    superseded_by=Successor(Article(id="b", text=NEWER), span("300", NEWER)),
)
CHECK = Check(
    claim=Claim(CLAIM),
    verdict=Verdict.CONTRADICTED,
    confidence=0.9,
    why=None,
    summary="",
    notices=(),
    supporting=(EVIDENCE,),
    conflicting=(EVIDENCE,),
    mentions=(EVIDENCE,),
    coverage=Coverage(2, 2, 1, None, None),
    provenance=Provenance("s", None, (), "sha256:0"),
)
VERIFIED = VerifiedQuotation(
    QUOTATION,
    None,
    QuotationResult.ALTERED,
    (DomainWordChange(ChangeKind.REPLACED, named("221", QUOTATION), named("212")),),
    STORED,
)
FINDING = Finding(
    span("carries 221” and\n🌉", DRAFT),
    RuleId.QUOTE_ALTERED,
    "",
    CHECK,
    quotation=VERIFIED,
    suggestion=DomainSuggestion(span("61", DRAFT), "300"),
)
FOUND = Retrieved(
    StoredPassage("a:0", Passage(span(QUOTE, TEXT), ()), ARTICLE, ()),
    Ranked("a:0", 1.0, None, None, None),
)


def answers(offsets: Offsets) -> Iterator[Shape]:
    """One of each, as an endpoint answers."""
    yield CheckResponse.of(CHECK, offsets)
    asked = DraftRequest(text=DRAFT)
    yield DraftResponse.of(asked, [FINDING], CHECK.coverage, CHECK.provenance, offsets)
    yield in_offsets(FoundQuotesResponse.of(QuotePage((STORED,), None)), offsets)
    quotes = (QuoteResponse.of(TEXT, STORED.quote),)
    yield in_offsets(QuotesResponse(article="a", revision="r", quotes=quotes), offsets)
    passages = (PassageResponse.of(FOUND),)
    yield in_offsets(SearchResponse(query="q", passages=passages), offsets)


INTO = {
    "Reason.claim": (CLAIM, {"112"}),
    "Reason.source": (QUOTE, {"212"}),
    "Attribution.speaker": (TEXT, {"he"}),
    "Attribution.resolved": (TEXT, {"Bo Orm"}),
    "Attribution.via": (TEXT, {"the Post"}),
    "Attribution.cue": (TEXT, {"told"}),
    "Attribution.hedges": (TEXT, {"perhaps"}),
    "Attribution.reported_by": (TEXT, {"Ann"}),
    "Successor.position": (NEWER, {"300"}),
    "Evidence.selector": (TEXT, {QUOTE}),
    "QuoteResponse.position": (TEXT, {"carries 212"}),
    "QuoteResponse.content": (TEXT, {"carries 212"}),
    "FoundQuoteResponse.position": (TEXT, {"carries 212"}),
    "FoundQuoteResponse.content": (TEXT, {"carries 212"}),
    "FoundQuoteResponse.selector": (TEXT, {"carries 212"}),
    "WordChange.quoted": (QUOTATION, {"221"}),
    "WordChange.source": (TEXT, {"212"}),
    "FindingResponse.position": (DRAFT, {"carries 221” and\n🌉"}),
    "Suggestion.position": (DRAFT, {"61"}),
    "PassageResponse.position": (TEXT, {QUOTE}),
}
"""Each field of an answer that points into a text: which text that is, and the words there."""


def walk(value: Any, field: str = "") -> Iterator[tuple[str, Any]]:
    """Each shape of an answer, with the field that it is in."""
    if isinstance(value, tuple):
        for item in value:
            yield from walk(item, field)
    if isinstance(value, BaseModel):
        yield field, value
        for name, item in value:
            yield from walk(item, f"{type(value).__name__}.{name}")


def shapes(of: type[Shape] = Shape) -> Iterator[type[Shape]]:
    """Every shape of an answer that there is; the command line's own are none."""
    for shape in of.__subclasses__():
        if shape is not Asked and shape.__module__.startswith("service.wire."):
            yield shape
            yield from shapes(shape)


def mentioned(annotation: Any) -> Iterator[Any]:
    """The types that an annotation is made of."""
    yield annotation
    for part in get_args(annotation):
        yield from mentioned(part)


def units(text: str, start: int, end: int) -> str:
    """As JavaScript slices."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@pytest.mark.parametrize("offsets", Offsets)
def test_every_pointer_slices_its_words(offsets: Offsets) -> None:
    """As Python counts, or as JavaScript does."""
    sliced: dict[str, set[str]] = {}
    for answer in answers(offsets):
        for field, shape in walk(answer):
            if isinstance(shape, Pointer) and field != "Place.position":
                text, start, end = INTO[field][0], *(getattr(shape, at) for at in ("start", "end"))
                words = (
                    text[start:end] if offsets is Offsets.CODE_POINTS else units(text, start, end)
                )
                sliced.setdefault(field, set()).add(words)
    assert sliced == {field: words for field, (_, words) in INTO.items()}


def test_no_answer_has_another_pointer() -> None:
    """What points is a Pointer, what has columns a Place, and each such field is tried above."""
    every = set(shapes())
    pointers = set(shapes(Pointer))
    assert {shape for shape in every if "start" in shape.model_fields} == pointers
    assert {shape for shape in every if "column" in shape.model_fields} == {Place, *shapes(Place)}
    pointing = {
        f"{shape.__name__}.{name}"
        for shape in every
        for name, field in shape.model_fields.items()
        if pointers & set(mentioned(field.annotation))
    }
    assert pointing - {"Place.position"} == set(INTO)


def test_columns_count_alike() -> None:
    """From the start of their line; the pair stays as it is."""
    columns = {}
    for offsets in Offsets:
        answer = DraftResponse.of(
            DraftRequest(text=DRAFT), [FINDING], CHECK.coverage, CHECK.provenance, offsets
        )
        (found,) = answer.findings
        columns[offsets] = (found.line, found.column, found.end_line, found.end_column)
        assert units(DRAFT, *found.utf16) == "carries 221” and\n🌉"
    assert columns == {Offsets.CODE_POINTS: (2, 10, 3, 2), Offsets.UTF16: (2, 12, 3, 3)}


class Counting(str):  # noqa: SLOT000 - it holds a count
    """A text that knows how often its UTF-16 code units were counted."""

    counts = 0

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        """As every text does."""
        self.counts += encoding.startswith("utf-16")
        return super().encode(encoding, errors)


def test_a_text_is_counted_once() -> None:
    """However much stands in it: a count reads all of it."""
    text = Counting(TEXT)
    stored = StoredQuote(STORED.quote, Article(id="a", text=text))
    assert len(FoundQuotesResponse.of(QuotePage(9 * (stored,), None)).quotes) == 9
    assert text.counts == 1
    sent = Counting(DRAFT)
    asked = ToolRequest(sent, Extract.of([Piece(DRAFT, Span(0, len(DRAFT)))]), picky=True)
    assert len(ToolResponse.of(asked, 9 * (FINDING,)).matches) == 9
    assert sent.counts == 1
    places = Places(draft := Counting(DRAFT))
    assert {places.of(FINDING.span).utf16 for _ in range(9)} == {(14, 33)}
    assert draft.counts == 1


def test_the_digest_is_of_what_is_answered() -> None:
    """Positions included."""
    plain, turned = [CheckResponse.of(CHECK, offsets) for offsets in Offsets]
    assert plain.provenance.result != turned.provenance.result


def test_a_drafts_own_spans_count_so_too() -> None:
    """What was given out is taken back: the parts to ignore, and those to check."""
    start, end = utf16(DRAFT, FINDING.span)
    place = {"start": start, "end": end}
    asked = DraftRequest.model_validate({"text": DRAFT, "ignore": [place, "so*"], "only": [place]})
    draft = asked.in_code_points().to_domain()
    assert draft.ignored_spans == draft.only_spans == (FINDING.span,)
    assert draft.ignored_patterns == ("so*",)
