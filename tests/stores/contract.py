"""The suite that every store passes: subclass StoreContract and give it the fixture `opener`."""

from collections.abc import AsyncIterator

import pytest

from service.ports import Store
from tests.stores.asking import Opener
from tests.stores.finding import Finding
from tests.stores.keeping import Keeping
from tests.stores.quoting import Quoting
from tests.stores.remembering import Remembering


class StoreContract(Keeping, Finding, Quoting, Remembering):
    """`opener` must be a fixture of the subclass."""

    @pytest.fixture
    async def store(self, opener: Opener) -> AsyncIterator[Store]:
        store = await opener()
        yield store
        await store.close()
