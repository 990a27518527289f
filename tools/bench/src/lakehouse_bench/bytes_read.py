"""How many bytes of bronze and silver a run read, from Spark's event log.

Each stage reports the bytes that its tasks read from files; each scan in a query's plan names the folder that it reads
and the accumulators that it counts in. A stage whose accumulators belong to a scan of bronze or silver has read its
bytes there. Reading of Delta's log is no reading of data and is told apart; bytes of a stage that no scan claims are
counted as if they were of bronze or silver, so that the figure can only be too large.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
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
    bronze_and_silver: int
    elsewhere: int
    unclaimed: int

    @property
    def counted(self) -> int:
        return self.bronze_and_silver + self.unclaimed


def read_event_logs(folder: Path, warehouse: Path) -> BytesRead:
    """Sums over all applications that logged into `folder`."""
    found = [_read_log(file, warehouse) for file in sorted(folder.iterdir()) if file.is_file()]
    return BytesRead(
        sum(one.bronze_and_silver for one in found),
        sum(one.elsewhere for one in found),
        sum(one.unclaimed for one in found),
    )


def _read_log(file: Path, warehouse: Path) -> BytesRead:
    layers = [f"{warehouse}/{layer}/" for layer in ("bronze", "silver")]
    scans: dict[int, str] = {}
    stages: list[tuple[int, list[int]]] = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            if "sparkPlanInfo" in event:
                for accumulator, location in _scans(event["sparkPlanInfo"]):
                    scans[accumulator] = location
            elif event["Event"] == "SparkListenerStageCompleted":
                accumulables = event["Stage Info"]["Accumulables"]
                read = sum(int(one["Value"]) for one in accumulables if one["Name"] == _BYTES)
                if read:
                    stages.append((read, [int(one["ID"]) for one in accumulables]))
    inside = elsewhere = unclaimed = 0
    for read, accumulators in stages:
        locations = {scans[one] for one in accumulators if one in scans}
        if any(layer in location and "/_delta_log" not in location for layer in layers for location in locations):
            inside += read
        elif locations:
            elsewhere += read
        else:
            unclaimed += read
    return BytesRead(inside, elsewhere, unclaimed)


def _scans(plan: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Accumulators of all scans of a plan, with the folders that they read."""
    if "Scan" in plan["nodeName"]:
        location = plan.get("metadata", {}).get("Location") or plan["nodeName"]
        for metric in plan["metrics"]:
            yield int(metric["accumulatorId"]), location
    for child in plan["children"]:
        yield from _scans(child)
