"""What `quality` says, against what a lakehouse went through."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from lakehouse import Lakehouse
from ledgers import address, open_database, server  # noqa: F401
from small_plan import ORDER_COLUMNS, SHOP_COLUMNS, check, small_plan

from lakehouse_pipeline.batches import list_batches
from lakehouse_pipeline.context import Context
from lakehouse_pipeline.incidents import Failure, note_verdict
from lakehouse_pipeline.inspection import status
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.ledger_rows import now
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.quality import quality
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.shown_audit import show_audit
from lakehouse_pipeline.warehouse import Warehouse

Make = Callable[..., Lakehouse]
AGE = {"kind": "age", "column": "day", "unitSeconds": 86_400}
FRESH = check("silver.orders/fresh", AGE, {"operator": "lessOrEqual", "value": 1}, unit="d")


def asked(lakehouse: Lakehouse, name: str | None = None) -> dict[str, Any]:
    context, ledger = lakehouse.context()
    with closing(ledger):
        return quality(context, name)


def by_table(answer: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["table"]: entry for entry in answer["tables"]}


def test_it_tells_of_every_table(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse(small_plan(checks=[{**FRESH, "severity": "warning"}]))
    assert by_table(asked(lakehouse))["gold.daily"]["verdict"] is None
    lakehouse.deliver("shops", "one", SHOP_COLUMNS, [("A", "Aachen")])
    lakehouse.deliver("orders", "one", ORDER_COLUMNS, [(1, "2013-01-01", 5, "A", 1), (2, "never", 5, "A", 1)])
    assert lakehouse.run().status == "published"

    answer = asked(lakehouse)
    tables = by_table(answer)
    orders = tables["silver.orders"]
    assert (orders["verdict"]["state"], orders["verdict"]["warned"]) == ("warned", 1)
    assert orders["kpi"] == 50
    assert orders["quarantine"]["rules"]["silver.orders/day/type"] == 1
    assert orders["freshness"]["passed"] is False
    assert orders["freshness"]["hours"] > 24 * 365 * 10
    assert (tables["gold.daily"]["verdict"]["state"], tables["gold.daily"]["kpi"]) == ("passed", 100)
    assert tables["silver.shops"]["freshness"] is None
    assert answer["incidents"] == []


def test_an_incident_is_told_of_the_gold_behind_it(make_lakehouse: Make) -> None:
    lakehouse = make_lakehouse()
    context, ledger = lakehouse.context()
    with closing(ledger):
        note_verdict(ledger, "sales", "r1", ["silver.shops"], [Failure("silver.shops", None, "x", "y")])
        found = by_table(quality(context, None))
        assert {name for name, entry in found.items() if entry["incidents"]} == {"silver.shops", "gold.daily"}
        one = quality(context, "shops")
        assert [entry["table"] for entry in one["tables"]] == ["silver.shops"]  # type: ignore[attr-defined]
        with pytest.raises(LakehouseError, match=r"LH2208 nothing: .*silver\.shops"):
            quality(context, "nothing")


@pytest.fixture
def platform(address: dict[str, str], tmp_path: Path) -> Iterator[Context]:  # noqa: F811
    """A context whose ledger is PostgreSQL; nothing was ever run."""
    database = open_database(address)
    plan = Plan.model_validate(small_plan(checks=[FRESH]).model_dump(by_alias=True))

    def no_spark() -> Any:
        raise AssertionError("nothing here needs Spark")

    places = (Warehouse(f"{tmp_path}/"), Ledger(database), lambda _: None, no_spark)
    yield Context(plan, "sales", "r2", *places, datetime.now(timezone.utc))
    database.close()


def test_whoever_looks_sees_the_same_in_postgresql(platform: Context) -> None:
    ledger = platform.ledger
    ledger.start_run("r1", "sales", "plan")
    ledger.add_check_results([("r1", "silver.orders", None, FRESH["id"], 0, "error", "timeliness", 1.25, "≤ 1 d", "fresh", now())])
    ledger.finish_run("r1", "auditFailed", None, None)
    note_verdict(ledger, "sales", "r1", ["silver.orders"], [Failure("silver.orders", "timeliness", FRESH["id"], "fresh")])
    orders = by_table(quality(platform, None))["silver.orders"]
    assert (orders["kpi"], orders["verdict"]["state"], orders["freshness"]["hours"]) == (0, "failed", 30.0)
    assert len(orders["incidents"]) == 1
    assert list_batches(platform, None) == []
    assert status(platform, lambda _: None)["overrides"] == []
    checks = show_audit(platform, None, 0)["checks"]
    assert isinstance(checks, list)
    assert checks[0]["sql"] == "select unix_timestamp(max(cast(`day` as timestamp))) from silver.orders"
    with pytest.raises(LakehouseError, match="LH2206"):
        show_audit(platform, "r9", 0)
