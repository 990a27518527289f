"""A Spark that stays between calls: the second call meets the JVM of the first, and nothing is left where nothing is to stay."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS

from lakehouse_pipeline.warm.address import identity, socket_path
from lakehouse_pipeline.warm.record import end_staying, staying

Make = Callable[..., Lakehouse]


class Warm:
    """A home whose runs are processes of their own, as a user starts them."""

    def __init__(self, lakehouse: Lakehouse) -> None:
        self.lakehouse = lakehouse
        lakehouse.folder.mkdir(parents=True, exist_ok=True)
        self.plan = lakehouse.folder / "plan.json"
        self.plan.write_text(lakehouse.plan.model_dump_json(by_alias=True), encoding="utf-8")
        self.home = lakehouse.folder / "home"

    def start(self, minutes: str = "5", **changes: str) -> subprocess.Popen[str]:
        connections = {f"LAKEHOUSE_CONNECTION_{name.upper()}_FILES": self.lakehouse.drop.as_uri() for name in ("orders", "shops")}
        command = [
            sys.executable,
            "-m",
            "lakehouse_pipeline",
            "run",
            "--plan",
            str(self.plan),
            "--home",
            str(self.home),
            "--domain",
            "sales",
        ]
        environment = {**os.environ, **connections, "LAKEHOUSE_WARM": minutes, **changes}
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, minutes: str = "5", **changes: str) -> tuple[int, str]:
        """The exit code, and the status of the answer."""
        process = self.start(minutes, **changes)
        output, errors = process.communicate(timeout=300)
        results = [event for line in output.splitlines() if (event := json.loads(line))["event"] == "result"]
        assert results, errors
        return process.returncode, results[-1]["value"]["status"]

    def staying(self) -> psutil.Process | None:
        found = staying(self.home)
        return psutil.Process(int(str(found["process"]))) if found else None


def jvm_of(process: psutil.Process | None) -> int:
    assert process is not None
    [jvm] = [child.pid for child in process.children(recursive=True) if child.name() == "java"]
    return jvm


def until(condition: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.2)
    return condition()


@pytest.fixture
def warm(make_lakehouse: Make) -> Iterator[Warm]:
    made = Warm(make_lakehouse())
    made.lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    made.lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1)])
    yield made
    end_staying(made.home)


def test_the_next_call_meets_the_same_spark_and_does_the_same_work(warm: Warm) -> None:
    assert warm.run() == (0, "published")
    assert until(lambda: warm.staying() is not None)
    jvm = jvm_of(warm.staying())
    # Somebody looks whether it answers, and asks nothing.
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.connect(str(socket_path(identity(warm.home, sys.executable))))

    warm.lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(2, "2013-01-02", 7, "A", 1)])
    assert warm.run() == (0, "published")
    assert sum(row["amount"] for row in warm.lakehouse.rows("gold.daily")) == 12
    assert until(lambda: warm.staying() is not None)
    assert jvm_of(warm.staying()) == jvm

    # Other settings need another process; the one that waits is not theirs.
    warm.lakehouse.deliver("orders", "three", ORDER_COLUMNS, [(3, "2013-01-03", 1, "A", 1)])
    assert warm.run("0", LAKEHOUSE_DRIVER_MEMORY="900m") == (0, "published")
    assert jvm_of(warm.staying()) == jvm
    assert warm.run() == (0, "nothingNew")

    assert end_staying(warm.home)
    assert not psutil.pid_exists(jvm)
    assert warm.staying() is None
    assert not end_staying(warm.home)


def test_a_caller_that_is_killed_ends_its_work_and_the_next_one_goes_on(warm: Warm) -> None:
    process = warm.start()
    assert process.stdout is not None
    for line in process.stdout:
        event = json.loads(line)
        if event["event"] == "stepStarted" and event["step"] == "ingest":
            break
    process.kill()
    process.communicate()

    def ended() -> bool:
        context, ledger = warm.lakehouse.context()
        with closing(ledger):
            return context.ledger.last_status("sales") == "interrupted"

    assert until(ended)
    assert warm.run("0") == (0, "published")
    assert [row["amount"] for row in warm.lakehouse.rows("gold.daily")] == [5]


def test_nothing_stays_without_work_or_time(warm: Warm) -> None:
    assert warm.run("0") == (0, "published")
    assert warm.run() == (0, "nothingNew")
    assert warm.staying() is None

    warm.lakehouse.deliver("orders", "two", ORDER_COLUMNS, [(2, "2013-01-02", 7, "A", 1)])
    assert warm.run("0.05") == (0, "published")
    assert until(lambda: warm.staying() is None)


def test_another_home_user_code_or_setting_is_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = identity(tmp_path, sys.executable)
    assert identity(tmp_path, sys.executable) == one
    assert identity(tmp_path / "other", sys.executable) != one
    with monkeypatch.context() as changed:
        changed.setenv("LAKEHOUSE_JAVA_OPTIONS", "-Xint")
        assert identity(tmp_path, sys.executable) != one
    with monkeypatch.context() as changed:
        changed.setattr("os.getuid", lambda: 4242)
        assert identity(tmp_path, sys.executable) != one


def test_a_folder_that_others_may_enter_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    path = socket_path("name")
    assert path is not None
    assert path.parent.stat().st_mode & 0o777 == 0o700
    path.parent.chmod(0o755)
    assert socket_path("name") is None
