from __future__ import annotations

import json
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import cast

import pytest
from airflow.sdk import Asset, AssetAny
from airflow.timetables import trigger
from airflow.timetables.base import TimeRestriction
from dag_world import bag_of, dags_of, many_domains, shape_of
from small_plan import small_plan

from lakehouse_airflow.defaults import by_time
from lakehouse_pipeline.schema.plan import Plan

GOLDEN = Path(__file__).parent / "golden"


def test_the_dags_of_a_plan_have_the_tasks_edges_schedules_and_assets_that_it_says(tmp_path: Path) -> None:
    shapes = {name: shape_of(dag) for name, dag in sorted(dags_of(tmp_path, small_plan()).items())}

    assert shapes == json.loads((GOLDEN / "dags.json").read_text())


def test_without_a_plan_there_are_no_dags_and_no_errors(tmp_path: Path) -> None:
    assert dags_of(tmp_path, None) == {}


def test_each_dag_says_whose_it_is_what_it_does_and_how_it_is_tried_again(tmp_path: Path) -> None:
    for name, dag in dags_of(tmp_path, small_plan()).items():
        assert dag.description, name
        assert dag.doc_md, name
        assert dag.max_active_runs == 1
        assert dag.dagrun_timeout is not None
        for task in dag.tasks:
            if task.task_id.startswith("release."):
                continue
            assert task.retries == 3, task.task_id
            assert task.retry_exponential_backoff == 2.0
            assert task.execution_timeout is not None
            assert task.on_failure_callback, task.task_id


def test_contracts_are_documented_at_their_tasks(tmp_path: Path) -> None:
    dags = dags_of(tmp_path, small_plan())

    documented = dags["sales__refine"].get_task("orders").doc_md
    assert documented is not None
    assert "| amount |" in documented
    assert "contracts/silver.orders.odcs.yaml" in documented
    assert "| gold.daily |" in str(dags["sales__publish"].doc_md)


def test_a_chain_of_assets_leads_from_every_source_to_gold(tmp_path: Path) -> None:
    dags = dags_of(tmp_path, small_plan())
    produced = {asset.uri: name for name, dag in dags.items() for task in dag.tasks for asset in task.outlets}
    shapes = {name: shape_of(dag) for name, dag in dags.items()}

    for source in ("orders", "shops"):
        (bronze,) = shapes[f"sales__ingest__{source}"]["tasks"]["ingest"]["into"]
        assert bronze in shapes["sales__refine"]["schedule"]["any of"]
    (domain,) = shapes["sales__refine"]["tasks"]["audit"]["into"]
    assert domain in shapes["sales__publish"]["schedule"]["any of"]
    assert produced["s3://gold/daily"] == "sales__publish"


def test_gold_that_reads_another_domain_is_also_built_when_that_changes(tmp_path: Path) -> None:
    text = json.loads(small_plan().model_dump_json(by_alias=True))
    gold = text["tables"][-1]
    text["domains"].append({**text["domains"][0], "name": "finance"})
    text["tables"].append({**gold, "name": "gold.ledger", "domain": "finance", "inputs": ["gold.daily", "silver.shops"]})

    schedule = shape_of(dags_of(tmp_path, Plan.model_validate(text))["finance__publish"])["schedule"]

    assert schedule == {"any of": ["lakehouse://finance/silver", "lakehouse://sales/silver", "s3://gold/daily"]}


def test_daily_checks_touch_no_asset_and_wait_for_nobody(tmp_path: Path) -> None:
    shape = shape_of(dags_of(tmp_path, small_plan())["sales__quality"])

    assert shape["schedule"] == {"at": "0 12 * * *"}
    assert all(task["into"] == [] and task["slots"] == "1 of domain_sales" for task in shape["tasks"].values())


def test_a_schedule_goes_beside_the_arrival_of_files(tmp_path: Path) -> None:
    text = json.loads(small_plan().model_dump_json(by_alias=True))
    text["sources"][0]["schedule"] = "*/5 * * * *"

    dags = dags_of(tmp_path, Plan.model_validate(text))

    files = ["lakehouse://sales/orders/files"]
    assert shape_of(dags["sales__ingest__orders"])["schedule"] == {"at": "*/5 * * * *", "or": files}
    assert shape_of(dags["sales__ingest__shops"])["schedule"] == {"any of": ["lakehouse://sales/shops/files"]}


def test_a_changed_rule_changes_the_plans_asset_and_a_changed_schedule_does_not(tmp_path: Path) -> None:
    def trigger(plan: Plan, name: str) -> object:
        (tmp_path / name).mkdir()
        dag = dags_of(tmp_path / name, plan)["sales__refine"]
        (watched,) = [asset for asset in cast("AssetAny", dag.schedule).objects if isinstance(asset, Asset) and asset.watchers]
        return watched.watchers[0].trigger.serialize()

    scheduled = json.loads(small_plan().model_dump_json(by_alias=True))
    scheduled["domains"][0]["schedule"] = "@hourly"
    scheduled["hash"] = "another"

    before = trigger(small_plan(), "before")
    assert trigger(Plan.model_validate(scheduled), "scheduled") == before
    assert trigger(small_plan(maxQuarantine=7), "changed") != before


def test_a_plan_that_cannot_be_used_is_an_import_error_of_one_file_and_the_dags_stay(tmp_path: Path) -> None:
    (tmp_path / "problem.txt").write_text("LH2106 s3://ops/plans/current.json: the pointer is damaged.")

    bag = bag_of(tmp_path, small_plan())

    assert [Path(file).name for file in bag.import_errors] == ["plan_status.py"]
    assert "LH2106 s3://ops/plans/current.json" in next(iter(bag.import_errors.values()))
    assert "sales__refine" in bag.dags


def test_one_dag_is_all_that_a_task_has_to_wait_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_AIRFLOW_PARSING_CONTEXT_DAG_ID", "domain_1__refine")

    bag = bag_of(tmp_path, many_domains(3, 4))

    assert {dag for dag in bag.dags if not dag.startswith("domain_1")} == {"lakehouse__maintenance"}


def test_every_dag_can_be_stored_by_airflow(tmp_path: Path) -> None:
    from airflow.serialization.serialized_objects import DagSerialization

    for dag in dags_of(tmp_path, small_plan()).values():
        again = DagSerialization.from_dict(DagSerialization.to_dict(dag))
        assert sorted(again.task_dict) == sorted(dag.task_dict)


def test_fifty_domains_of_twenty_tables_are_read_in_little_time(tmp_path: Path) -> None:
    plan = many_domains(50, 20)
    bag_of(tmp_path, small_plan())
    (tmp_path / "lakehouse.json").write_text(plan.model_dump_json(by_alias=True))
    from airflow.dag_processing.dagbag import DagBag

    seconds = {}
    for kind in ("ingest", "refine", "publish"):
        started = time.process_time()
        bag = DagBag(dag_folder=tmp_path / f"{kind}.py")
        seconds[kind] = time.process_time() - started
        assert len(bag.dags) == (500 if kind == "ingest" else 50)
    # What it takes depends on the machine; `pytest -s` shows it.
    print(f"{ {kind: round(each, 2) for kind, each in seconds.items()} } s of CPU for 50 domains of 20 tables")  # noqa: T201


def test_a_new_dag_begins_with_its_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trigger, "utcnow", lambda: datetime(2026, 1, 1, 12, 30, tzinfo=timezone.utc))
    declared = by_time("0 12 * * *")
    timetable = trigger.CronTriggerTimetable(declared.expression, timezone="UTC", run_immediately=declared.run_immediately)
    first = timetable.next_dagrun_info(last_automated_data_interval=None, restriction=TimeRestriction(None, None, catchup=False))
    assert first is not None
    assert first.run_after == datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
