from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from lakehouse_pipeline.landing.chunk import Chunk, Malformed
from lakehouse_pipeline.landing.commit import Slot
from lakehouse_pipeline.landing.connection_of import connection_of
from lakehouse_pipeline.landing.context import LandingContext
from lakehouse_pipeline.landing.database_driver import ConnectionUrlError, DatabaseColumn, DatabaseDriver, DatabaseReader, LagQuery
from lakehouse_pipeline.landing.drift import match_columns
from lakehouse_pipeline.landing.extraction import Covered, land_extraction
from lakehouse_pipeline.landing.fingerprint import Fingerprint, row_digest
from lakehouse_pipeline.landing.manifest import Manifest, RangeOrigin, WatermarkValue
from lakehouse_pipeline.landing.notices import progress
from lakehouse_pipeline.landing.postgresql_driver import PostgresqlDriver
from lakehouse_pipeline.landing.sqlite_driver import SqliteDriver
from lakehouse_pipeline.landing.storage import Storage
from lakehouse_pipeline.landing.watermark import less_lag
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import DatabaseSource

_DRIVERS: dict[str, DatabaseDriver] = {"sqlite": SqliteDriver(), "postgresql": PostgresqlDriver()}


def land_database(source: DatabaseSource, storage: Storage, manifests: list[Manifest], context: LandingContext) -> list[Manifest]:
    """Lands the rows above the watermark less its lag, or the whole relation where it changed, as one batch."""
    url = connection_of(source.name, source.connection, context)
    scheme = url.partition(":")[0].lower()
    driver = _DRIVERS.get(scheme)
    if driver is None:
        raise LakehouseError(
            "LH2020",
            source.name,
            f"There is no driver for databases of the kind `{scheme}`, which the connection {source.connection} names.",
            f"Give it a URL that begins with one of: {', '.join(_DRIVERS)}.",
        )
    last = manifests[-1] if manifests else None
    slot = Slot(storage, source, last.sequence + 1 if last else 1)
    try:
        with driver.open(url, Path(context.workspace)) as database:
            columns = _columns(database, source)
            largest = database.largest(source.relation, source.watermark.column) if source.watermark else None
            lag = _lag(source, last, largest)
            covered = Covered(lag.above if lag else None, largest, Fingerprint(source.columns), Fingerprint(source.columns))
            chunks = _chunks(database, source, columns, lag, covered, context)
            return land_extraction(slot, last, chunks, covered, context)
    except ConnectionUrlError as error:
        raise LakehouseError(
            "LH2024",
            source.name,
            f"The URL of the connection {source.connection} cannot be used: {error}.",
            f"Write it as {error.example}.",
        ) from error
    except driver.failures as error:
        raise LakehouseError(
            "LH2022",
            source.name,
            f"The database of the connection {source.connection} failed: {error}. Nothing is landed from {source.relation}.",
            "Make sure that it is there, whole, readable and not locked; the next run reads the same range again.",
        ) from error


def _columns(database: DatabaseReader, source: DatabaseSource) -> Sequence[DatabaseColumn]:
    columns = database.columns(source.relation)
    wanted = source.watermark.column if source.watermark else None
    if not columns:
        raise LakehouseError(
            "LH2021",
            source.name,
            f"The database of the connection {source.connection} has no table or view {source.relation}.",
            f"Name one of: {', '.join(database.relations())}.",
        )
    if wanted is not None and wanted not in {column.name for column in columns}:
        raise LakehouseError(
            "LH2021",
            source.name,
            f"{source.relation} has no column {wanted}, which the source names as its watermark.",
            f"Name one of: {', '.join(column.name for column in columns)}.",
        )
    return columns


def _lag(source: DatabaseSource, last: Manifest | None, largest: WatermarkValue) -> LagQuery | None:
    watermark = source.watermark
    if watermark is None:
        return None
    reached = last.origin.to if last and isinstance(last.origin, RangeOrigin) else None

    def lagging(value: WatermarkValue) -> WatermarkValue:
        return None if value is None else less_lag(value, watermark.lag_seconds, source.name, watermark.column)

    return LagQuery(watermark.column, lagging(reached), lagging(largest))


def _chunks(
    database: DatabaseReader,
    source: DatabaseSource,
    columns: Sequence[DatabaseColumn],
    lag: LagQuery | None,
    covered: Covered,
    context: LandingContext,
) -> Iterator[tuple[str, Chunk]]:
    names = [column.name for column in columns]
    matched = match_columns(names, source.columns)
    row = 1
    yield source.relation, _chunk([], row, columns, matched)
    for portion in database.rows(source.relation, names, lag):
        rows = [tuple(values[:-1]) for values in portion]
        for values, whole in zip(rows, portion, strict=True):
            digest = row_digest(repr(values))
            covered.read.add(digest)
            if whole[-1]:
                covered.read_again.add(digest)
        yield source.relation, _chunk(rows, row, columns, matched)
        row += len(rows)
        progress(context.on_event, source.name, row - 1, None, "rows")


def _chunk(rows: Sequence[tuple[object, ...]], first_row: int, columns: Sequence[DatabaseColumn], matched: dict[str, str]) -> Chunk:
    good: list[list[object]] = []
    numbers: list[int] = []
    malformed: list[Malformed] = []
    for number, values in enumerate(rows, first_row):
        read, reason = _read(values, columns)
        if reason is None:
            good.append(read)
            numbers.append(number)
        else:
            malformed.append(Malformed(number, reason, _as_json(values, columns)))
    by_column = list(zip(*good, strict=True)) if good else [()] * len(columns)
    unknown = [index for index, column in enumerate(columns) if column.name not in matched]
    return Chunk(
        columns={
            matched[column.name]: pa.array(values, column.type)
            for column, values in zip(columns, by_column, strict=True)
            if column.name in matched
        },
        rows=pa.array(numbers, pa.int64()),
        malformed=malformed,
        rescued=[{columns[index].name: str(values[index]) for index in unknown if values[index] is not None} for values in good]
        if unknown
        else None,
        unknown=frozenset(columns[index].name for index in unknown),
        present=frozenset(matched.values()),
    )


def _read(values: tuple[object, ...], columns: Sequence[DatabaseColumn]) -> tuple[list[object], str | None]:
    read: list[object] = []
    for value, column in zip(values, columns, strict=True):
        try:
            read.append(None if value is None else column.read(value))
        except UnicodeError:
            return [], f"column {column.name} holds text that is not UTF-8"
        except ValueError as error:
            return [], f"column {column.name}: {value!r} {error}"
    return read, None


def _as_json(values: tuple[object, ...], columns: Sequence[DatabaseColumn]) -> str:
    row = {column.name: value for column, value in zip(columns, values, strict=True)}
    return json.dumps(row, ensure_ascii=False, default=repr).encode(errors="backslashreplace").decode()
