"""An editor opens /docs, presses two buttons and reads the quote: nothing to install or to type."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

pytestmark = pytest.mark.browser

EXAMPLE = "5,000 North Koreans are in the Buryat Battalion."
QUOTE = "Around 3,000 North Koreans had been assigned to a formation known as the Buryat Battalion"


async def test_the_first_example_is_answered_with_its_quote(page: Page, server: str) -> None:
    """Try it out, Execute; the page needs no other host and reports no error."""
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.append(request.url))
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))

    await page.goto(f"{server}/docs")
    operation = page.locator("#operations-checks-check_claim")  # is open
    await operation.get_by_role("button", name="Try it out").click()
    await expect(operation.locator("textarea")).to_have_value(
        json.dumps({"claim": EXAMPLE}, indent=2)
    )
    await operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response .highlight-code").first
    await expect(answer).to_contain_text('"verdict": "contradicted"')
    await expect(answer).to_contain_text(QUOTE)
    await expect(answer).to_contain_text("POLITICO")

    if folder := os.environ.get("ONRECORD_SCREENSHOTS"):
        await page.screenshot(path=Path(folder) / "swagger.png", full_page=True)
    assert problems == []
    assert hosts == {server.removeprefix("http://")}


async def test_a_key_is_entered_once_and_sent(page: Page, closed: tuple[str, str]) -> None:
    """Without it the page says what is missing; Authorize takes it, and the next try is answered.
    Each operation shows that it needs one."""
    server, token = closed
    await page.goto(f"{server}/docs")
    operation = page.locator("#operations-archive-describe_index")
    await operation.locator(".opblock-summary-control").click()
    await operation.get_by_role("button", name="Try it out").click()
    await operation.get_by_role("button", name="Execute").click()
    status = operation.locator(".live-responses-table .response-col_status").last
    await expect(status).to_contain_text("401")
    await expect(operation.locator(".live-responses-table")).to_contain_text("Bearer onr_")

    await page.get_by_role("button", name="Authorize", exact=True).click()
    dialog = page.locator(".auth-container")
    await dialog.locator("input").fill(token)
    await dialog.get_by_role("button", name="Apply credentials").click()
    await page.get_by_role("button", name="Close", exact=True).click()
    await operation.get_by_role("button", name="Execute").click()
    await expect(status).to_contain_text("200")
    await expect(operation.locator(".live-responses-table")).to_contain_text('"articles": 15')
    locked = [operation for operation in await operations(page, server) if "security" in operation]
    assert len(locked) >= 15
    await expect(page.locator(".opblock .authorization__btn")).to_have_count(len(locked))


async def test_every_operation_is_shown(page: Page, server: str) -> None:
    """The page reads our OpenAPI 3.1 document without a complaint."""
    await page.goto(f"{server}/docs")
    described = await operations(page, server)
    assert len(described) >= 17
    await expect(page.locator(".opblock")).to_have_count(len(described))
    await expect(page.locator(".errors-wrapper")).to_have_count(0)
    await expect(page.locator(".info .title")).to_contain_text("Onrecord")


async def operations(page: Page, server: str) -> list[dict[str, Any]]:
    """All that the document describes."""
    paths = (await (await page.request.get(f"{server}/openapi.json")).json())["paths"]
    return [operation for item in paths.values() for operation in item.values()]
