"""JSON: a check as the HTTP API answers it, a draft's findings as one object a file."""

from service.wire.checks import CheckResponse
from service.wire.drafts import DraftResponse


class FileReport(DraftResponse):
    """A draft's answer with the file it is about."""

    file: str


def check_json(check: CheckResponse) -> bytes:
    """The same bytes as the HTTP body: UTF-8, without a newline."""
    return check.model_dump_json().encode()


def draft_json(file: str, answer: DraftResponse) -> bytes:
    """One line of JSON Lines: the HTTP answer's fields and `file`."""
    report = FileReport(file=file, **dict(answer))
    return report.model_dump_json().encode()
