"""A plan small enough to reason about: orders of shops, and their sums by day and city."""

from __future__ import annotations

from typing import Any

from lakehouse_pipeline.schema.plan import Plan

ORDER_COLUMNS = ("id", "day", "amount", "shop", "changed")
SHOP_COLUMNS = ("shop", "city")


def small_plan(**changes: Any) -> Plan:
    """The plan; `changes` override fields of silver.orders by their names in the schema."""
    orders = {**_silver("orders", ORDER_COLUMNS, "orders-1"), **_ORDERS, **changes}
    return Plan.model_validate(
        {
            "version": 1,
            "hash": f"plan-{orders['fingerprint']}",
            "domains": [{"name": "sales", "team": "sales", "description": "", "schedule": None, "owners": []}],
            "sources": [_source("orders", ORDER_COLUMNS), _source("shops", SHOP_COLUMNS)],
            "tables": [{**_silver("shops", SHOP_COLUMNS, "shops-1"), **_SHOPS}, orders, _daily(str(orders["fingerprint"]))],
            "opsTables": [],
            "dashboards": [],
        }
    )


def column(name: str, kind: str, nullable: bool = True) -> dict[str, Any]:
    return {
        **{"name": name, "type": kind, "logicalType": "string", "nullable": nullable, "description": ""},
        **{"classification": None, "tags": [], "examples": []},
    }


def check(name: str, measure: dict[str, Any], comparison: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        **{"id": name, "column": None, "description": name, "dimension": None, "scope": "table", "severity": "error"},
        **{"measure": measure, "unit": None, "comparison": comparison},
        **changes,
    }


def required(table: str, name: str) -> dict[str, Any]:
    return {**_rule("expression", table, name, "required"), "violation": f"`{name}` is null"}


def _rule(kind: str, table: str, name: str, word: str) -> dict[str, Any]:
    return {"kind": kind, "id": f"{table}/{name}/{word}", "column": name, "description": word, "dimension": None}


def _source(name: str, columns: tuple[str, ...]) -> dict[str, Any]:
    csv = {"type": "csv", "header": True, "delimiter": ",", "quote": '"', "encoding": "utf-8", "nullValue": None}
    return {
        **{"kind": "files", "name": name, "domain": "sales", "table": f"bronze.{name}", "columns": list(columns), "drift": "rescue"},
        "schedule": None,
        **{"connection": f"{name}_files", "path": f"{name}/*.csv*", "format": csv},
    }


def _table(name: str, fingerprint: str) -> dict[str, Any]:
    contract = {"id": name, "name": name, "version": "1.0.0", "status": "active", "file": f"contracts/{name}.odcs.yaml"}
    return {
        **{"name": name, "domain": "sales", "team": "sales", "description": "", "contract": contract, "partitionedBy": []},
        **{"clusteredBy": [], "checks": [], "retention": None, "fingerprint": fingerprint},
    }


def _silver(name: str, columns: tuple[str, ...], fingerprint: str) -> dict[str, Any]:
    expressions = [{"column": column, "expression": column} for column in columns]
    return {
        **_table(f"silver.{name}", fingerprint),
        **{"layer": "silver", "origin": f"bronze.{name}", "originColumns": list(columns)},
        **{"projection": {"kind": "sql", "alias": name, "expressions": expressions}, "orderingColumn": None, "maxQuarantine": 100},
    }


_SHOPS = {
    "columns": [column("shop", "string", False), column("city", "string")],
    "key": ["shop"],
    "rowRules": [required("silver.shops", "shop")],
}

_ORDERS: dict[str, Any] = {
    "columns": [
        column("id", "bigint", False),
        column("day", "date", False),
        column("amount", "bigint"),
        column("shop", "string"),
        column("changed", "bigint"),
    ],
    "key": ["id"],
    "clusteredBy": ["id"],
    "orderingColumn": "changed",
    "rowRules": [
        required("silver.orders", "id"),
        required("silver.orders", "day"),
        *(_rule("type", "silver.orders", name, "type") for name in ("id", "day", "amount", "changed")),
        {
            **_rule("reference", "silver.orders", "shop", "references"),
            "reference": {"columns": ["shop"], "parent": "silver.shops", "parentColumns": ["shop"]},
        },
    ],
}


def _daily(fingerprint: str) -> dict[str, Any]:
    total = "select abs(coalesce((select sum(orders) from ${table}), 0) - (select count(*) from ${silver.orders}))"
    sql = (
        "select o.day, s.city, count(*) as orders, sum(o.amount) as amount\n"
        "from ${silver.orders} o\nleft join ${silver.shops} s on s.shop = o.shop\ngroup by o.day, s.city"
    )
    columns = [column("day", "date", False), column("city", "string"), column("orders", "bigint"), column("amount", "bigint")]
    return {
        **_table("gold.daily", f"daily-of-{fingerprint}"),
        **{"layer": "gold", "columns": columns, "key": ["day", "city"]},
        **{"checks": [check("gold.daily/total", {"kind": "query", "sql": total}, {"operator": "equal", "value": 0})]},
        **{"model": {"kind": "sql", "file": "models/gold.daily.sql", "sql": sql}, "inputs": ["silver.orders", "silver.shops"]},
        "affectedKeys": {"columns": ["day"], "inputs": [{"table": "silver.orders", "expressions": ["day"]}]},
    }
