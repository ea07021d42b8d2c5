"""One folder, one process: SQLite holds the truth, tantivy and usearch find things in it."""

from service.stores.embedded.backup import copy_store
from service.stores.embedded.catalogue import ARCHIVE
from service.stores.embedded.store import EmbeddedStore, open_as_made, open_embedded, rebuild

__all__ = ["ARCHIVE", "EmbeddedStore", "copy_store", "open_as_made", "open_embedded", "rebuild"]
