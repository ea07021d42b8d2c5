"""A report with made-up evidence that has every kind of finding, for tests of all formats.

`python -m tests.reports.made_report` writes the golden files anew.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from service.domain.article import Article, StoredQuote
from service.domain.claim import Claim
from service.domain.draft import DraftFormat
from service.domain.finding import Finding
from service.domain.quotation import QuotationResult, VerifiedQuotation
from service.domain.quote import Attribution, Quote, SpeakerKind, SpeechKind
from service.domain.text import Span, mention
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
from service.pipeline.findings import of_quotation, of_statement
from service.reports.baseline import Baseline, Known
from service.reports.formats import FORMATS, FormatName
from service.reports.job_summary import job_summary
from service.reports.pragmas import pragmas
from service.reports.report import CheckedDraft, Report, Unchecked
from service.wire.drafts import DraftRequest, DraftResponse

GOLDEN = Path(__file__).parent / "golden"
DAY = datetime(2025, 3, 4, tzinfo=UTC)
SUFFIXES = {
    FormatName.TEXT: "txt",
    FormatName.JSON: "jsonl",
    FormatName.SARIF: "sarif",
    FormatName.JUNIT: "xml",
    FormatName.GITHUB: "github.txt",
    FormatName.HTML: "html",
}

LOOMS = "The mill in Dale has about 14 looms, foreman Ada Kell told the Gazette."
SPOKEN = "“We never sleep & never stop,” said Ada Kell."
MILL = Article(
    id="mill",
    text=f"{LOOMS}\n\n{SPOKEN}\n\nThe mill 🏭 opened in 1901. It has 30 weavers.",
    title="Looms fall <silent>",
    publisher="Dale Courier",
    url="https://courier.example/looms?a=1&b=2",
    published_at=DAY,
)
NEWER = Article(
    id="newer",
    text="The mill has 28 weavers now.",
    title="Two weavers leave",
    publisher="Dale Courier",
    published_at=datetime(2025, 5, 1, tzinfo=UTC),
)
OTHER = Article(id="other", text="The mill opened in 1899.", publisher="Vale Post")

MILL_DRAFT = """\
# The mill 🏭

The mill has 20 looms. “We always sleep & never stop,” said Ada Kell.

It opened in 1901. The mill has **30 weavers**.

<!-- onrecord: ignore claim-no-evidence because the owner | showed us -->

The owner <b>Bo Orm</b> likes tea.

The mill stands in Dale. Nobody said “we shall dance on the roof tonight” there.
"""
RIVER_DRAFT = "<p>The river is\n12 miles long.</p>\n"
RIVER_TEXT = "The river is 21 miles long."
RIVER = Article(id="river", text=RIVER_TEXT, title="A river", url="javascript:alert(1)")


def span(words: str, text: str) -> Span:
    """Where `words` stand in `text`."""
    return Span(text.index(words), text.index(words) + len(words))


def evidence(stance: Stance, article: Article, words: str, origin: str = "o1") -> Evidence:
    """A quote as narration."""
    return Evidence(stance, 0.9, article, span(words, article.text), Attribution(), origin=origin)


def check(verdict: Verdict, claim: str, *quotes: Evidence) -> Check:
    """A check with these quotes, each on its own side."""
    sides = {stance: tuple(one for one in quotes if one.stance is stance) for stance in Stance}
    return Check(
        claim=Claim(claim),
        verdict=verdict,
        confidence=0.9 if verdict in {Verdict.CONTRADICTED, Verdict.SUPPORTED} else None,
        why=None,
        summary="What the archive says.",
        notices=(),
        supporting=sides[Stance.SUPPORTS],
        conflicting=sides[Stance.CONFLICTS],
        mentions=sides[Stance.MENTIONS],
        coverage=Coverage(4, 6, 2, DAY, NEWER.published_at),
        provenance=Provenance("s1", None, (("embedder", "e1"),), "sha256:0"),
    )


def looms() -> Check:
    """Contradicted: 20 looms, about 14 on record."""
    claim, source = "The mill has 20 looms.", "The mill in Dale has about 14 looms,"
    differs = Reason(
        ReasonCode.NUMBER_DIFFERS,
        mention(claim, span("20 looms", claim)),
        mention(source, span("about 14 looms", source)),
    )
    said = Attribution(
        speaker=mention(MILL.text, span("foreman Ada Kell", MILL.text)),
        kind=SpeakerKind.NAMED,
        via=mention(MILL.text, span("the Gazette", MILL.text)),
        speech=SpeechKind.INDIRECT,
    )
    conflict = replace(
        evidence(Stance.CONFLICTS, MILL, source), attribution=said, reasons=(differs,)
    )
    return check(Verdict.CONTRADICTED, claim, conflict)


def altered(claim: Check) -> Finding:
    """A quotation with one word changed."""
    inner = "We never sleep & never stop"
    said = Attribution(
        speaker=mention(
            MILL.text, Span(MILL.text.rindex("Ada Kell"), MILL.text.rindex(".\n\nThe"))
        ),
        kind=SpeakerKind.NAMED,
        speech=SpeechKind.DIRECT,
    )
    source = StoredQuote(Quote((span(inner, MILL.text),), said), MILL)
    words = "We always sleep & never stop"
    verified = VerifiedQuotation(words, said, QuotationResult.ALTERED, source=source)
    found = of_quotation(span(words, MILL_DRAFT), verified, claim)
    assert found
    return found


def mill_findings() -> Iterator[Finding]:
    """One of each kind, in the order of the draft."""
    opened = evidence(Stance.SUPPORTS, MILL, "opened in 1901.")
    weavers = replace(
        evidence(Stance.SUPPORTS, MILL, "It has 30 weavers."),
        superseded_by=Successor(NEWER, Span(0, len(NEWER.text))),
    )
    stands = [
        evidence(Stance.SUPPORTS, MILL, "The mill in Dale", origin) for origin in ("o1", "o2")
    ]
    unknown = check(Verdict.NO_EVIDENCE, "The owner Bo Orm likes tea.")
    danced = "we shall dance on the roof tonight"
    for words, made in (
        ("The mill has 20 looms.", looms()),
        (
            "It opened in 1901.",
            check(
                Verdict.DISPUTED,
                "The mill opened in 1901.",
                opened,
                evidence(Stance.CONFLICTS, OTHER, OTHER.text),
            ),
        ),
        (
            "The mill has **30 weavers**.",
            check(Verdict.SUPPORTED, "The mill has 30 weavers.", weavers),
        ),
        ("The owner <b>Bo Orm</b> likes tea.", unknown),
        (
            "The mill stands in Dale.",
            check(Verdict.SUPPORTED, "The mill stands in Dale.", *stands),
        ),
    ):
        yield of_statement(MILL_DRAFT, span(words, MILL_DRAFT), made)
        if words.endswith("looms."):
            yield altered(made)
    missing = VerifiedQuotation(danced, None, QuotationResult.NOT_FOUND)
    found = of_quotation(span(danced, MILL_DRAFT), missing, unknown)
    assert found
    yield found


def river_findings() -> Iterator[Finding]:
    """A finding over two lines, by an article whose address is none to follow."""
    words = "The river is\n12 miles long."
    conflict = evidence(Stance.CONFLICTS, RIVER, RIVER_TEXT)
    made = check(Verdict.CONTRADICTED, "The river is 12 miles long.", conflict)
    yield of_statement(RIVER_DRAFT, span(words, RIVER_DRAFT), made)


def checked(
    file: str,
    text: str,
    form: DraftFormat,
    findings: Iterator[Finding],
    baseline: Baseline | None = None,
) -> CheckedDraft:
    """A draft as a run has it."""
    found = list(findings)
    asked = DraftRequest(text=text, format=form)
    ground = found[0].check.coverage, found[0].check.provenance
    answer = DraftResponse.of(asked, found, *ground)
    silenced = pragmas(text, form)
    return CheckedDraft.of(asked, answer, name=file, file=file, pragmas=silenced, baseline=baseline)


def made_report() -> Report:
    """Two drafts and one that cannot be read; the second draft's finding is in the baseline."""
    river = checked("b/river.html", RIVER_DRAFT, DraftFormat.HTML, river_findings())
    (reported,) = river.findings
    known = Known(file="b/river.html", rule="claim-contradicted", fingerprint=reported.fingerprint)
    baseline = Baseline((known,))
    return Report(
        drafts=(
            checked("a/mill & co.md", MILL_DRAFT, DraftFormat.MARKDOWN, mill_findings(), baseline),
            checked("b/river.html", RIVER_DRAFT, DraftFormat.HTML, river_findings(), baseline),
        ),
        unchecked=(Unchecked("c/broken.md", "is not UTF-8 (byte 3)"),),
        has_baseline=True,
    )


def golden() -> Iterator[tuple[str, str]]:
    """The name and the content of each golden file."""
    report = made_report()
    for name, form in FORMATS.items():
        yield f"report.{SUFFIXES[name]}", form.write(report)
    yield "job_summary.md", job_summary(report)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name, content in golden():
        (GOLDEN / name).write_text(content, encoding="utf-8")
