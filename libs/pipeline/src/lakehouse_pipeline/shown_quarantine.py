"""What lies in quarantine, for people: counts by rule and the newest rows, without Spark and in little memory however much lies there."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists, scanned
from lakehouse_pipeline.quarantine import STATUSES, quarantine_location
from lakehouse_pipeline.record_quarantine import rows_by_rule
from lakehouse_pipeline.schema.plan import SilverTable

_NAME = ("_batch_id", "_source_file", "_source_row")
_NEWEST_FIRST = [(column, "descending") for column in ("quarantined_at", "_batch_id", "_source_row")]


def list_quarantine(context: Context) -> list[dict[str, object]]:
    """Per silver table and rule how many rows are open, wait, or were replayed."""
    found: list[dict[str, object]] = []
    for table in context.tables.values():
        if isinstance(table, SilverTable) and exists(quarantine_location(context, table)):
            statuses: Counter[str] = Counter()
            rules: Counter[str] = Counter()
            for rows in scanned(quarantine_location(context, table), ["_batch_id", "status", "rules"]):
                statuses.update(str(status) for status in rows["status"].to_pylist())
                for entry in rows_by_rule(rows).to_pylist():
                    rules[entry["rule"]] += 0 if entry["status"] == "replayed" else entry["rows"]
            counts = {status: statuses[status] for status in STATUSES}
            found.append({"table": table.name, **counts, "rules": {rule: rules[rule] for rule in sorted(rules)}})
    return found


def show_quarantine(
    context: Context, table: SilverTable, rule: str | None, limit: int, batch: str | None = None
) -> list[dict[str, object]]:
    """Rejected rows with their name, rules, reason and payload, the newest first; only those that break `rule`, or of `batch`."""
    location = quarantine_location(context, table)
    if not exists(location):
        return []
    return [
        {
            "row": ":".join(str(row[name]) for name in _NAME if row[name] is not None),
            "status": row["status"],
            "rules": row["rules"],
            "reason": row["reason"],
            "payload": row["payload"],
            "quarantinedAt": row["quarantined_at"].isoformat(),
        }
        for row in newest_rows(location, rule, limit, batch)
    ]


def newest_rows(location: str, rule: str | None, limit: int, batch: str | None) -> list[dict[str, Any]]:
    """The newest `limit` rows of a quarantine that were not replayed, with all their columns."""
    chosen = pc.field("status") != "replayed"
    if batch is not None:
        chosen = chosen & (pc.field("_batch_id") == batch)
    newest: pa.Table | None = None
    for part in scanned(location, None, chosen):
        rows = part if rule is None else part.take(_breaking(part, rule))
        both = rows if newest is None else pa.concat_tables([newest, rows])
        newest = both.take(pc.select_k_unstable(both, k=min(limit, len(both)), sort_keys=_NEWEST_FIRST))  # type: ignore[call-overload]
    return newest.to_pylist() if newest is not None else []


def _breaking(rows: pa.Table, rule: str) -> pa.Array[Any]:
    """The places of the rows that break a rule."""
    rules = rows["rules"].combine_chunks()
    return pc.unique(pc.list_parent_indices(rules).filter(pc.is_in(pc.list_flatten(rules), pa.array([rule]))))
