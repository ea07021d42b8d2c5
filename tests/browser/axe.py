"""axe-core, which looks for what shuts people out; the package axe-playwright-python ships it."""

from importlib.resources import files
from typing import Any

from playwright.async_api import Page

SCRIPT = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


async def violations(page: Page) -> list[dict[str, Any]]:
    """What axe-core finds in the page as it is, by rule; raises where axe-core did not run."""
    await page.evaluate(SCRIPT)
    found = await page.evaluate("axe.run()")
    assert len(found["passes"]) > 5, "axe-core looked at nothing"
    broken: list[dict[str, Any]] = found["violations"]
    return broken
