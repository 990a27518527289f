"""What people are shown of a quarantine, however much lies there."""

from __future__ import annotations

import tracemalloc
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
from deltalake import write_deltalake
from hypothesis import given, settings
from hypothesis import strategies as st

from lakehouse_pipeline.shown_quarantine import newest_rows

BEGAN = datetime(2013, 1, 1, tzinfo=timezone.utc)
COLUMNS: dict[str, pa.DataType] = {
    "_batch_id": pa.string(),
    "_source_file": pa.string(),
    "_source_row": pa.int64(),
    "status": pa.string(),
    "rules": pa.list_(pa.string()),
    "payload": pa.string(),
    "quarantined_at": pa.timestamp("us", "UTC"),
}
SCHEMA = pa.schema(COLUMNS)
Held = tuple[str, str, list[str], int]
held = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.sampled_from(["open", "waiting", "replayed"]),
        st.lists(st.sampled_from("xyz"), unique=True, min_size=1),
        st.integers(0, 3),
    ),
    max_size=15,
)


def quarantined(location: Path, held: list[Held]) -> list[dict[str, Any]]:
    """Writes a quarantine of several files and returns its rows."""
    rows = [
        {
            **{"_batch_id": batch, "_source_file": "f", "_source_row": number, "status": status, "rules": rules},
            **{"payload": "p" * 200, "quarantined_at": BEGAN + timedelta(hours=hour)},
        }
        for number, (batch, status, rules, hour) in enumerate(held)
    ]
    middle = len(rows) // 2
    for part in (rows[:middle], rows[middle:]):
        write_deltalake(str(location), pa.Table.from_pylist(part, SCHEMA), mode="append")
    return rows


@settings(deadline=None, max_examples=30)
@given(held, st.sampled_from([None, "x"]), st.sampled_from([None, "a"]), st.integers(0, 5))
def test_the_newest_of_those_that_were_asked_for(held: list[Held], rule: str | None, batch: str | None, limit: int) -> None:
    with TemporaryDirectory() as folder:
        rows = quarantined(Path(folder) / "held", held)
        shown = newest_rows(str(Path(folder) / "held"), rule, limit, batch)
    chosen = [
        row for row in rows if row["status"] != "replayed" and (rule is None or rule in row["rules"]) and batch in (None, row["_batch_id"])
    ]
    chosen.sort(key=lambda row: (row["quarantined_at"], row["_batch_id"], row["_source_row"]), reverse=True)
    assert shown == chosen[:limit]


def test_a_few_rows_of_very_many_need_the_memory_of_a_few(tmp_path: Path) -> None:
    quarantined(tmp_path / "held", [("a", "waiting", ["x"], 1)] * 100_000)
    tracemalloc.start()
    try:
        assert len(newest_rows(str(tmp_path / "held"), None, 10, None)) == 10
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000
