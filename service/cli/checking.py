"""Checks the drafts of a run one after the other; one that cannot be checked holds up no other."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from service.cli.changes import changed_spans
from service.cli.client import Client
from service.cli.console import terminal
from service.cli.documents import Document, path_for_programs, read_document
from service.cli.options import publishers, request
from service.cli.project import Project
from service.domain.errors import InvalidInput
from service.reports.baseline import Baseline
from service.reports.phrases import one_line
from service.reports.pragmas import Pragma, pragmas
from service.reports.report import CheckedDraft, Unchecked
from service.wire.drafts import DraftRequest


@dataclass(frozen=True, slots=True)
class Question:
    """A draft that was read, and what is asked about it."""

    document: Document
    asked: DraftRequest
    pragmas: tuple[Pragma, ...]


def ask(
    paths: Sequence[str], project: Project, *, as_of: datetime | None, since: str | None
) -> Iterator[Question | Unchecked]:
    """What is to be asked about each draft, in order; with `since`, only about drafts with lines
    that were changed after that revision, and about these lines. Raises InvalidInput where git
    cannot tell: of the next draft it could not either."""
    for path in paths:
        try:
            document = read_document(path)
        except InvalidInput as error:
            yield unchecked(path, error)
            continue
        changed = changed_spans(document, since) if since else ()
        if since and not changed:
            continue
        try:
            asked = request(
                DraftRequest,
                text=document.text,
                format=document.format,
                as_of=as_of,
                published_after=project.published_after,
                publishers=publishers([*project.publishers], [*project.exclude_publishers]),
                limit=project.limit,
                min_confidence=project.min_confidence,
                exclude_articles=project.exclude_articles,
                ignore=project.ignore,
                only=[{"start": span.start, "end": span.end} for span in changed],
            )
            yield Question(document, asked, pragmas(document.text, document.format))
        except InvalidInput as error:
            yield unchecked(path, error)


async def check(
    client: Client, questions: Sequence[Question], baseline: Baseline | None
) -> tuple[list[CheckedDraft], list[Unchecked]]:
    """The drafts with their answers, and those that the archive refused to check."""
    drafts: list[CheckedDraft] = []
    refused: list[Unchecked] = []
    with _bar(len(questions)) as bar:
        for question in questions:
            document = question.document
            bar.update(bar.task_ids[0], file=document.name)
            try:
                answer = await client.draft(question.asked)
            except InvalidInput as error:
                refused.append(unchecked(document.name, error))
            else:
                drafts.append(
                    CheckedDraft.of(
                        question.asked,
                        answer,
                        name=document.name,
                        file=document.file,
                        pragmas=question.pragmas,
                        baseline=baseline,
                    )
                )
            bar.advance(bar.task_ids[0])
    return drafts, refused


def unchecked(path: str, error: InvalidInput) -> Unchecked:
    """The draft by name with its problem, which is told on standard error as well."""
    problem = Unchecked(one_line(path_for_programs(path)), str(error))
    typer.echo(f"onrecord: {one_line(path)}: {one_line(problem.problem)}", err=True)
    return problem


@contextmanager
def _bar(total: int) -> Iterator[Progress]:
    """A bar on a terminal, nothing in a log, also where that asks for colours."""
    console = terminal(stderr=True)
    columns = TextColumn("checking {task.fields[file]}"), BarColumn(), MofNCompleteColumn()
    shown = sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=not shown) as bar:
        bar.add_task("", total=total, file="")
        yield bar
