"""What the OpenAPI document says of the service is so."""

from pathlib import Path

from tests.api.conformance import conform
from tests.running import running


def test_the_service_keeps_to_its_document(tmp_path: Path) -> None:
    """Whatever is sent, in whatever order: no 500, and each answer is one that the document has."""
    store = tmp_path / "store"
    with running(store, stance="small", tagger="rules", log_level="warning") as service:
        done = conform(service.url, examples=1, folder=tmp_path)
    assert done.returncode == 0, done.stdout[-8_000:]
