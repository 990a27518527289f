"""Gold candidates in the ledger: they outlive the process that built them, until they are published or replaced."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from lakehouse_pipeline.build import Candidate, GoldAction, gold_action
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.database import Row, Statement, statement
from lakehouse_pipeline.delta import data_version, exists
from lakehouse_pipeline.landing.storage import open_storage, remove_folder
from lakehouse_pipeline.ledger_rows import now, upsert
from lakehouse_pipeline.schema.plan import GoldTable
from lakehouse_pipeline.verdict import rules_of

_COLUMNS = ("table_name", "domain", "run", "location", "predicate", "inputs", "upstream", "rules", "base", "passed", "built_at")


@dataclass
class Standing:
    """The candidates of a domain that stand on its tables as they are.

    `missing`: gold tables that have something to do and no such candidate; `failed`: those whose candidate did not pass.
    """

    candidates: dict[str, Candidate] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


def standing_candidates(context: Context, even_failed: bool = False) -> Standing:
    """Compares what is kept with what each gold table has to do, from the logs alone, without Spark.

    `even_failed`: candidates that did not pass are among those that stand too, since a person takes them as they are.
    """
    standing = Standing()
    for table in context.gold:
        action = gold_action(context, table, set(standing.candidates))
        if action.kind == "nothing":
            continue
        found = context.ledger.rows("select * from candidates where table_name = ?", table.name)
        if not found or found[0]["passed"] is None or not _stands(context, found[0], table, action, standing.candidates):
            standing.missing.append(table.name)
            continue
        if not found[0]["passed"]:
            standing.failed.append(table.name)
        if found[0]["location"] is not None and (found[0]["passed"] or even_failed):
            standing.candidates[table.name] = Candidate(table, found[0]["location"], found[0]["predicate"], action.inputs)
    return standing


@dataclass(frozen=True)
class Kept:
    """A candidate in the ledger: the run that built it, and what its audit said; None where it was not judged."""

    candidate: Candidate
    run: str
    passed: bool | None


def kept_candidate(context: Context, table: GoldTable) -> Kept | None:
    """The candidate of a gold table that is neither published nor replaced, if it has rows."""
    found = context.ledger.rows("select * from candidates where table_name = ? and location is not null", table.name)
    if not found:
        return None
    row = found[0]
    candidate = Candidate(table, row["location"], row["predicate"], json.loads(row["inputs"]))
    return Kept(candidate, row["run"], None if row["passed"] is None else bool(row["passed"]))


def upstream_of(context: Context, table: GoldTable) -> set[str]:
    """The gold tables of the domain that a gold table reads, by way of others too."""
    gold = {entry.name: entry for entry in context.gold}
    found: set[str] = set()
    ahead = [table]
    while ahead:
        names = {name for name in ahead.pop().inputs if name in gold} - found
        found |= names
        ahead += [gold[name] for name in names]
    return found - {table.name}


def keep_candidate(
    context: Context, table: GoldTable, action: GoldAction, candidate: Candidate | None, candidates: Mapping[str, Candidate]
) -> None:
    """Notes what was built and is to be judged; without a candidate no key was touched, and nothing is left to judge."""
    base = _base(context, table)
    built = (candidate.location, candidate.predicate) if candidate else (None, None)
    upstream = _upstream(table, candidates)
    row = (*(table.name, context.domain, context.run), *built, json.dumps(dict(action.inputs)), json.dumps(upstream), rules_of(table), base)
    passed = None if candidate else 1
    context.ledger.write(Statement(upsert("candidates", _COLUMNS, ("table_name",)), [(*row, passed, now())]))


def judge_candidate(context: Context, table: GoldTable, passed: bool) -> None:
    """Notes the verdict of the audit."""
    context.ledger.write(statement("update candidates set passed = ? where table_name = ?", int(passed), table.name))


def drop_candidate(context: Context, table: str) -> None:
    """Forgets a candidate before another one takes its place, and removes its rows."""
    found = context.ledger.rows("select location from candidates where table_name = ?", table)
    context.ledger.write(statement("delete from candidates where table_name = ?", table))
    remove_candidates(context, [row["location"] for row in found if row["location"] is not None])


def remove_candidates(context: Context, locations: Iterable[str]) -> None:
    """Removes the rows of candidates, with the folders of their builds."""
    staging = context.warehouse.staging
    for build in {location.removeprefix(f"{staging}/").split("/")[0] for location in locations}:
        remove_folder(open_storage(staging), build)


def _stands(context: Context, kept: Row, table: GoldTable, action: GoldAction, candidates: Mapping[str, Candidate]) -> bool:
    """Whether a candidate was built of the inputs as they are, under the rules as they are, on gold as it is."""
    return bool(
        kept["rules"] == rules_of(table)
        and json.loads(kept["inputs"]) == dict(action.inputs)
        and json.loads(kept["upstream"]) == _upstream(table, candidates)
        and kept["base"] == _base(context, table)
    )


def _upstream(table: GoldTable, candidates: Mapping[str, Candidate]) -> dict[str, str]:
    return {name: candidates[name].location for name in table.inputs if name in candidates}


def _base(context: Context, table: GoldTable) -> int:
    location = context.warehouse.location(table.name)
    return data_version(location) if exists(location) else -1
