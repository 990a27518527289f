from __future__ import annotations

import math

from lakehouse_pipeline.schema.plan import Between, Check, Comparison, NotBetween

_SIGNS = {
    "equal": "=",
    "notEqual": "≠",
    "greaterThan": ">",
    "greaterOrEqual": "≥",
    "lessThan": "<",
    "lessOrEqual": "≤",
}


def passes(comparison: Comparison, value: float) -> bool:
    """Whether a measured number is as the contract wants it. Ranges include their ends; what is not a number is never as wanted."""
    if math.isnan(value):
        return False
    if isinstance(comparison, Between):
        return comparison.low <= value <= comparison.high
    if isinstance(comparison, NotBetween):
        return not comparison.low <= value <= comparison.high
    wanted = comparison.value
    return {
        "equal": value == wanted,
        "notEqual": value != wanted,
        "greaterThan": value > wanted,
        "greaterOrEqual": value >= wanted,
        "lessThan": value < wanted,
        "lessOrEqual": value <= wanted,
    }[comparison.operator]


def expectation(check: Check) -> str:
    """The comparison in words: `< 8 %`, `between 20000 and 35000 rows`, `≤ 2 d`."""
    comparison = check.comparison
    unit = {"percent": " %", None: ""}.get(check.unit, f" {check.unit}")
    if isinstance(comparison, Between | NotBetween):
        words = "between" if isinstance(comparison, Between) else "not between"
        return f"{words} {_number(comparison.low)} and {_number(comparison.high)}{unit}"
    return f"{_SIGNS[comparison.operator]} {_number(comparison.value)}{unit}"


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"
