"""`onrecord draft`: every statement of a draft, checked; made for CI."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from service.cli.client import Client, open_client
from service.cli.configuration import read_settings
from service.cli.console import print_bytes, reading_width, terminal
from service.cli.documents import Document, read_document
from service.cli.exits import ExitCode
from service.cli.options import (
    AsOf,
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
from service.wire.checks import Scope
from service.wire.drafts import DraftRequest, DraftResponse

COUNTED_ONLY = frozenset({Verdict.SUPPORTED, Verdict.NOT_CHECKABLE})
"""What needs nobody's attention: the text report shows the rest."""


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
            help="The mildest verdict that makes the exit code 1; "
            "insufficient includes statements without evidence."
        ),
    ] = FailOn.CONTRADICTED,
    as_of: AsOf = None,
    published_after: PublishedAfter = None,
    publisher: OnlyPublisher = None,
    exclude_publisher: NotPublisher = None,
    store: Store = None,
    server: Server = None,
) -> None:
    """Check every statement of a draft; positions are line:column.

    With --format github, what fails the run is an error, a disputed statement that does not is a
    warning, and the rest makes no annotation.

    **Example**: `onrecord draft story.md --fail-on disputed`
    """
    scope = request(
        Scope,
        as_of=as_of,
        published_after=published_after,
        publishers=publishers(publisher, exclude_publisher),
    )
    documents = [read_document(file) for file in files]
    settings = read_settings(store=store)
    show, finish = _PRINTERS[output](fail_on)

    async def run() -> Counter[Verdict]:
        verdicts: Counter[Verdict] = Counter()
        async with open_client(settings, server=server, store=store) as client:
            async for checked in _checked(documents, scope, client):
                show(checked)
                verdicts.update(checked.answer.verdicts)
        return verdicts

    verdicts = asyncio.run(run())
    finish(len(documents), verdicts)
    if fail_on.fails(verdicts):
        raise typer.Exit(ExitCode.FINDINGS)


async def _checked(
    documents: Sequence[Document], scope: Scope, client: Client
) -> AsyncIterator[Checked]:
    for document in documents:
        asked = request(DraftRequest, **dict(scope), text=document.text, format=document.format)
        yield Checked(document, await client.draft(asked))


Show = Callable[[Checked], None]
Finish = Callable[[int, Counter[Verdict]], None]


def _text(_: FailOn) -> tuple[Show, Finish]:
    console = terminal()
    width = reading_width(console)

    def show(checked: Checked) -> None:
        document = checked.document
        for finding in checked.answer.findings:
            if finding.check.verdict not in COUNTED_ONLY:
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
            level = fail_on.level(finding.check.verdict)
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
