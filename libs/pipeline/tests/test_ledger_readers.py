"""Who else may look into the platform's ledger."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest
from ledgers import address, open_database, server  # noqa: F401
from postgresql import PostgresqlServer


def test_superset_may_see_when_a_release_was_published_and_nothing_else(
    server: PostgresqlServer,  # noqa: F811
    address: dict[str, str],  # noqa: F811
) -> None:
    open_database(address).close()
    server.url("superset", "superset", "another secret")
    for _ in range(2):
        open_database(address).close()
    with closing(psycopg.connect(**{**address, "user": "superset", "password": "another secret"}, autocommit=True)) as superset:  # type: ignore[arg-type]
        assert superset.execute("select count(*), max(published_at) from releases where status = 'published'").fetchone() == (0, None)
        for refused in ("select batches from releases", "select * from runs", "select * from leases", "delete from releases"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                superset.execute(refused)
