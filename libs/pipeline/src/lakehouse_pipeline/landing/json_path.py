from __future__ import annotations

import re
from collections.abc import Sequence

_STEP = re.compile(r"\.([^.\[\]*'\"]+)|\['([^']*)'\]|\[\"([^\"]*)\"\]|\[(\d+)\]|(\[\*\]|\.\*)")


def find(path: str, document: object) -> list[object]:
    """The values that a JSONPath of names, indexes and wildcards finds: `$.data[*]`, `$['next page']`. ValueError where it is another."""
    values = [document]
    for step in _steps(path):
        values = [found for value in values for found in _take(value, step)]
    return values


def _steps(path: str) -> list[str | int | None]:
    """Names, indexes, and None for a wildcard."""
    steps: list[str | int | None] = []
    position = 1
    while path.startswith("$") and position < len(path) and (match := _STEP.match(path, position)):
        name = next((group for group in match.groups()[:3] if group is not None), None)
        steps.append(name if name is not None else int(match[4]) if match[4] else None)
        position = match.end()
    if not path.startswith("$") or position != len(path):
        raise ValueError(f"`{path}` is no path of names, indexes and wildcards such as $.data[*]")
    return steps


def _take(value: object, step: str | int | None) -> Sequence[object]:
    if isinstance(step, str):
        return [value[step]] if isinstance(value, dict) and step in value else []
    if isinstance(step, int):
        return value[step : step + 1] if isinstance(value, list) else []
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
