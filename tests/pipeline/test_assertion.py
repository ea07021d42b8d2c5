"""What a claim asserts, and of whom."""

import pytest

from service.pipeline.assertion import read_assertion


@pytest.mark.parametrize(
    ("claim", "speaker", "reading"),
    [
        ("Ada Ode said the ferry was full.", "Ada Ode", "the ferry was full."),
        ("Ada Ode said that the ferry was full", "Ada Ode", "the ferry was full"),
        ("The ferry was full, Ada Ode said.", "Ada Ode", "The ferry was full."),
        ("According to Ada Ode, the ferry was full.", "Ada Ode", "the ferry was full."),
        ("The ferry, Ada Ode said, was full.", "Ada Ode", "The ferry was full."),
        ("“The ferry was full,” Mayor Ada Ode told the Post.", "Mayor Ada Ode",
         "The ferry was full."),
        ("The Harbor Ministry announced that the port will close.", "The Harbor Ministry",
         "the port will close."),
        ("A report by the Harbor Institute found 40 crates were lost!",
         "A report by the Harbor Institute", "40 crates were lost!"),
        ("Ada Ode said that Bo Orm had told the Post the ferry was full.", "Ada Ode",
         "Bo Orm had told the Post the ferry was full."),
        ("Ada Ode denied that the ferry was full.", "Ada Ode",
         "Ada Ode denied that the ferry was full."),
        ("The ferry was full.", None, "The ferry was full."),
        ("He said the ferry was full.", None, "He said the ferry was full."),
        ("Ada Ode, who met the crew of the old ferry at Orm on Friday, said it was full.", None,
         "Ada Ode, who met the crew of the old ferry at Orm on Friday, said it was full."),
        ("", None, ""),
    ],
)  # fmt: skip
async def test_a_claim_is_what_was_said_and_who_said_it(
    claim: str, speaker: str | None, reading: str
) -> None:
    """The content alone where that is all; a denial stays whole; "he" may be anybody; what states
    something of its own is a plain claim."""
    assertion = read_assertion(claim)
    said_by = assertion.said_by
    assert (said_by.speaker.text if said_by and said_by.speaker else None) == speaker
    assert " ".join(assertion.text.split()).replace(" .", ".").replace(" !", "!") == reading


async def test_offsets_are_the_claims() -> None:
    """What is left stands where it stood."""
    claim = "The ferry, Ada Ode said, carries 212 passengers."
    text = read_assertion(claim).text
    assert len(text) == len(claim)
    assert all(one in {" ", two} for one, two in zip(text, claim, strict=True))
    assert text.index("212") == claim.index("212")
