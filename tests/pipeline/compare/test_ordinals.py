"""Places in an order are compared."""

import pytest

from service.domain.verdict import ReasonCode
from tests.pipeline.compare.comparing import compare_texts


@pytest.mark.parametrize(
    ("claim", "source", "differs"),
    [
        pytest.param("It was her third win.", "It was her fourth win.", True, id="in words"),
        pytest.param("It was her 3rd win.", "It was her fourth win.", True, id="digits and words"),
        pytest.param("It was her 3rd win.", "It was her third win.", False, id="the same"),
        pytest.param("It was her third win.", "It was her fourth race.", False, id="another thing"),
        pytest.param("It was her third win.", "It was her win.", False, id="without a place"),
        pytest.param(
            "It was her third win.", "It was her third win after a second win.", False, id="two"
        ),
        pytest.param(
            "Anna Vell took her third win in Tarnby.",
            "Bo Orm had a fourth win.",
            False,
            id="much else is missing",
        ),
    ],
)
def test_another_place_in_an_order_differs(claim: str, source: str, differs: bool) -> None:
    """NUMBER_DIFFERS where all else is the same."""
    codes = [reason.code for reason in compare_texts(claim, source, "").reasons]
    assert codes == ([ReasonCode.NUMBER_DIFFERS] if differs else [])
