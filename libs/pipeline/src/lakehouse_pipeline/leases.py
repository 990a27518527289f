"""The right to write a domain on the platform: one holder at a time, fenced."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg

from lakehouse_pipeline.held import Holder, held
from lakehouse_pipeline.ledger import now
from lakehouse_pipeline.postgresql_database import Connection, PostgresqlDatabase
from lakehouse_pipeline.problem import LakehouseError

# PostgreSQL's locks for applications are named by two numbers; the second one is the lease's own.
_LOCKS = 7202
# The server needs this long at most to notice that a broken connection of ours is gone, and to free what it held.
_RETURN_SECONDS = 40.0


def lease_schema() -> str:
    """The statements that make the tables of leases where they are missing."""
    return Path(__file__).with_name("lease.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class _Claim:
    number: int
    fence: int


class Leases:
    """The leases that this process holds. They end with its connection to PostgreSQL, however that ends.

    Each taking raises the lease's fencing number. Whoever writes to the ledger shows the number it took, and is refused
    where somebody took the lease since.
    """

    def __init__(self, database: PostgresqlDatabase, end_session: Callable[[str], None]) -> None:
        """`end_session` ends what a dead holder left running, and returns when it has ended."""
        self._database = database
        self._end_session = end_session
        self._claims: dict[str, _Claim] = {}
        self._freed: set[str] = set()
        database.on_connect = self._claim_again
        database.before_write = self._require_all

    @contextmanager
    def hold(self, domain: str, run: str, owner: str | None, keep_seconds: float) -> Iterator[int]:
        """Holds the lease of a domain and gives its fencing number. Afterwards it is kept for the other tasks of `owner`, if there is one.

        Raises LakehouseError LH2102 that names the holder where another run has it.
        """
        claim = self._database.run(lambda connection: _take(connection, domain, run, owner))
        self._freed.discard(domain)
        self._claims[domain] = claim
        try:
            self._end_left_session(domain, claim)
            yield claim.fence
        finally:
            self._freed.add(domain)
            del self._claims[domain]
            # Where PostgreSQL is gone, the lock has ended with the connection.
            with contextlib.suppress(LakehouseError, psycopg.Error):
                self._database.run(lambda connection: _free(connection, domain, claim, keep_seconds if owner else 0), patience=0)

    def record_session(self, session: str | None) -> None:
        """Notes, before it is used, a session that whoever comes next must end; None once it has ended."""
        for domain, claim in self._claims.items():
            self._database.run(partial(_note, domain=domain, fence=claim.fence, session=session))

    def holder(self, domain: str) -> Holder | None:
        """Who holds the lease, or None where it is free."""
        row = self._database.run(lambda connection: _look(connection, domain))
        return _holder(row) if row and (row["alive"] or row["kept"]) else None

    def _end_left_session(self, domain: str, claim: _Claim) -> None:
        row = self._database.run(lambda connection: _look(connection, domain))
        if row and row["session"]:
            self._end_session(row["session"])
            self._database.run(partial(_note, domain=domain, fence=claim.fence, session=None))

    def _claim_again(self, connection: Connection) -> None:
        """Takes on a new connection what the last one held, unless somebody was faster."""
        for domain, claim in self._claims.items():
            deadline = time.monotonic() + _RETURN_SECONDS
            while not _lock(connection, claim.number):
                _require(connection, {domain: claim})
                if time.monotonic() > deadline:
                    raise _lost(domain, _look(connection, domain))
                time.sleep(0.5)
        _require(connection, self._claims)

    def _require_all(self, connection: Connection) -> None:
        # Threads of an interrupted run may come here when its lease is free again.
        for domain in self._freed - self._claims.keys():
            raise _lost(domain, _look(connection, domain))
        _require(connection, self._claims)


def _take(connection: Connection, domain: str, run: str, owner: str | None) -> _Claim:
    connection.execute("insert into leases (domain) values (%s) on conflict do nothing", (domain,))
    row = _look(connection, domain)
    assert row is not None
    if not _lock(connection, row["number"]):
        raise held(domain, _holder(row))
    row = _look(connection, domain)
    assert row is not None
    if row["kept"] and row["owner"] != owner:
        _unlock(connection, row["number"])
        raise held(domain, _holder(row))
    taken = connection.execute(
        "update leases set fence = fence + 1, run = %s, owner = %s, host = %s, since = %s, kept_until = null"
        " where domain = %s returning number, fence",
        (run, owner, socket.gethostname(), now(), domain),
    ).fetchone()
    assert taken is not None
    return _Claim(taken["number"], taken["fence"])


def _free(connection: Connection, domain: str, claim: _Claim, keep_seconds: float) -> None:
    connection.execute(
        "update leases set kept_until = now() + make_interval(secs => %s) where domain = %s and fence = %s",
        (float(keep_seconds), domain, claim.fence),
    )
    _unlock(connection, claim.number)


def _note(connection: Connection, domain: str, fence: int, session: str | None) -> None:
    connection.execute("update leases set session = %s where domain = %s and fence = %s", (session, domain, fence))


def _look(connection: Connection, domain: str) -> dict[str, Any] | None:
    """The lease; `alive`: a living process holds it, `kept`: it is kept for the tasks of its owner."""
    return connection.execute(
        "select leases.*, coalesce(kept_until > now(), false) as kept, exists ("
        " select from pg_locks where locktype = 'advisory' and classid = %s and objid = number and objsubid = 2 and granted"
        " and database = (select oid from pg_database where datname = current_database())"
        ") as alive from leases where domain = %s",
        (_LOCKS, domain),
    ).fetchone()


def _holder(row: dict[str, Any]) -> Holder:
    until = {"until": row["kept_until"].isoformat(timespec="seconds")} if row["kept"] else {}
    return {"run": row["run"], "host": row["host"], "since": row["since"], "owner": row["owner"], **until}


def _lock(connection: Connection, number: int) -> bool:
    found = connection.execute("select pg_try_advisory_lock(%s, %s) as taken", (_LOCKS, number)).fetchone()
    return found is not None and bool(found["taken"])


def _unlock(connection: Connection, number: int) -> None:
    connection.execute("select pg_advisory_unlock(%s, %s)", (_LOCKS, number))


def _require(connection: Connection, claims: dict[str, _Claim]) -> None:
    if not claims:
        return
    # Nobody takes a lease between this look and the end of the transaction that it is part of.
    rows = connection.execute("select domain, fence from leases where domain = any(%s) for share", (list(claims),)).fetchall()
    fences = {row["domain"]: row["fence"] for row in rows}
    for domain, claim in claims.items():
        if fences.get(domain) != claim.fence:
            raise _lost(domain, _look(connection, domain))


def _lost(domain: str, row: dict[str, Any] | None) -> LakehouseError:
    by = f"run {row['run']} on {row['host']} took it at {row['since']}" if row else "it is gone"
    return LakehouseError(
        "LH2113",
        domain,
        f"this run lost the right to write while it could not reach PostgreSQL; {by}. Nothing was written to the ledger since.",
        "Run it again when that one is done: it goes on where this one stopped.",
    )
