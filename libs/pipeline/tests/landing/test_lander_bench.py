from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse_pipeline.landing.bench import measure_lander

if TYPE_CHECKING:
    from pathlib import Path


def test_ten_times_the_bytes_take_no_more_memory(tmp_path: Path) -> None:
    file = tmp_path / "flights.csv"
    file.write_text("a,b,c\n" + "123,some text,NA\n" * 500_000)
    small, large = measure_lander(file), measure_lander(file, 10)
    assert (small.rows, large.rows) == (500_000, 5_000_000)
    assert large.bytes > 9 * small.bytes
    assert large.peak_memory - small.peak_memory < 64 * 1024 * 1024
