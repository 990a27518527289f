# Generated from libs/plan/schema/event.schema.json by `npm run generate -w @lakehouse/plan`. Do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

from lakehouse_pipeline.schema.base import FrozenModel


class RunStarted(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    event: Literal["runStarted"]
    run: str
    domain: str
    plan: str


StepName = TypeAliasType(
    "StepName",
    Literal["start", "wait", "land", "ingest", "refine", "audit", "build", "publish", "warm", "record", "maintain", "analyse", "chart"],
)


class Progress(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    event: Literal["progress"]
    step: StepName
    subject: str
    done: float
    total: float | None
    unit: Literal["rows", "bytes", "files", "batches", "tables", "tasks"]
    detail: str | None = None


class Accounting(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    read: int
    inserted: int
    updated: int
    unchanged: int
    superseded_in_batch: Annotated[int, Field(alias="supersededInBatch")]
    superseded_by_target: Annotated[int, Field(alias="supersededByTarget")]
    quarantined: int
    waiting: int


class CheckFinished(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    event: Literal["checkFinished"]
    check: str
    table: str
    batch: str | None
    passed: bool
    severity: Literal["warning", "error"]
    actual: float | None
    expected: str
    description: str


class ProblemFound(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    event: Literal["problem"]
    severity: Literal["warning", "error"]
    code: str
    subject: str
    message: str
    fix: str


class RunFinished(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    event: Literal["runFinished"]
    run: str
    status: Literal["published", "refined", "rolledBack", "nothingNew", "auditFailed", "failed", "interrupted"]
    seconds: float
    release: str | None


class Result(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    event: Literal["result"]
    value: object


class StepStarted(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    event: Literal["stepStarted"]
    step: StepName
    subject: str
    detail: str


class StepFinished(FrozenModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    event: Literal["stepFinished"]
    step: StepName
    subject: str
    seconds: float
    detail: str
    rows: int | None
    accounting: Accounting | None


Event = TypeAliasType(
    "Event",
    Annotated[
        RunStarted | StepStarted | Progress | StepFinished | CheckFinished | ProblemFound | RunFinished | Result,
        Field(discriminator="event"),
    ],
)
