"""Publishing what an audit held back, because a person says so: who and why is written down before anything is published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from lakehouse_pipeline.candidate import any_blocks, build_and_audit, stands_on
from lakehouse_pipeline.conduct import Outcome, conduct, start_spark
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Row, Statement, statement
from lakehouse_pipeline.incidents import acknowledge_overridden
from lakehouse_pipeline.kept_candidates import kept_candidate, standing_candidates
from lakehouse_pipeline.ledger_rows import now, upsert
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.publish import publish, roll_forward
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.verdict import standing_verdict, verdicts

_COLUMNS = ("overridden", "run", "domain", "by_whom", "reason", "overridden_at")


@dataclass(frozen=True)
class Override:
    """A person sets the verdict on a run aside; `by`: user and host."""

    run: str
    by: str
    reason: str


def override(context: Context, asked: Override) -> Outcome:
    """Publishes what the audit of a run held back, as a run of its own; the caller holds the domain's lock.

    Nothing is rebuilt that the audit judged: its candidates are published as they are. What it kept from being built is built
    now, and has to pass. An override that was published already is nothing to do; one that a crash cut short is asked for again.

    Raises LakehouseError LH2122 where the run's audit did not fail, LH2123 where something changed since it was judged.
    """

    def prepare(outcome: Outcome) -> partial[None] | None:
        left = context.ledger.intended_release(context.domain)
        if left is None and (release := _published(context, asked.run)):
            outcome.release = release
            return None
        if left is None:
            _require_standing(context, asked.run)
        return partial(_work, context, asked, outcome)

    return conduct(context, prepare)


def failed_checks(context: Context, run: str) -> list[Row]:
    """What stood against publishing in a run of the context's domain.

    Raises LakehouseError LH2122 where nothing did, or where the domain has no such run.
    """
    known = context.ledger.rows("select id from runs where id = ? and domain = ?", run, context.domain)
    failed = context.ledger.rows("select * from check_results where run = ? and passed = 0 and severity = 'error'", run) if known else []
    if not failed:
        message = "its audit did not fail, so there is nothing to set aside." if known else f"{context.domain} has no such run."
        raise LakehouseError("LH2122", run, message, "See ./lakehouse status for the runs whose audit failed.")
    return failed


def _work(context: Context, asked: Override, outcome: Outcome) -> None:
    start_spark(context)
    roll_forward(context)
    outcome.status = "published"
    outcome.release = _published(context, asked.run)
    if outcome.release is not None:
        return
    _require_standing(context, asked.run)
    _write_down(context, asked)
    standing = standing_candidates(context, even_failed=True)
    built: set[str] = set()
    for table in context.gold:
        before = standing.candidates.get(table.name)
        if before is None or built & set(table.inputs):
            outcome.results += build_and_audit(context, table, standing.candidates).results
        if standing.candidates.get(table.name) is not before:
            built.add(table.name)
    if any_blocks(outcome.results):
        outcome.status = "auditFailed"
        return
    outcome.release = publish(context, list(standing.candidates.values()), stands_on(context))


def _write_down(context: Context, asked: Override) -> None:
    """Silver tables count as passed as they stood, so that the next run does not hold them against what is published."""
    row = (asked.run, context.run, context.domain, asked.by, asked.reason, now())
    context.ledger.write(
        Statement(upsert("overrides", _COLUMNS, ("overridden",)), [row]),
        statement("update verdicts set passed = 1 where run = ?", asked.run),
        acknowledge_overridden(asked.run, asked.by),
    )


def _published(context: Context, run: str) -> str | None:
    """The release by which the verdict on a run was set aside, if it came to that."""
    found = context.ledger.rows(
        "select id from releases where status = 'published' and run in (select run from overrides where overridden = ?)", run
    )
    return str(found[0]["id"]) if found else None


def _require_standing(context: Context, run: str) -> None:
    """What failed must stand as it was judged, or a person would let pass what nobody looked at."""
    failed = sorted({row["table_name"] for row in failed_checks(context, run)})
    published = context.ledger.rows(
        "select id from releases where domain = ? and tables <> '[]' and published_at > (select finished_at from runs where id = ?)",
        *(context.domain, run),
    )
    if published:
        raise _changed(run, f"{published[0]['id']} was published since.")
    unjudged = [name for name, passed in verdicts(context).items() if passed is None and name not in failed]
    if unjudged:
        raise _changed(run, f"{', '.join(unjudged)} changed and was not judged since.")
    standing = standing_candidates(context, even_failed=True)
    for name in failed:
        table = context.tables.get(name)
        if table is None:
            raise _changed(run, f"the plan does not have {name} any more.")
        if isinstance(table, SilverTable):
            judged = context.ledger.rows("select run from verdicts where table_name = ?", name)
            by, stands = (judged[0]["run"] if judged else None), standing_verdict(context, table) is not None
        else:
            kept = kept_candidate(context, table)
            by, stands = (kept.run if kept else None), name in standing.candidates
        if by != run:
            raise _changed(run, f"{name} was judged again by run {by}." if by else f"the candidate of {name} is not there any more.")
        if not stands:
            raise _changed(run, f"{name}, or what it is built of, has changed since.")


def _changed(run: str, message: str) -> LakehouseError:
    return LakehouseError("LH2123", run, message, "Run the domain again; if its audit fails too, look at that one: ./lakehouse audit show.")
