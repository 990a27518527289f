from __future__ import annotations

from lakehouse_pipeline.accounting import Accounting
from lakehouse_pipeline.conduct import Outcome
from lakehouse_pipeline.context import Context


def summary(context: Context, outcome: Outcome) -> dict[str, object]:
    """What a run answers: its verdict, and per table what became of the rows."""
    steps = context.ledger.rows("select * from steps where run = ? order by finished_at", context.run)
    counted = context.ledger.rows(
        "select table_name, sum(read) as read, sum(inserted) as inserted, sum(updated) as updated, sum(unchanged) as unchanged,"
        " sum(superseded_in_batch) as superseded_in_batch, sum(superseded_by_target) as superseded_by_target,"
        " sum(quarantined) as quarantined, sum(waiting) as waiting from accounting"
        " where run = ? and step <> 'superseded' group by table_name",
        context.run,
    )
    accounting = {row["table_name"]: Accounting(**{name: row[name] for name in dict(row) if name != "table_name"}) for row in counted}
    tables = [
        {
            "table": row["subject"],
            "step": row["step"],
            "accounting": accounting[row["subject"]].as_event() if row["step"] == "refine" and row["subject"] in accounting else None,
            "rows": row["rows"],
            "seconds": round(row["seconds"], 3),
            "detail": row["detail"],
        }
        for row in steps
    ]
    return {
        "run": context.run,
        "status": outcome.status,
        "release": outcome.release,
        "tables": tables,
        "checks": [
            {key: value for key, value in result.as_event().items() if key != "event"} | {"dimension": result.dimension}
            for result in outcome.results
        ],
        "failures": [
            {
                "source": failure.source,
                "table": failure.table,
                "code": failure.error.code,
                "message": failure.error.message,
                "fix": failure.error.fix,
            }
            for failure in outcome.failures
        ],
    }
