"""Tasks as processes over Spark Connect: killed, cancelled, side by side, twice at once. The tables are those of one clean run."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest
from platform_here import Platform, copied, database_server, new_platform, query_server  # noqa: F401
from postgresql import PostgresqlServer
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, check, small_plan

from lakehouse_pipeline.connect_session import QueryServer

TABLES = ("bronze.orders", "bronze.shops", "silver.orders", "silver.shops", "quarantine.orders", "gold.daily")
OPS = ("ops.runs", "ops.row_accounting", "ops.checks", "ops.releases")
DAG = ("--run", "dag-2", "--owner", "dag-2", "--label", "sales__publish manual__2", "--keep", "60")
END = "event:result/None/None"

# Each task with the points at which it is killed, one after the other, before it is let through.
TASKS: list[tuple[tuple[str, ...], list[str]]] = [
    (("ingest", "--source", "shops"), ["record:finish_ingest#1"]),
    (
        ("ingest", "--source", "orders"),
        ["event:stepFinished/land/orders", "record:begin_work#1", "commit:bronze/orders", "record:finish_ingest#1", END],
    ),
    (("refine", "--table", "silver.shops"), ["commit:silver/shops", END]),
    (
        ("refine", "--table", "silver.orders"),
        [
            *("event:stepStarted/refine/silver.orders", "commit:quarantine/orders", "commit:silver/orders"),
            *("record:finish_refine#1", END),
        ],
    ),
    (("audit",), ["event:stepFinished/audit/silver.orders", END]),
    (("build", "--table", "gold.daily"), ["event:stepFinished/build/gold.daily", "event:stepFinished/audit/gold.daily", END]),
    (
        ("publish",),
        [
            *("record:intend_release#1", "event:stepStarted/publish/gold.daily", "commit:gold/daily", "record:finish_release#1"),
            END,
        ],
    ),
    (("record",), ["event:stepStarted/record/ops", END]),
]


BACKFILL = ("backfill", "--from", "2013-01-01", "--to", "2013-02-28", "--owner", "dag-4", "--keep", "0")
BACKFILL_POINTS = ["record:finish_refine#2", "commit:quarantine/orders", "record:finish_refine#1", "event:stepFinished/audit/silver.orders"]


@pytest.fixture(scope="module")
def prepared(
    tmp_path_factory: pytest.TempPathFactory,
    query_server: QueryServer,  # noqa: F811
    database_server: PostgresqlServer,  # noqa: F811
) -> tuple[Platform, Platform]:
    """A platform after one run with a second delivery before its door, and the same after the tasks of a clean DAG run."""
    folder = tmp_path_factory.mktemp("prepared")
    before = new_platform(folder / "before", small_plan(), query_server, database_server)
    lakehouse = before.lakehouse
    lakehouse.deliver("shops", "2013-01", SHOP_COLUMNS, [("A", "Aachen"), ("B", "Bonn")])
    first = [(number, f"2013-01-{number:02}", number, "A", 1) for number in range(1, 20)] + [(77, "2013-01-02", 1, "Z", 1)]
    lakehouse.deliver("orders", "2013-01", ORDER_COLUMNS, first)
    assert before.do("run").value["status"] == "published"
    lakehouse.deliver("shops", "2013-02", SHOP_COLUMNS, [("Z", "Zwolle")])
    second = [(number, f"2013-02-{number:02}", number * 2, "B", 2) for number in range(10, 25)] + [("", "x", 1, "A", 1), (3, "never")]
    lakehouse.deliver("orders", "2013-02", ORDER_COLUMNS, second)
    clean = copied(before, folder / "clean", query_server, database_server)
    for words, _ in TASKS:
        answer = clean.do(*words, *DAG)
        assert (answer.code, answer.value["changed"]) == (0, True), answer
    return before, clean


@pytest.fixture
def platform(
    prepared: tuple[Platform, Platform],
    tmp_path: Path,
    query_server: QueryServer,  # noqa: F811
    database_server: PostgresqlServer,  # noqa: F811
) -> Platform:
    return copied(prepared[0], tmp_path / "platform", query_server, database_server)


def expect_the_same(found: Platform, clean: Platform) -> None:
    for table in (*TABLES, *OPS):
        incidental = ("recorded_at", "checked_at", "published_at")
        held, expected = (
            sorted(repr({key: value for key, value in row.items() if key not in incidental}) for row in shown(place, table))
            for place in (found, clean)
        )
        assert held == expected, table
    assert found.ledger("select domain from leases where session is not null") == []


def shown(platform: Platform, table: str) -> list[dict[str, object]]:
    hidden = {"_ingested_at", "quarantined_at", "resolved_at", "started_at", "finished_at"}
    rows = [{key: value for key, value in row.items() if key not in hidden} for row in platform.lakehouse.rows(table)]
    return [row for row in rows if row.get("domain") is None or row["run"] == "dag-2"]


def test_killed_at_every_point_and_done_again_it_is_as_after_clean_tasks(platform: Platform, prepared: tuple[Platform, Platform]) -> None:
    for words, points in TASKS:
        for attempt, point in enumerate(points, 1):
            killed = platform.do(*words, *DAG, "--attempt", str(attempt), point=point)
            assert killed.code == -signal.SIGKILL, (words, point, killed)
        answer = platform.do(*words, *DAG, "--attempt", str(len(points) + 1))
        assert answer.code == 0, answer
        # What a predecessor did that could not say so is the task's own; a record has nothing to pass on.
        assert answer.value["changed"] or words == ("record",), answer
    expect_the_same(platform, prepared[1])
    assert {row["status"] for row in platform.ledger("select status from tasks")} == {"ingested", "refined", "passed", "built", "published"}
    again = platform.do("run", "--owner", "dag-2")
    assert again.value["status"] == "nothingNew"


def test_tasks_of_one_dag_run_go_side_by_side_and_others_are_told_to_wait(platform: Platform, prepared: tuple[Platform, Platform]) -> None:
    ingests = [platform.start("ingest", "--source", source, *DAG) for source in ("orders", "shops")]
    assert [process.end().value["status"] for process in ingests] == ["ingested", "ingested"]
    waiting = platform.start(*TASKS[2][0], *DAG, point="wait:stepStarted/refine/silver.shops")
    waiting.says("stepStarted", "refine", "silver.shops")
    # The same task once more, a child of what it writes, other owners.
    for words in (TASKS[2][0], TASKS[3][0], ("audit",)):
        refused = platform.do(*words, *DAG)
        assert (refused.code, refused.problems) == (4, ["LH2102"]), words
    for words in (
        ("ingest", "--source", "orders"),
        ("run",),
        ("backfill", "--from", "2013-01-01", "--to", "2013-01-31"),
    ):
        refused = platform.do(*words, "--owner", "dag-3")
        assert (refused.code, refused.problems) == (4, ["LH2102"]), words
    # A person waits, for as long as that person likes.
    person = platform.start("run")
    person.says("stepStarted", "wait", "sales")
    person.process.terminate()
    left = person.end()
    assert (left.code, left.problems) == (130, ["LH2109"])
    # What it has nothing to do with goes on beside it.
    beside = platform.do("ingest", "--source", "orders", *DAG)
    assert (beside.code, beside.value["changed"]) == (0, True)
    waiting.process.terminate()
    stopped = waiting.end()
    assert (stopped.code, stopped.problems) == (130, ["LH2109"])
    for words, _ in TASKS[2:]:
        assert platform.do(*words, *DAG).code == 0
    expect_the_same(platform, prepared[1])


def test_a_release_that_was_left_half_way_is_finished_before_its_candidates_are_replaced(
    platform: Platform, prepared: tuple[Platform, Platform]
) -> None:
    for words, _ in TASKS[:6]:
        assert platform.do(*words, *DAG).code == 0
    assert platform.do("publish", *DAG, point="event:stepStarted/publish/gold.daily").code == -signal.SIGKILL
    built = platform.do(*TASKS[5][0], *DAG)
    assert (built.code, built.value["status"]) == (0, "built")
    published = platform.do("publish", *DAG)
    assert (published.code, published.value["changed"]) == (0, True)
    assert platform.do("record", *DAG).code == 0
    expect_the_same(platform, prepared[1])


def test_of_two_that_do_a_step_at_once_one_does_it(platform: Platform, prepared: tuple[Platform, Platform]) -> None:
    for words, _ in TASKS:
        both = [platform.start(*words, *DAG) for _ in range(2)]
        codes = sorted(process.end().code for process in both)
        assert codes in ([0, 0], [0, 4]), (words, codes)
    expect_the_same(platform, prepared[1])


ENDLESS = "select count(*) from range(0, 100000000000000, 1, 8) where hash(id) = 1"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_task_that_is_cancelled_or_killed_leaves_no_work_on_the_server(platform: Platform, number: signal.Signals) -> None:
    for words, _ in TASKS[:4]:
        assert platform.do(*words, *DAG).code == 0
    slow = check("silver.orders/slow", {"kind": "query", "sql": ENDLESS}, {"operator": "greaterThan", "value": -1})
    platform.lakehouse.plan = small_plan(checks=[slow], fingerprint="orders-1").model_copy(update={"hash": "slow"})
    platform.apply()
    audit = platform.start("audit", *DAG, "--plan-hash", "slow")
    audit.says("progress", "audit", "silver.orders")
    assert audit.events[-1]["unit"] == "tasks"
    assert "stage 1 of " in audit.events[-1]["detail"]
    since = time.monotonic()
    audit.process.send_signal(number)
    ended = audit.end()
    if number == signal.SIGTERM:
        assert (ended.code, ended.problems) == (130, ["LH2109"])
        assert time.monotonic() - since < 20
        assert platform.ledger("select domain from leases where session is not null") == []
        assert platform.ledger("select status from tasks where task = 'audit sales'") == [{"status": "interrupted"}]
    else:
        assert platform.ledger("select domain from leases where session is not null") == [{"domain": "sales/audit"}]
    # It takes both cores of the server till it is ended.
    since = time.monotonic()
    again = platform.do("audit", *DAG, "--attempt", "2", "--plan-hash", "plan-orders-1")
    assert (again.code, again.value["status"]) == (0, "passed")
    assert time.monotonic() - since < 60
    assert platform.ledger("select attempt, status from tasks where task = 'audit sales'") == [{"attempt": 2, "status": "passed"}]
    assert platform.ledger("select domain from leases where session is not null") == []


def test_with_nothing_to_do_no_session_is_opened(prepared: tuple[Platform, Platform]) -> None:
    clean = prepared[1]
    nowhere = {**clean.environment, "LAKEHOUSE_CONNECT": "127.0.0.1:1"}
    clean.environment, environment = nowhere, clean.environment
    try:
        for words, _ in TASKS:
            answer = clean.do(*words, "--run", "dag-3", "--owner", "dag-3", "--keep", "0")
            assert (answer.code, answer.value["changed"], answer.value["status"]) == (0, False, "nothingNew"), words
    finally:
        clean.environment = environment


def test_a_failure_that_a_task_could_not_tell_is_noted(platform: Platform) -> None:
    killed = platform.do("ingest", "--source", "orders", *DAG, point="event:stepStarted/ingest/bronze.orders")
    assert killed.code == -signal.SIGKILL
    noted = platform.do("note-failure", *DAG, "--step", "ingest_orders", "--message", "killed: out of memory")
    assert noted.code == 0
    rows = [row for row in platform.lakehouse.rows("ops.runs") if row["run"] == "dag-2"]
    assert [(row["status"], row["message"], row["label"]) for row in rows] == [
        ("failed", "ingest_orders: killed: out of memory", "sales__publish manual__2")
    ]


def test_a_backfill_killed_in_its_intervals_goes_on_with_the_next(
    prepared: tuple[Platform, Platform],
    tmp_path: Path,
    query_server: QueryServer,  # noqa: F811
    database_server: PostgresqlServer,  # noqa: F811
) -> None:
    platform = copied(prepared[1], tmp_path / "platform", query_server, database_server)
    before = {table: platform.lakehouse.content(table) for table in TABLES}
    for point in BACKFILL_POINTS:
        assert platform.do(*BACKFILL, "--run", "dag-4", point=point).code == -signal.SIGKILL, point
    done = platform.do(*BACKFILL, "--run", "dag-4")
    assert (done.code, done.value["status"], done.value["changed"]) == (0, "published", True)
    assert all(piece["resumed"] for piece in done.value["intervals"])
    assert {table: platform.lakehouse.content(table) for table in TABLES} == before
    for words, code in (("--plan-hash never", "LH2106"), ("--from 2013-02-01 --to 2013-01-01", "LH2119")):
        refused = platform.do(*BACKFILL, *words.split())
        assert (refused.code, refused.problems) == (3, [code])
    assert platform.do("run").value["status"] == "nothingNew"
