"""The Swagger UI, all of it from this service: its files come with the package fastapi-swagger. And
what each type of problem means."""

import os
import re
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import FileResponse, RedirectResponse
from markdown_it import MarkdownIt
from starlette.staticfiles import StaticFiles

from service.api.middleware.security_headers import DOCS_PATH

ASSETS_PATH = f"{DOCS_PATH}/assets"
SERVED = frozenset(
    {"docs.css", "docs.js", "favicon-32x32.png", "swagger-ui.css", "swagger-ui-bundle.js"}
)
_PAGE = Path(__file__).parent / "page"

PROBLEMS_PAGE = _PAGE / "problems.html"

router = APIRouter(include_in_schema=False)


@router.get(DOCS_PATH)
async def docs() -> FileResponse:
    """The page; it loads its script and style from `ASSETS_PATH` and nothing from elsewhere."""
    return FileResponse(_PAGE / "docs.html", headers={"Cache-Control": "no-cache"})


@router.get(f"{DOCS_PATH}/problems")
async def problems() -> FileResponse:
    """Every type of problem, and what to do."""
    return FileResponse(PROBLEMS_PAGE, headers={"Cache-Control": "no-cache"})


@router.get("/problems/{slug}")
async def problem(slug: str) -> RedirectResponse:
    """The `type` of a problem is an address too, where the problem is explained."""
    return RedirectResponse(f"..{DOCS_PATH}/problems#{quote(slug)}")


def problems_page(markdown: str) -> str:
    """The page, out of `docs/problems.md`; each row of its table has the type's last part as id."""
    content = MarkdownIt().enable("table").render(markdown)
    named = re.sub(r"<tr>(\s*<td><code>/problems/([\w-]+)</code>)", r'<tr id="\2">\1', content)
    return _PROBLEMS.format(content=named)


_PROBLEMS = """\
<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Problems – Onrecord</title>
  <link rel="icon" type="image/svg+xml" href="../assets/icon.svg">
  <link rel="stylesheet" href="../assets/editor.css">
</head>
<body>
  <p><a href="../docs">The API</a></p>
  <main>
{content}  </main>
</body>
</html>
"""


def assets() -> StaticFiles:
    """Our two files and the package's three."""
    return _Assets(directory=_PAGE, packages=[("fastapi_swagger", "resources")])


class _Assets(StaticFiles):
    """Nothing but what the page needs: Python files lie beside it."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        return super().lookup_path(path) if path in SERVED else ("", None)
