"""The editor's page: one page, a style and a script in four parts, nothing from elsewhere."""

import os
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles

from service.api.middleware.security_headers import PAGE_PATH

SERVED = frozenset({"editor.css", "editor.js", "ask.js", "show.js", "words.js", "icon.svg"})
_PAGE = Path(__file__).parent / "page"

router = APIRouter(include_in_schema=False)


@router.get(PAGE_PATH)
async def editor() -> FileResponse:
    """The page; it loads its script and style from `ASSETS_PATH` and nothing from elsewhere."""
    return FileResponse(_PAGE / "editor.html", headers={"Cache-Control": "no-cache"})


def assets() -> StaticFiles:
    """The files that the page needs, and no others that lie beside them."""
    return _Assets(directory=_PAGE)


class _Assets(StaticFiles):
    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        return super().lookup_path(path) if path in SERVED else ("", None)
