"""How many bytes of bronze and silver a run read, from Spark's event log.

Each stage reports the bytes that its tasks read from files; each scan in a query's plan names the folder that it reads
and the accumulators that it counts in. A stage whose accumulators belong to a scan of bronze or silver has read its
bytes there. Reading of Delta's log is no reading of data and is told apart; bytes of a stage that no scan claims are
counted as if they were of bronze or silver, so that the figure can only be too large.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Spark truncates the folder of a scan at 100 characters unless told otherwise. Parquet's vectored reading works in
# threads of its own, which task metrics do not see.
EVENT_LOG_SETTINGS = {
    "spark.eventLog.enabled": "true",
    "spark.eventLog.compress": "false",
    "spark.eventLog.rolling.enabled": "false",
    "spark.sql.maxMetadataStringLength": "10000",
    "spark.hadoop.parquet.hadoop.vectored.io.enabled": "false",
}
_BYTES = "internal.metrics.input.bytesRead"


@dataclass(frozen=True)
class BytesRead:
    """Bytes by the table that was read, such as `silver/flights`; stages that read several count for the first of them."""

    tables: Mapping[str, int]
    elsewhere: int
    unclaimed: int

    @property
    def counted(self) -> int:
        return sum(self.tables.values()) + self.unclaimed

    @property
    def largest(self) -> str:
        """The tables that most was read of, in words."""
        ordered = sorted(self.tables.items(), key=lambda item: -item[1])[:4]
        return ", ".join(f"{table} {read / 1e6:.1f}" for table, read in ordered)


def read_event_logs(folder: Path, warehouse: Path) -> BytesRead:
    """Sums over all applications that logged into `folder`."""
    tables: Counter[str] = Counter()
    elsewhere = unclaimed = 0
    table_name = re.compile(re.escape(f"{warehouse}/") + r"((?:bronze|silver)/[^/\]]+)(?!.*/_delta_log)")
    for file in sorted(folder.iterdir()):
        for read, locations in _stages(file):
            found = sorted(match[1] for location in locations if (match := table_name.search(location)))
            if found:
                tables[found[0]] += read
            elif locations:
                elsewhere += read
            else:
                unclaimed += read
    return BytesRead(tables, elsewhere, unclaimed)


def _stages(file: Path) -> list[tuple[int, set[str]]]:
    """Of each stage that read files: the bytes, and the folders that its scans read."""
    scans: dict[int, str] = {}
    stages: list[tuple[int, list[int]]] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            if "sparkPlanInfo" in event:
                scans.update(_scans(event["sparkPlanInfo"]))
            elif event["Event"] == "SparkListenerStageCompleted":
                accumulables = event["Stage Info"]["Accumulables"]
                read = sum(int(one["Value"]) for one in accumulables if one["Name"] == _BYTES)
                if read:
                    stages.append((read, [int(one["ID"]) for one in accumulables]))
    return [(read, {scans[one] for one in accumulators if one in scans}) for read, accumulators in stages]


def _scans(plan: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Accumulators of all scans of a plan, with the folders that they read."""
    if "Scan" in plan["nodeName"]:
        location = plan.get("metadata", {}).get("Location") or plan["nodeName"]
        for metric in plan["metrics"]:
            yield int(metric["accumulatorId"]), location
    for child in plan["children"]:
        yield from _scans(child)
