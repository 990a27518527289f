"""Landing to bronze: every landed row is appended once, with where it came from."""

from __future__ import annotations

from collections.abc import Sequence

from pyspark.sql import DataFrame
from pyspark.sql import functions as F
from pyspark.sql.types import StructType

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists, find_commit, write_options
from lakehouse_pipeline.events import step
from lakehouse_pipeline.landing.manifest import Manifest
from lakehouse_pipeline.ledger_rows import IngestedBatch, Work
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.refine import work_id
from lakehouse_pipeline.schema.plan import DatabaseSource, FileSource, HttpSource
from lakehouse_pipeline.silver_table import create_table
from lakehouse_pipeline.warehouse import column_identifier

LANDED = "_source_file string, _source_row bigint, _rescued struct<reason: string, text: string, columns: map<string, string>>"
Source = FileSource | DatabaseSource | HttpSource


def pending_manifests(context: Context, source: Source, manifests: Sequence[Manifest]) -> list[Manifest]:
    """What has landed and is not in bronze. Work that a crash left goes first, with exactly its batches."""
    left = context.ledger.unfinished_work(source.table)
    if left:
        return [manifest for manifest in manifests if manifest.batch in left[0].batches]
    done = {entry.batch for entry in context.ledger.ingested(source.table)}
    return [manifest for manifest in manifests if manifest.batch not in done]


def ingest(context: Context, source: Source, manifests: Sequence[Manifest]) -> int:
    """Appends landed batches to bronze as one commit and returns the number of rows.

    Raises LakehouseError LH2103 where Delta wrote another number of rows than the manifests hold.
    """
    batches = tuple(manifest.batch for manifest in manifests)
    work = Work(work_id("ingest", source.table, batches, 0), "ingest", source.table, 0, batches)
    rows = sum(manifest.rows for manifest in manifests)
    location = context.warehouse.location(source.table)
    context.ledger.begin_work(work, context.run)
    counted = f"{len(batches)} batch{'' if len(batches) == 1 else 'es'}"
    with step(context.emit, "ingest", source.table, f"{counted} of {source.name}") as report:
        if find_commit(location, work.id) is None:
            _append(context, source, manifests, location, work)
        commit = find_commit(location, work.id)
        written = int(commit.metrics.get("numOutputRows", -1)) if commit else -1
        if written != rows:
            raise LakehouseError(
                "LH2103",
                source.table,
                f"{rows} rows have landed and {written} were written to bronze.",
                "Restore the landed files named in the manifests; they must not be changed.",
            )
        report.rows = rows
        report.detail = counted
    context.ledger.finish_ingest(work, [IngestedBatch(manifest.batch, manifest.rows, manifest.held) for manifest in manifests])
    context.ledger.add_step(context.run, "ingest", source.table, report.seconds, rows, report.detail)
    return rows


def _append(context: Context, source: Source, manifests: Sequence[Manifest], location: str, work: Work) -> None:
    if exists(location):
        known = context.spark.read.format("delta").load(location).schema
    else:
        # Statistics of the batch alone are what later reads skip files by; those of all text columns would cost more than they bring.
        columns = _first_columns(source, manifests)
        properties = {"delta.dataSkippingStatsColumns": "_batch_id"}
        create_table(context.spark, location, f"{columns}_batch_id string, {LANDED}, _ingested_at timestamp", properties)
        known = context.spark.read.format("delta").load(location).schema
    groups: dict[str, list[Manifest]] = {}
    for manifest in manifests:
        groups.setdefault(",".join(f"{column.name} {column.type}" for column in manifest.columns), []).append(manifest)
    rows: DataFrame | None = None
    for group in groups.values():
        part = _landed_rows(context, source, group, known)
        rows = part if rows is None else rows.unionByName(part, allowMissingColumns=True)
    assert rows is not None
    options = write_options(work.id, {"run": context.run, "batches": list(work.batches)})
    rows.write.format("delta").mode("append").option("mergeSchema", "true").options(**options).save(location)


def _first_columns(source: Source, manifests: Sequence[Manifest]) -> str:
    types = {column.name: column.type for manifest in reversed(manifests) for column in manifest.columns}
    names = [
        *(name for name in source.columns if name in types),
        *(name for name in types if name not in source.columns),
    ]
    return "".join(f"{column_identifier(name)} {types[name]}, " for name in names)


def _landed_rows(context: Context, source: Source, manifests: Sequence[Manifest], known: StructType) -> DataFrame:
    """Landed files of one shape as bronze rows; values that do not fit bronze's type are rescued as text."""
    root = f"{context.warehouse.landing}/{source.name}"
    paths = [f"{root}/{manifest.batch}/{part.path}" for manifest in manifests for part in manifest.parts]
    columns = "".join(f"{column_identifier(column.name)} {column.type}, " for column in manifests[0].columns)
    rows = context.spark.read.schema(f"{columns}{LANDED}").parquet(*paths)
    rows = rows.withColumn("_batch_id", F.regexp_extract("_metadata.file_path", r"([^/]+)/[^/]+$", 1)).withColumn(
        "_ingested_at", F.current_timestamp()
    )
    kinds = {field.name: field.dataType.simpleString() for field in known.fields}
    for column in manifests[0].columns:
        kind = kinds.get(column.name, column.type)
        if kind != rows.schema[column.name].dataType.simpleString():
            rows = _convert(rows, column.name, kind)
    return rows


def _convert(rows: DataFrame, name: str, kind: str) -> DataFrame:
    quoted = column_identifier(name)
    lost = f"{quoted} is not null and try_cast({quoted} as {kind}) is null"
    rescued = (
        "named_struct('reason', _rescued.reason, 'text', _rescued.text, 'columns',"
        f" map_concat(coalesce(_rescued.columns, map()), map('{name}', cast({quoted} as string))))"
    )
    return rows.withColumn("_rescued", F.expr(f"case when {lost} then {rescued} else _rescued end")).withColumn(
        name, F.expr(f"try_cast({quoted} as {kind})")
    )
