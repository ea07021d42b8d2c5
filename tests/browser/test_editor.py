"""An editor opens the page, checks a claim and a draft, and passes on what was found."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Request, Route, ViewportSize, expect

from service.domain.finding import RULES
from service.domain.verdict import ReasonCode, Status, Verdict, Why
from tests.conftest import SAMPLES

pytestmark = pytest.mark.browser

CLAIM = "5,000 North Koreans are in the Buryat Battalion."
DRAFT = (SAMPLES / "drafts" / "draft-bridge.md").read_text(encoding="utf-8")
expect.set_options(timeout=30_000)  # two busy cores answer late
NARROW: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture
async def complaints(page: Page) -> list[str]:
    """What the browser finds wrong, and every other host that is asked.

    Within the event loop: Playwright listens by a task, and looks for the loop to run it in.
    """
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))

    def elsewhere(request: Request) -> None:
        if "//127.0.0.1:" not in request.url:
            heard.append(request.url)

    page.on("request", elsewhere)
    return heard


async def test_a_claim_is_checked_and_its_address_shared(
    page: Page, chromium: Browser, server: str, complaints: list[str]
) -> None:
    """Verdict and quote in a journalist's words; whoever opens the address sees the same."""
    await page.goto(server)
    await page.get_by_label("A sentence, or a whole draft").fill(CLAIM)
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".verdict .chip")).to_have_text("Contradicted")
    await expect(page.locator(".sentence")).to_have_text(
        "1 independent source in the archive says otherwise; none says the same."
    )
    quote = page.locator(".quote.conflicts")
    await expect(quote).to_contain_text("Around 3,000 North Koreans had been assigned")
    await expect(quote).to_contain_text("Number differs: “5,000 North Koreans” in your text")
    await expect(quote).to_contain_text("Continental Wire, 29 October 2024")
    assert "claim=5%2C000" in page.url
    shared = await chromium.new_page()
    await shared.goto(page.url)
    await expect(shared.locator(".verdict .chip")).to_have_text("Contradicted")
    await shared.close()
    assert complaints == []


async def test_an_answer_names_its_claim_and_tells_when_the_text_is_another(
    page: Page, server: str
) -> None:
    """Nobody takes it for that of the new words, nor passes its address on for theirs."""
    await page.goto(f"{server}/?claim={CLAIM}")
    await expect(page.locator(".verdict .claim")).to_have_text(f"“{CLAIM}”")
    changed = page.get_by_text("You have changed the text.")
    share = page.get_by_role("button", name="Copy link")
    await expect(changed).to_be_hidden()
    await expect(share).to_be_visible()
    field = page.get_by_label("A sentence, or a whole draft")
    await field.fill("   ")
    await page.get_by_role("button", name="Check", exact=True).click()
    assert await field.evaluate("field => field.validity.valueMissing")
    await expect(changed).to_be_visible()
    await expect(share).to_be_hidden()
    await field.fill(CLAIM)
    await expect(changed).to_be_hidden()
    await field.fill("Snow fell.")
    await expect(changed).to_be_visible()
    await page.keyboard.press("Control+Enter")
    await expect(page.locator(".verdict .claim")).to_have_text("“Snow fell.”")
    await expect(changed).to_be_hidden()


async def test_a_line_is_copied_with_its_source(page: Page, server: str) -> None:
    """Ready for a note: the words, who said them, the outlet and the day."""
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server)
    await page.goto(f"{server}/?claim={CLAIM}")
    await page.get_by_role("button", name="Copy line").first.click()
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert "— an official of Ukrainian military intelligence via POLITICO" in copied
    assert copied.endswith("(Continental Wire, 29 October 2024)")


async def test_copies_of_one_report_are_one_card(page: Page, server: str) -> None:
    """The others are named and folded, and so is what decides nothing; what is counted is the
    cards. The samples have no copy that would be shown, so the answer gets two on its way: one of
    the same article and one of another outlet."""

    async def copy(route: Route) -> None:
        answer = await (await route.fetch()).json()
        (quote,) = answer["conflicting"]
        copied = {**quote, "article": {**quote["article"], "id": "x", "publisher": "Orm Post"}}
        await route.fulfill(json={**answer, "conflicting": [quote, quote, copied]})

    await page.route("**/v1/checks", copy)
    await page.goto(f"{server}/?claim={CLAIM}")
    copies = page.locator(".quote.conflicts details")
    await expect(page.locator(".quote.conflicts")).to_have_count(1)
    await expect(copies.locator("summary")).to_have_text("Also in the same article, Orm Post")
    await expect(page.get_by_role("heading", name="Quotes that conflict (1)")).to_be_visible()
    await expect(copies.locator(".where").last).to_be_hidden()
    await copies.locator("summary").click()
    await expect(copies.locator(".where").last).to_be_visible()
    await expect(page.get_by_text("that decide nothing")).to_be_visible()


async def test_dates_outlets_and_certainty_narrow_a_check(page: Page, server: str) -> None:
    """The outlets are those of the index; all of it is in the address."""
    await page.goto(server)
    await page.get_by_label("A sentence, or a whole draft").fill(CLAIM)
    await page.get_by_text("Dates, outlets and certainty").click()
    form = page.locator("#check")
    await expect(form.locator(".outlets label")).to_have_count(5)
    await form.get_by_label("Northgate Herald").check()
    await form.get_by_label("Published up to").fill("2024-10-17")
    await form.get_by_label("Count only quotes").select_option("0.7")
    await form.get_by_role("button", name="Check", exact=True).click()
    await expect(page.locator(".quote.conflicts")).to_contain_text("Northgate Herald")
    await expect(page.locator("#answer")).to_contain_text("1 article from 1 outlet")
    await page.reload()
    await expect(form.get_by_label("Northgate Herald")).to_be_checked()
    await expect(page.locator("#answer")).to_contain_text("1 article from 1 outlet")


async def test_a_draft_is_underlined_and_never_kept(
    page: Page, server: str, complaints: list[str]
) -> None:
    """A finding is one key away from its words. Neither the address nor the browser has them."""
    await page.goto(f"{server}/?claim={CLAIM}")
    await page.get_by_label("A sentence, or a whole draft").fill(DRAFT)
    await page.get_by_role("button", name="Check", exact=True).click()
    await expect(page.get_by_role("status")).to_have_text(
        "Done: 3 places to look at, 1 not confirmed, 3 supported.", timeout=120_000
    )
    marked = page.locator(".words .mark.error")
    await expect(marked).to_have_count(3)
    for look, words in {"note": "1 not confirmed", "supported": "3 supported"}.items():
        await expect(page.locator(f".words .mark.{look}")).to_have_count(int(words[0]))
        await expect(page.locator(f"details:has(> ol > .{look}) > summary")).to_have_text(words)
    await expect(page.locator(".chip.supported").first).to_have_text("Supported by one source")
    await marked.nth(1).press("Enter")
    await expect(page.locator(".card.error:focus")).to_contain_text("Quotation altered")
    assert (
        await page.locator(".words").evaluate(
            """words => {
            words.querySelectorAll(".aside").forEach((aside) => aside.remove());
            return words.textContent;
        }"""
        )
        == DRAFT
    )
    if path := shot("draft"):
        await page.screenshot(path=path, full_page=True)
    async with page.expect_download(timeout=120_000) as saving:
        await page.get_by_role("button", name="Save as a page").click()
    saved = (await (await saving.value).path()).read_text(encoding="utf-8")
    assert "Trucks over 20 tons are not allowed on the bridge until June" in saved
    assert page.url.rstrip("/") == server
    kept = await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert kept == "[{},{}]"
    assert complaints == []


async def test_no_quotation_mark_is_marked_alone(page: Page, server: str) -> None:
    """A statement that is a quotation is marked as such once, and its card leads to its words."""
    await page.goto(server)
    spoken = "The harbour will be sold to a circus before the winter comes."
    await page.get_by_label("A sentence, or a whole draft").fill(f"It is said.\n\n“{spoken}”")
    await page.get_by_role("button", name="Check", exact=True).click()
    await expect(page.get_by_role("status")).to_contain_text("not confirmed")
    await expect(page.locator(".words .mark").last).to_have_text(
        f"{spoken} (Quotation not on record)"
    )
    await page.locator("summary", has_text="not confirmed").click()
    whole = page.locator(".about", has_text=f"“{spoken}”")
    await whole.click()
    await expect(page.locator(".mark:focus")).to_contain_text(spoken)


async def test_only_two_sentences_may_be_taken_as_one_claim(page: Page, server: str) -> None:
    """One verdict on a whole draft would hide what is wrong in it, whatever its address asks."""
    await page.goto(server)
    field = page.get_by_label("A sentence, or a whole draft")
    as_claim = page.get_by_role("button", name="Take it as one claim")
    await field.fill(f"{CLAIM} They came in May.")
    await as_claim.click()
    await expect(page.locator("#kind")).to_contain_text("One claim.")
    await field.fill(f"{CLAIM} They came in May. They left in June.")
    await expect(page.locator("#kind")).to_have_text(
        "A draft: each sentence is checked. It is not stored."
    )
    await page.goto(f"{server}/?claim={CLAIM} They came in May. They left in June.")
    await expect(page.get_by_role("heading", name="The draft")).to_be_visible()
    await expect(page.locator(".verdict")).to_have_count(0)
    assert page.url.rstrip("/") == server


async def test_who_said_what_is_the_second_tab(page: Page, server: str) -> None:
    """Reached by the arrow keys; its address can be shared too."""
    await page.goto(server)
    await page.get_by_role("tab", name="Check").focus()
    await page.keyboard.press("ArrowRight")
    await page.get_by_label("Speaker").fill("Mayor Brask")
    await page.keyboard.press("Enter")
    await expect(page.locator(".quote").first).to_contain_text("— Mayor Ottoline Brask")
    assert "tab=quotes&speaker=Mayor+Brask" in page.url
    await page.go_back()
    await expect(page.get_by_role("tab", name="Check")).to_have_attribute("aria-selected", "true")


async def test_a_key_is_asked_for_and_kept_in_the_tab(page: Page, closed: tuple[str, str]) -> None:
    """The question that needed it is then answered; signing out forgets it."""
    server, token = closed
    await page.goto(f"{server}/?claim={CLAIM}")
    dialog = page.get_by_role("dialog", name="This service wants a key")
    await dialog.get_by_label("Key").fill(token)
    await page.keyboard.press("Enter")
    await expect(page.locator(".verdict .chip")).to_have_text("Contradicted")
    assert await page.evaluate("localStorage.length") == 0
    await page.get_by_role("button", name="Sign out").click()
    await expect(dialog).to_be_visible()
    assert await page.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize(
    ("status", "told"),
    [(None, "The service does not answer"), (429, "Asked for too much"), (503, "Too much waits")],
)
async def test_an_error_says_what_to_do(
    page: Page, server: str, status: int | None, told: str
) -> None:
    """The words stay in the field, and one press asks again."""
    await page.goto(server)
    problem = {"type": "/problems/rate-limited", "title": told, "status": status, "detail": "So."}
    await page.route(
        "**/v1/checks",
        lambda route: (
            route.fulfill(status=status, json=problem, headers={"Retry-After": "7"})
            if status
            else route.abort()
        ),
        times=1,
    )
    field = page.get_by_label("A sentence, or a whole draft")
    await field.fill(CLAIM)
    await page.keyboard.press("Control+Enter")
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text(told)
    if status:
        await expect(alert).to_contain_text("Try again in 7 s.")
    await expect(field).to_have_value(CLAIM)
    await alert.get_by_role("button", name="Try again").click()
    await expect(page.locator(".verdict .chip")).to_have_text("Contradicted")


@pytest.mark.parametrize("claim", [CLAIM, "Donaudampfschiff" * 40 + " sank."])
async def test_nothing_is_wider_than_a_phone(page: Page, server: str, claim: str) -> None:
    """Long words break."""
    await page.set_viewport_size(NARROW)
    await page.goto(f"{server}/?claim={claim}")
    await expect(page.locator(".verdict")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


async def test_every_code_has_a_word(page: Page, server: str) -> None:
    """The tables of the page are those of the service."""
    await page.goto(server)
    words = await page.evaluate("import('/assets/words.js').then(words => ({...words}))")
    tables: dict[str, Iterable[str]] = {
        "VERDICTS": Verdict,
        "WHYS": Why,
        "REASONS": ReasonCode,
        "STATUSES": Status,
        "RULES": RULES,
    }
    for name, codes in tables.items():
        assert set(words[name]) == set(codes), name


def shot(name: str) -> Path | None:
    """Where a screenshot goes, if any is wanted."""
    folder = os.environ.get("ONRECORD_SCREENSHOTS")
    return Path(folder) / f"{name}.png" if folder else None
