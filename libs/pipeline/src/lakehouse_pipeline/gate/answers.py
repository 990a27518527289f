"""What DQOps' REST API answers, as far as the gate reads it. Version 1.13."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class JobId(_Answer):
    job_id: int = Field(alias="jobId")
    # By the server's clock, which is also that of results.
    created_at: datetime = Field(alias="createdAt")


class Counts(_Answer):
    """How many checks a job ran, and how they ended. `highest_severity` is left out: it is `valid` also where nothing ran."""

    executed_checks: int
    warnings: int
    errors: int
    fatals: int
    execution_errors: int


class QueuedJob(_Answer):
    job: JobId = Field(alias="jobId")


class RunChecks(_Answer):
    run_checks_result: Counts | None = None


class Parameters(_Answer):
    run_checks: RunChecks | None = Field(default=None, alias="runChecksParameters")


class Job(_Answer):
    job: JobId = Field(alias="jobId")
    status: str
    error_message: str | None = Field(default=None, alias="errorMessage")
    parameters: Parameters | None = None

    @property
    def counts(self) -> Counts | None:
        run_checks = self.parameters.run_checks if self.parameters else None
        return run_checks.run_checks_result if run_checks else None


class CheckStatus(_Answer):
    """The newest result of a check. Its counts are of the whole month, so they are left out."""

    current_severity: str | None = None
    last_executed_at: datetime | None = None


class ColumnStatus(_Answer):
    checks: dict[str, CheckStatus] = {}


class TableStatus(_Answer):
    checks: dict[str, CheckStatus] = {}
    columns: dict[str, ColumnStatus] = {}


class ResultEntry(_Answer):
    actual: float | None = Field(default=None, alias="actualValue")
    executed_at: datetime = Field(alias="executedAt")


class CheckResults(_Answer):
    check: str = Field(alias="checkName")
    entries: list[ResultEntry] = Field(default=[], alias="checkResultEntries")


class ErrorEntry(_Answer):
    message: str | None = Field(default=None, alias="errorMessage")
    executed_at: datetime = Field(alias="executedAt")


class CheckErrors(_Answer):
    check: str = Field(alias="checkName")
    entries: list[ErrorEntry] = Field(default=[], alias="errorEntries")
