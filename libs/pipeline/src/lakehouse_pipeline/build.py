"""Gold candidates: what a gold table would be, at a place of its own, until the audit has judged it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from pyspark.sql import DataFrame

from lakehouse_pipeline.affected_keys import affected_predicate
from lakehouse_pipeline.catalog import OfferedCandidate
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import data_version, exists, state
from lakehouse_pipeline.events import step
from lakehouse_pipeline.python_model import load_function
from lakehouse_pipeline.schema.plan import GoldTable, OrphansMeasure, PythonModel, QueryMeasure
from lakehouse_pipeline.silver_table import contract_columns
from lakehouse_pipeline.sql import NameOf, named_tables, resolve
from lakehouse_pipeline.warehouse import column_identifier, view_name


@dataclass(frozen=True)
class GoldAction:
    """What a gold table has to do: nothing, recompute the keys that changes touched, or rebuild the whole."""

    kind: str
    reason: str
    # The version of each input that the result stands on.
    inputs: Mapping[str, int] = field(default_factory=dict)
    # For the inputs that changed: the version that gold stands on now.
    since: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Candidate:
    """A gold table as it would stand: the recomputed rows, at `location`, and of the published ones those outside `predicate`.

    Without a predicate the whole table was recomputed.
    """

    table: GoldTable
    location: str
    predicate: str | None
    inputs: Mapping[str, int]


def gold_action(context: Context, table: GoldTable, rebuilt: Collection[str], arriving: Collection[str] = ()) -> GoldAction:
    """Decides from the logs alone, without Spark.

    `rebuilt`: gold tables that change in this run before this one; `arriving`: silver tables that a run will change first.
    """
    location = context.warehouse.location
    there = {name for name in table.inputs if exists(location(name))}
    missing = [name for name in table.inputs if name not in there and name not in rebuilt and name not in arriving]
    if missing:
        return GoldAction("nothing", f"{', '.join(missing)} was never filled")
    inputs = {name: data_version(location(name)) for name in table.inputs if name in there and name not in rebuilt}
    recorded = state(location(table.name))
    if not recorded:
        return GoldAction("rebuild", "the table is new", inputs)
    if recorded.get("fingerprint") != table.fingerprint:
        return GoldAction("rebuild", "the model, the contract or an input's contract changed", inputs)
    known = recorded.get("inputs")
    stood = known if isinstance(known, dict) else {}
    changed = [name for name in table.inputs if name in rebuilt or name in arriving or stood.get(name) != inputs.get(name)]
    if not changed:
        return GoldAction("nothing", "its inputs did not change", inputs)
    mapped = {mapping.table for mapping in table.affected_keys.inputs} if table.affected_keys else set()
    whole = [name for name in changed if name in rebuilt or name not in mapped or name not in stood]
    if whole:
        return GoldAction("rebuild", f"changes in {', '.join(whole)}, whose rows do not map to keys", inputs)
    return GoldAction("recompute", f"changes in {', '.join(changed)}", inputs, {name: stood[name] for name in changed})


def build(context: Context, table: GoldTable, action: GoldAction, name_of: NameOf) -> Candidate | None:
    """Builds the candidate; None where the changes touch no key. `name_of` names each input as of its version."""
    location = context.warehouse.candidate(f"{context.run}-{secrets.token_hex(3)}", table.name)
    with step(context.emit, "build", table.name, action.reason) as report:
        predicate: str | None = None
        if action.kind == "recompute":
            keys = affected_predicate(context, table, action.since, action.inputs)
            if keys.count == 0:
                report.detail = "no key is touched"
                return None
            predicate = keys.predicate
            report.detail = f"{keys.count} keys recomputed" if predicate else "too many keys: the whole table"
        else:
            report.detail = f"rebuilt: {action.reason}"
        rows = model_rows(context, table, name_of)
        write_candidate(rows.where(predicate) if predicate else rows, location)
        if not context.gate.is_open:
            context.catalog.offer(context.spark, _offered(context, table, location, predicate, name_of))
    context.ledger.add_step(context.run, "build", table.name, report.seconds, report.rows, report.detail)
    return Candidate(table, location, predicate, action.inputs)


def _offered(context: Context, table: GoldTable, location: str, predicate: str | None, name_of: NameOf) -> OfferedCandidate:
    measures = [check.measure for check in table.checks]
    named = {name for measure in measures if isinstance(measure, QueryMeasure) for name in named_tables(measure.sql)}
    named |= {measure.reference.parent for measure in measures if isinstance(measure, OrphansMeasure)}
    # Candidates have another name than the table itself.
    published = {name for name in named if name.startswith("gold.") and name_of(name).startswith(context.name_of(name))}
    columns = {column.name: column.type for column in table.columns}
    return OfferedCandidate(table.name, location, predicate, columns, published - {table.name})


def write_candidate(rows: DataFrame, location: str) -> None:
    """Keeps the recomputed rows. They are read only after the whole of them was written, so they need no log of their own."""
    rows.write.mode("overwrite").parquet(location)


def read_candidate(context: Context, columns: str, location: str) -> DataFrame:
    """The recomputed rows of a candidate; `columns` is DDL."""
    return context.spark.read.schema(columns).parquet(location)


def candidate_relation(context: Context, candidate: Candidate) -> str:
    """What names in SQL the table as it would stand."""
    table, predicate = candidate.table, candidate.predicate
    rows = read_candidate(context, contract_columns(table), candidate.location)
    if predicate is not None:
        published = context.spark.read.format("delta").load(context.warehouse.location(table.name))
        # A row for which the predicate is null is not replaced.
        rows = published.where(f"({predicate}) is not true").unionByName(rows)
    name = view_name("candidate", table.name)
    rows.createOrReplaceTempView(name)
    return name


def standing_query(context: Context, candidate: Candidate) -> str:
    """The table as it would stand as one query, for whoever has no temporary view of it."""
    table, predicate = candidate.table, candidate.predicate
    columns = ", ".join(column_identifier(column.name) for column in table.columns)
    recomputed = f"select {columns} from parquet.`{candidate.location.replace('`', '``')}`"
    if predicate is None:
        return recomputed
    return f"{recomputed} union all select {columns} from {context.name_of(table.name)} where ({predicate}) is not true"


def model_rows(context: Context, table: GoldTable, name_of: NameOf) -> DataFrame:
    """The model's result in the columns and types of its contract."""
    if isinstance(table.model, PythonModel):
        parameters = {p.name: context.spark.sql(f"select * from {name_of(p.table)}") for p in table.model.parameters}
        rows = load_function(table.model)(**parameters)
    else:
        rows = context.spark.sql(resolve(table.model.sql, name_of))
    return rows.selectExpr(*[f"cast({column_identifier(c.name)} as {c.type}) as {column_identifier(c.name)}" for c in table.columns])


def input_names(context: Context, inputs: Mapping[str, int], candidates: Mapping[str, Candidate]) -> NameOf:
    """Names inputs in SQL: candidates where they are, other tables as of the version that was decided on."""
    relations: dict[str, str] = {}

    def name_of(name: str) -> str:
        if name in candidates:
            if name not in relations:
                relations[name] = candidate_relation(context, candidates[name])
            return relations[name]
        version = f" version as of {inputs[name]}" if name in inputs else ""
        return f"{context.name_of(name)}{version}"

    return name_of
