"""`publish` as a person asks for it: what passed, or by an override what did not."""

from __future__ import annotations

import dataclasses

from lakehouse_pipeline.conduct import Outcome, record_all
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.kept_candidates import kept_candidate
from lakehouse_pipeline.override import Override, failed_checks, override
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.summary import summary
from lakehouse_pipeline.task_steps import publish_step


def last_failed_audit(context: Context) -> str | None:
    """The last run of the domain, if its audit failed; daily checks are no audit."""
    found = context.ledger.rows(
        "select id, status from runs where domain = ? and status <> 'checked' order by started_at desc, id desc limit 1", context.domain
    )
    return str(found[0]["id"]) if found and found[0]["status"] == "auditFailed" else None


def publish_passed(context: Context, run: str | None) -> Outcome:
    """Publishes candidates that passed and wait. Raises LakehouseError LH2124 where the audit of `run`, or of a candidate, failed."""
    known = context.ledger.rows("select status from runs where id = ? and domain = ?", run, context.domain)
    if run is not None and (not known or known[0]["status"] == "auditFailed"):
        raise _held_back(context, run)
    done = publish_step(context)
    if done.has_failed:
        kept = [kept_candidate(context, table) for table in context.gold]
        raise _held_back(context, next((entry.run for entry in kept if entry and entry.passed is False), context.run))
    record_all(context)
    return Outcome(done.status if done.changed else "nothingNew", done.release)


def publish_overridden(context: Context, run: str | None, by: str, reason: str) -> Outcome:
    """Publishes what the audit of `run` held back. Raises LakehouseError as `override` does."""
    if run is None:
        message = "the audit of its last run did not fail, so there is nothing to set aside."
        raise LakehouseError("LH2122", context.domain, message, "Name the run: --run ID; see ./lakehouse status.")
    return override(context, Override(run, by, reason))


def _held_back(context: Context, run: str) -> LakehouseError:
    checks = sorted({row["check_id"] for row in failed_checks(context, run)})
    named = ", ".join(checks[:3]) + (f" and {len(checks) - 3} more" if len(checks) > 3 else "")
    command = f'./lakehouse publish {context.domain} --run {run} --override --reason "…"'
    return LakehouseError(
        *("LH2124", run, f"its audit failed: {named}."),
        f"See ./lakehouse audit show {run}; mend the data or the rule and run again, or publish it as it is: {command}",
    )


def publish_summary(context: Context, outcome: Outcome, run: str | None) -> dict[str, object]:
    """What `publish` answers: as a run, and where an audit was set aside with what that run had done and found."""
    own = summary(context, outcome)
    said = context.ledger.rows("select * from overrides where overridden = ?", run)
    if not said:
        return own
    before = summary(dataclasses.replace(context, run=said[0]["overridden"]), outcome)
    found = context.ledger.rows("select * from check_results where run = ?", said[0]["overridden"])
    names = ("check", "table", "batch", "passed", "severity", "actual", "expected", "description", "dimension")
    columns = {"check": "check_id", "table": "table_name"}
    checks = [{name: row[columns.get(name, name)] for name in names} | {"passed": bool(row["passed"])} for row in found]
    return {
        **own,
        "tables": [*_list(before["tables"]), *_list(own["tables"])],
        "checks": [*checks, *_list(own["checks"])],
        "override": {"run": said[0]["overridden"], "by": said[0]["by_whom"], "reason": said[0]["reason"], "at": said[0]["overridden_at"]},
    }


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
