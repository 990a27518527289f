"""What DQOps posts when an incident opens or changes, and the row of the ledger that it becomes. Version 1.13."""

from __future__ import annotations

from datetime import datetime, timezone

from pydantic import BaseModel, ConfigDict, Field

from lakehouse_pipeline.incidents import RESOLVED, STATES

_ERROR = 2
"""Its severities: 1 warning, 2 error, 3 fatal."""


class Notification(BaseModel):
    """The fields of the message that are kept; others may come."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    incident_id: str = Field(min_length=1)
    table_schema: str = Field(alias="schema", min_length=1)
    table: str = Field(min_length=1)
    quality_dimension: str | None = None
    check_category: str | None = None
    highest_severity: int = Field(ge=0, le=3)
    status: str
    failed_checks_count: int = 0
    first_seen: datetime
    last_seen: datetime


def incident_row(told: Notification, moment: str) -> tuple[object, ...]:
    """The columns of an incident up to `resolved_at`; `moment` is now, ISO 8601. The domain is found when it is recorded.

    Raises ValueError where the status is none that an incident can have.
    """
    status = told.status.lower()
    if status not in STATES:
        raise ValueError(f"status {told.status} is none of {', '.join(STATES)}")
    # The candidate of a gold table is judged as staging.<table>.
    table = f"{'gold' if told.table_schema == 'staging' else told.table_schema}.{told.table}"
    category = told.check_category or "checks"
    severity = "error" if told.highest_severity >= _ERROR else "warning"
    description = f"DQOps: {category.replace('_', ' ')} of {table}"
    facts = ("dqops", "", table, (told.quality_dimension or "other").lower(), severity, status, description, told.failed_checks_count, None)
    seen = (_moment(told.first_seen), _moment(told.last_seen))
    return (f"dqops/{told.incident_id}", *facts, *seen, None, moment if status == RESOLVED else None)


def _moment(time: datetime) -> str:
    """A time without a zone is one of the server, whose clock is UTC."""
    aware = time if time.tzinfo else time.replace(tzinfo=timezone.utc)
    return aware.astimezone(timezone.utc).isoformat(timespec="milliseconds")
