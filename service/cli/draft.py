"""`onrecord draft`: every statement of a draft, checked; made for CI."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from service.cli.client import open_client
from service.cli.configuration import read_settings
from service.cli.console import print_bytes, reading_width, terminal
from service.cli.documents import Document, read_document
from service.cli.exits import ExitCode
from service.cli.options import (
    AsOf,
    NotArticle,
    NotPublisher,
    OnlyPublisher,
    PublishedAfter,
    Server,
    Store,
    publishers,
    request,
)
from service.domain.verdict import Verdict
from service.reports.github import annotation
from service.reports.json_lines import draft_json
from service.reports.severity import FailOn
from service.reports.text import drafts_summary, finding_note
from service.wire.drafts import DraftRequest, DraftResponse


class ReportFormat(StrEnum):
    """How `draft` prints what it found."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with its answer."""

    document: Document
    answer: DraftResponse


def draft(  # noqa: PLR0913, PLR0917 - an option each
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="Drafts (.md .html .txt); - reads Markdown from standard input.",
            show_default=False,
        ),
    ],
    output: Annotated[
        ReportFormat,
        typer.Option(
            "--format",
            help="text to read; json, one line a file; github, annotations for a workflow.",
        ),
    ] = ReportFormat.TEXT,
    fail_on: Annotated[
        FailOn,
        typer.Option(
            help="The mildest findings that make the exit code 1: contradicted, all errors; "
            "disputed, warnings too; insufficient, also what is not on record."
        ),
    ] = FailOn.CONTRADICTED,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Quotes less certain than this decide nothing.")
    ] = 0.0,
    exclude_article: NotArticle = None,
    as_of: AsOf = None,
    published_after: PublishedAfter = None,
    publisher: OnlyPublisher = None,
    exclude_publisher: NotPublisher = None,
    store: Store = None,
    server: Server = None,
) -> None:
    """Check every statement and quotation of a draft; positions are line:column.

    Shown is what fails the run, and warnings; all else is counted. With --format github, what fails
    the run is an error and the rest of it a warning. Articles at the draft's own address, which its
    front matter or a canonical link names, are left out.

    **Example**: `onrecord draft story.md --fail-on disputed`
    """
    options = {
        "as_of": as_of,
        "published_after": published_after,
        "publishers": publishers(publisher, exclude_publisher),
        "min_confidence": min_confidence,
        "exclude_articles": exclude_article or (),
    }
    documents = [read_document(file) for file in files]
    requests = [
        request(DraftRequest, **options, text=document.text, format=document.format)
        for document in documents
    ]
    settings = read_settings(store=store)
    show, finish = _PRINTERS[output](fail_on)

    async def run() -> tuple[Counter[Verdict], bool]:
        verdicts: Counter[Verdict] = Counter()
        fails = False
        async with open_client(settings, server=server, store=store) as client:
            for document, asked in zip(documents, requests, strict=True):
                answer = await client.draft(asked)
                show(Checked(document, answer))
                verdicts.update(answer.verdicts)
                fails = fails or fail_on.fails(answer.findings)
        return verdicts, fails

    verdicts, fails = asyncio.run(run())
    finish(len(documents), verdicts)
    if fails:
        raise typer.Exit(ExitCode.FINDINGS)


Show = Callable[[Checked], None]
Finish = Callable[[int, Counter[Verdict]], None]


def _text(fail_on: FailOn) -> tuple[Show, Finish]:
    console = terminal()
    width = reading_width(console)

    def show(checked: Checked) -> None:
        document = checked.document
        for finding in checked.answer.findings:
            if fail_on.level(finding):
                console.print(finding_note(document.name, document.text, finding, width=width))
                console.print()

    def finish(drafts: int, verdicts: Counter[Verdict]) -> None:
        console.print(drafts_summary(drafts, verdicts))

    return show, finish


def _json(_: FailOn) -> tuple[Show, Finish]:
    def show(checked: Checked) -> None:
        print_bytes(draft_json(checked.document.name, checked.answer))

    def finish(_drafts: int, _verdicts: Counter[Verdict]) -> None:
        """Nothing follows the last line."""

    return show, finish


def _github(fail_on: FailOn) -> tuple[Show, Finish]:
    def show(checked: Checked) -> None:
        for finding in checked.answer.findings:
            level = fail_on.level(finding)
            if level:
                typer.echo(annotation(checked.document.file, finding, level))

    def finish(drafts: int, verdicts: Counter[Verdict]) -> None:
        typer.echo(drafts_summary(drafts, verdicts))

    return show, finish


_PRINTERS: dict[ReportFormat, Callable[[FailOn], tuple[Show, Finish]]] = {
    ReportFormat.TEXT: _text,
    ReportFormat.JSON: _json,
    ReportFormat.GITHUB: _github,
}
