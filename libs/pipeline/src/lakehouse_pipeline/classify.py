"""What becomes of each judged row: which row of a key wins within the work, and how the winner stands to the target."""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as F

from lakehouse_pipeline.project import ROW_ID
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.warehouse import column_identifier

POSITION = ("_batch_id", "_source_row")


def superseded_rows(judged: DataFrame, table: SilverTable) -> DataFrame:
    """The identities of the rows that lose against another row of their key: of each key one row wins.

    The larger ordering value wins, then the larger content hash, so that the winner does not depend on the order of arrival;
    a table without an ordering column uses the landing sequence. Only rows of keys that occur twice are sorted: they are few.
    """
    keys = [column_identifier(name) for name in table.key]
    passed = judged.where("size(__rules) = 0").withColumn("__key", F.expr(f"xxhash64({', '.join(keys)})"))
    repeated = passed.groupBy("__key").count().where("count > 1").select("__key")
    window = Window.partitionBy(*keys).orderBy(F.expr(rank_value(table)).desc(), *[F.col(name).desc() for name in ROW_ID])
    ranked = passed.join(repeated, "__key", "left_semi").withColumn("__rank", F.row_number().over(window))
    return ranked.where("__rank > 1").select(*ROW_ID)


def classified(judged: DataFrame, superseded: DataFrame | None) -> DataFrame:
    """Adds `__class`: quarantined, waiting, superseded_in_batch, or winner. `superseded`: the rows that lost; None: no row did."""
    if superseded is None:
        return judged.withColumn("__class", F.expr(f"{_REJECTED} else 'winner' end"))
    lost = superseded.withColumn("__lost", F.lit(True))
    joined = judged.join(lost, list(ROW_ID), "left")
    return joined.withColumn("__class", F.expr(f"{_REJECTED} when __lost then 'superseded_in_batch' else 'winner' end")).drop("__lost")


_REJECTED = "case when __waits then 'waiting' when size(__rules) > 0 then 'quarantined'"


def against_target(winners: DataFrame, target: DataFrame, table: SilverTable) -> DataFrame:
    """Classifies winners by the row that the target holds of their key: inserted, updated, unchanged or superseded_by_target."""
    held = target.selectExpr(
        *[f"{column_identifier(name)} as __key_{position}" for position, name in enumerate(table.key)],
        f"{content_hash(table)} as __held_hash",
        f"{rank_value(table)} as __held_rank",
    )
    matches = [F.col(column_identifier(name)) == F.col(f"__key_{position}") for position, name in enumerate(table.key)]
    condition = matches[0]
    for match in matches[1:]:
        condition = condition & match
    return (
        winners.withColumn("__hash", F.expr(content_hash(table)))
        .join(held, condition, "left")
        .withColumn(
            "__class",
            F.expr(
                "case when __held_hash is null then 'inserted' when __held_hash = __hash then 'unchanged'"
                f" when {rank_value(table)} > __held_rank then 'updated' else 'superseded_by_target' end"
            ),
        )
        .drop("__hash", "__held_hash", "__held_rank", *[f"__key_{position}" for position in range(len(table.key))])
    )


def content_hash(table: SilverTable, alias: str = "") -> str:
    """Spark SQL of the hash of a row's contract columns; `alias` qualifies them: `t.`.

    Spark's hash passes over nulls, so that (1, null) and (null, 1) would be one; the flags tell them apart.
    """
    names = [f"{alias}{column_identifier(column.name)}" for column in table.columns]
    return f"xxhash64({', '.join(f'{name}, isnull({name})' for name in names)})"


def rank_value(table: SilverTable, alias: str = "") -> str:
    """Spark SQL of what decides between two rows of a key: structs compare field by field, nulls lowest."""
    columns = POSITION if table.ordering_column is None else (table.ordering_column,)
    ordering = [f"{alias}{column_identifier(name)} as _{position}" for position, name in enumerate(columns)]
    return f"struct({', '.join(ordering)}, {content_hash(table, alias)} as tie)"
