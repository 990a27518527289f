"""The contracts of the ops tables say what the runtime writes."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
import yaml  # type: ignore[import-untyped]

from lakehouse_pipeline import record, record_quality
from lakehouse_pipeline.record_quarantine import QUARANTINE

CONTRACTS = Path(__file__).parents[2] / "domains/operations/contracts"
WRITTEN = {
    "runs": record.RUNS,
    "row_accounting": record.ROW_ACCOUNTING,
    "steps": record.STEPS,
    "checks": record.CHECKS,
    "releases": record.RELEASES,
    "quarantine": QUARANTINE,
    "overrides": record.OVERRIDES,
    "quality": record_quality.QUALITY,
    "incidents": record_quality.INCIDENTS,
}
LOGICAL = {pa.string(): "string", pa.int64(): "integer", pa.float64(): "number", pa.bool_(): "boolean", pa.date32(): "date"}


def logical_type(kind: pa.DataType) -> str:
    return "timestamp" if pa.types.is_timestamp(kind) else LOGICAL[kind]


def test_every_ops_table_has_a_contract() -> None:
    assert {f"ops.{name}" for name in WRITTEN} == set(record.OPS_TABLES)
    assert {file.name for file in CONTRACTS.iterdir()} == {f"{table}.odcs.yaml" for table in record.OPS_TABLES}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_contract_has_the_columns_that_are_written(name: str) -> None:
    contract = yaml.safe_load((CONTRACTS / f"ops.{name}.odcs.yaml").read_text(encoding="utf-8"))
    described = [(column["name"], column["logicalType"]) for column in contract["schema"][0]["properties"]]
    assert described == [(field.name, logical_type(field.type)) for field in WRITTEN[name]]
