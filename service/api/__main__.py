"""Writes the OpenAPI document of this version, relative to the folder it is called in."""

from service.api.app import create_app
from service.api.openapi import DOCUMENT, render
from service.settings import Settings


def main() -> None:
    """`python -m service.api`."""
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(render(create_app(settings=Settings()).openapi()), encoding="utf-8")


if __name__ == "__main__":
    main()
