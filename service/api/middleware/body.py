"""A request's body, read ahead of whoever it is for, and given to them as it came in."""

import math

from starlette.types import Message, Receive


async def read_ahead(receive: Receive, *, most_bytes: float = math.inf) -> list[Message]:
    """The body's messages, to its end or until they are over `most_bytes`; or that the client has
    gone."""
    messages = [await receive()]
    size = len(messages[-1].get("body", b""))
    while messages[-1].get("more_body") and size <= most_bytes:
        messages.append(await receive())
        size += len(messages[-1].get("body", b""))
    return messages


def again(messages: list[Message], receive: Receive) -> Receive:
    """Gives what was read ahead, then what comes after it."""
    left = iter(messages)

    async def given() -> Message:
        for message in left:
            return message
        return await receive()

    return given
