"""The HTML report in a real browser: on any screen, for anybody, with nothing from elsewhere."""

import os
from pathlib import Path
from typing import Literal

import pytest
from playwright.async_api import Browser, Page

from service.reports.html import drafts_html
from tests.browser.axe import violations
from tests.reports.made_report import made_report

pytestmark = pytest.mark.browser

WIDTHS = {"phone": 390, "desk": 1200}
Scheme = Literal["light", "dark"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page as a file, as a CI artifact is opened."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(drafts_html(made_report()), encoding="utf-8")
    return file.as_uri()


async def opened(chromium: Browser, address: str, width: int, scheme: Scheme) -> Page:
    """The page at this width, in light or dark."""
    page = await chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    await page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", WIDTHS)
async def test_axe_finds_nothing(
    chromium: Browser, address: str, screen: str, scheme: Scheme
) -> None:
    """Contrast, names, order of headings, landmarks; folded quotes are opened first."""
    page = await opened(chromium, address, WIDTHS[screen], scheme)
    await page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert await violations(page) == []
    if folder := os.environ.get("ONRECORD_SCREENSHOTS"):
        path = Path(folder) / f"report-{screen}-{scheme}.png"
        await page.screenshot(path=path, full_page=True)
    await page.close()


async def test_nothing_is_wider_than_a_phone(chromium: Browser, address: str) -> None:
    """No scrolling sideways, and cards below their paragraph; on a wide screen beside it."""
    tops = {}
    for screen, width in WIDTHS.items():
        page = await opened(chromium, address, width, "light")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
        words = await page.locator("#w1-1").bounding_box()
        card = await page.locator("#n1-1").bounding_box()
        assert words
        assert card
        tops[screen] = card["y"] > words["y"] + words["height"], card["x"] > words["x"] + 300
        await page.close()
    assert tops == {"phone": (True, False), "desk": (False, True)}


async def test_the_style_passes_the_pages_own_policy(chromium: Browser, address: str) -> None:
    """The digest in the policy is that of the style; no request but for the page itself."""
    page = await chromium.new_page()
    problems: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(address)
    line = await page.locator(".words a.error").first.evaluate(
        "mark => getComputedStyle(mark).textDecorationStyle"
    )
    assert (line, problems, asked) == ("wavy", [], [address])
    await page.close()


async def test_folded_quotes_are_printed(chromium: Browser, address: str) -> None:
    """Paper cannot be unfolded."""
    page = await chromium.new_page()
    await page.goto(address)
    quote = page.locator("details blockquote").first
    assert not await quote.is_visible()
    await page.emulate_media(media="print")
    assert await quote.is_visible()
    await page.close()
