"""The suite that every store passes: subclass StoreContract and give it the fixture `opener`."""

from collections.abc import AsyncIterator

import pytest

from service.ports import Store
from tests.stores.contract_finding import Finding
from tests.stores.contract_history import Remembering
from tests.stores.contract_keeping import Keeping
from tests.stores.contract_questions import Opener
from tests.stores.contract_quotes import Quoting


class StoreContract(Keeping, Finding, Quoting, Remembering):
    """`opener` must be a fixture of the subclass."""

    @pytest.fixture
    async def store(self, opener: Opener) -> AsyncIterator[Store]:
        store = await opener()
        yield store
        await store.close()
