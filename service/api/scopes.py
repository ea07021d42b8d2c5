"""What a key must allow for each operation. One rule for all, so that a path that is added later is
closed until somebody opens it."""

from typing import Final

from service.api.middleware.security_headers import ASSETS_PATH, DOCS_PATH, PAGE_PATH
from service.domain.access import Scope

_OPEN: Final = frozenset({PAGE_PATH, "/healthz", "/readyz", "/openapi.json", DOCS_PATH})
"""Probes, and pages that say nothing about the archive."""
_OPEN_FOLDERS: Final = (f"{DOCS_PATH}/", f"{ASSETS_PATH}/", "/problems/")
METRICS_PATH: Final = "/metrics"
_ARTICLES: Final = "/v1/articles"
_ALWAYS_WRITING: Final = frozenset({"PUT", "PATCH", "DELETE"})


def scope_of(method: str, path: str) -> Scope | None:
    """The scope that this needs; None for what is open to all."""
    if path in _OPEN or path.startswith(_OPEN_FOLDERS):
        return None
    if path == METRICS_PATH:
        return Scope.METRICS
    if method in _ALWAYS_WRITING or (method == "POST" and path.startswith(_ARTICLES)):
        return Scope.INDEX
    return Scope.CHECK
