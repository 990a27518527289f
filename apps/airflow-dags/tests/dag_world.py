"""Plans of any size, the DAGs that are made of them, and what a test wants to know of a DAG."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG, AssetOrTimeSchedule, CronTriggerTimetable
from small_plan import small_plan

from lakehouse_pipeline.schema.plan import Plan

DAG_FILES = Path(__file__).parents[1] / "dags"


def bag_of(folder: Path, plan: Plan | None) -> DagBag:
    """What Airflow finds in the DAG files beside a plan."""
    for file in DAG_FILES.glob("*.py"):
        shutil.copyfile(file, folder / file.name)
    if plan is not None:
        (folder / "lakehouse.json").write_text(plan.model_dump_json(by_alias=True))
    return DagBag(dag_folder=folder)


def dags_of(folder: Path, plan: Plan | None) -> dict[str, DAG]:
    """The DAGs of a plan; none of the files fails to import."""
    bag = bag_of(folder, plan)
    assert bag.import_errors == {}
    return dict(bag.dags)


def shape_of(dag: DAG) -> dict[str, Any]:
    """All of a DAG that its users rely on."""
    return {
        "schedule": _schedule(dag),
        "tags": sorted(dag.tags),
        "owner": dag.owner,
        "maxActiveRuns": dag.max_active_runs,
        "tasks": {
            task.task_id: {
                "after": sorted(task.upstream_task_ids),
                "verb": getattr(task, "verb", None),
                "arguments": getattr(task, "arguments", []),
                "last": getattr(task, "is_last", False),
                "from": [asset.uri for asset in task.inlets],
                "into": [asset.uri for asset in task.outlets],
                "rule": str(task.trigger_rule),
                "slots": f"{task.pool_slots} of {task.pool}",
            }
            for task in dag.tasks
        },
    }


def many_domains(domains: int, tables: int) -> Plan:
    """A plan of so many domains, each with half of its tables in silver and half in gold."""
    small = small_plan().model_dump(by_alias=True)
    orders, daily = (next(table for table in small["tables"] if table["name"] == name) for name in ("silver.orders", "gold.daily"))
    found: dict[str, list[Any]] = {"domains": [], "sources": [], "tables": []}
    for domain in (f"domain_{number}" for number in range(domains)):
        found["domains"].append({**small["domains"][0], "name": domain, "schedule": "@daily"})
        names = [f"{domain}_{number}" for number in range(tables // 2)]
        for name in names:
            source = {**small["sources"][0], "name": name, "domain": domain, "table": f"bronze.{name}", "schedule": "@daily"}
            found["sources"].append(source)
            table = {**orders, "name": f"silver.{name}", "domain": domain, "origin": f"bronze.{name}", "rowRules": []}
            found["tables"].append(table)
        for name in names:
            found["tables"].append({**daily, "name": f"gold.{name}", "domain": domain, "inputs": [f"silver.{name}"]})
    return Plan.model_validate({**small, **found})


def _schedule(dag: DAG) -> object:
    schedule = dag.schedule
    if isinstance(schedule, AssetOrTimeSchedule):
        return {"at": _cron(schedule.timetable), "or": _uris(schedule.asset_condition)}
    if isinstance(schedule, CronTriggerTimetable):
        return {"at": _cron(schedule)}
    return None if schedule is None else {"any of": _uris(schedule)}


def _cron(timetable: Any) -> str:
    return str(timetable.expression)


def _uris(condition: Any) -> list[str]:
    if isinstance(condition, list):
        return [asset.uri for asset in condition]
    return [asset.uri for asset in getattr(condition, "objects", [condition])]
