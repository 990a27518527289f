from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from landing_world import file_source

from lakehouse_pipeline.landing import Drift
from lakehouse_pipeline.landing.drift import describe_drift, match_columns, propose_patch

if TYPE_CHECKING:
    from landing_world import World


def test_discarded_columns_are_named_and_nowhere_else(world: World) -> None:
    world.deliver("a.csv", "a,b,c\n1,2,3\n")
    (manifest,) = world.land(file_source(drift="discard"))
    assert manifest.drift.unknown == ("c",)
    assert [row["_rescued"] for row in world.rows(manifest)] == [None]
    assert world.problems() == []


@pytest.mark.parametrize(("content", "what"), [("a,b,c\n1,2,3\n", "unknown column c"), ("a\n1\n", "missing column b")])
def test_frozen_columns_hold_the_file(world: World, content: str, what: str) -> None:
    world.deliver("a.csv", content)
    world.deliver("z.csv", "b,a\n2,1\n")
    drifted, good = world.land(file_source(drift="freeze"))
    assert what in str(drifted.held)
    assert (world.landing / "things" / drifted.batch / "original").read_text() == content
    assert world.payload(good) == [("1", "2")]


def test_a_patch_names_table_and_columns() -> None:
    patch = propose_patch(Drift(("colour", "tail_number"), ("tailnum", "weight")), "bronze.things")
    assert "bronze.things" in patch
    assert "- name: colour\n" in patch
    assert "`tail_number` looks like the new name of `tailnum`" in patch
    assert "Ask the source's owner about weight" in patch
    assert "- name: tail_number" not in patch


def test_drift_in_words() -> None:
    assert describe_drift(Drift(("a", "b"), ("c",))) == "unknown columns a, b, missing column c"


def test_an_exact_name_is_found_among_others() -> None:
    assert match_columns(["A", "x"], ["a"]) == {"A": "a"}
