"""By which release an answer is kept."""

from __future__ import annotations

import pytest
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.pool import StaticPool

from lakehouse_superset.release import last_release, ledger_url


@pytest.fixture
def releases() -> Engine:
    """A ledger in memory, as empty as before the first run."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    engine.execute("create table releases (status text, published_at text)")
    return engine


def test_each_release_has_a_name_of_its_own(releases: Engine) -> None:
    names = [last_release(releases)]
    for moment in ("2026-03-01T12:00:00.000+00:00", "2026-03-01T12:00:00.000+00:00", "2026-03-01T13:00:00.000+00:00"):
        releases.execute("insert into releases values ('published', ?)", moment)
        names.append(last_release(releases))
        assert last_release(releases) == names[-1]
    assert len(set(names)) == 4


def test_one_that_is_under_way_does_not_count_yet(releases: Engine) -> None:
    before = last_release(releases)
    releases.execute("insert into releases values ('publishing', null)")
    assert last_release(releases) == before


def test_without_a_ledger_nothing_that_was_kept_is_found_again() -> None:
    engine = create_engine("sqlite://")
    assert last_release(engine) != last_release(engine)


def test_it_is_on_the_server_of_superset() -> None:
    url = ledger_url("postgresql+psycopg2://superset:secret@postgres:5432/superset")
    assert (url.host, url.username, url.database) == ("postgres", "superset", "lakehouse")
