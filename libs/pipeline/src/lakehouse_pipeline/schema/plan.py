# Generated from libs/plan/schema/plan.schema.json by `npm run generate -w @lakehouse/plan`. Do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from lakehouse_pipeline.schema.base import FrozenModel


class Domain(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str
    team: str
    description: str
    schedule: str | None
    owners: list[str]


class CsvFormat(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["csv"]
    header: bool
    delimiter: Annotated[str, Field(max_length=1, min_length=1)]
    quote: Annotated[str, Field(max_length=1, min_length=1)]
    encoding: str
    null_value: Annotated[str | None, Field(alias="nullValue")]


class JsonLinesFormat(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["jsonLines"]


class ParquetFormat(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["parquet"]


class Watermark(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    column: str
    lag_seconds: Annotated[int, Field(alias="lagSeconds", ge=0)]


class NoPagination(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["none"]


class CursorPagination(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["cursor"]
    parameter: str
    next: str


class PagePagination(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    type: Literal["page"]
    parameter: str
    first: int


class HttpWatermark(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    column: str
    lag_seconds: Annotated[int, Field(alias="lagSeconds", ge=0)]
    parameter: str


class ContractReference(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: str
    name: str
    version: str
    status: str
    file: str


class Column(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str
    type: str
    logical_type: Annotated[str, Field(alias="logicalType")]
    nullable: bool
    description: str
    classification: str | None
    tags: list[str]
    examples: list[str]


Severity = TypeAliasType("Severity", Literal["warning", "error"])


class RowsWhere(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["where"]
    condition: str


class RowsRepeated(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["repeated"]
    columns: Annotated[list[str], Field(min_length=1)]


class QueryMeasure(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["query"]
    sql: str


class Reference(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    columns: Annotated[list[str], Field(min_length=1)]
    parent: str
    parent_columns: Annotated[list[str], Field(alias="parentColumns", min_length=1)]


class AgeMeasure(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["age"]
    column: str
    unit_seconds: Annotated[int, Field(alias="unitSeconds", gt=0)]


class Equal(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    operator: Literal["equal"]
    value: float


class NotEqual(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    operator: Literal["notEqual"]
    value: float


class GreaterThan(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    operator: Literal["greaterThan"]
    value: float


class GreaterOrEqual(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    operator: Literal["greaterOrEqual"]
    value: float


class LessThan(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    operator: Literal["lessThan"]
    value: float


class LessOrEqual(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    operator: Literal["lessOrEqual"]
    value: float


class Between(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    operator: Literal["between"]
    low: float
    high: float


class NotBetween(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    operator: Literal["notBetween"]
    low: float
    high: float


class Retention(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    column: str
    days: Annotated[float, Field(gt=0.0)]


class ColumnExpression(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    column: str
    expression: str


class ModelParameter(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str
    table: str


class ExpressionRule(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["expression"]
    id: str
    column: str | None
    description: str
    dimension: str | None
    violation: str


class TypeRule(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["type"]
    id: str
    column: str
    description: str
    dimension: str | None


class ReferenceRule(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["reference"]
    id: str
    column: str | None
    description: str
    dimension: str | None
    reference: Reference


class SqlModel(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["sql"]
    file: str
    sql: str


class InputMapping(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    table: str
    expressions: Annotated[list[str], Field(min_length=1)]


class OpsTable(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    layer: Literal["ops"]
    name: str
    domain: str
    team: str
    description: str
    contract: ContractReference
    columns: Annotated[list[Column], Field(min_length=1)]
    key: list[str]


class ChartMetric(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    sql: str
    written: str


FileFormat = TypeAliasType("FileFormat", Annotated[CsvFormat | JsonLinesFormat | ParquetFormat, Field(discriminator="type")])


class DatabaseSource(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["database"]
    name: str
    domain: str
    table: str
    columns: list[str]
    drift: Literal["rescue", "freeze", "discard"]
    schedule: str | None
    connection: str
    relation: str
    watermark: Watermark | None


Pagination = TypeAliasType("Pagination", Annotated[NoPagination | CursorPagination | PagePagination, Field(discriminator="type")])


CountedRows = TypeAliasType("CountedRows", Annotated[RowsWhere | RowsRepeated, Field(discriminator="kind")])


class OrphansMeasure(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["orphans"]
    reference: Reference
    unit: Literal["rows", "percent"]


Comparison = TypeAliasType(
    "Comparison",
    Annotated[
        Equal | NotEqual | GreaterThan | GreaterOrEqual | LessThan | LessOrEqual | Between | NotBetween, Field(discriminator="operator")
    ],
)


class SqlProjection(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["sql"]
    alias: str
    expressions: list[ColumnExpression]


class PythonModel(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["python"]
    file: str
    source: str
    function: str
    parameters: list[ModelParameter]


RowRule = TypeAliasType("RowRule", Annotated[ExpressionRule | TypeRule | ReferenceRule, Field(discriminator="kind")])


GoldModel = TypeAliasType("GoldModel", Annotated[SqlModel | PythonModel, Field(discriminator="kind")])


class AffectedKeys(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    columns: Annotated[list[str], Field(min_length=1)]
    inputs: list[InputMapping]


class ChartValue(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    column: str
    label: str
    format: str | None
    metric: ChartMetric | None


class FileSource(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["files"]
    name: str
    domain: str
    table: str
    columns: list[str]
    drift: Literal["rescue", "freeze", "discard"]
    schedule: str | None
    connection: str | None
    path: str
    format: FileFormat


class HttpSource(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["http"]
    name: str
    domain: str
    table: str
    columns: list[str]
    drift: Literal["rescue", "freeze", "discard"]
    schedule: str | None
    connection: str
    path: str
    parameters: dict[str, str]
    pagination: Pagination
    records: str
    watermark: HttpWatermark | None


class AggregateMeasure(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    kind: Literal["aggregate"]
    expression: str
    rows: CountedRows | None = None


Projection = TypeAliasType("Projection", Annotated[SqlProjection | PythonModel, Field(discriminator="kind")])


class Chart(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str
    title: str
    kind: Literal["echarts_timeseries_line", "echarts_timeseries_bar", "big_number_total", "heatmap_v2", "bubble_v2", "table"]
    table: str
    sql: str
    x: str | None
    grain: Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"] | None
    by: list[str]
    series: str | None
    where: str | None
    values: list[ChartValue]
    limit: int | None
    horizontal: bool
    width: Annotated[int, Field(ge=1, le=12)]


Source = TypeAliasType("Source", Annotated[FileSource | DatabaseSource | HttpSource, Field(discriminator="kind")])


Measure = TypeAliasType("Measure", Annotated[AggregateMeasure | QueryMeasure | OrphansMeasure | AgeMeasure, Field(discriminator="kind")])


class Dashboard(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    name: str
    domain: str
    file: str
    title: str
    description: str
    filters: list[str]
    charts: Annotated[list[Chart], Field(min_length=1)]


class Check(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    id: str
    column: str | None
    description: str
    dimension: str | None
    scope: Literal["batch", "table"]
    severity: Severity
    measure: Measure
    unit: Literal["rows", "percent", "s", "min", "h", "d", "w", "months", "y"] | None
    comparison: Comparison


class GoldTable(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    layer: Literal["gold"]
    name: str
    domain: str
    team: str
    description: str
    contract: ContractReference
    columns: Annotated[list[Column], Field(min_length=1)]
    key: list[str]
    partitioned_by: Annotated[list[str], Field(alias="partitionedBy")]
    clustered_by: Annotated[list[str], Field(alias="clusteredBy")]
    checks: list[Check]
    retention: Retention | None
    fingerprint: str
    model: GoldModel
    inputs: Annotated[list[str], Field(min_length=1)]
    affected_keys: Annotated[AffectedKeys | None, Field(alias="affectedKeys")]


class SilverTable(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    layer: Literal["silver"]
    name: str
    domain: str
    team: str
    description: str
    contract: ContractReference
    columns: Annotated[list[Column], Field(min_length=1)]
    key: list[str]
    partitioned_by: Annotated[list[str], Field(alias="partitionedBy")]
    clustered_by: Annotated[list[str], Field(alias="clusteredBy")]
    checks: list[Check]
    retention: Retention | None
    fingerprint: str
    origin: str
    origin_columns: Annotated[list[str], Field(alias="originColumns")]
    projection: Projection
    row_rules: Annotated[list[RowRule], Field(alias="rowRules")]
    ordering_column: Annotated[str | None, Field(alias="orderingColumn")]
    max_quarantine: Annotated[float, Field(alias="maxQuarantine", ge=0.0, le=100.0)]


Table = TypeAliasType("Table", Annotated[SilverTable | GoldTable, Field(discriminator="layer")])


class Plan(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    version: Literal[1]
    hash: str
    domains: list[Domain]
    sources: list[Source]
    tables: list[Table]
    ops_tables: Annotated[list[OpsTable], Field(alias="opsTables")]
    dashboards: list[Dashboard]
