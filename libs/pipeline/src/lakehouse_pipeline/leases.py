"""The right to write a domain on the platform: one owner at a time, fenced; tasks of one owner work side by side on parts of it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg

from lakehouse_pipeline.held import Holder
from lakehouse_pipeline.lease_rows import (
    Claim,
    describe,
    forget_session,
    free,
    left_sessions,
    lock,
    look,
    lost,
    note,
    part_of,
    require,
    take,
)
from lakehouse_pipeline.postgresql_database import Connection, PostgresqlDatabase
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.task import Task

# The server needs this long at most to notice that a broken connection of ours is gone, and to free what it held.
_RETURN_SECONDS = 40.0


def lease_schema() -> str:
    """The statements that make the tables of leases where they are missing."""
    return Path(__file__).with_name("lease.sql").read_text(encoding="utf-8")


class Leases:
    """The leases that this process holds. They end with its connection to PostgreSQL, however that ends.

    Each taking raises the lease's fencing number, unless it is shared. Whoever writes to the ledger shows the numbers it
    found, and is refused where somebody took one of its leases since.
    """

    def __init__(self, database: PostgresqlDatabase, end_session: Callable[[str], None]) -> None:
        """`end_session` ends what a dead holder left running, and returns when it has ended."""
        self._database = database
        self._end_session = end_session
        self._claims: dict[str, Claim] = {}
        self._freed: set[str] = set()
        database.on_connect = self._claim_again
        database.before_write = self._require_all

    @contextmanager
    def hold(self, domain: str, run: str, owner: str | None, keep_seconds: float, task: Task | None = None) -> Iterator[int]:
        """Holds the lease of a domain and gives a fencing number. Afterwards it is kept for the other tasks of `owner`, if there is one.

        With an owner and a `task` it is held beside other tasks of that owner, as far as they leave alone what the task works on.
        Raises LakehouseError LH2102 that names the holder where another one has what is wanted.
        """
        with contextlib.ExitStack() as taken:
            beside = task if owner is not None else None
            claim, is_first = self._take(taken, domain, run, owner, keep_seconds, tenant=True, shared=beside is not None)
            self._end_left(domain, parts=is_first)
            fence = claim.fence
            parts = {part: part not in beside.writes for part in (*beside.writes, *beside.reads)} if beside else {}
            for part, shared in parts.items():
                name = part_of(domain, part)
                claim, _ = self._take(taken, name, run, None, 0, tenant=False, shared=shared)
                # Its holder, if one left a session there, is dead: else the lease were not ours.
                self._end_left(name, parts=False)
                fence = fence if shared else claim.fence
            yield fence

    def record_session(self, session: str) -> None:
        """Notes a session, before it is used, which whoever comes next must end."""
        self._database.run(partial(note, claims=list(self._claims.values()), session=session))

    def forget_session(self, session: str) -> None:
        """Notes that a session has ended."""
        self._database.run(partial(forget_session, session=session))

    def is_alone(self, domain: str) -> bool:
        """Whether no other process holds the lease beside this one."""
        row = self._database.run(lambda connection: look(connection, domain))
        return row is None or not row["others"]

    def holder(self, domain: str) -> Holder | None:
        """Who holds the lease, or None where it is free."""
        row = self._database.run(lambda connection: look(connection, domain))
        return describe(row) if row and (row["alive"] or row["kept"]) else None

    def _take(
        self, taken: contextlib.ExitStack, name: str, run: str, owner: str | None, keep_seconds: float, tenant: bool, shared: bool
    ) -> tuple[Claim, bool]:
        claim, is_first = self._database.run(partial(take, name=name, run=run, owner=owner, tenant=tenant, shared=shared))
        self._freed.discard(name)
        self._claims[name] = claim
        taken.callback(self._free, claim, keep_seconds)
        return claim, is_first

    def _free(self, claim: Claim, keep_seconds: float) -> None:
        self._freed.add(claim.name)
        del self._claims[claim.name]
        # Where PostgreSQL is gone, the lock has ended with the connection.
        with contextlib.suppress(LakehouseError, psycopg.Error):
            self._database.run(partial(free, claim=claim, keep_seconds=keep_seconds), patience=0)

    def _end_left(self, name: str, parts: bool) -> None:
        for session in self._database.run(partial(left_sessions, name=name, parts=parts)):
            self._end_session(session)
            self.forget_session(session)

    def _claim_again(self, connection: Connection) -> None:
        """Takes on a new connection what the last one held, unless somebody was faster."""
        for name, claim in self._claims.items():
            deadline = time.monotonic() + _RETURN_SECONDS
            while not lock(connection, claim.number, claim.shared):
                require(connection, {name: claim})
                if time.monotonic() > deadline:
                    raise lost(name, look(connection, name))
                time.sleep(0.5)
        require(connection, self._claims)

    def _require_all(self, connection: Connection) -> None:
        # Threads of an interrupted run may come here when its lease is free again.
        for name in self._freed - self._claims.keys():
            raise lost(name, look(connection, name))
        require(connection, self._claims)
