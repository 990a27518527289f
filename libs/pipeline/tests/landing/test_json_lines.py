from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from landing_world import file_source, reason

from lakehouse_pipeline.landing import text_blocks
from lakehouse_pipeline.landing.json_lines import json_line_chunks
from lakehouse_pipeline.landing.json_values import top_level_texts

if TYPE_CHECKING:
    import pytest
    from landing_world import World

    from lakehouse_pipeline.landing import Manifest


def only(world: World, content: bytes | str, columns: str = "a b", drift: str = "rescue") -> Manifest:
    world.deliver("one.jsonl", content)
    (manifest,) = world.land(file_source(columns, drift, type="jsonLines"))
    return manifest


def test_numbers_keep_their_text_and_nested_values_their_json(world: World) -> None:
    manifest = only(world, '{"a": 1.50, "b": {"x": [1,  2.0], "y": null}}\n{"a": 12345678901234567890123, "b": "t\\u00e9xt"}\n')
    assert world.payload(manifest) == [("1.50", '{"x": [1,  2.0], "y": null}'), ("12345678901234567890123", "téxt")]


def test_null_absent_and_empty(world: World) -> None:
    assert world.payload(only(world, '{"a": null, "b": ""}\n{"b": true}\n{}\n')) == [(None, ""), (None, "true"), (None, None)]


def test_unknown_keys_are_rescued_where_they_are(world: World) -> None:
    manifest = only(world, '{"a": "1", "c": {"d": 2}}\n{"a": "3"}\n')
    assert [row["_rescued"] for row in world.rows(manifest)] == [{"reason": None, "text": None, "columns": [("c", '{"d": 2}')]}, None]
    assert (manifest.drift.unknown, manifest.drift.missing) == (("c",), ("b",))


def test_lines_that_are_no_object_are_malformed_alone(world: World) -> None:
    bad = ["[1]", "{", '{"a": 1,}', '{"a": NaN}', '{"a": 1} x', '{"a": 1, "a": 2}', '{"a": "\\ud800"}', "nonsense", '{"a": "x\ty"}']
    manifest = only(world, "\n".join([*bad, '{"a": 1, "b": 2}', ""]))
    rows = world.rows(manifest)
    assert [row["_rescued"]["text"] for row in rows[:-1]] == bad
    assert all(reason(row) for row in rows[:-1])
    assert (rows[-1]["a"], rows[-1]["_source_row"], manifest.malformed) == ("1", len(bad) + 1, len(bad))


def test_deep_nesting_is_malformed_or_text_but_stops_nothing(world: World) -> None:
    deep = '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}"
    manifest = only(world, f'{deep}\n{{"a": 1}}\n')
    assert (manifest.rows, world.rows(manifest)[1]["a"]) == (2, "1")


def test_bytes_that_are_not_utf8_harm_their_line_only(world: World) -> None:
    manifest = only(world, b'{"a": "caf\xe9"}\r\n{"a": "x"}\r\n')
    first, second = world.rows(manifest)
    assert first["_rescued"]["text"] == '{"a": "caf\\xe9"}'
    assert second["a"] == "x"


def test_blank_lines_and_a_byte_order_mark_are_no_records(world: World) -> None:
    assert world.payload(only(world, '\ufeff{"a": 1}\n\n  \n{"a": 2}')) == [("1", None), ("2", None)]


def test_an_empty_file_is_an_empty_batch(world: World) -> None:
    manifest = only(world, "")
    assert (manifest.rows, manifest.held, manifest.drift.missing) == (0, None, ())


def test_without_known_columns_later_keys_are_rescued(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch's columns are fixed by its first records."""
    monkeypatch.setattr(text_blocks, "BLOCK_BYTES", 10)
    manifest = only(world, '{"x": 1}\n{"x": 1}\n{"x": 2, "y": 3}\n', columns="")
    last = world.rows(manifest)[-1]
    assert [column.name for column in manifest.columns] == ["x"]
    assert (last["x"], last["_rescued"]["columns"]) == ("2", [("y", "3")])


def test_frozen_columns_hold_the_file(world: World) -> None:
    manifest = only(world, '{"a": 1, "b": 2}\n{"a": 1, "b": 2, "c": 3}\n', drift="freeze")
    assert "freeze: unknown column c" in str(manifest.held)


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=8
)
objects = st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), values, max_size=4)


@settings(max_examples=300, deadline=None)
@given(objects, st.booleans())
def test_members_come_back_as_text(members: dict[str, object], spaced: bool) -> None:
    text = json.dumps(members, indent=1 if spaced else None, ensure_ascii=not spaced)
    found = top_level_texts(text)
    assert list(found) == list(members)
    for name, value in members.items():
        if isinstance(value, str) or value is None:
            assert found[name] == value
        else:
            assert json.loads(str(found[name])) == value


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([b'{"a": 1}', b"\n", b"{", b'"', b"\xff", b" ", b"\r\n", b"[]"])), st.lists(st.integers(0, 80), max_size=3))
def test_every_line_is_a_record_wherever_the_blocks_are_cut(pieces: list[bytes], cuts: list[int]) -> None:
    content = b"".join(pieces)
    edges = [0, *sorted(cut % (len(content) + 1) for cut in cuts), len(content)]
    blocks = iter([content[start:end] for start, end in itertools.pairwise(edges)])
    chunks = list(json_line_chunks(blocks, ["a"]))
    rows = sorted(
        [row for chunk in chunks for row in chunk.rows.to_numpy().tolist()] + [entry.row for chunk in chunks for entry in chunk.malformed]
    )
    assert rows == list(range(1, sum(1 for line in content.split(b"\n") if line.strip(b" \r\t")) + 1))
