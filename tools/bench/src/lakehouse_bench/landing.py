from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

from lakehouse_bench.laboratory import tell
from lakehouse_bench.result import Result

if TYPE_CHECKING:
    from pathlib import Path

    from lakehouse_bench.laboratory import Laboratory

_COPIES = 10
# A buffer more or less is no growth; ten times the bytes in memory would be.
_TOLERATED_GROWTH = 1.2


def landing(lab: Laboratory) -> list[Result]:
    """The lander alone, on one core: a year of flights as one CSV file, and a file of ten times its size."""
    months = lab.sources(1).months()
    small = _one_file(months, lab.fresh_folder("lander-small"), 1)
    large = _one_file(months, lab.fresh_folder("lander-large"), _COPIES)
    answers = []
    for file in (small, large):
        tell(f"landing {file.stat().st_size / 1e6:.0f} MB")
        target = lab.fresh_folder(f"{file.parent.name}-landed")
        watched = lab.workspace.python(["-m", "lakehouse_bench.land_once", str(file.parent), str(target)], {})
        answers.append(json.loads(watched.lines[-1][1]))
    before, after = (answer["peakBytes"] for answer in answers)
    size, seconds = large.stat().st_size / 1e6, answers[1]["seconds"]
    told = f"{before / 1e6:.0f} MB, then {after / 1e6:.0f} MB; {answers[1]['idleBytes'] / 1e6:.0f} MB before it began"
    return [
        Result(
            "lander",
            "CSV landed on one core",
            size / seconds,
            "MB/s",
            30,
            at_least=True,
            detail=f"{size:.0f} MB in {seconds:.1f} s",
        ),
        Result("lander", f"memory at {_COPIES} times the bytes", after / before, "times", _TOLERATED_GROWTH, detail=told),
    ]


def _content(month: Path) -> bytes:
    content = month.read_bytes()
    return gzip.decompress(content) if month.suffix == ".gz" else content


def _one_file(months: list[Path], folder: Path, copies: int) -> Path:
    folder.mkdir(parents=True)
    target = folder / "flights.csv"
    with target.open("wb") as output:
        for number in range(copies):
            for position, month in enumerate(months):
                header, rows = _content(month).split(b"\n", 1)
                if number == position == 0:
                    output.write(header + b"\n")
                output.write(rows)
    return target
