from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from lakehouse_bench.bytes_read import BytesRead, read_event_logs

WAREHOUSE = "/data/warehouse"


def scan(accumulator: int, location: str, name: str = "Scan parquet ") -> dict[str, Any]:
    metadata = {"Location": f"PreparedDeltaFileIndex(1 paths)[file:{location}]"}
    return {
        "nodeName": name,
        "metadata": metadata,
        "metrics": [{"name": "scan time", "accumulatorId": accumulator}],
        "children": [],
    }


def query(*scans: dict[str, Any], event: str = "SparkListenerSQLExecutionStart") -> dict[str, Any]:
    join = {"nodeName": "SortMergeJoin", "metadata": {}, "metrics": [], "children": list(scans)}
    return {"Event": f"org.apache.spark.sql.execution.ui.{event}", "executionId": 1, "sparkPlanInfo": join}


def stage(read: int, *accumulators: int) -> dict[str, Any]:
    values = [{"ID": 1, "Name": "internal.metrics.input.bytesRead", "Value": read}]
    values += [{"ID": one, "Name": "scan time", "Value": "5"} for one in accumulators]
    return {"Event": "SparkListenerStageCompleted", "Stage Info": {"Accumulables": values if read else values[1:]}}


def read(tmp_path: Path, *events: dict[str, Any]) -> BytesRead:
    (tmp_path / "application").write_text("".join(f"{json.dumps(event)}\n" for event in events), encoding="utf-8")
    return read_event_logs(tmp_path, Path(WAREHOUSE))


def test_bytes_go_to_the_layer_of_their_scan(tmp_path: Path) -> None:
    plan = query(
        scan(11, f"{WAREHOUSE}/bronze/flights"),
        scan(12, f"{WAREHOUSE}/silver/flights"),
        scan(13, f"{WAREHOUSE}/gold/routes"),
    )
    assert read(tmp_path, plan, stage(100, 11), stage(20, 12), stage(3, 13), stage(0, 12)) == BytesRead(
        {"bronze/flights": 100, "silver/flights": 20}, 3, 0
    )


def test_the_log_of_a_table_is_no_data(tmp_path: Path) -> None:
    plan = query(scan(11, f"{WAREHOUSE}/silver/flights/_delta_log/00000000000000000000.json", "Scan json "))
    assert read(tmp_path, plan, stage(50, 11)) == BytesRead({}, 50, 0)


def test_plans_that_change_on_the_way_count_too(tmp_path: Path) -> None:
    first = query(scan(11, "/elsewhere"))
    later = query(scan(21, f"{WAREHOUSE}/silver/a"), event="SparkListenerSQLAdaptiveExecutionUpdate")
    assert read(tmp_path, first, later, stage(7, 21)).tables == {"silver/a": 7}


def test_unclaimed_bytes_are_counted_against_us(tmp_path: Path) -> None:
    found = read(tmp_path, query(scan(11, "/elsewhere")), stage(9, 99))
    assert found == BytesRead({}, 0, 9)
    assert found.counted == 9


def test_a_folder_with_a_similar_name_is_another(tmp_path: Path) -> None:
    assert read(tmp_path, query(scan(11, f"{WAREHOUSE}/silver-copy/a")), stage(9, 11)).tables == {}
