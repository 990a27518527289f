"""A pool for each domain, in which its tasks queue."""

from __future__ import annotations

from collections.abc import Sequence

from airflow.models.pool import Pool

from lakehouse_airflow.names import POOL_SLOTS, pool_of


def ensure_pools(domains: Sequence[str]) -> None:
    """Makes the pools that are missing, in Airflow's database: a task without its pool would wait for ever.

    Called where DAGs are read rather than at the start, since a plan with a new domain may be applied at any time.
    """
    known = {pool.pool for pool in Pool.get_pools()}
    for domain in domains:
        if pool_of(domain) not in known:
            Pool.create_or_update_pool(pool_of(domain), POOL_SLOTS, f"Tasks of the domain {domain}", include_deferred=False)
