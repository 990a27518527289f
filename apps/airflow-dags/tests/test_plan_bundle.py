from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError
from dag_world import DAG_FILES
from small_plan import small_plan

from lakehouse_airflow import applied_plan, plan_bundle
from lakehouse_airflow.plan_bundle import PlanBundle


class Ops(dict[str, bytes]):
    """The bucket that `apply` writes to."""

    is_there = True

    def apply(self, **changes: Any) -> str:
        plan = small_plan(**changes)
        self[f"plans/{plan.hash}.json"] = plan.model_dump_json(by_alias=True).encode()
        self["plans/current.json"] = json.dumps({"hash": plan.hash, "path": f"plans/{plan.hash}.json"}).encode()
        return plan.hash

    def read(self, layer: str, key: str) -> bytes | None:
        assert layer == "ops"
        if not self.is_there:
            raise EndpointConnectionError(endpoint_url="http://minio:9000")
        return self.get(key)


@pytest.fixture
def ops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ops:
    bucket = Ops()
    monkeypatch.setattr(applied_plan, "read_object", bucket.read)
    monkeypatch.setattr(plan_bundle, "ensure_pools", lambda domains: pools.extend(domains))
    monkeypatch.setenv("AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH", str(tmp_path))
    pools.clear()
    return bucket


pools: list[str] = []


def opened(version: str | None = None) -> PlanBundle:
    bundle = PlanBundle(name="lakehouse", dags=str(DAG_FILES), version=version)
    bundle.initialize()
    return bundle


def refreshed(bundle: PlanBundle) -> str:
    bundle.refresh()
    version = bundle.get_current_version()
    assert version is not None
    return version


def plan_of(bundle: PlanBundle) -> str:
    return str(json.loads((bundle.path / "lakehouse.json").read_text())["hash"])


@pytest.mark.usefixtures("ops")
def test_without_a_plan_there_are_dag_files_and_nothing_beside_them() -> None:
    bundle = opened()

    assert refreshed(bundle).startswith("none.")
    assert (bundle.path / "refine.py").exists()
    assert not (bundle.path / "lakehouse.json").exists()


def test_a_plan_that_is_applied_is_a_new_version_with_a_pool_for_each_domain(ops: Ops) -> None:
    bundle = opened()
    before = refreshed(bundle)
    plan = ops.apply()

    after = refreshed(bundle)

    assert after != before
    assert after.startswith(f"{plan}.")
    assert plan_of(bundle) == plan
    assert pools == ["sales"]
    assert refreshed(bundle) == after


def test_a_task_is_given_the_plan_that_its_dag_run_began_with(ops: Ops) -> None:
    bundle = opened()
    first = ops.apply()
    version = refreshed(bundle)
    ops.apply(fingerprint="orders-2")
    refreshed(bundle)

    assert plan_of(opened(version)) == first


def test_a_task_fetches_its_plan_where_its_disk_does_not_have_it(ops: Ops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = ops.apply()
    version = refreshed(opened())
    monkeypatch.setenv("AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH", str(tmp_path / "elsewhere"))

    assert plan_of(opened(version)) == plan


@pytest.mark.parametrize("damage", ["pointer", "missing", "plan", "another"])
def test_a_broken_plan_leaves_the_last_good_one_in_place_and_says_why(ops: Ops, damage: str) -> None:
    bundle = opened()
    good = ops.apply()
    before = refreshed(bundle)
    bad = ops.apply(fingerprint="orders-2")
    if damage == "pointer":
        ops["plans/current.json"] = b"{"
    elif damage == "missing":
        del ops[f"plans/{bad}.json"]
    elif damage == "plan":
        ops[f"plans/{bad}.json"] = b'{"version": 7}'
    else:
        ops[f"plans/{bad}.json"] = ops[f"plans/{good}.json"]

    broken = refreshed(bundle)

    assert broken != before
    assert plan_of(bundle) == good
    assert "LH2106" in (bundle.path / "problem.txt").read_text()
    assert plan_of(opened(broken)) == good
    assert not (opened(before).path / "problem.txt").exists()
    broken_at = _written(bundle)
    ops.apply()
    assert refreshed(bundle) == before
    # Else Airflow would not look whether the problem is gone.
    assert _written(bundle) > broken_at


def _written(bundle: PlanBundle) -> int:
    return (bundle.path / "plan_status.py").stat().st_mtime_ns


def test_the_last_good_plan_outlives_a_restart_while_the_object_store_is_away(ops: Ops) -> None:
    good = ops.apply()
    refreshed(opened())
    ops.is_there = False

    again = opened()

    assert plan_of(again) == good
    with pytest.raises(EndpointConnectionError):
        again.refresh()
    assert plan_of(again) == good


def test_dag_files_of_another_image_are_another_version(ops: Ops, tmp_path: Path) -> None:
    ops.apply()
    before = refreshed(opened())
    changed = tmp_path / "dags"
    changed.mkdir()
    (changed / "refine.py").write_text("")
    bundle = PlanBundle(name="lakehouse", dags=str(changed))
    bundle.initialize()

    assert refreshed(bundle) != before
    assert [file.name for file in bundle.path.glob("*.py")] == ["refine.py"]
