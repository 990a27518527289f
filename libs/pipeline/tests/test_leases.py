"""One writer per domain on the platform, whatever becomes of the writer, of PostgreSQL, or of what lies between them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field

import pytest
from cutting_proxy import cutting_proxy
from ledgers import address, open_database, server  # noqa: F401
from postgresql import PostgresqlServer

from lakehouse_pipeline.leases import Leases
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.postgresql_database import PostgresqlDatabase
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.task import Task

HOLDER = """
import sys
from ledgers import open_database
from lakehouse_pipeline.leases import Leases
from psycopg.conninfo import conninfo_to_dict
leases = Leases(open_database({k: str(v) for k, v in conninfo_to_dict(sys.argv[1]).items()}), lambda session: None)
with leases.hold("sales", "killed", None, 0):
    leases.record_session("its-session")
    print("held", flush=True)
    sys.stdin.read()
"""


@dataclass
class Runner:
    """What one process has of the platform's database."""

    address: dict[str, str]
    ended: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database: PostgresqlDatabase = open_database(self.address)
        self.leases = Leases(self.database, self.ended.append)
        self.ledger = Ledger(self.database)

    def close(self) -> None:
        self.database.close()


def cut(runner: Runner) -> None:
    """The server ends the connection, as it does where it hears nothing of the client any more."""
    process = runner.database.run(lambda connection: connection.info.backend_pid)
    with closing(open_database(runner.address)) as other:
        other.rows("select pg_terminate_backend(?, 5000)", process)


@pytest.fixture
def first(address: dict[str, str]) -> Runner:  # noqa: F811
    return Runner(address)


@pytest.fixture
def second(address: dict[str, str]) -> Runner:  # noqa: F811
    return Runner(address)


@pytest.fixture
def third(address: dict[str, str]) -> Runner:  # noqa: F811
    return Runner(address)


def test_a_second_one_is_told_who_holds_the_lease(first: Runner, second: Runner) -> None:
    with first.leases.hold("sales", "run-1", None, 0):
        with (
            pytest.raises(LakehouseError, match=r"LH2102 sales: run run-1 on .* has held the lock since 20"),
            second.leases.hold("sales", "run-2", None, 0),
        ):
            pass
        with second.leases.hold("stock", "run-2", None, 0):
            pass
        assert (second.leases.holder("sales") or {})["run"] == "run-1"
    assert second.leases.holder("sales") is None
    with second.leases.hold("sales", "run-2", None, 0) as fence:
        assert fence == 2


def test_a_killed_holder_frees_it_and_what_it_left_running_is_ended_first(first: Runner) -> None:
    url = " ".join(f"{name}={value}" for name, value in first.address.items())
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LakehouseError, match="run killed on"), first.leases.hold("sales", "run-1", None, 0):
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    with first.leases.hold("sales", "run-1", None, 0):
        assert first.ended == ["its-session"]
    with first.leases.hold("sales", "run-2", None, 0):
        assert first.ended == ["its-session"]


def test_what_cannot_be_ended_is_left_to_the_next_one(first: Runner, second: Runner) -> None:
    def refuse(_: str) -> None:
        raise LakehouseError("LH2114", "query-server", "gone.", "Wait.")

    with first.leases.hold("sales", "run-1", None, 0):
        first.leases.record_session("its-session")
    with pytest.raises(LakehouseError, match="LH2114"), Leases(second.database, refuse).hold("sales", "run-2", None, 0):
        pass
    with first.leases.hold("sales", "run-3", None, 0):
        assert first.ended == ["its-session"]


def test_a_holder_that_lost_its_lease_cannot_write(first: Runner, second: Runner) -> None:
    with first.leases.hold("sales", "run-1", None, 0):
        cut(first)
        with second.leases.hold("sales", "run-2", None, 0):
            with pytest.raises(LakehouseError, match=r"LH2113 sales: this run lost the right to write .* run run-2 on"):
                first.ledger.start_run("run-1", "sales", "plan")
            second.ledger.start_run("run-2", "sales", "plan")
        with pytest.raises(LakehouseError, match="LH2113"):
            first.ledger.start_run("run-1", "sales", "plan")
    assert [run["id"] for run in second.ledger.rows("select id from runs")] == ["run-2"]


def test_a_holder_whose_connection_broke_holds_on(first: Runner, second: Runner, server: PostgresqlServer) -> None:  # noqa: F811
    with first.leases.hold("sales", "run-1", None, 0):
        cut(first)
        first.ledger.start_run("run-1", "sales", "plan")
        server.kill()
        server.start()
        first.ledger.finish_run("run-1", "published", None, None)
        with pytest.raises(LakehouseError, match="run run-1 on"), second.leases.hold("sales", "run-2", None, 0):
            pass
    assert second.ledger.last_status("sales") == "published"


def test_a_commit_whose_answer_was_lost_is_not_repeated(server: PostgresqlServer, address: dict[str, str]) -> None:  # noqa: F811
    with cutting_proxy(server.port) as proxy:
        runner = Runner({**address, "port": str(proxy.port)})
        with runner.leases.hold("sales", "run-1", None, 0):
            proxy.cut_after = b"COMMIT"
            runner.ledger.add_step("run-1", "land", "orders", 0.5, 1, "")
            proxy.cut_after = b"insert into steps"
            runner.ledger.add_step("run-1", "land", "shops", 0.5, 1, "")
        assert proxy.cuts == 2
        assert [step["subject"] for step in runner.ledger.rows("select subject from steps order by subject")] == ["orders", "shops"]
        runner.close()


def test_the_tasks_of_one_owner_share_a_lease_until_it_expires(first: Runner, second: Runner) -> None:
    with first.leases.hold("sales", "run-1", "dag-1", 600):
        pass
    with (
        pytest.raises(LakehouseError, match=r"LH2102 sales: run run-1 on .* keeps it for dag-1, until 20"),
        second.leases.hold("sales", "run-2", "dag-2", 600),
    ):
        pass
    with second.leases.hold("sales", "run-3", "dag-1", 0.2):
        assert (first.leases.holder("sales") or {})["owner"] == "dag-1"
    second.database.run(lambda connection: connection.execute("select pg_sleep(0.3)"))
    with first.leases.hold("sales", "run-4", None, 0):
        pass


ORDERS = Task("refine", "silver.orders", ("silver.orders",), ("bronze.orders", "silver.shops"))
SHOPS = Task("refine", "silver.shops", ("silver.shops",), ("bronze.shops",))
STOCK = Task("refine", "silver.stock", ("silver.stock",), ("silver.shops",))


def hold(runner: Runner, task: Task | None, owner: str | None = "dag-1", keep: float = 0) -> AbstractContextManager[int]:
    return runner.leases.hold("sales", f"run of {owner}", owner, keep, task)


def test_tasks_of_one_owner_work_side_by_side_and_others_are_told_who_does(first: Runner, second: Runner, third: Runner) -> None:
    with hold(first, ORDERS), hold(second, STOCK):
        first.ledger.start_run("run-1", "sales", "plan")
        second.ledger.start_run("run-2", "sales", "plan")
        assert not first.leases.is_alone("sales")
        for owner, task in (("dag-2", SHOPS), (None, SHOPS), (None, None), ("dag-1", None)):
            with pytest.raises(LakehouseError, match="LH2102 sales: run run of dag-1 on"), hold(third, task, owner):
                pass
    with hold(third, SHOPS, "dag-2"):
        assert third.leases.is_alone("sales")


@pytest.mark.parametrize(("held", "wanted"), [(ORDERS, ORDERS), (ORDERS, SHOPS), (SHOPS, ORDERS)])
def test_what_one_task_writes_no_other_one_writes_or_reads(first: Runner, second: Runner, held: Task, wanted: Task) -> None:
    with hold(first, held):
        with pytest.raises(LakehouseError, match=r"LH2102 sales/silver\.\w+: run run of dag-1 on"), hold(second, wanted):
            pass
        # Nothing is left of what was refused.
        first.ledger.start_run("run-1", "sales", "plan")
        assert first.leases.is_alone("sales")
    with hold(second, wanted):
        pass


def test_a_task_ends_what_its_own_dead_predecessor_left_running_and_a_new_owner_ends_all(first: Runner, address: dict[str, str]) -> None:  # noqa: F811
    for task in (ORDERS, SHOPS):
        dead = Runner(address)
        with hold(dead, task):
            dead.leases.record_session(f"session of {task.subject}")
            dead.close()
    with hold(first, Task("ingest", "bronze.stock", ("bronze.stock",))):
        assert first.ended == []
    with hold(first, ORDERS):
        # It reads silver.shops, which that one's session may still be writing.
        assert first.ended == ["session of silver.orders", "session of silver.shops"]
    with hold(first, SHOPS):
        first.leases.record_session("another session of silver.shops")
    first.ended.clear()
    with hold(first, Task("ingest", "bronze.stock", ("bronze.stock",)), "dag-2"):
        assert first.ended == ["another session of silver.shops"]


def test_a_task_that_lost_its_part_to_the_next_attempt_cannot_write(first: Runner, second: Runner) -> None:
    with hold(first, ORDERS):
        cut(first)
        with hold(second, ORDERS):
            with pytest.raises(LakehouseError, match=r"LH2113 sales/silver\.orders: this run lost the right to write"):
                first.ledger.start_run("run-1", "sales", "plan")
            second.ledger.start_run("run-2", "sales", "plan")
    assert [run["id"] for run in second.ledger.rows("select id from runs")] == ["run-2"]


def test_a_task_whose_connection_broke_holds_on_beside_the_others(first: Runner, second: Runner, third: Runner) -> None:
    with hold(first, ORDERS), hold(second, STOCK):
        cut(first)
        first.ledger.start_run("run-1", "sales", "plan")
        second.ledger.start_run("run-2", "sales", "plan")
        with pytest.raises(LakehouseError, match="LH2102"), hold(third, SHOPS, "dag-2"):
            pass


def test_a_task_loses_to_another_owner_that_came_while_it_was_cut_off(first: Runner, second: Runner) -> None:
    with hold(first, ORDERS):
        cut(first)
        with hold(second, STOCK, "dag-2"):
            with pytest.raises(LakehouseError, match="LH2113 sales: this run lost the right to write"):
                first.ledger.start_run("run-1", "sales", "plan")
            second.ledger.start_run("run-2", "sales", "plan")


def test_of_owners_that_come_at_once_one_gets_it(address: dict[str, str]) -> None:  # noqa: F811
    together = threading.Barrier(6)

    def come(number: int) -> str | None:
        runner = Runner(address)
        together.wait()
        try:
            with hold(runner, Task("refine", f"t{number}", (f"t{number}",)), f"dag-{number % 3}"):
                together.wait()
                return f"dag-{number % 3}"
        except LakehouseError:
            together.wait()
            return None
        finally:
            runner.close()

    with ThreadPoolExecutor(6) as pool:
        owners = list(pool.map(come, range(6)))
    assert len({owner for owner in owners if owner}) == 1


def test_the_lease_is_kept_between_tasks_for_their_owner_only(first: Runner, second: Runner) -> None:
    with hold(first, SHOPS, keep=600), hold(second, Task("ingest", "bronze.orders", ("bronze.orders",)), keep=600):
        pass
    with pytest.raises(LakehouseError, match="keeps it for dag-1"), hold(second, SHOPS, "dag-2"):
        pass
    with hold(second, SHOPS):
        pass
    with hold(second, SHOPS, "dag-2"):
        pass
