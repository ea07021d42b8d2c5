"""The Swagger UI, all of it from this service: its files come with the package fastapi-swagger."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse
from starlette.staticfiles import StaticFiles

from service.api.security import DOCS_PATH

ASSETS_PATH = f"{DOCS_PATH}/assets"
_PAGE = Path(__file__).parent / "page"

router = APIRouter(include_in_schema=False)


@router.get(DOCS_PATH)
async def docs() -> FileResponse:
    """The page; it loads its script and style from `ASSETS_PATH` and nothing from elsewhere."""
    return FileResponse(_PAGE / "docs.html", headers={"Cache-Control": "no-cache"})


def assets() -> StaticFiles:
    """Our few files and the package's."""
    return StaticFiles(directory=_PAGE, packages=[("fastapi_swagger", "resources")])
