from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from lakehouse_bench.compiling import compiling
from lakehouse_bench.dashboards import dashboards
from lakehouse_bench.experiments import growth, month, nothing, plain, warm
from lakehouse_bench.laboratory import Laboratory
from lakehouse_bench.landing import landing
from lakehouse_bench.machine import describe_machine
from lakehouse_bench.platform import images, platform
from lakehouse_bench.result import Result, render_json, render_table
from lakehouse_bench.watched import MeasurementError
from lakehouse_bench.whole import whole
from lakehouse_bench.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXPERIMENTS: dict[str, Callable[[Laboratory], list[Result]]] = {
    "plain": plain,
    "nothing": nothing,
    "month": month,
    "warm": warm,
    "growth": growth,
    "compile": compiling,
    "lander": landing,
    "images": images,
    "platform": platform,
    "whole": whole,
    "dashboards": dashboards,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the experiments; exit code 1 where a target was missed, 3 where one could not be measured."""
    options = _parse(arguments)
    root = Path(__file__).resolve().parents[4]
    machine = describe_machine(root)
    results: list[Result] = []
    failed = False
    with tempfile.TemporaryDirectory(prefix="lakehouse-bench-", dir=options.scratch) as scratch:
        laboratory = Laboratory(Workspace(root, Path(scratch)), options.years, options.platform)
        for name in options.only or EXPERIMENTS:
            try:
                results += EXPERIMENTS[name](laboratory)
            except MeasurementError as error:
                failed = True
                sys.stderr.write(f"error: {name} could not be measured: {error}\n")
    if options.json is not None:
        options.json.write_text(render_json(results, machine) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(f"{name}: {value}" for name, value in machine.items()))
    sys.stdout.write(f"\n\n{render_table(results)}\n")
    if failed:
        return 3
    return 1 if any(result.verdict == "missed" for result in results) else 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./lakehouse bench",
        description="Measures the lakehouse against its targets; every ratio is of two figures of this very run.",
    )
    parser.add_argument("--years", type=_positive, default=10, help="years of flights, replicated (default: 10)")
    parser.add_argument("--only", action="append", choices=list(EXPERIMENTS), help="just this experiment; may be repeated")
    parser.add_argument("--json", type=Path, help="also write the results to this file")
    parser.add_argument(
        "--platform", type=_folder, metavar="HOME", help="for dashboards: a platform that runs, with a year of flights on it"
    )
    parser.add_argument("--scratch", type=Path, help="folder for the data of the bench (default: that for temporary files)")
    return parser.parse_args(arguments)


def _folder(text: str) -> Path:
    return Path(text).resolve()


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return value


if __name__ == "__main__":
    sys.exit(main())
