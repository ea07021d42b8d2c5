"""The README's first example, by a client that openapi-python-client has made."""

import sys
from datetime import date

from onrecord_client import AuthenticatedClient  # type: ignore[import-not-found]
from onrecord_client.api.checks import check_claim  # type: ignore[import-not-found]
from onrecord_client.models import CheckRequest, CheckResponse  # type: ignore[import-not-found]

client = AuthenticatedClient(base_url=sys.argv[1], token="none, as the service has no keys")
claim = CheckRequest(claim="The ferry to Orm carries 112 passengers.", as_of=date(2025, 12, 31))
answer = check_claim.sync(client=client, body=claim)
assert isinstance(answer, CheckResponse), answer
print(answer.verdict)
for quote in answer.conflicting:
    print(quote.line, quote.utf16, [str(reason.code) for reason in quote.reasons])
