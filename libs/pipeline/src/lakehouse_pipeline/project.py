"""From bronze rows to typed rows: the projection of a silver table, and the casts to its contract's types."""

from __future__ import annotations

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from lakehouse_pipeline.python_model import load_function
from lakehouse_pipeline.schema.plan import PythonModel, SilverTable
from lakehouse_pipeline.warehouse import column_identifier, string_literal

BRONZE_METADATA = ("_batch_id", "_source_file", "_source_row", "_ingested_at", "_rescued")
ROW_ID = ("_batch_id", "_source_file", "_source_row")
# Timestamps keep their microseconds on the way into a payload and back.
JSON_OPTIONS = {"timestampFormat": "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", "ignoreNullFields": "false"}


def complete(bronze: DataFrame, table: SilverTable, first_columns: set[str]) -> DataFrame:
    """Bronze rows with every column that the projection reads.

    A column that bronze got later than its first rows is completed from what was rescued of those rows;
    one that no source ever delivered is null. `first_columns`: the columns of bronze when it was created.
    """
    kinds = {field.name: field.dataType.simpleString() for field in bronze.schema.fields}
    late = {}
    for name in table.origin_columns:
        rescued = f"try_element_at(_rescued.columns, {string_literal(name)})"
        if name not in kinds:
            late[name] = F.expr(rescued)
        elif name not in first_columns:
            late[name] = F.expr(f"coalesce({column_identifier(name)}, try_cast({rescued} as {kinds[name]}))")
    return bronze.withColumns(late) if late else bronze


def project(bronze: DataFrame, table: SilverTable) -> DataFrame:
    """Typed rows: the contract's columns, the row's identity, `__payload` (the bronze row) and `__untyped`.

    `__untyped` holds a flag per column: the value was present and is not of the contract's type.
    """
    payload = [name for name in bronze.columns if name not in BRONZE_METADATA]
    rows = bronze.withColumn("__payload", F.struct(*[F.col(column_identifier(name)) for name in payload]))
    raw = _apply_python(rows, table, table.projection) if isinstance(table.projection, PythonModel) else _apply_sql(rows, table)
    kinds = {field.name: field.dataType.simpleString() for field in raw.schema.fields}
    typed = []
    flags = []
    for position, column in enumerate(table.columns):
        source = f"__raw_{position}"
        name = column_identifier(column.name)
        if kinds[source] == column.type:
            typed.append(f"{source} as {name}")
        else:
            typed.append(f"try_cast({source} as {column.type}) as {name}")
            flags.append(f"({source} is not null and try_cast({source} as {column.type}) is null) as {name}")
    untyped = f"named_struct({', '.join(_flag_field(flag) for flag in flags)})" if flags else "named_struct('', false)"
    return raw.selectExpr(*ROW_ID, "_rescued", "__payload", *typed, f"{untyped} as __untyped")


def _flag_field(flag: str) -> str:
    expression, name = flag.rsplit(" as ", 1)
    return f"{string_literal(name[1:-1].replace('``', '`'))}, {expression}"


def _apply_sql(rows: DataFrame, table: SilverTable) -> DataFrame:
    assert not isinstance(table.projection, PythonModel)
    by_column = {expression.column: expression.expression for expression in table.projection.expressions}
    raw = [f"({by_column[column.name]}\n) as __raw_{position}" for position, column in enumerate(table.columns)]
    return rows.alias(table.projection.alias).selectExpr(*ROW_ID, "_rescued", "__payload", *raw)


def _apply_python(rows: DataFrame, table: SilverTable, model: PythonModel) -> DataFrame:
    result = load_function(model)(rows)
    raw = [f"{column_identifier(column.name)} as __raw_{position}" for position, column in enumerate(table.columns)]
    return result.selectExpr(*ROW_ID, "_rescued", "__payload", *raw)
