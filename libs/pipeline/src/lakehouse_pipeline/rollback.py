"""Gives the gold tables of a domain back the rows of an earlier release."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from functools import partial

from lakehouse_pipeline.conduct import Outcome, conduct, start_spark
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Row
from lakehouse_pipeline.delta import history
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.publish import Restoration, restore, roll_forward
from lakehouse_pipeline.silver_table import ROLLBACK_HOURS

# The version of a table before it was first published: made and empty.
_EMPTY = 0


def rollback(context: Context, to: str | None = None) -> Outcome:
    """Restores gold as it was in the release `to`, by default the one before that on which gold stands; the caller holds the lock.

    Only what passed its audit and was published then comes back. A release that a crash left half-way is finished first.
    Raises LakehouseError LH2131 where there is no such release, LH2132 where it is past the rollback window.
    """

    def prepare(outcome: Outcome) -> partial[None] | None:
        due = context.ledger.intended_release(context.domain) is not None or bool(_restorations(context, _target(context, to)))
        return partial(_work, context, to, outcome) if due else None

    return conduct(context, prepare)


def _work(context: Context, to: str | None, outcome: Outcome) -> None:
    start_spark(context)
    rolled = roll_forward(context)
    # One that went on with a rollback has done what was asked.
    target = _target(context, to) if rolled is None or not rolled.startswith("rollback-") or to is not None else None
    restorations = _restorations(context, target) if target is not None else []
    outcome.release = restore(context, target, restorations) if target is not None and restorations else rolled
    outcome.status = "rolledBack"


def _target(context: Context, to: str | None) -> str:
    """The release whose rows are wanted: never a rollback, which published none of its own."""
    releases = context.ledger.published_releases(context.domain)
    own = [str(row["id"]) for row in releases if row["restores"] is None]
    meant = {str(row["id"]): str(row["restores"] or row["id"]) for row in releases}
    if to is not None:
        if to not in meant:
            raise _unknown(to, own)
        return meant[to]
    earlier = _line(releases)[:-1]
    if not earlier:
        raise LakehouseError("LH2131", context.domain, "no earlier release is there to go back to.", "Publish one that is right.")
    return earlier[-1]


def _line(releases: Sequence[Row]) -> list[str]:
    """The releases that led to what gold is, oldest first: a rollback takes out those after its target."""
    line: list[str] = []
    for row in releases:
        stands = str(row["restores"] or row["id"])
        line = [*(line[: line.index(stands)] if stands in line else line), stands]
    return line


def _unknown(release: str, known: Sequence[str]) -> LakehouseError:
    last = ", ".join(reversed(known[-5:])) or "none"
    return LakehouseError("LH2131", release, "the domain has no such release.", f"Its last ones are: {last}.")


def _restorations(context: Context, target: str) -> list[Restoration]:
    """What each gold table of the plan needs to stand as it did in the release; a table that was first published later becomes empty."""
    releases = context.ledger.published_releases(context.domain)
    last = releases[-1]
    stands = _versions(releases, str(last["id"]))
    wanted = stands if target == last["restores"] else _versions(releases, target)
    found: list[Restoration] = []
    for table in context.gold:
        release, version = wanted.get(table.name, (None, _EMPTY))
        if table.name in stands and stands[table.name] != (release, version):
            _require(context.warehouse.location(table.name), table.name, release, version)
            found.append(Restoration(table.name, version, target))
    return found


def _versions(releases: Sequence[Row], target: str) -> dict[str, tuple[str | None, int]]:
    """For each table the last release up to `target` that it is in, and the version that it had there."""
    found: dict[str, tuple[str | None, int]] = {}
    for row in releases:
        found |= {entry["table"]: (str(row["id"]), int(entry["version"])) for entry in json.loads(row["tables"])}
        if row["id"] == target:
            break
    return found


def _require(location: str, table: str, release: str | None, version: int) -> None:
    """That the version can be restored: the log has it as the release's own, and no file of it was old enough to be freed."""
    commits = {commit.version: commit for commit in history(location)}
    is_there = version in commits and (release is None or commits[version].metadata.get("release") == release)
    replaced = commits.get(version + 1)
    oldest = (time.time() - ROLLBACK_HOURS * 3600) * 1000
    if not is_there or (replaced is not None and replaced.timestamp_ms < oldest):
        message = f"version {version} was replaced more than {ROLLBACK_HOURS} hours ago, or is not what the release published."
        raise LakehouseError("LH2132", table, message, "Choose a later release, or mend what was wrong and run the domain.")
