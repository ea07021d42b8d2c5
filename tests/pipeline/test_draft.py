"""A draft's statements are found where they stand, and each is checked."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from service.domain.draft import Draft, DraftFormat
from service.domain.finding import RuleId
from service.domain.text import Span
from service.domain.verdict import Verdict
from service.domain.window import Window
from service.observe.stages import instead
from service.pipeline.draft import claim_vectors, worth_checking
from service.pipeline.statements import read_statements
from service.wiring import Services

DRAFT = """# Bridge to stay shut

<!-- desk: check the figure -->
About **28,000** vehicles use the [Sallow Bridge](https://x.example) every day.

Will it open in May? It is a beautiful bridge.
"""


async def statements(draft: Draft) -> list[tuple[Span, str]]:
    """What is checked of a draft, and where it stands."""
    found = await read_statements(draft, None)
    return [(statement.span, statement.claim) for statement in found if statement.claim]


async def test_statements_are_found_at_their_place_in_the_draft() -> None:
    """Headings, questions and opinions are passed over; markup is not part of the claim."""
    ((span, statement),) = await statements(Draft(DRAFT, DraftFormat.MARKDOWN))
    assert statement == "About 28,000 vehicles use the Sallow Bridge every day."
    assert span.of(DRAFT).startswith("About **28,000** vehicles")
    assert span.of(DRAFT).endswith("every day.")


async def test_windows_line_ends_do_not_shift_positions() -> None:
    """Offsets count in the draft as it was handed in."""
    text = "One dam held.\r\n\r\nAnother dam did not hold.\r\n"
    assert [span.of(text) for span, _ in await statements(Draft(text))] == [
        "One dam held.",
        "Another dam did not hold.",
    ]


MARKED_UP = """\
The crane was built
in 1912,
the harbour *office*
said.

- Forty boats move to the basin
- the others stayed at the quay

| where | what |
|---|---|
| Quay | The quay closes on 1 June. |

The ferry carries ~~112~~ 212 passengers.[^1]

[^1]: The older ferry carried 90 of them.

    The ferry carries 300 passengers.
"""


async def test_every_statement_of_a_marked_up_draft_is_found_whole() -> None:
    """However its lines are broken; in a list, a cell or a note as well; nothing of what is struck
    out or code."""
    found = await statements(Draft(MARKED_UP, DraftFormat.MARKDOWN))
    assert [statement for _, statement in found] == [
        "The crane was built in 1912, the harbour office said.",
        "Forty boats move to the basin",
        "the others stayed at the quay",
        "The quay closes on 1 June.",
        "The ferry carries 212 passengers.",
        "The older ferry carried 90 of them.",
    ]
    assert found[0][0].of(MARKED_UP) == MARKED_UP.partition("\n\n")[0]
    assert found[4][0].of(MARKED_UP) == "The ferry carries ~~112~~ 212 passengers."


async def test_a_long_draft_is_read_beside_the_event_loop(samples: Services) -> None:
    """Other requests get their turn meanwhile."""
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(other())
    draft = Draft("a *b* `c` [d](e) " * 5_000, DraftFormat.MARKDOWN, ignored_patterns=("a*z",) * 9)
    assert [finding async for finding in samples.drafts.check(draft)] == []
    beside.cancel()
    assert turns > 20


async def test_findings_come_in_the_order_of_the_draft(samples: Services) -> None:
    """Each statement has its verdict, although several are checked at once."""
    text = (
        "About 28,000 vehicles use the Sallow Bridge every day.\n"
        "About 18,000 vehicles use the Sallow Bridge every day.\n"
        "A herd of bison was released in the Carpathian mountains.\n"
    )
    findings = [finding async for finding in samples.drafts.check(Draft(text))]
    assert [finding.span.of(text) + "\n" for finding in findings] == text.splitlines(keepends=True)
    assert [finding.check.verdict for finding in findings] == [
        Verdict.CONTRADICTED,
        Verdict.SUPPORTED,
        Verdict.NO_EVIDENCE,
    ]


async def test_a_statement_is_embedded_once_and_the_first_is_judged_alone(
    samples: Services,
) -> None:
    """The spotter and the check read one vector; and nothing stands between an editor and the first
    finding but its own check."""
    text = (
        "About 28,000 vehicles use the Sallow Bridge every day.\n"
        "A herd of bison was released in the Carpathian mountains.\n"
        "The council voted nine to four to close the quay.\n"
    )
    embedded: list[str] = []
    judged: dict[str, None] = {}
    embedder, stance = samples.checker.embedder, samples.checker.stance

    async def embed(texts: Sequence[str]) -> Any:
        embedded.extend(texts)
        return await embedder.embed(texts)

    async def stances(claim: str, windows: Sequence[Window]) -> Any:
        judged[claim] = None
        return await stance.stances(claim, windows)

    checker = replace(
        samples.checker,
        embedder=instead(embedder, {"embed": embed}),
        stance=instead(stance, {"stances": stances}),
    )
    steps = replace(samples.drafts, checker=checker).steps(Draft(text))
    assert [len(judged) async for step in steps if step.checked < 2] == [0, 1]
    assert list(judged) == embedded == text.splitlines()


async def test_quotations_of_a_draft_are_verified(samples: Services) -> None:
    """An altered one is a finding of its own, at its words; an exact one is silent."""
    text = (
        "“Nobody will cross this bridge until I would let the whole council cross it,” Mayor "
        "Ottoline Brask said.\n\n“We sold nine loaves,” said Hap Winterbourne.\n"
    )
    findings = [finding async for finding in samples.drafts.check(Draft(text))]
    assert [(finding.rule, finding.quotation is not None) for finding in findings][:1] == [
        (RuleId.QUOTE_ALTERED, True)
    ]
    assert findings[0].span.of(text).startswith("Nobody will cross")
    assert [finding.rule for finding in findings[1:]] == [RuleId.SINGLE_ORIGIN]


async def test_a_pronoun_is_checked_as_whom_it_stands_for(samples: Services) -> None:
    """The span stays the author's words, and the claim names the person."""
    text = "Lemuel Tarrant is a former bridge inspector. He retired in September.\n"
    findings = [finding async for finding in samples.drafts.check(Draft(text))]
    assert findings[1].span.of(text) == "He retired in September."
    assert findings[1].check.claim.text == "Lemuel Tarrant retired in September."


async def test_what_is_not_worth_a_check_is_silent(samples: Services) -> None:
    """No rule for opinions knows these, and no archive could bear them out: no finding, not even
    that nothing was found."""
    text = (
        "Nothing is more precious than trust. Leadership means listening.\n"
        "About 18,000 vehicles use the Sallow Bridge every day.\n"
        "We deserve better than this.\n"
    )
    (finding,) = [finding async for finding in samples.drafts.check(Draft(text))]
    assert finding.span.of(text) == "About 18,000 vehicles use the Sallow Bridge every day."


async def test_without_a_spotter_everything_stated_is_checked(samples: Services) -> None:
    """As with an embedder of one's own, to which none was fitted."""
    draft = Draft("Leadership means listening. We deserve better than this.")
    found = await read_statements(draft, None)
    vectors = await claim_vectors(found, samples.embedder)
    assert len(found) == 2
    assert await worth_checking(found, vectors, samples.drafts.spotter) == []
    assert await worth_checking(found, vectors, None) == list(found)


async def test_a_quotation_is_verified_though_its_statement_is_not_worth_a_check(
    samples: Services,
) -> None:
    """Whether the words are on record is a fact, whatever they say."""
    draft = Draft("“Leadership means listening to all of them,” we like to say.")
    found = await read_statements(draft, None)
    vectors = await claim_vectors(found, samples.embedder)
    (kept,) = await worth_checking(found, vectors, samples.drafts.spotter)
    assert [quoted.words for quoted in kept.quoted] == [
        "Leadership means listening to all of them,"
    ]
