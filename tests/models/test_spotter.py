"""The shipped spotter tells what a newsroom would check from what nobody can."""

import numpy as np
import pytest

from service.domain.errors import WeightsMismatch
from service.models.embedder import OnnxEmbedder
from service.models.spotter import OnnxSpotter, load_spotter
from service.ports import ClaimSpotter

WORTH = (
    "About 28,000 vehicles use the Sallow Bridge every day.",
    "Ada Ode, the mayor, said that the ferry had carried 212 passengers.",
    "Quillfeather cut 300 jobs in March.",
    "The council voted nine to four to close the quay.",
    "The Tern Dam was built in 1951.",
    "Forty boats move to the basin",
    "A herd of bison was released in the Carpathian mountains.",
)
NOT_WORTH = (
    "That is the heart of the matter, and we owe it to our children.",
    "It takes courage to admit a mistake.",
    "Nothing is more precious than trust.",
    "Leadership means listening.",
    "We deserve better than this.",
    "I want to be clear with you about what I would do.",
    "Hope is not a plan.",
)


@pytest.fixture(scope="module")
def spotter(embedder: OnnxEmbedder) -> OnnxSpotter:
    """The shipped one."""
    return load_spotter(embedder)


async def test_facts_are_worth_a_check_and_sentiments_are_not(spotter: ClaimSpotter) -> None:
    """The rules for opinions and questions let all of these pass."""
    assert list(await spotter.spot([*WORTH, *NOT_WORTH])) == [True] * 7 + [False] * 7


async def test_a_sentence_has_its_share_whatever_is_asked_beside_it(spotter: OnnxSpotter) -> None:
    """Bit for bit: an edit elsewhere in a draft does not change what is checked."""
    together = await spotter.shares([*WORTH, *NOT_WORTH])
    alone = [(await spotter.shares([sentence]))[0] for sentence in (*WORTH, *NOT_WORTH)]
    assert np.array_equal(together, np.array(alone))
    assert ((together > 0) & (together < 1)).all()


async def test_a_draft_without_statements_has_none_worth_a_check(spotter: OnnxSpotter) -> None:
    """Nothing in, nothing out."""
    assert await spotter.spot([]) == []


def test_another_embedder_is_refused(embedder: OnnxEmbedder) -> None:
    """Its vectors would mean nothing to the network; the error says what to do."""

    class Other:
        fingerprint = "other/float32/sha256:0"
        dim = embedder.dim
        embed = embedder.embed

    with pytest.raises(WeightsMismatch, match=r"python -m training\.checkworthy"):
        load_spotter(Other())
