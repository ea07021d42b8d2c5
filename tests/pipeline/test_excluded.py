"""A story that is published does not bear itself out."""

import pytest

from service.domain.draft import Draft, DraftFormat
from service.domain.verdict import Verdict
from service.pipeline.excluded import own_addresses
from service.wiring import Services

CLOSED = "https://harbour-post.example/local/2025-02-03-bridge-closed"
WORDS = "Drivers are being sent over the Fennel Street crossing, a detour of 11 miles.\n"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"---\ntitle: A\ncanonical_url: {CLOSED}\n---\nWords.\n", DraftFormat.MARKDOWN),
        (f"---\r\nurl: '{CLOSED}'\r\n---\r\nWords.\r\n", DraftFormat.MARKDOWN),
        (f'+++\ntitle = "A"\ncanonical = "{CLOSED}"\n+++\nWords.\n', DraftFormat.MARKDOWN),
        (f'<link href="{CLOSED}" rel="canonical"><p>Words.</p>', DraftFormat.HTML),
    ],
)
def test_a_draft_names_its_own_address(text: str, kind: DraftFormat) -> None:
    """In YAML or TOML before its text, or in a link of its head."""
    assert list(own_addresses(Draft(text, kind))) == [CLOSED]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"See:\n\nurl: {CLOSED}\n", DraftFormat.MARKDOWN),
        (f"---\nurl: {CLOSED}\n---\n", DraftFormat.TEXT),
        (f'<link rel="stylesheet" href="{CLOSED}">', DraftFormat.HTML),
        ("---\nurl: /local/bridge\n---\n", DraftFormat.MARKDOWN),
    ],
)
def test_other_addresses_are_not_its_own(text: str, kind: DraftFormat) -> None:
    """In the text, in a text without markup, of a style, or without a host."""
    assert list(own_addresses(Draft(text, kind))) == []


async def verdicts(services: Services, draft: Draft) -> list[Verdict]:
    return [finding.check.verdict async for finding in services.drafts.check(draft)]


async def test_the_drafts_own_article_is_left_out_by_itself(samples: Services) -> None:
    """What only it reports is then not on record."""
    published = f"---\ncanonical_url: {CLOSED}/\n---\n{WORDS}"
    assert await verdicts(samples, Draft(WORDS)) == [Verdict.SUPPORTED]
    (verdict,) = await verdicts(samples, Draft(published, DraftFormat.MARKDOWN))
    assert verdict in {Verdict.INSUFFICIENT, Verdict.NO_EVIDENCE}


async def test_articles_are_left_out_by_id_and_by_address(samples: Services) -> None:
    """One that is not there leaves nothing out."""
    (article,) = (await samples.store.articles(Draft("").filters, url=CLOSED, limit=2)).articles
    for name in (article.id, CLOSED):
        draft = Draft(WORDS, excluded_articles=frozenset({name}))
        assert await verdicts(samples, draft) != [Verdict.SUPPORTED]
    other = Draft(WORDS, excluded_articles=frozenset({"https://nowhere.example/", "nothing"}))
    assert await verdicts(samples, other) == [Verdict.SUPPORTED]
