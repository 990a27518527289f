"""Ctrl-C and a full disk: the program says so, nothing is half-written, and the next run goes on."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS

Make = Callable[..., Lakehouse]


def runtime(lakehouse: Lakehouse, *arguments: str) -> list[str]:
    """The command that runs the lakehouse's plan as the product does."""
    plan = lakehouse.folder / "plan.json"
    plan.parent.mkdir(parents=True, exist_ok=True)
    plan.write_text(lakehouse.plan.model_dump_json(by_alias=True))
    return [
        sys.executable,
        "-m",
        "lakehouse_pipeline",
        "run",
        "--plan",
        str(plan),
        "--home",
        str(lakehouse.home.path),
        "--domain",
        "sales",
        *arguments,
    ]


def environment(lakehouse: Lakehouse) -> dict[str, str]:
    return {
        **os.environ,
        "LAKEHOUSE_CONNECTION_ORDERS_FILES": lakehouse.drop.as_uri(),
        "LAKEHOUSE_CONNECTION_SHOPS_FILES": lakehouse.drop.as_uri(),
    }


def deliver(lakehouse: Lakehouse, orders: int) -> None:
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    rows = [(number, f"2013-01-{number % 28 + 1:02}", number * 7919, "A", number) for number in range(orders)]
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, rows)


@pytest.mark.parametrize(("number", "moment"), [(signal.SIGINT, "ingest"), (signal.SIGTERM, "refine"), (signal.SIGINT, "build")])
def test_an_interrupted_run_says_so_and_the_next_one_goes_on(make_lakehouse: Make, number: signal.Signals, moment: str) -> None:
    lakehouse = make_lakehouse()
    deliver(lakehouse, 50)
    with subprocess.Popen(runtime(lakehouse), env=environment(lakehouse), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        events = []
        for line in process.stdout:
            events.append(json.loads(line))
            if events[-1]["event"] == "stepStarted" and events[-1]["step"] == moment:
                process.send_signal(number)
    assert process.returncode == 130
    assert [event["code"] for event in events if event["event"] == "problem"] == ["LH2109"]
    assert [event["status"] for event in events if event["event"] == "runFinished"] == ["interrupted"]

    assert lakehouse.run().status == "published"
    assert len(lakehouse.rows("silver.orders")) == 50
    assert sorted(run["status"] for run in lakehouse.rows("ops.runs")) == ["interrupted", "published"]


def test_an_impatient_person_changes_nothing(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    deliver(lakehouse, 50)
    with subprocess.Popen(runtime(lakehouse), env=environment(lakehouse), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any('"ingest"' in line for line in process.stdout)
        while process.poll() is None:
            process.send_signal(signal.SIGINT)
            time.sleep(0.002)
        codes = [json.loads(line).get("code") for line in process.stdout if '"problem"' in line]
    assert process.returncode == 130
    assert codes == ["LH2109"]
    assert [run["status"] for run in lakehouse.rows("ops.runs")] == ["interrupted"]


ASLEEP = """
import signal, sys, threading
from lakehouse_pipeline.interruption import handle_signals

for _ in range(2):
    handle_signals()
threading.Timer(0.5, lambda: signal.pthread_kill(threading.get_ident(), signal.Signals[sys.argv[1]])).start()
try:
    threading.Event().wait()
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_that_another_thread_gets_wakes_the_main_thread(number: signal.Signals) -> None:
    done = subprocess.run([sys.executable, "-c", ASLEEP, number.name], capture_output=True, text=True, timeout=30, check=False)
    assert (done.stdout, done.returncode) == ("interrupted\n", 0), done.stderr


ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size="$1" tmpfs "$2"
cp -r "$3/." "$2"
shift 3
set +e
"$@"
code=$?
cp -r "$LAKEHOUSE_TEST_DISK/." "$LAKEHOUSE_TEST_RESULT"
exit $code
"""


def test_a_full_disk_is_named_and_nothing_is_half_written(make_lakehouse: Make, tmp_path: Path) -> None:
    if subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    lakehouse = make_lakehouse()
    deliver(lakehouse, 200_000)
    disk, result = tmp_path / "disk", tmp_path / "result"
    disk.mkdir()
    result.mkdir()
    command = runtime(lakehouse)
    command[command.index("--home") + 1] = str(disk)
    extra = {"LAKEHOUSE_TEST_DISK": str(disk), "LAKEHOUSE_TEST_RESULT": str(result)}
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh", "6m", disk, lakehouse.home.path, *command],
        env={**environment(lakehouse), **extra},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3, done.stdout + done.stderr
    problems = [json.loads(line) for line in done.stdout.splitlines() if '"problem"' in line]
    assert [problem["code"] for problem in problems if problem["severity"] == "error"] == ["LH2105"], done.stdout

    home = lakehouse.home.path
    shutil.rmtree(home)
    shutil.copytree(result, home)
    assert lakehouse.run().status == "published"
    assert len(lakehouse.rows("silver.orders")) == 200_000
