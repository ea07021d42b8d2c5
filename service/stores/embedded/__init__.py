"""One folder, one process: SQLite holds the truth, tantivy and usearch find things in it."""

from service.stores.embedded.store import EmbeddedStore, open_as_made, open_embedded, rebuild

__all__ = ["EmbeddedStore", "open_as_made", "open_embedded", "rebuild"]
