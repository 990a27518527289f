from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Result:
    """One measured figure. `limit` is what it must not exceed, or with `at_least` reach; None: only told."""

    experiment: str
    measure: str
    value: float
    unit: str
    limit: float | None = None
    at_least: bool = False
    detail: str = ""

    @property
    def verdict(self) -> str:
        """`ok`, `missed`, or a dash for a figure without a target."""
        if self.limit is None:
            return "-"
        return "ok" if (self.value >= self.limit if self.at_least else self.value <= self.limit) else "missed"

    @property
    def target(self) -> str:
        return "" if self.limit is None else f"{'>=' if self.at_least else '<='} {self.limit:g} {self.unit}".rstrip()


def render_table(results: Sequence[Result]) -> str:
    """The results as a table in plain text."""
    heads = ("experiment", "measure", "value", "target", "verdict", "detail")
    rows = [(r.experiment, r.measure, f"{r.value:.3g} {r.unit}".rstrip(), r.target, r.verdict, r.detail) for r in results]
    widths = [max(len(row[column]) for row in [heads, *rows]) for column in range(len(heads))]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in [heads, *rows]]
    return "\n".join("  ".join(line).rstrip() for line in lines)


def render_json(results: Sequence[Result], machine: Mapping[str, object]) -> str:
    """The results and the machine they were measured on, for other programs."""
    rows = [{**asdict(result), "target": result.target, "verdict": result.verdict} for result in results]
    return json.dumps({"machine": machine, "results": rows}, indent=2)
