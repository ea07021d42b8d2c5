"""A screen reader finds its way on the editor's page: axe-core has no objection."""

from typing import Literal

import pytest
from playwright.async_api import Browser, expect

from tests.browser.axe import violations
from tests.conftest import SAMPLES

pytestmark = pytest.mark.browser

DRAFT = (SAMPLES / "drafts" / "draft-bridge.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
async def test_axe_finds_nothing(
    chromium: Browser, server: str, scheme: Literal["light", "dark"], width: int
) -> None:
    """Empty, with a claim's answer, a draft's findings, and who said what."""
    # axe is put into the page as a script, which the page's own policy forbids.
    context = await chromium.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    page = await context.new_page()
    await page.goto(server)
    assert await violations(page) == []
    await page.goto(f"{server}/?claim=5,000 North Koreans are in the Buryat Battalion.")
    await expect(page.locator(".verdict")).to_be_visible(timeout=60_000)
    assert await violations(page) == []
    await page.get_by_label("A sentence, or a whole draft").fill(DRAFT)
    await page.get_by_role("button", name="Check", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("Done:", timeout=120_000)
    assert await violations(page) == []
    await page.goto(f"{server}/?tab=quotes&speaker=Brask")
    await expect(page.locator(".quote").first).to_be_visible()
    assert await violations(page) == []
    await context.close()
