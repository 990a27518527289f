"""The numbers that checks compare: over the batches of a piece of work, or over a table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from lakehouse_pipeline.schema.plan import AgeMeasure, AggregateMeasure, Check, OrphansMeasure, QueryMeasure, Reference, SilverTable
from lakehouse_pipeline.sql import NameOf, resolve
from lakehouse_pipeline.warehouse import column_identifier, view_name


@dataclass(frozen=True)
class Measured:
    """`value` is null where there was nothing to measure or, with `error`, where measuring failed."""

    value: float | None
    error: str | None = None


def measure_name(check: Check) -> str:
    """The name under which the number of a batch is kept: a check that measures something else now has no number yet."""
    return f"{check.id}#{hashlib.sha256(check.measure.model_dump_json().encode()).hexdigest()[:12]}"


def batch_measures(
    rows: DataFrame, table: SilverTable, references: Sequence[Reference], name_of: NameOf, batches: Sequence[str]
) -> dict[str, dict[str, float | None]]:
    """For each of `batches`, by `measure_name`, the numbers of the checks of scope batch.

    They are over all rows that could be read, the rejected too. `rows` has a `__orphan_<n>` for the n-th of `references`.
    """
    checks = [check for check in table.checks if check.scope == "batch"]
    readable = rows.where("_rescued.reason is null")
    expressions = {measure_name(check): found for check in checks if (found := _batch_expression(check, references)) is not None}
    measured: dict[str, dict[str, float | None]] = {batch: {} for batch in batches} if checks else {}
    if expressions:
        columns = [F.expr(expression).cast("double").alias(f"m{index}") for index, expression in enumerate(expressions.values())]
        of_batch = {row["_batch_id"]: row for row in readable.groupBy("_batch_id").agg(*columns).collect()}
        if of_batch.keys() != set(batches):
            [nothing] = readable.where("false").agg(*columns).collect()
            of_batch = {batch: of_batch.get(batch, nothing) for batch in batches}
        for batch, row in of_batch.items():
            measured[batch] = {name: row[f"m{index}"] for index, name in enumerate(expressions)}
    queries = [(measure_name(check), check.measure.sql) for check in checks if isinstance(check.measure, QueryMeasure)]
    if queries:
        view = view_name("batch", table.name)
        for batch in batches:
            readable.where(F.col("_batch_id") == batch).createOrReplaceTempView(view)
            for name, sql in queries:
                query = resolve(sql, lambda named: view if named == "table" else name_of(named))
                measured[batch][name] = _scalar(rows.sparkSession, query).value
    return measured


def _batch_expression(check: Check, references: Sequence[Reference]) -> str | None:
    measure = check.measure
    if isinstance(measure, AggregateMeasure):
        return measure.expression
    if isinstance(measure, OrphansMeasure):
        return _count_or_percent(f"__orphan_{references.index(measure.reference)}", measure.unit)
    return None


def table_measures(spark: SparkSession, checks: Sequence[Check], judged: str, name_of: NameOf, as_of: datetime) -> dict[str, Measured]:
    """The measures of `checks` over a table: one query where all of them can be evaluated, else one by one.

    `judged` is how SQL names what is judged; `name_of` how it names any other table.
    """
    if not checks:
        return {}
    aggregates = {check.id: found for check in checks if (found := _aggregate(check)) is not None}
    queries = {check.id: _query(check, judged, name_of) for check in checks if check.id not in aggregates}
    try:
        measured = _together(spark, aggregates, queries, judged)
    except PySparkException:
        # Only the single queries can tell which of the checks failed.
        measured = {check.id: _scalar(spark, measure_query(check, judged, name_of)) for check in checks}
    ages = {check.id: check.measure for check in checks if isinstance(check.measure, AgeMeasure)}
    return {check: _age(value, ages[check], as_of) if check in ages else value for check, value in measured.items()}


def measure_query(check: Check, judged: str, name_of: NameOf) -> str:
    """The query that yields a check's number alone; of an age the newest time, in seconds since 1970."""
    expression = _aggregate(check)
    return _query(check, judged, name_of) if expression is None else f"select {expression} from {judged}"


def _together(spark: SparkSession, aggregates: Mapping[str, str], queries: Mapping[str, str], judged: str) -> dict[str, Measured]:
    selected = [f"cast(({sql}\n) as double) as q{index}" for index, sql in enumerate(queries.values())]
    if aggregates:
        inner = ", ".join(f"cast(({expression}\n) as double) as a{index}" for index, expression in enumerate(aggregates.values()))
        outer = ", ".join([f"a{index}" for index in range(len(aggregates))] + selected)
        row = spark.sql(f"select {outer} from (select {inner} from {judged})").collect()[0]
    else:
        row = spark.sql(f"select {', '.join(selected)}").collect()[0]
    return {check: Measured(value) for check, value in zip([*aggregates, *queries], row, strict=True)}


def _aggregate(check: Check) -> str | None:
    measure = check.measure
    if isinstance(measure, AggregateMeasure):
        return measure.expression
    if isinstance(measure, AgeMeasure):
        return f"unix_timestamp(max(cast({column_identifier(measure.column)} as timestamp)))"
    return None


def _query(check: Check, judged: str, name_of: NameOf) -> str:
    measure = check.measure
    if isinstance(measure, OrphansMeasure):
        return _orphans(measure, judged, name_of)
    assert isinstance(measure, QueryMeasure)
    return resolve(measure.sql, lambda name: judged if name == "table" else name_of(name))


def _orphans(measure: OrphansMeasure, judged: str, name_of: NameOf) -> str:
    joined, orphan = _with_parents(measure.reference, judged, name_of)
    return f"select {_count_or_percent(orphan, measure.unit)} from {joined}"


def orphan_rows(measure: OrphansMeasure, judged: str, name_of: NameOf) -> str:
    """The query of the rows whose reference finds no parent."""
    joined, orphan = _with_parents(measure.reference, judged, name_of)
    return f"select c.* from {joined} where {orphan}"


def _with_parents(reference: Reference, judged: str, name_of: NameOf) -> tuple[str, str]:
    """The rows `c` beside their parents `p`, and what is true of a row that has none."""
    children = [f"c.{column_identifier(name)}" for name in reference.columns]
    parents = [column_identifier(name) for name in reference.parent_columns]
    matches = " and ".join(f"p.{parent} = {child}" for child, parent in zip(children, parents, strict=True))
    present = " and ".join(f"{child} is not null" for child in children)
    known = f"select distinct {', '.join(parents)} from {name_of(reference.parent)}"
    return f"{judged} c left join ({known}) p on {matches}", f"p.{parents[0]} is null and {present}"


def _count_or_percent(condition: str, unit: str) -> str:
    count = f"count_if({condition})"
    return count if unit == "rows" else f"coalesce(100.0 * {count} / nullif(count(*), 0), 0.0)"


def _age(newest: Measured, measure: AgeMeasure, as_of: datetime) -> Measured:
    if newest.value is None:
        return newest
    return Measured((as_of.astimezone(timezone.utc).timestamp() - newest.value) / measure.unit_seconds)


def _scalar(spark: SparkSession, sql: str) -> Measured:
    try:
        value = spark.sql(f"select cast(({sql}\n) as double)").collect()[0][0]
    except PySparkException as error:
        return Measured(None, str(error).splitlines()[0])
    return Measured(value)
