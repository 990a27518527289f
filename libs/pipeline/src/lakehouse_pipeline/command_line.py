"""`python -m lakehouse_pipeline <verb>`: what the command line of the product starts. Events on standard output, one a line."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections.abc import Sequence
from datetime import date

from lakehouse_pipeline import task_verbs, verbs
from lakehouse_pipeline.events import print_event, problem
from lakehouse_pipeline.interruption import handle_signals
from lakehouse_pipeline.problem import LakehouseError

FAILED = 3
LOCKED = 4
INTERRUPTED = 130

# How errors of Spark Connect begin where the server, or the session in it, is gone.
_SERVER_LOST = ("[NO_ACTIVE_SESSION]", "[INVALID_HANDLE.", "[RETRIES_EXCEEDED]", "StatusCode.UNAVAILABLE")


def main(arguments: Sequence[str], keeps_spark: bool = False) -> int:
    """Runs one verb and returns the exit code. `keeps_spark`: an embedded Spark is left running, for the next call in this process.

    0 ok, 1 the audit or an analysis failed, 2 wrong usage, 3 failed, 4 locked, 130 interrupted.
    """
    options = _parser().parse_args(arguments)
    options.keeps_spark = keeps_spark
    handle_signals()
    try:
        return int(options.verb(options))
    except LakehouseError as error:
        problem(print_event, "error", error.code, error.subject, error.message, error.fix)
        return LOCKED if error.code == "LH2102" else FAILED
    except KeyboardInterrupt:
        problem(print_event, "warning", "LH2109", "run", "interrupted.", "Run it again: it goes on where it stopped.")
        return INTERRUPTED
    except BaseException as error:
        traceback.print_exc(file=sys.stderr)
        code, message, fix = _explain(error)
        problem(print_event, "error", code, "run", message, fix)
        return FAILED


def _explain(error: BaseException) -> tuple[str, str, str]:
    text = str(error)
    if "No space left on device" in text:
        return (
            "LH2105",
            "the disk is full; nothing is half-written.",
            "Free some space and run it again: it goes on where it stopped.",
        )
    if any(word in text for word in _SERVER_LOST):
        return (
            "LH2116",
            "the query server ended or was started again in mid-run; nothing is half-written.",
            "Run it again: it goes on where it stopped.",
        )
    first = text.strip().splitlines()[0] if text.strip() else repr(error)
    return (
        "LH2100",
        f"{type(error).__name__}: {first[:500]}",
        "The log has the whole error. Run it again: it goes on where it stopped.",
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lakehouse_pipeline", description=__doc__)
    commands = parser.add_subparsers(required=True)

    def verb(name: str, run: object, help_text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text)
        command.add_argument("--plan", help="the file of the compiled plan; on the platform without it the plan that was applied")
        command.add_argument("--plan-hash", metavar="HASH", help="on the platform: the plan of this hash, which was applied once")
        command.add_argument("--home", help="the folder that holds all state; without it: the platform that the settings name")
        command.add_argument("--owner", help="on the platform: whose tasks share the domain's lock")
        command.add_argument("--keep", type=float, default=900, help="for how many seconds it is kept for the owner's next task")
        command.set_defaults(verb=run)
        return command

    def run_verb(name: str, run: object, help_text: str) -> argparse.ArgumentParser:
        command = verb(name, run, help_text)
        command.add_argument("--domain", required=True)
        command.add_argument("--as-of", help="the clock for freshness and retention, ISO 8601")
        command.add_argument("--run", metavar="ID", help="the run in the ledger, which several tasks may share; default: a new one")
        command.add_argument("--attempt", type=int, metavar="N", help="which attempt at the task this is")
        command.add_argument("--label", metavar="TEXT", help="what a scheduler calls the run; stands in ops.runs")
        return command

    command = run_verb("run", verbs.run_domain, "run a domain")
    command.add_argument("--until", choices=["silver"])
    command.add_argument("--charts", action="store_true", help="answer with the rows of the domain's charts")
    command = run_verb("ingest", task_verbs.ingest_source, "land a source, and append what landed to bronze")
    command.add_argument("--source", required=True)
    command = run_verb("refine", task_verbs.refine_one, "all pending work and waiting rows of one silver table")
    command.add_argument("--table", required=True, metavar="silver.TABLE")
    run_verb("audit", task_verbs.audit_domain, "audit silver")
    command = run_verb("build", task_verbs.build_one, "build and audit one gold candidate")
    command.add_argument("--table", required=True, metavar="gold.TABLE")
    run_verb("publish", task_verbs.publish_domain, "publish all candidates of a domain that passed, if none failed")
    run_verb("check-daily", task_verbs.check_domain_daily, "DQOps' checks of the day over the published tables of a domain")
    command = run_verb("publish-kept", verbs.publish_kept, "publish candidates that passed, or by an override what an audit held back")
    command.add_argument("--of", metavar="RUN", help="the run that held them back; default with an override: the last one")
    command.add_argument("--override-by", metavar="USER@HOST", help="who sets its verdict aside")
    command.add_argument("--reason", default="", metavar="TEXT", help="and why")
    run_verb("record", task_verbs.record_domain, "the ledger into the tables of ops, and all tables into the catalog")
    command = run_verb("note-failure", task_verbs.note_failed_task, "record that a task of a run failed")
    command.add_argument("--step", required=True, metavar="TEXT")
    command.add_argument("--message", required=True, metavar="TEXT")
    command = run_verb("backfill", verbs.backfill_domain, "refine the landed batches of some days again, then audit and publish")
    command.add_argument("--from", dest="first", required=True, type=date.fromisoformat, metavar="DATE", help="the first day")
    command.add_argument("--to", dest="last", required=True, type=date.fromisoformat, metavar="DATE", help="the last day, included")
    command = run_verb("rollback", verbs.roll_back, "give gold back the rows of an earlier release")
    command.add_argument("--to", metavar="RELEASE", help="default: the release before the one that gold stands on")
    verb("plan", verbs.show_plan, "what a run would do").add_argument("--domain", required=True)
    verb("analyse", verbs.analyse_models, "compare every model with its contract on empty tables")
    command = verb("apply", verbs.apply, "make a plan the one that the platform runs; it is read from standard input where none is named")
    command.add_argument("--analyse", action="store_true", help="only where Spark finds no problem in it")
    command = verb("query", verbs.run_query, "run one SQL query")
    command.add_argument("--sql", required=True)
    command.add_argument("--limit", type=int, help="answer with this many rows at most")
    verb("status", verbs.show_status, "the state of tables and runs")
    verb("end-warm", verbs.end_warm, "end the process that keeps Spark ready for a home")
    verb("charts", verbs.chart_rows, "the rows of a domain's charts").add_argument("--domain", required=True)
    command = verb("quarantine", verbs.quarantine, "list, show or replay quarantined rows")
    command.add_argument("action", choices=["list", "show", "replay"])
    command.add_argument("--table")
    command.add_argument("--rule")
    command.add_argument("--row")
    command.add_argument("--limit", type=int, default=20)
    command.add_argument("--set", action="append", default=[], metavar="COLUMN=VALUE")
    command = verb("batch", verbs.batch, "list the batches of silver tables, or take one out again")
    command.add_argument("action", choices=["list", "revert"])
    command.add_argument("--table", metavar="silver.TABLE")
    command.add_argument("--id", metavar="BATCH")
    command.add_argument("--by", default="", metavar="USER@HOST", help="who takes it out")
    command.add_argument("--reason", default="", metavar="TEXT", help="and why")
    command = verb("quality", verbs.show_quality, "the state of all tables: verdict, numbers, quarantine, freshness, incidents")
    command.add_argument("--table", metavar="LAYER.TABLE")
    command = verb("incident", verbs.incident, "what a person says of an incident")
    command.add_argument("--id", required=True)
    command.add_argument("--status", required=True, choices=["acknowledged", "resolved", "muted"])
    command.add_argument("--by", required=True, metavar="USER@HOST")
    command = verb("show-audit", verbs.shown_audit, "the failed checks of a run, with their SQL and the rows behind them")
    command.add_argument("--of", metavar="RUN", help="default: the last run that was audited")
    command.add_argument("--limit", type=int, default=5, help="so many rows a check at most")
    verb("warm", verbs.warm, "have the query server hold in memory what dashboards read")
    verb("maintain", verbs.maintain, "compact, expire and vacuum").add_argument("--dry-run", action="store_true")
    return parser
