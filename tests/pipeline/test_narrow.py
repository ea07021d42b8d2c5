"""A quote is cut to what decides, but only where the model still takes it for that."""

import pytest

from service.domain.window import Window
from service.pipeline.classifier import Probabilities
from service.pipeline.narrow import AS_SURELY, narrowed
from tests.pipeline.judging import (
    CONFLICTS,
    NEUTRAL,
    SUPPORTS,
    Given,
    article,
    by_word,
    classified,
)

CLAIM = "The ferry carries 212 passengers."
SHORT = "The ferry carries 212 passengers"
WHOLE = f"{SHORT}, and it was painted green in the spring."


async def quotes(model: Given, *texts: str, claim: str = CLAIM, most: int = 9) -> list[str]:
    """What is shown of the sentences, each in an article of its own, in their order."""
    articles = [article(text, name=f"a{i}", title="Vell") for i, text in enumerate(texts)]
    found = await narrowed(claim, await classified(claim, articles, model), model, most=most)
    by_article = {one.excerpt.article.id: one for one in found}
    return [by_article[told.id].quote.of(told.text) for told in articles if told.id in by_article]


async def test_clauses_that_do_not_bear_on_the_claim_are_left_out() -> None:
    """The shorter words are read again under their headline, and nothing beside them."""
    model = by_word({"ferry": SUPPORTS})
    assert await quotes(model, WHOLE) == [SHORT]
    assert model.asked[-1] == (Window("Vell (Thursday 1 May 2025)", (SHORT,)),)


@pytest.mark.parametrize(
    ("alone", "shown"), [(0.98, SHORT), (0.932, SHORT), (0.93, WHOLE), (0.01, WHOLE)]
)
async def test_a_shorter_quote_has_to_decide_as_surely(alone: float, shown: str) -> None:
    """Nineteen twentieths of 0.98 are 0.931: less sure, and the sentence is shown whole."""

    def probabilities(sentence: str, _: Window) -> Probabilities:
        return SUPPORTS if sentence == WHOLE else Probabilities(alone, 0.0, 1 - alone)

    assert pytest.approx(0.931) == AS_SURELY * SUPPORTS.supports
    assert await quotes(Given(probabilities), WHOLE) == [shown]


async def test_a_conflict_is_asked_for_a_conflict() -> None:
    """Words that alone would support the claim do not show why it is contradicted."""
    whole = "The ferry carries 212 passengers, so said the wrong report of that spring."

    def probabilities(sentence: str, _: Window) -> Probabilities:
        return CONFLICTS if sentence == whole else SUPPORTS

    assert await quotes(Given(probabilities), whole) == [whole]


async def test_the_figures_that_agree_or_differ_stay() -> None:
    """Also where they stand in a clause without another word of the claim."""
    kept = "The ferry carries passengers, 112 passengers in all"
    model = by_word({"ferry": CONFLICTS})
    assert await quotes(model, f"{kept}, and it was painted green.") == [kept]
    claim = "The ferry is worth $4.2 million."
    kept = "The ferry is worth much, some $5.1 million"
    assert await quotes(model, f"{kept}, and it was painted green.", claim=claim) == [kept]


async def test_what_turns_the_meaning_stays() -> None:
    """A condition or a denial in another clause is part of what was said."""
    whole = "If the wind allows it, the ferry carries 212 passengers."
    assert await quotes(by_word({"ferry": SUPPORTS}), whole) == [whole]


async def test_only_the_surest_of_a_side_are_read_again() -> None:
    """What will not be shown costs no reading, and stays whole."""
    other = f"{SHORT}, and it was built in Orm."
    model = by_word({"green": SUPPORTS, "orm": Probabilities(0.9, 0.05, 0.05), "212": SUPPORTS})
    assert await quotes(model, WHOLE, other, most=1) == [SHORT, other]
    assert len(model.asked[-1]) == 1


async def test_who_said_it_is_read_with_the_shorter_words() -> None:
    """The attribution carries the speaker, so the quote can leave the reporting words out."""
    model = by_word({"ferry": SUPPORTS})
    assert await quotes(model, f"{SHORT}, Ada Ode said on Monday.") == [SHORT]
    assert model.asked[-1] == (Window("Vell (Thursday 1 May 2025) Ada Ode:", (SHORT,)),)


async def test_a_mention_is_what_was_said_without_a_reading() -> None:
    """It decides nothing, so nothing can go wrong when the reporting words are left out."""
    model = by_word({"ferry": NEUTRAL})
    assert await quotes(model, "The ferry carries 212 passengers, Ada Ode said.") == [SHORT]
    assert model.asked[-1] == ()
