"""Every quality rule that libs/contracts compiles has to measure on Spark what its author says it measures."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pyspark.sql import SparkSession

CASES = Path(__file__).parents[2] / "contracts" / "cases"


def read(name: str) -> Any:
    return json.loads((CASES / name).read_text(encoding="utf-8"))


QUALITY = read("quality-cases.json")
LITERALS = read("literal-cases.json")


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def measured(case: dict[str, Any]) -> str:
    """One Spark SQL expression that yields the value of the case."""
    measure = case["measure"]
    if measure["kind"] == "query":
        return f"({measure['sql'].replace('${table}', case['table'])})"
    if measure["kind"] == "violation":
        # A violation that is null would let a row through, or hold it back, depending on who asks.
        return f"if(count_if(({measure['expression']}) is null) > 0, -1, count_if({measure['expression']}))"
    return str(measure["expression"])


@pytest.fixture(scope="module")
def values(spark: SparkSession) -> Iterator[dict[str, float]]:
    """The values of all cases, from one pass over each table."""
    found: dict[str, float] = {}
    # Some sixty aggregates in one query become one function that takes far longer to compile than to run.
    spark.conf.set("spark.sql.codegen.wholeStage", "false")
    for table, content in QUALITY["tables"].items():
        schema = ", ".join(f"{quoted(column['name'])} {column['type']}" for column in content["columns"])
        names = [column["name"] for column in content["columns"]]
        rows = [(json.dumps(dict(zip(names, row, strict=True))),) for row in content["rows"]]
        texts = spark.createDataFrame(rows, "row string")
        escaped = schema.replace("\\", "\\\\").replace("'", "\\'")
        typed = texts.selectExpr(f"from_json(row, '{escaped}', map('mode', 'FAILFAST')) as row").select("row.*")
        typed.createOrReplaceTempView(table)
        cases = [case for case in QUALITY["cases"] if case["table"] == table]
        expressions = list(dict.fromkeys(measured(case) for case in cases))
        columns = ", ".join(f"cast({expression} as double) as value_{index}" for index, expression in enumerate(expressions))
        answer = spark.sql(f"select {columns} from {table}").collect()[0]
        by_expression = dict(zip(expressions, answer, strict=True))
        found.update({case["name"]: by_expression[measured(case)] for case in cases})
    spark.conf.unset("spark.sql.codegen.wholeStage")
    yield found
    for table in QUALITY["tables"]:
        spark.catalog.dropTempView(table)


def passes(comparison: dict[str, Any], value: float) -> bool:
    match comparison["operator"]:
        case "equal":
            return bool(value == comparison["value"])
        case "notEqual":
            return bool(value != comparison["value"])
        case "greaterThan":
            return bool(value > comparison["value"])
        case "greaterOrEqual":
            return bool(value >= comparison["value"])
        case "lessThan":
            return bool(value < comparison["value"])
        case "lessOrEqual":
            return bool(value <= comparison["value"])
        case "between":
            return bool(comparison["low"] <= value <= comparison["high"])
        case "notBetween":
            return not comparison["low"] <= value <= comparison["high"]
        case operator:
            raise AssertionError(f"unknown operator {operator}")


@pytest.mark.parametrize("case", QUALITY["cases"], ids=lambda case: str(case["name"]))
def test_rule_measures_what_it_says(case: dict[str, Any], values: dict[str, float]) -> None:
    value = values[case["name"]]
    assert value == pytest.approx(case["value"])
    assert passes(case["comparison"], value) == (case["expected"] == "pass")


def test_texts_come_back_as_they_went_in(spark: SparkSession) -> None:
    texts = LITERALS["texts"]
    answer = spark.sql(f"select array({', '.join(case['literal'] for case in texts)}) as texts").collect()[0]
    assert list(answer.texts) == [case["text"] for case in texts]


def test_names_come_back_as_they_went_in(spark: SparkSession) -> None:
    names = LITERALS["names"]
    columns = ", ".join(f"{index} as {case['identifier']}" for index, case in enumerate(names))
    assert spark.sql(f"select {columns}").columns == [case["name"] for case in names]
