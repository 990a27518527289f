from __future__ import annotations

import json
from pathlib import Path

import pytest

from lakehouse_pipeline.lock import domain_lock, lock_holder, record_jvm
from lakehouse_pipeline.problem import LakehouseError


def test_a_second_one_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "sales.lock"
    with (
        domain_lock(path, "sales", "run-1"),
        pytest.raises(LakehouseError, match=r"run run-1 on .* has held the lock since 20"),
        domain_lock(path, "sales", "run-2"),
    ):
        pass
    assert lock_holder(path) is None
    with domain_lock(path, "sales", "run-3"):
        assert (lock_holder(path) or {})["run"] == "run-3"


def test_the_jvm_is_noted_in_every_lock_of_its_process_and_in_no_other(tmp_path: Path) -> None:
    foreign = {"run": "another", "process": 1}
    (tmp_path / "flights.lock").write_text(json.dumps(foreign))
    with domain_lock(tmp_path / "sales.lock", "sales", "run-1"), domain_lock(tmp_path / "stock.lock", "stock", "run-1"):
        record_jvm(tmp_path, 4711)
        held = {path.stem: json.loads(path.read_text()).get("jvm") for path in tmp_path.iterdir()}
    assert held == {"sales": 4711, "stock": 4711, "flights": None}
