"""Every model, rule and chart of the plan through Spark's own analysis, over empty tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame

from lakehouse_pipeline.context import Context
from lakehouse_pipeline.delta import exists
from lakehouse_pipeline.events import step
from lakehouse_pipeline.ingest import LANDED
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.project import complete, project
from lakehouse_pipeline.python_model import load_function
from lakehouse_pipeline.schema.plan import (
    AggregateMeasure,
    Check,
    ExpressionRule,
    GoldTable,
    PythonModel,
    QueryMeasure,
    SilverTable,
)
from lakehouse_pipeline.silver_table import contract_columns, silver_columns
from lakehouse_pipeline.sql import resolve
from lakehouse_pipeline.warehouse import column_identifier

Found = dict[str, object]

# What Spark widens without loss; see its documentation, "ANSI compliance", type coercion.
_WIDER = {
    "tinyint": {"smallint", "int", "bigint", "double"},
    "smallint": {"int", "bigint", "double"},
    "int": {"bigint", "double"},
    "float": {"double"},
    "date": {"timestamp"},
    "void": {"string"},
}


def analyse(context: Context) -> list[Found]:
    """The problems that Spark finds: code, table, file, line (0 where it is not known), column (or null), message and fix of each."""
    found: list[Found] = []
    with step(context.emit, "analyse", "plan") as report:
        for table in context.plan.tables:
            columns = silver_columns(table) if isinstance(table, SilverTable) else contract_columns(table)
            context.spark.createDataFrame([], columns).createOrReplaceTempView(_view(table.name))
        for recorded in context.plan.ops_tables:
            context.spark.createDataFrame([], contract_columns(recorded)).createOrReplaceTempView(_view(recorded.name))
        for table in context.plan.tables:
            found += _silver(context, table) if isinstance(table, SilverTable) else _gold(context, table)
            found += _checks(context, table)
        for dashboard in context.plan.dashboards:
            for chart in dashboard.charts:
                found += _tried(
                    "LH1704",
                    chart.table,
                    dashboard.name,
                    None,
                    partial(context.spark.sql, resolve(chart.sql, _view)),
                )
        report.detail = f"{len(context.plan.tables)} tables, {len(found)} problems"
    return found


def _view(name: str) -> str:
    return f"lakehouse_empty_{name.replace('.', '_')}"


def _silver(context: Context, table: SilverTable) -> list[Found]:
    location = context.warehouse.location(table.origin)
    if exists(location):
        bronze = context.spark.read.format("delta").load(location).limit(0)
    else:
        columns = "".join(f"{column_identifier(name)} string, " for name in table.origin_columns)
        bronze = context.spark.createDataFrame([], f"{columns}_batch_id string, {LANDED}, _ingested_at timestamp")
    completed = complete(bronze, table, set(bronze.columns))
    found = _tried("LH1701", table.name, _model_file(table), None, lambda: project(completed, table))
    if found:
        found = _expressions(table, completed) or found
    typed = context.spark.table(_view(table.name))
    for rule in table.row_rules:
        if isinstance(rule, ExpressionRule):
            found += _tried("LH1703", table.name, table.contract.file, rule.column, partial(typed.selectExpr, rule.violation))
    return found


def _expressions(table: SilverTable, bronze: DataFrame) -> list[Found]:
    """The problems of a projection by their columns."""
    if isinstance(table.projection, PythonModel):
        return []
    rows = bronze.alias(table.projection.alias)
    types = {column.name: column.type for column in table.columns}
    found: list[Found] = []
    for column, expression in ((entry.column, entry.expression) for entry in table.projection.expressions):
        problems = _tried("LH1701", table.name, table.contract.file, column, partial(rows.selectExpr, f"({expression}\n) as value"))
        found += problems or _tried(
            "LH1701",
            table.name,
            table.contract.file,
            column,
            partial(rows.selectExpr, f"try_cast(({expression}\n) as {types[column]}) as value"),
            f"Declare a type for {column} that its source can be cast to, or make it in a model.",
        )
    return found


def _gold(context: Context, table: GoldTable) -> list[Found]:
    outcome: list[DataFrame] = []

    def model() -> DataFrame:
        if isinstance(table.model, PythonModel):
            rows = load_function(table.model)(**{p.name: context.spark.table(_view(p.table)) for p in table.model.parameters})
        else:
            rows = context.spark.sql(resolve(table.model.sql, _view))
        outcome.append(rows)
        return rows

    sql = "" if isinstance(table.model, PythonModel) else resolve(table.model.sql, _view)
    found = _tried("LH1701", table.name, _model_file(table), None, model, sql=sql)
    return found or [*_compared(table, outcome[0]), *_mappings(context, table)]


def _compared(table: GoldTable, rows: DataFrame) -> Iterator[Found]:
    given = {field.name: field.dataType.simpleString() for field in rows.schema.fields}
    wanted = {column.name: column.type for column in table.columns}
    for name, kind in wanted.items():
        if name not in given:
            yield _problem(
                "LH1702",
                table.name,
                _model_file(table),
                name,
                "the model does not yield this column of the contract.",
                "Add it to the model.",
            )
        elif given[name] != kind and kind not in _WIDER.get(given[name], set()):
            message = f"the model yields {given[name]}, the contract says {kind}."
            yield _problem(
                "LH1702",
                table.name,
                _model_file(table),
                name,
                message,
                f"Cast it in the model, or change the contract to {given[name]}.",
            )
    for name in given:
        if name not in wanted:
            yield _problem(
                "LH1702",
                table.name,
                _model_file(table),
                name,
                "the contract does not know this column.",
                "Describe it in the contract.",
            )


def _mappings(context: Context, table: GoldTable) -> list[Found]:
    found: list[Found] = []
    for mapping in table.affected_keys.inputs if table.affected_keys else []:
        rows = context.spark.table(_view(mapping.table))
        found += _tried(
            "LH1703",
            table.name,
            table.contract.file,
            None,
            partial(rows.selectExpr, *mapping.expressions),
        )
    return found


def _checks(context: Context, table: SilverTable | GoldTable) -> list[Found]:
    found: list[Found] = []
    for check in table.checks:
        sql = _sql_of(check, table.name)
        if sql is not None:
            found += _tried("LH1703", table.name, table.contract.file, check.column, partial(context.spark.sql, sql))
    return found


def _sql_of(check: Check, table: str) -> str | None:
    if isinstance(check.measure, AggregateMeasure):
        return f"select cast(({check.measure.expression}\n) as double) from {_view(table)}"
    if isinstance(check.measure, QueryMeasure):
        query = resolve(check.measure.sql, lambda name: _view(table) if name == "table" else _view(name))
        return f"select cast(({query}\n) as double)"
    return None


def _tried(
    code: str,
    table: str,
    file: str,
    column: str | None,
    analysed: Callable[[], DataFrame],
    fix: str = "Mend the expression.",
    sql: str = "",
) -> list[Found]:
    """The problem that Spark has with a frame; `sql`: the text of the file, where Spark was given that."""
    try:
        analysed().schema  # noqa: B018  (asking for the schema is what starts the analysis)
    except PySparkException as error:
        return [_problem(code, table, file, column, _first_line(error), fix, _line(error, sql))]
    except LakehouseError as error:
        return [_problem(error.code, table, file, column, error.message, error.fix)]
    except Exception as error:  # a Python model may raise anything
        return [_problem("LH2104", table, file, column, f"the model raises {error!r}.", "Mend the Python file.")]
    return []


def _first_line(error: PySparkException) -> str:
    lines: Sequence[str] = [line for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else repr(error)


def _line(error: PySparkException, sql: str) -> int:
    places = error.getQueryContext() or []
    return 1 + sql.count("\n", 0, places[0].startIndex()) if sql and places else 0


def _model_file(table: SilverTable | GoldTable) -> str:
    if isinstance(table, GoldTable):
        return table.model.file
    return table.projection.file if isinstance(table.projection, PythonModel) else table.contract.file


def _problem(code: str, table: str, file: str, column: str | None, message: str, fix: str, line: int = 0) -> Found:
    return {
        "code": code,
        "severity": "error",
        "table": table,
        "file": file,
        "line": line,
        "column": column,
        "message": message,
        "fix": fix,
    }
