"""The Swagger UI, all of it from this service: its files come with the package fastapi-swagger."""

import os
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles

from service.api.middleware.security_headers import DOCS_PATH

ASSETS_PATH = f"{DOCS_PATH}/assets"
SERVED = frozenset(
    {"docs.css", "docs.js", "favicon-32x32.png", "swagger-ui.css", "swagger-ui-bundle.js"}
)
_PAGE = Path(__file__).parent / "page"

router = APIRouter(include_in_schema=False)


@router.get(DOCS_PATH)
async def docs() -> FileResponse:
    """The page; it loads its script and style from `ASSETS_PATH` and nothing from elsewhere."""
    return FileResponse(_PAGE / "docs.html", headers={"Cache-Control": "no-cache"})


def assets() -> StaticFiles:
    """Our two files and the package's three."""
    return _Assets(directory=_PAGE, packages=[("fastapi_swagger", "resources")])


class _Assets(StaticFiles):
    """Nothing but what the page needs: Python files lie beside it."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        return super().lookup_path(path) if path in SERVED else ("", None)
