"""The same clients as the API's tests have."""

from tests.api.conftest import client, empty

__all__ = ["client", "empty"]
