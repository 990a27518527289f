from __future__ import annotations

import pytest
from small_plan import check

from lakehouse_pipeline.comparison import expectation, passes
from lakehouse_pipeline.schema.plan import Check

CASES = [
    ({"operator": "equal", "value": 3}, "= 3", {3: True, 2: False}),
    ({"operator": "notEqual", "value": 3}, "≠ 3", {3: False, 4: True}),
    ({"operator": "greaterThan", "value": 3}, "> 3", {3: False, 3.5: True}),
    ({"operator": "greaterOrEqual", "value": 3}, "≥ 3", {3: True, 2.9: False}),
    ({"operator": "lessThan", "value": 3}, "< 3", {3: False, 2.9: True}),
    ({"operator": "lessOrEqual", "value": 3}, "≤ 3", {3: True, 3.1: False}),
    ({"operator": "between", "low": 1, "high": 3}, "between 1 and 3", {1: True, 3: True, 0.9: False, 3.1: False}),
    ({"operator": "notBetween", "low": 1, "high": 3}, "not between 1 and 3", {1: False, 3: False, 0.9: True, 3.1: True}),
]


@pytest.mark.parametrize(("comparison", "words", "values"), CASES)
def test_operators_compare_and_speak(comparison: dict[str, object], words: str, values: dict[float, bool]) -> None:
    made = Check.model_validate(check("c", {"kind": "aggregate", "expression": "1"}, comparison, unit="percent"))
    assert {value: passes(made.comparison, value) for value in values} == values
    assert expectation(made) == f"{words} %"


@pytest.mark.parametrize(("unit", "words"), [(None, "≤ 2"), ("rows", "≤ 2 rows"), ("d", "≤ 2 d"), ("min", "≤ 2 min")])
def test_an_expectation_has_the_unit_of_its_check(unit: str | None, words: str) -> None:
    measure = {"kind": "aggregate", "expression": "1"}
    assert expectation(Check.model_validate(check("c", measure, {"operator": "lessOrEqual", "value": 2}, unit=unit))) == words


@pytest.mark.parametrize("comparison", [case[0] for case in CASES])
def test_what_is_no_number_passes_nothing(comparison: dict[str, object]) -> None:
    made = Check.model_validate(check("c", {"kind": "aggregate", "expression": "1"}, comparison))
    assert not passes(made.comparison, float("nan"))
