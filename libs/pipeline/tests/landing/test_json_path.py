from __future__ import annotations

import pytest

from lakehouse_pipeline.landing.json_path import find

DOCUMENT = {"a": {"b c": [{"d": 1}, {"d": 2}, {}]}, "e": [[1], [2]], "f": {"x": 1, "y": 2}}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$", [DOCUMENT]),
        ("$.a['b c'][*].d", [1, 2]),
        ('$.a["b c"][1].d', [2]),
        ("$.e[*][0]", [1, 2]),
        ("$.f.*", [1, 2]),
        ("$.f[*]", [1, 2]),
        ("$.missing[*].deeper", []),
        ("$.e.x", []),
        ("$.e[9]", []),
    ],
)
def test_paths(path: str, found: list[object]) -> None:
    assert find(path, DOCUMENT) == found


@pytest.mark.parametrize("path", ["", "a.b", "$..a", "$.a[?(@.b)]", "$.a[1:2]", "$.a[", "$a"])
def test_other_paths_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match="is no path"):
        find(path, DOCUMENT)
