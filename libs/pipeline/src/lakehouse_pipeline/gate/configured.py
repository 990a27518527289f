"""Which checks the gate expects a result of: those that stand in the server's own description of a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_SEVERITIES = ("fatal", "error", "warning")
_SIGNS = {"equal": "=", "notEqual": "≠", "greaterThan": ">", "greaterOrEqual": "≥", "lessThan": "<", "lessOrEqual": "≤"}


@dataclass(frozen=True)
class ConfiguredCheck:
    """A profiling check of a table. `rule` is the id of the contract's rule, or the check's own name."""

    column: str | None
    name: str
    rule: str
    severity: str
    expected: str
    is_disabled: bool


def configured_checks(spec: Mapping[str, object]) -> list[ConfiguredCheck]:
    """The profiling checks in a table's specification, those of its columns too."""
    return _everywhere(spec, lambda part: _mapping(part.get("profiling_checks")))


def daily_checks(spec: Mapping[str, object]) -> list[ConfiguredCheck]:
    """The same of its daily checks."""
    return _everywhere(spec, lambda part: _mapping(_mapping(part.get("monitoring_checks")).get("daily")))


def _everywhere(spec: Mapping[str, object], checks_in: Callable[[Mapping[str, object]], Mapping[str, object]]) -> list[ConfiguredCheck]:
    found = list(_checks(None, checks_in(spec)))
    for column, part in _mapping(spec.get("columns")).items():
        found += _checks(column, checks_in(_mapping(part)))
    return found


def promised_checks(spec: Mapping[str, object]) -> int | None:
    """How many of them there were when the plan was rendered; None where nobody said so."""
    text = _mapping(spec.get("advanced_properties")).get("gate_checks")
    return int(text) if isinstance(text, str) and text.isdigit() else None


def _checks(column: str | None, group: Mapping[str, object]) -> Iterator[ConfiguredCheck]:
    """A check is what has a severity; categories and table comparisons are the folders around it."""
    for name, part in group.items():
        body = _mapping(part)
        severity = next((severity for severity in _SEVERITIES if severity in body), None)
        if severity is None:
            yield from _checks(column, body)
            continue
        label = body.get("display_name")
        rule = label if isinstance(label, str) else name
        yield ConfiguredCheck(column, name, rule, severity, _expected(_mapping(body[severity])), body.get("disabled") is True)


def _expected(rule: Mapping[str, object]) -> str:
    operator = rule.get("operator")
    if operator in ("between", "notBetween"):
        return f"{'not ' if operator == 'notBetween' else ''}between {rule.get('low')} and {rule.get('high')}"
    if isinstance(operator, str):
        return f"{_SIGNS.get(operator, operator)} {rule.get('value')}"
    return ", ".join(f"{name} {value}" for name, value in rule.items())


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
