"""`onrecord draft`: every statement of a draft, checked; made for CI."""

import asyncio
import os
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from service.cli import checking
from service.cli.checking import Question
from service.cli.client import open_client
from service.cli.configuration import read_settings
from service.cli.console import print_bytes, reading_width, terminal
from service.cli.documents import find_documents, path_for_programs
from service.cli.exits import ExitCode
from service.cli.options import (
    AsOf,
    NotArticle,
    NotPublisher,
    OnlyPublisher,
    PublishedAfter,
    Server,
    Store,
)
from service.cli.project import FILE, Project, read_project
from service.domain.errors import InvalidInput
from service.domain.verdict import NoticeCode
from service.reports.baseline import Baseline
from service.reports.formats import FORMATS, FormatName
from service.reports.job_summary import job_summary
from service.reports.phrases import count, one_line
from service.reports.report import Report, Unchecked
from service.reports.threshold import Threshold
from service.settings import Settings

JOB_SUMMARY = "GITHUB_STEP_SUMMARY"
"""The variable with which GitHub names the file that a step's summary goes to."""

_OF_ARCHIVE = frozenset({NoticeCode.EMPTY_INDEX, NoticeCode.UNKNOWN_PUBLISHER})


def draft(  # noqa: PLR0913, PLR0917 - an option each
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE",
            help="Drafts (.md .html .txt), folders of them, or patterns such as 'drafts/**/*.md'; "
            f"- reads Markdown from standard input. By default the files of {FILE}.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        FormatName,
        typer.Option(
            "--format",
            help="text to read; json, one line a file; sarif, junit; github, annotations and a job "
            "summary; html, a page to read and print.",
        ),
    ] = FormatName.TEXT,
    reports: Annotated[
        list[str] | None,
        typer.Option(
            "--report",
            metavar="FORMAT=FILE",
            help="Also write a report of this format to a file; may be repeated.",
            show_default=False,
        ),
    ] = None,
    fail_on: Annotated[
        Threshold | None,
        typer.Option(
            help="The mildest findings that make the exit code 1: contradicted, all errors (the "
            "default); disputed, warnings too; insufficient, also what is not on record; all, also "
            "that there is only one origin.",
            show_default=False,
        ),
    ] = None,
    show: Annotated[
        Threshold | None,
        typer.Option(
            help="The mildest findings that are shown, by default those that fail the run; all, "
            "also what is ignored or in the baseline.",
            show_default=False,
        ),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, help="Quotes less certain than this decide nothing.", show_default=False
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=50, help="Quotes a side.", show_default=False)
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Findings that are known: they are counted and fail nothing.",
            show_default=False,
        ),
    ] = None,
    update_baseline: Annotated[
        bool,
        typer.Option(
            "--update-baseline", help="Write what is found to the baseline, and fail on nothing."
        ),
    ] = False,
    changed_since: Annotated[
        str | None,
        typer.Option(
            metavar="REV",
            help="Check only statements on lines that were changed since this commit or branch.",
            show_default=False,
        ),
    ] = None,
    exclude_article: NotArticle = None,
    as_of: AsOf = None,
    published_after: PublishedAfter = None,
    publisher: OnlyPublisher = None,
    exclude_publisher: NotPublisher = None,
    store: Store = None,
    server: Server = None,
) -> None:
    """Check every statement and quotation of drafts; positions are line:column.

    Shown is what fails the run; all else is counted. Articles at the draft's own address, which its
    front matter or a canonical link names, are left out. A comment in a draft silences a rule for
    the next block: `<!-- onrecord: ignore RULE because REASON -->`. What a project always asks for
    stands in `.onrecord.toml`.

    **Example**: `onrecord draft story.md --fail-on disputed`
    """
    project = read_project().with_options(
        files=files or None,
        fail_on=fail_on,
        show=show,
        min_confidence=min_confidence,
        limit=limit,
        baseline=baseline,
        exclude_articles=exclude_article or None,
        published_after=published_after,
        publishers=publisher or None,
        exclude_publishers=exclude_publisher or None,
    )
    further = [_further(one) for one in reports or ()]
    if update_baseline and project.baseline is not None:
        _require_writable(Path(project.baseline))
    if changed_since is not None and not changed_since.strip():
        raise InvalidInput("--changed-since is empty; name a commit or a branch")
    known = _known(project, update=update_baseline, changed_since=changed_since)
    paths = find_documents(_named(project), project.skip)
    asked = list(checking.ask(paths, project, as_of=as_of, since=changed_since))
    report = asyncio.run(_report(asked, project, known, read_settings(store=store), server, store))

    if context.obj is not None:
        os.umask(context.obj)  # the store is closed, and others may read the reports
    _tell_of_archive(report)
    _print(report, output)
    for name, file in further:
        _write(file, FORMATS[name].write(report))
    if update_baseline and project.baseline is not None:
        after = report.baseline(known or Baseline())
        folder = Path(project.baseline).parent
        named_from_there = after.renamed(
            lambda name: Path(os.path.relpath(name, folder)).as_posix()
        )
        _write(Path(project.baseline), named_from_there.dumped())
        typer.echo(f"{count(len(after.known), 'finding')} in {project.baseline}", err=True)
    if report.unchecked:
        raise typer.Exit(ExitCode.INPUT)
    if report.fails and not update_baseline:
        raise typer.Exit(ExitCode.FINDINGS)


async def _report(
    asked: list[Question | Unchecked],
    project: Project,
    known: Baseline | None,
    settings: Settings,
    server: str | None,
    store: str | None,
) -> Report:
    questions = [one for one in asked if isinstance(one, Question)]
    report = Report(
        drafts=(),
        unchecked=tuple(one for one in asked if isinstance(one, Unchecked)),
        fail_on=project.fail_on,
        show=project.show,
        has_baseline=known is not None,
    )
    if not questions:
        return report
    async with open_client(settings, server=server, store=store) as client:
        drafts, refused = await checking.check(client, questions, known)
    return replace(report, drafts=tuple(drafts), unchecked=(*report.unchecked, *refused))


def _named(project: Project) -> tuple[str, ...]:
    if not project.files:
        raise InvalidInput(f"name the drafts, their folders, or list them as files in {FILE}")
    return tuple(project.files)


def _known(project: Project, *, update: bool, changed_since: str | None) -> Baseline | None:
    """The baseline, None where none is asked for. Its file names drafts from its own folder."""
    if project.baseline is None:
        if update:
            raise InvalidInput("--update-baseline needs the file's name: --baseline FILE")
        return None
    if update and changed_since:
        raise InvalidInput("--update-baseline needs whole drafts; leave out --changed-since")
    file = Path(project.baseline)
    if update and not file.exists():
        return Baseline()
    try:
        content = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise InvalidInput(
            f"there is no baseline {file}; make one with --update-baseline"
        ) from error
    except OSError as error:
        raise InvalidInput(f"the baseline {file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{file} is no baseline: it is not UTF-8 text") from error
    return Baseline.parse(content, project.baseline).renamed(
        lambda name: path_for_programs(str(file.parent / name))
    )


def _further(asked: str) -> tuple[FormatName, Path]:
    name, equals, file = asked.partition("=")
    if name not in list(FormatName) or not equals or not file:
        raise InvalidInput(
            f"--report {asked}: write FORMAT=FILE, a format being {', '.join(FormatName)}"
        )
    _require_writable(Path(file))
    return FormatName(name), Path(file)


def _require_writable(file: Path) -> None:
    """Told before the drafts are checked, which may take long."""
    if file.is_dir():
        raise InvalidInput(f"{file} cannot be written: it is a folder")
    if not file.parent.is_dir():
        raise InvalidInput(f"{file} cannot be written: there is no folder {file.parent}")
    if not os.access(file if file.exists() else file.parent, os.W_OK):
        raise InvalidInput(f"{file} cannot be written: permission denied")


def _tell_of_archive(report: Report) -> None:
    """What leaves every statement without evidence, whatever of the report is shown."""
    told = dict.fromkeys(
        notice.text
        for draft in report.drafts
        for reported in draft.findings
        for notice in reported.finding.check.notices
        if notice.code in _OF_ARCHIVE
    )
    for text in told:
        typer.echo(f"onrecord: {one_line(text)}", err=True)


def _print(report: Report, output: FormatName) -> None:
    if output is FormatName.TEXT:
        console = terminal()
        at_width = replace(report, width_chars=reading_width(console))
        console.print(FORMATS[output].write(at_width), end="")
        return
    summary = os.environ.get(JOB_SUMMARY) if output is FormatName.GITHUB else None
    report = replace(report, has_job_summary=bool(summary))
    print_bytes(FORMATS[output].write(report).encode().removesuffix(b"\n"))
    if summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(job_summary(report))


def _write(file: Path, content: str) -> None:
    try:
        file.write_text(content, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InvalidInput(f"{file} cannot be written: {error.strerror}") from error
