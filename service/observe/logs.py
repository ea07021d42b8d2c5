"""One event, one line, to standard error: as text or as JSON."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from logging.config import dictConfig
from typing import Any, Literal

_request: ContextVar[Mapping[str, Any] | None] = ContextVar("request", default=None)

_OF_A_REQUEST = {"request_id": "request_id", "client": "client", "key_name": "key"}
"""What a line says of the request in which it was written, by the name it has there."""


@contextmanager
def logged_within(request: Mapping[str, Any]) -> Iterator[None]:
    """What is logged inside says of which request it is: `request` has `request_id`, `client`, and
    `key_name` where an API key was used."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def request_fields() -> dict[str, Any]:
    """Which request is at hand: its id, the client's address, the name of its key."""
    request = _request.get() or {}
    return {name: request[key] for key, name in _OF_A_REQUEST.items() if request.get(key)}


def log_event(logger: logging.Logger, event: str, **fields: object) -> None:
    """Writes what happened, with the request at hand: `key=value` in text, members in JSON."""
    if logger.isEnabledFor(logging.INFO):
        told = " ".join(f"{key}={_shown(value)}" for key, value in fields.items())
        logger.info(told, extra={"event": event, "fields": fields})


class TextLines(logging.Formatter):
    """`time LEVEL logger message request_id=…`; times are in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """As the standard library does, with the request after the message."""
        request = "".join(f" {key}={_shown(value)}" for key, value in request_fields().items())
        line = f"{_time(record)} {record.levelname} {record.name} {record.getMessage()}{request}"
        trace = self.formatException(record.exc_info) if record.exc_info else ""
        return f"{line}\n{trace}" if trace else line


class JsonLines(logging.Formatter):
    """An object a line; times are RFC 3339 in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's own members, those of its event and those of the request."""
        line = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": getattr(record, "event", None) or record.getMessage(),
            **getattr(record, "fields", {}),
            **request_fields(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def configure_logging(level: str, form: Literal["text", "json"]) -> None:
    """For a door that owns the process: our lines from `level` on, those of libraries, warnings of
    Python too, from `warning` on."""
    formatter = {"text": TextLines, "json": JsonLines}[form]
    dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": {"()": formatter}},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
            "loggers": {
                "service": {"level": level.upper()},
                "uvicorn": {"level": "WARNING"},
            },
            "root": {"level": "WARNING", "handlers": ["stderr"]},
        }
    )
    logging.captureWarnings(capture=True)


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _shown(value: object) -> str:
    """On one line, whatever it holds."""
    return str(value).encode("unicode_escape").decode()
