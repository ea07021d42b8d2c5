"""Lines are cut right and held within bounds."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.api.ndjson import Line, LineSplitter, read_ahead


def split(chunks: list[bytes], max_line_bytes: int = 100) -> list[tuple[int, bytes]]:
    """Number and content of each line."""
    splitter = LineSplitter(max_line_bytes)
    lines = [line for chunk in chunks for line in splitter.feed(chunk)]
    return [(line.number, line.content) for line in [*lines, *splitter.finish()]]


@given(st.binary(max_size=60), st.lists(st.integers(0, 60)))
def test_where_a_body_is_cut_into_chunks_does_not_matter(body: bytes, cuts: list[int]) -> None:
    """The lines are those of the whole."""
    ends = sorted({*cuts, len(body)})
    chunks = [body[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    assert split(chunks) == split([body])


def test_blank_lines_are_left_out_but_counted() -> None:
    """So that a number in an answer is the line in the caller's editor."""
    assert split([b"\n  \n1\r\n\n2"]) == [(3, b"1"), (5, b"2")]


def test_a_long_line_is_dropped_as_it_comes_in() -> None:
    """It is reported once, without content, and the next line is whole."""
    splitter = LineSplitter(10)
    found = [line for chunk in [b"x" * 8, b"x" * 8, b"x\nshort\n"] for line in splitter.feed(chunk)]
    assert found == [Line(1, b"", too_long=True), Line(2, b"short")]


async def some_lines(contents: list[bytes]) -> AsyncGenerator[Line, None]:
    """Lines as a body would give them."""
    for number, content in enumerate(contents, start=1):
        yield Line(number, content)


async def test_lines_are_taken_in_while_nobody_asks_for_them() -> None:
    """Up to the bound: a client that reads nothing until it has sent all is not left hanging."""
    taken = 0

    async def counted() -> AsyncIterator[Line]:
        nonlocal taken
        async for line in some_lines([b"x" * 10] * 10):
            taken += 1
            yield line

    lines = read_ahead(counted(), max_bytes=50)  # type: ignore[arg-type]
    await anext(lines)
    await asyncio.sleep(0.01)
    assert taken == 7  # one handed out, five held, one that waits for room
    assert len([line async for line in lines]) == 9


async def test_a_line_longer_than_the_bound_still_passes() -> None:
    """Else it would wait for room for ever."""
    lines = read_ahead(some_lines([b"x" * 100, b"y"]), max_bytes=10)
    assert [line.number async for line in lines] == [1, 2]


async def test_an_error_while_reading_is_raised_at_once() -> None:
    """Lines that wait are not worked off for a client that has gone."""

    async def broken() -> AsyncGenerator[Line, None]:
        for number in range(5):
            yield Line(number, b"x")
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await anext(read_ahead(broken(), max_bytes=100))
