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
    return load_spotter(embedder.fingerprint)


async def test_facts_are_worth_a_check_and_sentiments_are_not(
    spotter: ClaimSpotter, embedder: OnnxEmbedder
) -> None:
    """The rules for opinions and questions let all of these pass."""
    sentences = [*WORTH, *NOT_WORTH]
    spotted = await spotter.spot(sentences, await embedder.embed(sentences))
    assert list(spotted) == [True] * 7 + [False] * 7


async def test_a_sentence_has_its_share_whatever_is_asked_beside_it(
    spotter: OnnxSpotter, embedder: OnnxEmbedder
) -> None:
    """Bit for bit: an edit elsewhere in a draft does not change what is checked."""
    sentences = [*WORTH, *NOT_WORTH]
    vectors = await embedder.embed(sentences)
    together = await spotter.shares(sentences, vectors)
    alone = [
        (await spotter.shares([sentence], vector[None]))[0]
        for sentence, vector in zip(sentences, vectors, strict=True)
    ]
    assert np.array_equal(together, np.array(alone))
    assert ((together > 0) & (together < 1)).all()


def test_another_embedder_is_refused() -> None:
    """Its vectors would mean nothing to the network; the error says what to do."""
    with pytest.raises(WeightsMismatch, match=r"python -m training\.checkworthy"):
        load_spotter("other/float32/sha256:0")
