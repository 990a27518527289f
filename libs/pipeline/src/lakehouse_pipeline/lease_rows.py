"""The rows and locks in PostgreSQL that leases are made of."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lakehouse_pipeline.held import Holder, held
from lakehouse_pipeline.ledger_rows import now
from lakehouse_pipeline.postgresql_database import Connection
from lakehouse_pipeline.problem import LakehouseError

# PostgreSQL's locks for applications are named by two numbers; the second one is the lease's own.
_LOCKS = 7202


@dataclass(frozen=True)
class Claim:
    """What a process holds of a lease. `shared`: beside others; then it raised no fencing number and its sessions are not noted there."""

    name: str
    number: int
    fence: int
    shared: bool


def part_of(domain: str, part: str) -> str:
    """The name of the lease of one part of a domain."""
    return f"{domain}/{part}"


def domain_of(name: str) -> str:
    """The domain of a lease."""
    return name.split("/", 1)[0]


def take(connection: Connection, name: str, run: str, owner: str | None, tenant: bool, shared: bool) -> tuple[Claim, bool]:
    """Takes a lease and says whether its fencing number was raised: not where it is shared with those who have it already.

    `tenant`: the lease is one of a domain, which an owner has, or keeps for its next task. Raises LakehouseError LH2102.
    """
    connection.execute("insert into leases (domain) values (%s) on conflict do nothing", (name,))
    # The row is locked, so that of two who come at once the second sees that the first has it.
    with connection.transaction():
        row = look(connection, name, "for update")
        assert row is not None
        if not lock(connection, row["number"], shared):
            # Of a part those who only read it are not noted; who has its domain is.
            raise held(name, describe((None if tenant else look(connection, domain_of(name))) or row))
        row = look(connection, name)
        assert row is not None
        is_owner = row["owner"] == owner
        if tenant and (row["kept"] or row["others"]) and not is_owner:
            unlock(connection, row["number"], shared)
            raise held(name, describe(row))
        if shared and (not tenant or is_owner):
            if tenant:
                connection.execute("update leases set kept_until = null where domain = %s", (name,))
            return Claim(name, row["number"], row["fence"], shared), False
        taken = connection.execute(
            "update leases set fence = fence + 1, run = %s, owner = %s, host = %s, since = %s, kept_until = null"
            " where domain = %s returning number, fence",
            (run, owner, socket.gethostname(), now(), name),
        ).fetchone()
        assert taken is not None
        return Claim(name, taken["number"], taken["fence"], shared), True


def free(connection: Connection, claim: Claim, keep_seconds: float) -> None:
    """Lets go of a lease; it is kept for its owner's next task for so many seconds."""
    connection.execute(
        "update leases set kept_until = clock_timestamp() + make_interval(secs => %s)"
        " where domain = %s and fence = %s and owner is not null",
        (float(keep_seconds), claim.name, claim.fence),
    )
    unlock(connection, claim.number, claim.shared)


def note(connection: Connection, claims: list[Claim], session: str | None) -> None:
    """Notes in the leases that this process has for itself which session it is about to use."""
    for claim in claims:
        if not claim.shared:
            connection.execute("update leases set session = %s where domain = %s and fence = %s", (session, claim.name, claim.fence))


def left_sessions(connection: Connection, name: str, parts: bool) -> set[str]:
    """Sessions that dead holders of a lease left, and with `parts` of all its parts."""
    rows = connection.execute(
        "select session from leases where session is not null and (domain = %s or (%s and starts_with(domain, %s)))",
        (name, parts, part_of(name, "")),
    ).fetchall()
    return {str(row["session"]) for row in rows}


def forget_session(connection: Connection, session: str) -> None:
    connection.execute("update leases set session = null where session = %s", (session,))


def look(connection: Connection, name: str, locking: str = "") -> dict[str, Any] | None:
    """The lease; `alive`: living processes hold it, `others`: among them others than this one, `kept`: it is kept for its owner."""
    holders = (
        "select from pg_locks where locktype = 'advisory' and classid = %s and objid = number and objsubid = 2 and granted"
        " and database = (select oid from pg_database where datname = current_database())"
    )
    return connection.execute(
        f"select leases.*, coalesce(kept_until > clock_timestamp(), false) as kept, exists ({holders}) as alive,"
        f" exists ({holders} and pid <> pg_backend_pid()) as others from leases where domain = %s {locking}",
        (_LOCKS, _LOCKS, name),
    ).fetchone()


def describe(row: Mapping[str, Any]) -> Holder:
    """Who has a lease, as a person is told."""
    until = {"until": row["kept_until"].isoformat(timespec="seconds")} if row["kept"] else {}
    return {"run": row["run"], "host": row["host"], "since": row["since"], "owner": row["owner"], **until}


def lock(connection: Connection, number: int, shared: bool) -> bool:
    found = connection.execute(f"select pg_try_advisory_lock{_mode(shared)}(%s, %s) as taken", (_LOCKS, number)).fetchone()
    return found is not None and bool(found["taken"])


def unlock(connection: Connection, number: int, shared: bool) -> None:
    connection.execute(f"select pg_advisory_unlock{_mode(shared)}(%s, %s)", (_LOCKS, number))


def require(connection: Connection, claims: Mapping[str, Claim]) -> None:
    """Raises LakehouseError LH2113 where somebody took one of the leases since."""
    if not claims:
        return
    # Nobody takes a lease between this look and the end of the transaction that it is part of.
    rows = connection.execute("select domain, fence from leases where domain = any(%s) for share", (list(claims),)).fetchall()
    fences = {row["domain"]: row["fence"] for row in rows}
    for name, claim in claims.items():
        if fences.get(name) != claim.fence:
            raise lost(name, look(connection, name))


def lost(name: str, row: Mapping[str, Any] | None) -> LakehouseError:
    """What a process is told whose right to write has gone to another one."""
    by = f"run {row['run']} on {row['host']} took it at {row['since']}" if row else "it is gone"
    return LakehouseError(
        "LH2113",
        name,
        f"this run lost the right to write while it could not reach PostgreSQL; {by}. Nothing was written to the ledger since.",
        "Run it again when that one is done: it goes on where it stopped.",
    )


def _mode(shared: bool) -> str:
    return "_shared" if shared else ""
