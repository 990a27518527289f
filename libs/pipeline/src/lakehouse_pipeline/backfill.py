"""Refines batches of a stretch of time again, interval by interval, then has silver audited and gold published."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from lakehouse_pipeline.conduct import Outcome, conduct, start_spark
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import statement
from lakehouse_pipeline.ingest import Source
from lakehouse_pipeline.ingestion import sources_of
from lakehouse_pipeline.intervals import Interval, batches_by_interval
from lakehouse_pipeline.landing.manifest import Manifest
from lakehouse_pipeline.ledger_rows import BACKFILL, Work, now
from lakehouse_pipeline.parallel import in_order
from lakehouse_pipeline.publish import roll_forward
from lakehouse_pipeline.refine import Pending, references_of, refine, work_id
from lakehouse_pipeline.refinement import refine_table
from lakehouse_pipeline.run import judge_and_publish
from lakehouse_pipeline.schema.plan import SilverTable
from lakehouse_pipeline.silver_table import silver_state

Landed = Callable[[Source], list[Manifest]]
"""The manifests of all that has landed of a source."""


@dataclass(frozen=True)
class Refined:
    """A piece of a backfill: a table's batches of one interval; `done` where this backfill had refined them before it was cut short."""

    table: str
    interval: Interval
    batches: tuple[str, ...]
    done: bool


def backfill(context: Context, landed: Landed, within: Interval) -> tuple[Outcome, list[Refined]]:
    """Refines the batches of `within` again; the caller holds the domain's lock. A backfill of the same days that was cut short goes on."""
    pieces: list[Refined] = []

    def prepare(outcome: Outcome) -> partial[None] | None:
        manifests = {source.table: landed(source) for source in sources_of(context)}
        begun = _begun(context, within)
        there = any(_pieces(context, table, manifests, within, begun or "") for table in context.silver)
        return partial(_work, context, manifests, within, begun, outcome, pieces) if there else None

    return conduct(context, prepare), pieces


def _begun(context: Context, within: Interval) -> str | None:
    """The backfill of the same days that was begun by this run, or is not done yet."""
    rows = context.ledger.rows(
        "select id from backfills where domain = ? and first_day = ? and last_day = ? and (finished_at is null or id = ?)"
        " order by started_at desc",
        *(context.domain, within.first.isoformat(), within.last.isoformat(), context.run),
    )
    return str(rows[0]["id"]) if rows else None


def _work(
    context: Context,
    manifests: dict[str, list[Manifest]],
    within: Interval,
    begun: str | None,
    outcome: Outcome,
    pieces: list[Refined],
) -> None:
    name = begun or context.run
    days = (within.first.isoformat(), within.last.isoformat())
    begin = "insert into backfills values (?, ?, ?, ?, ?, null) on conflict (id) do nothing"
    context.ledger.write(statement(begin, name, context.domain, *days, now()))
    start_spark(context)
    rolled = roll_forward(context)
    tables = context.silver
    refined = in_order(
        tables,
        lambda table: [reference.parent for reference in references_of(table)],
        lambda table: _refine_again(context, table, manifests, within, name),
    )
    for done in refined:
        pieces += done
    context.ledger.write(statement("update backfills set finished_at = ? where id = ?", now(), name))
    judge_and_publish(context, {table.name for table, done in zip(tables, refined, strict=True) if done}, None, outcome)
    if outcome.status == "published":
        outcome.release = outcome.release or rolled


def _refine_again(context: Context, table: SilverTable, manifests: dict[str, list[Manifest]], within: Interval, name: str) -> list[Refined]:
    """What a crash left and what is new goes first; rows that wait for a parent are tried last."""
    refine_table(context, table)
    pieces = _pieces(context, table, manifests, within, name)
    for number, piece in enumerate(pieces, 1):
        if not piece.done:
            occasion = f"{piece.interval} again, interval {number} of {len(pieces)}"
            refine(context, table, Pending(_work_of(context, table, piece.batches, name), None), occasion)
    refine_table(context, table)
    return pieces


def _pieces(context: Context, table: SilverTable, manifests: dict[str, list[Manifest]], within: Interval, name: str) -> list[Refined]:
    epoch = silver_state(table, context.warehouse.location(table.name)).epoch
    refined = context.ledger.refined(table.name, epoch) - context.ledger.reverted(table.name)
    intervals = batches_by_interval(manifests.get(table.origin, []), within, refined)
    finished = context.ledger.rows("select id from work where table_name = ? and finished_at is not null", table.name)
    done = {row["id"] for row in finished}
    return [Refined(table.name, interval, batches, _work_of(context, table, batches, name).id in done) for interval, batches in intervals]


def _work_of(context: Context, table: SilverTable, batches: tuple[str, ...], name: str) -> Work:
    epoch = silver_state(table, context.warehouse.location(table.name)).epoch
    return Work(f"{work_id(BACKFILL, table.name, batches, epoch)}/{name}", BACKFILL, table.name, epoch, batches)


def described(pieces: Sequence[Refined]) -> list[dict[str, object]]:
    """The pieces as the verb answers them."""
    return [
        {
            "table": piece.table,
            "from": piece.interval.first.isoformat(),
            "to": piece.interval.last.isoformat(),
            "batches": list(piece.batches),
            "resumed": piece.done,
        }
        for piece in pieces
    ]
