"""`python -m lakehouse_pipeline <verb>`: what the command line of the product starts. Events on standard output, one a line."""

from __future__ import annotations

import argparse
import signal
import sys
import traceback
from collections.abc import Sequence
from types import FrameType

from lakehouse_pipeline import verbs
from lakehouse_pipeline.events import print_event, problem
from lakehouse_pipeline.problem import LakehouseError

FAILED = 3
LOCKED = 4
INTERRUPTED = 130

# How errors of Spark Connect begin where the server, or the session in it, is gone.
_SERVER_LOST = ("[NO_ACTIVE_SESSION]", "[INVALID_HANDLE.", "[RETRIES_EXCEEDED]", "StatusCode.UNAVAILABLE")


def main(arguments: Sequence[str]) -> int:
    """Runs one verb and returns the exit code.

    0 ok, 1 the audit or an analysis failed, 2 wrong usage, 3 failed, 4 locked, 130 interrupted.
    """
    options = _parser().parse_args(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
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


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="lakehouse_pipeline", description=__doc__)
    commands = parser.add_subparsers(required=True)

    def verb(name: str, run: object, help_text: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_text)
        command.add_argument("--plan", help="the file of the compiled plan; on the platform without it the plan that was applied")
        command.add_argument("--home", help="the folder that holds all state; without it: the platform that the settings name")
        command.add_argument("--owner", help="on the platform: whose tasks share the domain's lock")
        command.add_argument("--keep", type=float, default=900, help="for how many seconds it is kept for the owner's next task")
        command.set_defaults(verb=run)
        return command

    command = verb("run", verbs.run_domain, "run a domain")
    command.add_argument("--domain", required=True)
    command.add_argument("--until", choices=["silver"])
    command.add_argument("--as-of", help="the clock for freshness and retention, ISO 8601")
    command.add_argument("--charts", action="store_true", help="answer with the rows of the domain's charts")
    verb("plan", verbs.show_plan, "what a run would do").add_argument("--domain", required=True)
    verb("analyse", verbs.analyse_models, "compare every model with its contract on empty tables")
    command = verb("apply", verbs.apply, "make a plan the one that the platform runs; it is read from standard input where none is named")
    command.add_argument("--analyse", action="store_true", help="only where Spark finds no problem in it")
    command = verb("query", verbs.run_query, "run one SQL query")
    command.add_argument("--sql", required=True)
    command.add_argument("--limit", type=int, help="answer with this many rows at most")
    verb("status", verbs.show_status, "the state of tables and runs")
    verb("charts", verbs.chart_rows, "the rows of a domain's charts").add_argument("--domain", required=True)
    command = verb("quarantine", verbs.quarantine, "list, show or replay quarantined rows")
    command.add_argument("action", choices=["list", "show", "replay"])
    command.add_argument("--table")
    command.add_argument("--rule")
    command.add_argument("--row")
    command.add_argument("--limit", type=int, default=20)
    command.add_argument("--set", action="append", default=[], metavar="COLUMN=VALUE")
    verb("maintain", verbs.maintain, "compact, expire and vacuum").add_argument("--dry-run", action="store_true")
    return parser
