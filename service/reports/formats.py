"""The one table of formats: what each is called, its media type, and the function that writes it.

A format takes a report and returns text; none decides what fails a run.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from service.reports.github import drafts_github
from service.reports.html import drafts_html
from service.reports.json_lines import drafts_json
from service.reports.junit import drafts_junit
from service.reports.report import Report
from service.reports.sarif import drafts_sarif
from service.reports.text import drafts_text


class FormatName(StrEnum):
    """What `--format` takes."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write a report."""

    media_type: str
    write: Callable[[Report], str]


FORMATS: Mapping[FormatName, Format] = MappingProxyType(
    {
        FormatName.TEXT: Format("text/plain", drafts_text),
        FormatName.JSON: Format("application/x-ndjson", drafts_json),
        FormatName.SARIF: Format("application/sarif+json", drafts_sarif),
        FormatName.JUNIT: Format("application/xml", drafts_junit),
        FormatName.GITHUB: Format("text/x-github-workflow-commands", drafts_github),
        FormatName.HTML: Format("text/html", drafts_html),
    }
)
