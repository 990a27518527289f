"""Rollback: gold as an earlier release had it, recorded as a release of its own, and a lawful start for the next run."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, small_plan

from lakehouse_pipeline.conduct import Outcome
from lakehouse_pipeline.database import Statement, statement
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.record import record
from lakehouse_pipeline.rollback import rollback

Releases = tuple[Lakehouse, list[str], list[list[str]]]

SHOPS = [("A", "Aachen"), ("B", "Bonn")]
DAYS = [(number, f"2013-01-{number:02}", number, "A", 1) for number in (1, 2, 3)]

BEFORE_THE_COMMIT = "publish._restore"
AFTER_THE_COMMIT = "ledger.Ledger.finish_release"


def roll_back(lakehouse: Lakehouse, to: str | None = None) -> Outcome:
    context, ledger = lakehouse.context()
    with closing(ledger):
        return rollback(context, to)


def published(lakehouse: Lakehouse) -> str:
    release = lakehouse.run().release
    assert release is not None
    return release


def three_releases(lakehouse: Lakehouse) -> None:
    """Of each, its name and what gold held is noted beside the lakehouse."""
    lakehouse.deliver("shops", "all", SHOP_COLUMNS, SHOPS)
    names, content = [], []
    for number, order in enumerate(DAYS):
        lakehouse.deliver("orders", f"{number}", ORDER_COLUMNS, [order])
        names.append(published(lakehouse))
        content.append(lakehouse.content("gold.daily"))
    assert len({str(rows) for rows in content}) == 3
    (lakehouse.folder / "releases.json").write_text(json.dumps([names, content]), encoding="utf-8")


@pytest.fixture
def releases(make_lakehouse: Callable[..., Lakehouse]) -> Releases:
    """A lakehouse with three releases, their names, and what gold held in each."""
    lakehouse = make_lakehouse(filled=three_releases)
    names, content = json.loads((lakehouse.folder / "releases.json").read_text(encoding="utf-8"))
    return lakehouse, names, content


def test_gold_is_what_it_was_release_by_release(releases: Releases) -> None:
    lakehouse, names, content = releases
    outcome = roll_back(lakehouse)
    assert (outcome.status, lakehouse.content("gold.daily")) == ("rolledBack", content[1])
    # The release before the one that gold stands on now, not the one that was taken back.
    roll_back(lakehouse)
    assert lakehouse.content("gold.daily") == content[0]
    roll_back(lakehouse, names[2])
    assert lakehouse.content("gold.daily") == content[2]
    assert roll_back(lakehouse, names[2]).status == "nothingNew"
    with pytest.raises(LakehouseError, match="LH2131"):
        roll_back(lakehouse, "release-of-another-domain")


def test_it_is_recorded_as_a_run_and_a_release(releases: Releases) -> None:
    lakehouse, names, _ = releases
    outcome = roll_back(lakehouse, names[0])
    [row] = [row for row in lakehouse.rows("ops.releases") if row["release"] == outcome.release]
    assert (row["restores"], row["table_name"], row["rows"]) == (names[0], "gold.daily", 1)
    assert row["version"] == lakehouse.versions()["gold.daily"]
    [done] = [row for row in lakehouse.rows("ops.runs") if row["release"] == outcome.release]
    assert done["status"] == "rolledBack"
    assert {row["restores"] for row in lakehouse.rows("ops.releases") if row["release"] in names} == {None}


def test_a_release_tells_of_the_warnings_of_its_run(make_lakehouse: Callable[..., Lakehouse]) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "all", SHOP_COLUMNS, SHOPS)
    lakehouse.deliver("orders", "0", ORDER_COLUMNS, DAYS[:1])
    lakehouse.run()
    context, ledger = lakehouse.context()
    with closing(ledger):
        [run] = ledger.rows("select id from runs")
        for name in ("one", "one", "other"):
            row = (run["id"], "gold.daily", None, name, 0, "warning", None, 1.0, "0", name, "2026-01-01T00:00:00+00:00")
            ledger.write(Statement("insert into check_results values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [row]))
        ledger.write(statement("update runs set projected = 0"))
        record(context)
    assert [row["warnings"] for row in lakehouse.rows("ops.releases")] == [2]


def test_the_next_run_starts_from_where_gold_stands(releases: Releases) -> None:
    lakehouse, names, content = releases
    roll_back(lakehouse, names[0])
    context, ledger = lakehouse.context()
    with closing(ledger):
        taken_back = [batch for epoch in (1,) for batch in context.ledger.unreleased("silver.orders", epoch)]
    assert len(taken_back) == 2
    assert lakehouse.run().status == "published"
    assert lakehouse.content("gold.daily") == content[2]
    assert lakehouse.run().status == "nothingNew"
    # What was taken back is not what was there before.
    roll_back(lakehouse)
    assert lakehouse.content("gold.daily") == content[0]


def test_without_an_earlier_release_nothing_is_done(make_lakehouse: Callable[..., Lakehouse]) -> None:
    lakehouse = make_lakehouse()
    with pytest.raises(LakehouseError, match="LH2131"):
        roll_back(lakehouse)
    lakehouse.deliver("shops", "all", SHOP_COLUMNS, SHOPS)
    lakehouse.deliver("orders", "0", ORDER_COLUMNS, DAYS[:1])
    lakehouse.run()
    before = lakehouse.content("gold.daily")
    with pytest.raises(LakehouseError, match="LH2131"):
        roll_back(lakehouse)
    assert lakehouse.content("gold.daily") == before


class Killed(BaseException):
    """What a test throws where a process would have died."""


@pytest.mark.parametrize("moment", [BEFORE_THE_COMMIT, AFTER_THE_COMMIT])
def test_one_that_was_cut_short_is_finished_by_the_next_run(releases: Releases, monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    lakehouse, names, content = releases

    def dies(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(f"lakehouse_pipeline.{moment}", dies)
        with pytest.raises(Killed):
            roll_back(lakehouse, names[0])
    version = lakehouse.versions()["gold.daily"]
    assert roll_back(lakehouse).status == "rolledBack"
    assert lakehouse.content("gold.daily") == content[0]
    assert lakehouse.versions()["gold.daily"] == version + (moment == BEFORE_THE_COMMIT)
    assert lakehouse.run().status == "published"
    assert lakehouse.content("gold.daily") == content[2]


def test_a_version_past_the_window_is_refused_before_anything_is_changed(releases: Releases, monkeypatch: pytest.MonkeyPatch) -> None:
    lakehouse, names, content = releases
    monkeypatch.setattr("lakehouse_pipeline.rollback.ROLLBACK_HOURS", 0)
    with pytest.raises(LakehouseError, match="LH2132"):
        roll_back(lakehouse, names[0])
    assert lakehouse.content("gold.daily") == content[2]
    assert lakehouse.run().status == "nothingNew"


def test_a_changed_model_is_rolled_back_and_built_again(make_lakehouse: Callable[..., Lakehouse]) -> None:
    lakehouse = make_lakehouse()
    lakehouse.deliver("shops", "all", SHOP_COLUMNS, SHOPS)
    lakehouse.deliver("orders", "0", ORDER_COLUMNS, DAYS)
    published(lakehouse)
    lakehouse.plan = small_plan(fingerprint="orders-2")
    published(lakehouse)
    roll_back(lakehouse)
    assert lakehouse.run().status == "published"
    assert lakehouse.run().status == "nothingNew"
