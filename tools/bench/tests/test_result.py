from __future__ import annotations

import json

import pytest
from lakehouse_bench.result import Result, render_json, render_table


@pytest.mark.parametrize(
    ("value", "limit", "at_least", "verdict"),
    [
        (3.0, 3.0, False, "ok"),
        (3.01, 3.0, False, "missed"),
        (30.0, 30.0, True, "ok"),
        (29.9, 30.0, True, "missed"),
        (1e9, None, False, "-"),
    ],
)
def test_verdict(value: float, limit: float | None, at_least: bool, verdict: str) -> None:
    assert Result("x", "y", value, "s", limit, at_least).verdict == verdict


def test_table_aligns_columns_and_names_targets() -> None:
    lines = render_table([Result("lander", "speed", 41.26, "MB/s", 30, at_least=True), Result("a", "b", 2, "s", 1)]).splitlines()
    assert lines[1].split() == ["lander", "speed", "41.3", "MB/s", ">=", "30", "MB/s", "ok"]
    assert lines[2].split() == ["a", "b", "2", "s", "<=", "1", "s", "missed"]
    assert lines[0].index("verdict") == lines[1].index("ok") == lines[2].index("missed")


def test_json_says_machine_and_verdict() -> None:
    value = json.loads(render_json([Result("a", "b", 2, "s", 1)], {"cores": 2}))
    assert value["machine"] == {"cores": 2}
    assert value["results"][0]["verdict"] == "missed"
    assert value["results"][0]["target"] == "<= 1 s"
