"""Writes the OpenAPI document of this version, and the page of problems out of its Markdown.

Both relative to the folder it is called in.
"""

from pathlib import Path

from service.api.app import create_app
from service.api.docs import PROBLEMS_PAGE, problems_page
from service.api.openapi import DOCUMENT, render
from service.settings import Settings

MARKDOWN = Path("docs/problems.md")


def main() -> None:
    """`python -m service.api`."""
    DOCUMENT.parent.mkdir(exist_ok=True)
    PROBLEMS_PAGE.write_text(problems_page(MARKDOWN.read_text(encoding="utf-8")), encoding="utf-8")
    DOCUMENT.write_text(render(create_app(settings=Settings()).openapi()), encoding="utf-8")


if __name__ == "__main__":
    main()
