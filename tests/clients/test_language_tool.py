"""A client that was made for LanguageTool finds in a draft what `onrecord draft` finds."""

import json

from tests.clients.tools import HERE, Tools
from tests.conftest import SAMPLES
from tests.running import Running


def test_a_client_of_languagetools_sees_the_findings(tools: Tools, service: Running) -> None:
    """Those of the README's draft, on the words that they are about."""
    draft = SAMPLES / "drafts" / "draft-bridge.md"
    shown = tools.python(HERE / "checked_by_language_tool.py", service.url, draft)
    assert json.loads(shown) == {
        "number-differs": "About 28,000 vehicles use the bridge every day, according to the city’s "
        "traffic office.",
        "quote-altered": "Nobody will cross this bridge until I would let the whole council "
        "cross it,",
        "claim-contradicted": "Trucks over 20 tons are allowed on the bridge again.",
    }
