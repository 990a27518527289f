"""A run, or another change, that kills itself with SIGKILL at a chosen point; started as a process of its own by tests."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lakehouse import Lakehouse
from small_plan import small_plan

from lakehouse_pipeline.batches import revert_batch
from lakehouse_pipeline.home import open_home
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.lock import domain_lock, record_jvm
from lakehouse_pipeline.plan_file import read_plan
from lakehouse_pipeline.publish_kept import publish_overridden
from lakehouse_pipeline.session import embedded_session, jvm_process

RECORDS = ("begin_work", "finish_ingest", "finish_refine", "intend_release", "finish_release", "finish_run")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    folder, point = Path(sys.argv[1]), sys.argv[2]
    plan = folder / "plan.json"
    lakehouse = Lakehouse(folder, read_plan(str(plan)) if plan.exists() else small_plan(), lambda: start(folder))
    kind, _, what = point.partition(":")
    if kind == "event":
        lakehouse.events = KillingList(what)
    elif kind == "record":
        name, _, count = what.partition("#")
        kill_before_record(name, int(count or 1))
    elif kind == "commit":
        threading.Thread(target=kill_inside_commit, args=(folder / "home" / "warehouse" / what,), daemon=True).start()
    home = open_home(str(folder / "home"))
    with domain_lock(home.lock("sales"), "sales", "killed"):
        change(lakehouse, *sys.argv[3:])


def change(lakehouse: Lakehouse, what: str = "run", subject: str = "") -> None:
    """`run`, `override` of a run, or `revert` of a batch."""
    if what == "run":
        lakehouse.run()
        return
    lakehouse.events.clear()
    context, _ = lakehouse.context()
    if what == "override":
        publish_overridden(context, subject, "anna@desk", "a sale")
    else:
        revert_batch(context, subject, "anna@desk", "wrong currency")


def start(folder: Path) -> Any:
    home = open_home(str(folder / "home"))
    session = embedded_session(home)
    record_jvm(home.locks, jvm_process(session))
    return session


class KillingList(list[Any]):
    """Takes events and dies at the wanted one: `stepFinished/refine/silver.orders`."""

    def __init__(self, wanted: str) -> None:
        super().__init__()
        self.wanted = wanted

    def append(self, event: Any) -> None:
        if self.wanted == f"{event['event']}/{event.get('step')}/{event.get('subject')}":
            die()


def kill_before_record(name: str, count: int) -> None:
    """Dies before the `count`-th call of a method of the ledger: after the commit, before it is written down."""
    assert name in RECORDS
    original: Callable[..., Any] = getattr(Ledger, name)
    calls = [0]

    def dying(self: Ledger, *arguments: Any) -> Any:
        calls[0] += 1
        if calls[0] == count:
            die()
        return original(self, *arguments)

    setattr(Ledger, name, dying)


def kill_inside_commit(table: Path) -> None:
    """Dies as soon as data files have been written for a commit that is not in the log yet."""
    files = set(table.glob("*.parquet"))
    while True:
        if set(table.glob("*.parquet")) - files:
            die()
        time.sleep(0.001)


if __name__ == "__main__":
    main()
