"""Windows with what is known of each of their sentences."""

import json

from service.domain.window import Window
from training.stance.windows import ANYTHING, TARGETS, Labelled, in_context, single


def test_a_window_survives_its_file() -> None:
    """Written as JSON and read again it is the same, down to the types of its numbers."""
    sentences = [("One.", TARGETS["supports"], 1.0), ("Two.", ANYTHING, 0.0)]
    given = in_context("written", "A claim.", "A title", sentences)
    assert Labelled.of(json.loads(json.dumps(given.row()))) == given
    assert given.window == Window("A title", ("One.", "Two."))
    assert given.targets == ((1.0, 0.0, 0.0), (1.0, 1.0, 1.0))
    assert given.weights == (1.0, 0.0)


def test_a_pair_is_a_window_of_one_sentence() -> None:
    """Judged as a whole, with the target of its label."""
    given = single("fever", "A claim.", "Some text. And more.", "not_supports")
    assert given.window == Window("", ("Some text. And more.",))
    assert given.targets == ((0.0, 1.0, 1.0),)


def test_each_label_asks_for_what_it_says() -> None:
    """A label of three asks for itself, a label of two for anything but one."""
    asked = {
        label: {name for name, target in zip(("s", "c", "n"), each, strict=True) if target}
        for label, each in TARGETS.items()
    }
    assert asked == {
        "supports": {"s"},
        "conflicts": {"c"},
        "neutral": {"n"},
        "not_supports": {"c", "n"},
        "not_conflicts": {"s", "n"},
    }
