"""Reading Delta's log without a JVM, and giving one commit an identity of its own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
from deltalake import DeltaTable
from pyspark.sql import SparkSession

from lakehouse_pipeline.object_store import delta_options, in_object_store

# Operations that move or free files and change no row; see Delta's DeltaOperations.scala for the names.
MAINTENANCE = frozenset({"OPTIMIZE", "VACUUM START", "VACUUM END", "SET TBLPROPERTIES", "UPGRADE PROTOCOL", "REORG"})

# The identity of an SQL command stands in the settings of the session that all threads share.
_ONE_COMMAND = threading.RLock()

_APP_ID = "spark.databricks.delta.write.txnAppId"
_VERSION = "spark.databricks.delta.write.txnVersion"
_METADATA = "spark.databricks.delta.commitInfo.userMetadata"


@dataclass(frozen=True)
class Commit:
    """One version of a table: what was done, Delta's own metrics, and what the pipeline wrote beside it."""

    version: int
    operation: str
    timestamp_ms: int
    metrics: Mapping[str, str]
    metadata: Mapping[str, object]
    # The version that a RESTORE brought back.
    restored: int | None = None


def access(location: str) -> dict[str, str] | None:
    """What delta-rs must know to read and write at `location`."""
    return delta_options() if in_object_store(location) else None


def exists(location: str) -> bool:
    """Whether a Delta table lies at `location`."""
    return DeltaTable.is_deltatable(location, access(location))


def open_table(location: str, version: int | None = None) -> DeltaTable:
    """The Delta table at `location`, as it is or as of a version."""
    return DeltaTable(location, version=version, storage_options=access(location))


def scanned(location: str, columns: list[str] | None = None, chosen: pc.Expression | None = None) -> Iterator[pa.Table]:
    """The rows of a table part by part, so in little memory however many there are; of `columns` alone, and only those `chosen`."""
    for rows in open_table(location).to_pyarrow_dataset().scanner(columns=columns, filter=chosen).to_batches():
        if rows.num_rows:
            yield pa.Table.from_batches([rows])


def predicate_literal(text: str) -> str:
    """A string in a predicate of delta-rs; unlike in Spark SQL no backslash escapes in it."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def history(location: str, limit: int | None = None) -> list[Commit]:
    """Commits of a table, newest first."""
    return [
        Commit(
            version=int(entry["version"]),
            operation=str(entry.get("operation", "")),
            timestamp_ms=int(entry.get("timestamp", 0)),
            metrics=entry.get("operationMetrics") or {},
            metadata=_parse_metadata(entry.get("userMetadata")),
            restored=_restored(entry.get("operationParameters")),
        )
        for entry in open_table(location).history(limit)
    ]


def _restored(parameters: object) -> int | None:
    version = parameters.get("version") if isinstance(parameters, dict) else None
    return int(version) if version is not None and str(version).isdigit() else None


def _parse_metadata(text: object) -> dict[str, object]:
    if not isinstance(text, str) or not text.startswith("{"):
        return {}
    value = json.loads(text)
    return value if isinstance(value, dict) else {}


def find_commit(location: str, commit_id: str) -> Commit | None:
    """The commit that `commit_id` made, if it was made."""
    if not exists(location) or open_table(location).transaction_version(commit_id) is None:
        return None
    return next((commit for commit in history(location) if commit.metadata.get("commit") == commit_id), None)


def data_version(location: str) -> int:
    """The last version that changed rows; maintenance commits after it change none."""
    for limit in (20, None):
        for commit in history(location, limit):
            if commit.operation not in MAINTENANCE:
                return commit.version
    return 0


def state(location: str) -> Mapping[str, object]:
    """What the pipeline recorded of the table as it stands: fingerprint, epoch, input versions. Empty where nothing is.

    After a RESTORE that is what was recorded at or before the version that was restored.
    """
    if not exists(location):
        return {}
    for limit in (20, None):
        newest: int | None = None
        for commit in history(location, limit):
            if newest is not None and commit.version > newest:
                continue
            if commit.operation == "RESTORE" and commit.restored is not None:
                newest = commit.restored
            elif "fingerprint" in commit.metadata:
                return commit.metadata
    return {}


def row_count(location: str) -> int:
    """Rows of a table, as its log counts them."""
    files = pa.table(open_table(location).get_add_actions(flatten=True))
    return int(pc.sum(files["num_records"]).as_py() or 0)


def times_committed(location: str, commit_id: str) -> int:
    """How often a commit of that name was made."""
    return (open_table(location).transaction_version(commit_id) or 0) if exists(location) else 0


def write_options(commit_id: str, metadata: Mapping[str, object], time: int = 1) -> dict[str, str]:
    """Options of a DataFrame writer that make its commit happen at most once, or for the `time`-th time.

    Delta skips a commit whose `txnVersion` is not above the last one of its `txnAppId`.
    """
    return {
        "txnAppId": commit_id,
        "txnVersion": str(time),
        "userMetadata": json.dumps({"commit": commit_id, **metadata}),
    }


@contextmanager
def commit_as(spark: SparkSession, commit_id: str, metadata: Mapping[str, object]) -> Iterator[None]:
    """The same for the one SQL statement that runs inside the block; other threads wait, other sessions are not touched."""
    with _ONE_COMMAND:
        spark.conf.set(_APP_ID, commit_id)
        spark.conf.set(_VERSION, "1")
        spark.conf.set(_METADATA, json.dumps({"commit": commit_id, **metadata}))
        try:
            yield
        finally:
            for name in (_APP_ID, _VERSION, _METADATA):
                spark.conf.unset(name)


@contextmanager
def anonymous_command() -> Iterator[None]:
    """An SQL statement that commits without an identity: it must not take that of another thread's `commit_as`."""
    with _ONE_COMMAND:
        yield
