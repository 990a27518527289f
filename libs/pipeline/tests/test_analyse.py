from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from lakehouse import Lakehouse
from small_plan import ORDER_COLUMNS, column, small_plan

from lakehouse_pipeline.analyse import analyse
from lakehouse_pipeline.schema.plan import Plan

Make = Callable[..., Lakehouse]


def problems(lakehouse: Lakehouse) -> list[dict[str, object]]:
    context, ledger = lakehouse.context()
    with closing(ledger):
        return analyse(context)


def with_expression(name: str, expression: str, columns: list[dict[str, Any]] | None = None) -> Plan:
    expressions = [{"column": each, "expression": expression if each == name else each} for each in ORDER_COLUMNS]
    projection = {"kind": "sql", "alias": "orders", "expressions": expressions}
    return small_plan(projection=projection, **({} if columns is None else {"columns": columns}))


def with_gold_sql(sql: str) -> Plan:
    plan = small_plan().model_dump(mode="json")
    plan["tables"][-1]["model"]["sql"] = sql
    return Plan.model_validate(plan)


def test_a_plan_in_order_has_no_problems(make_lakehouse: Make) -> None:
    assert problems(make_lakehouse()) == []


def test_an_expression_that_spark_refuses_is_named_by_its_column(make_lakehouse: Make) -> None:
    (found,) = problems(make_lakehouse(with_expression("amount", "amuont")))
    assert (found["code"], found["table"], found["column"]) == ("LH1701", "silver.orders", "amount")
    assert "amuont" in str(found["message"])
    assert found["fix"] == "Mend the expression."


def test_a_cast_that_spark_refuses_names_the_column_and_its_type(make_lakehouse: Make) -> None:
    kinds = [column("id", "bigint", False), column("day", "date"), column("amount", "int"), column("shop", "string")]
    plan = with_expression("changed", "changed", [*kinds, column("changed", "array<int>")])
    (found,) = problems(make_lakehouse(plan))
    assert (found["code"], found["column"]) == ("LH1701", "changed")
    assert found["fix"] == "Declare a type for changed that its source can be cast to, or make it in a model."


def test_a_model_that_spark_refuses_is_named_by_its_line(make_lakehouse: Make) -> None:
    (found,) = problems(make_lakehouse(with_gold_sql("select\n  day,\n  citty\nfrom ${silver.orders}")))
    assert (found["code"], found["file"], found["line"]) == ("LH1701", "models/gold.daily.sql", 3)
