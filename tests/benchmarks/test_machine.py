"""A result says what it was measured on."""

import pytest

from benchmarks.machine import processor

EPYC = "processor\t: 0\nmodel name\t: AMD EPYC 9R14\nflags\t\t: fpu avx2 avx512f avx512_vnni\n\n"
XEON = "model name\t: Intel(R) Xeon(R) Platinum 8488C\nflags\t: avx512_vnni amx_bf16 amx_int8\n"
OLD = "model name\t: Intel(R) Xeon(R) E5-2670\nflags\t: avx avx2\n"


@pytest.mark.parametrize(
    ("cpuinfo", "name"),
    [
        (EPYC, "AMD EPYC 9R14 (avx512_vnni)"),
        (EPYC + EPYC, "AMD EPYC 9R14 (avx512_vnni)"),
        (XEON, "Intel(R) Xeon(R) Platinum 8488C (avx512_vnni, amx_int8)"),
        (OLD, "Intel(R) Xeon(R) E5-2670"),
        ("Features\t: asimd\n", ""),
    ],
)
def test_the_processor_is_named_with_what_makes_int8_fast(cpuinfo: str, name: str) -> None:
    """Two machines of one model name can differ twofold by it."""
    assert processor(cpuinfo) == name
