"""The last release of published tables. An answer that Superset keeps belongs to it, so that none is shown after the next one."""

from __future__ import annotations

import logging
from functools import lru_cache
from secrets import token_hex

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import SQLAlchemyError

_LOG = logging.getLogger(__name__)
# A release counts from the moment at which the pipeline writes this down, when all readers see its rows already.
_LAST = text("select count(*), max(published_at) from releases where status = 'published'")


def ledger_url(superset: str) -> URL:
    """The pipeline's ledger: on the same server and by the same login as Superset's own database, whose URI is given."""
    return make_url(superset).set(database="lakehouse")


@lru_cache(maxsize=1)
def ledger(superset: str) -> Engine:
    """The ledger beside Superset's own database, with connections that are kept open."""
    return create_engine(ledger_url(superset), pool_pre_ping=True, connect_args={"connect_timeout": 3})


def last_release(engine: Engine) -> str:
    """A name for the last release, another one after each release and rollback. What is kept under it has to be asked for afterwards.

    Where the ledger cannot be read it is a name that never comes again: nothing is answered from what was kept.
    """
    try:
        with engine.connect() as connection:
            count, published_at = connection.execute(_LAST).one()
    except SQLAlchemyError as error:
        _LOG.warning("The last release is not known, so answers are not kept: %s", error)
        return token_hex()
    return f"{count} {published_at}"
