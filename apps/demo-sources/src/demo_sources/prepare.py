from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from demo_sources.atomic_file import write_if_changed
from demo_sources.faults import Fault
from demo_sources.flights import DeliveredFile, delivered_files
from demo_sources.months import Month
from demo_sources.operations import operations_database
from demo_sources.weather import weather_lines


@dataclass(frozen=True)
class Prepared:
    """What `prepare` wrote; unchanged files are not among it."""

    written: list[str]
    unchanged: int


def prepare(into: Path, first: Month, last: Month, seed: int, faults: frozenset[Fault]) -> Prepared:
    """Writes all three sources as they stand at the end of the last month, and the ledger of what was injected."""
    written: list[str] = []
    unchanged = 0
    entries: list[dict[str, object]] = []
    totals: Counter[str] = Counter()
    flights = 0

    def put(name: str, content: bytes) -> None:
        nonlocal unchanged
        if write_if_changed(into / name, content):
            written.append(name)
        else:
            unchanged += 1

    for file in delivered_files(first, last, seed, faults):
        put(f"flights/{file.name}", file.content)
        entries.append(_entry(file))
        totals.update(file.faults)
        totals["truncatedFiles"] += file.delivery == "truncated"
        totals["lateFiles"] += file.delivery == "late"
        totals["renamedFiles"] += file.delivery == "renamed"
        totals["resentFiles"] += file.delivery == "resent"
        flights += file.true_records if file.delivery in ("month", "late", "renamed") else 0
    put("operations.db", operations_database(last))
    put("weather.jsonl", weather_lines(first, last))
    ledger = {
        "seed": seed,
        "faults": sorted(faults),
        "from": str(first),
        "until": str(last),
        "trueFlights": flights,
        "landedRows": sum(int(str(entry["landedRows"])) for entry in entries),
        "injected": {name: count for name, count in sorted(totals.items()) if count},
        "files": entries,
    }
    put("faults.json", (json.dumps(ledger, indent=2) + "\n").encode())
    return Prepared(written, unchanged)


def _entry(file: DeliveredFile) -> dict[str, object]:
    """A ledger entry; `landedRows` counts the one row that stands for a file that cannot be read."""
    held = file.delivery == "truncated"
    return {
        "file": f"flights/{file.name}",
        "month": str(file.month),
        "delivery": file.delivery,
        "trueRecords": file.true_records,
        "injected": file.faults,
        "landedRows": 1 if held else file.true_records + sum(file.faults.values()),
    }
