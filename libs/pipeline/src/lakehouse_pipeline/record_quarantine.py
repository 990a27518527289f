"""What lies in quarantine, counted by rule, into ops: without Spark, and only of tables whose quarantine changed."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import CommitProperties, Transaction, write_deltalake

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import access, exists, open_table, predicate_literal, scanned
from lakehouse_pipeline.quarantine import quarantine_location
from lakehouse_pipeline.silver_table import PROPERTIES

OPS_QUARANTINE = "ops.quarantine"
_KEY = ("batch", "rule", "status")
_COLUMNS: dict[str, pa.DataType] = {**dict.fromkeys(("domain", "table_name", *_KEY), pa.string()), "rows": pa.int64()}
QUARANTINE = pa.schema(_COLUMNS)


def record_quarantine(context: Context) -> None:
    """Brings the counts of the domain's silver tables up to date."""
    location = context.warehouse.location(OPS_QUARANTINE)
    if not exists(location):
        # Domains that are recorded at once meet in no partition.
        _write(location, QUARANTINE.empty_table(), mode="append", partition_by=["table_name"], configuration=dict(PROPERTIES))
    for table in context.silver:
        held = quarantine_location(context, table)
        if not exists(held):
            continue
        version = open_table(held).version()
        counted = f"record/{OPS_QUARANTINE}/{table.name}"
        if open_table(location).transaction_version(counted) == version:
            continue
        counts = _added_up([rows_by_rule(part) for part in scanned(held, ["_batch_id", "status", "rules"])])
        names = {"domain": context.domain, "table_name": table.name}
        columns = {name: pa.array([value] * len(counts), pa.string()) for name, value in names.items()}
        data = pa.table({**columns, **{name: counts[name] for name in counts.column_names}}, schema=QUARANTINE)
        commit = CommitProperties(app_transactions=[Transaction(app_id=counted, version=version)])
        _write(location, data, mode="overwrite", predicate=f"table_name = {predicate_literal(table.name)}", commit_properties=commit)


def rows_by_rule(held: pa.Table) -> pa.Table:
    """How many rows break each rule, by batch and status; a row that breaks several is counted for each. `held`: rows of a quarantine."""
    rules = held["rules"].combine_chunks()
    broken = pc.list_parent_indices(rules)
    each = pa.table(
        {
            "batch": held["_batch_id"].take(broken),
            "rule": pc.list_flatten(rules),
            "status": held["status"].take(broken),
        }
    )
    return each.group_by(list(_KEY)).aggregate([([], "count_all")]).rename_columns([*_KEY, "rows"])


def _added_up(parts: Sequence[pa.Table]) -> pa.Table:
    """The counts of the parts of a quarantine as those of the whole."""
    nothing = QUARANTINE.empty_table().select([*_KEY, "rows"])
    return pa.concat_tables([nothing, *parts]).group_by(list(_KEY)).aggregate([("rows", "sum")]).rename_columns([*_KEY, "rows"])


def _write(location: str, data: pa.Table, **options: object) -> None:
    write_deltalake(location, data, storage_options=access(location), **options)  # type: ignore[call-overload]
