from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from landing_world import http_source, reason
from scripted_service import Answer, hourly, page, service

from lakehouse_pipeline.landing import LandingContext, Patience, RangeOrigin, land
from lakehouse_pipeline.problem import LakehouseError

if TYPE_CHECKING:
    from collections.abc import Callable

    from landing_world import World
    from scripted_service import Script

    from lakehouse_pipeline.landing import Manifest
    from lakehouse_pipeline.schema.plan import HttpSource


def land_from(world: World, script: Script, source: HttpSource | None = None) -> tuple[list[Manifest], list[dict[str, str]]]:
    with service(script) as (url, asked):
        world.connections["service"] = url
        return world.land(source or http_source()), asked


def refused(world: World, script: Script, source: HttpSource | None = None) -> LakehouseError:
    """The error of a landing that must leave nothing behind."""
    with pytest.raises(LakehouseError) as caught:
        land_from(world, script, source)
    assert world.folders() == []
    return caught.value


def three_pages(query: dict[str, str]) -> Answer:
    start = int(query.get("after", "0"))
    following = start + 2 if start < 4 else None
    return page({"data": [{"id": start}, {"id": start + 1}], "next": following})


def ids(world: World, manifest: Manifest) -> list[object]:
    return [row["id"] for row in world.rows(manifest)]


def test_pages_follow_the_cursor(world: World) -> None:
    (manifest,), asked = land_from(world, three_pages)
    assert ids(world, manifest) == ["0", "1", "2", "3", "4", "5"]
    assert [row["_source_row"] for row in world.rows(manifest)] == [1, 2, 3, 4, 5, 6]
    assert asked == [{"limit": "2"}, {"limit": "2", "after": "2"}, {"limit": "2", "after": "4"}]
    part = world.landing / "things" / manifest.batch / manifest.parts[0].path
    assert pq.ParquetFile(part).num_row_groups == 1, "Small pages are collected."


def test_pages_are_counted_until_one_is_empty(world: World) -> None:
    source = http_source(pagination={"type": "page", "parameter": "page", "first": 1})
    (manifest,), asked = land_from(world, lambda query: page({"data": [{"id": query["page"]}] if query["page"] < "3" else []}), source)
    assert ids(world, manifest) == ["1", "2"]
    assert [query["page"] for query in asked] == ["1", "2", "3"]


def test_one_page_without_pagination(world: World) -> None:
    (manifest,), asked = land_from(world, lambda _: page([{"id": 1}]), http_source(pagination={"type": "none"}, records="$[*]"))
    assert (ids(world, manifest), len(asked)) == (["1"], 1)


def test_numbers_keep_their_text_and_nested_values_their_json(world: World) -> None:
    body = b'{"data": [{"n": 1.50, "big": 123456789012345678901, "o": {"x": [1.0, "\\u00e9"]}, "s": "t", "b": false, "z": null}]}'
    (manifest,), _ = land_from(world, lambda _: Answer(body))
    assert world.payload(manifest) == [("1.50", "123456789012345678901", '{"x":[1.0,"é"]}', "t", "false", None)]


def test_records_that_are_no_object_are_malformed_alone(world: World) -> None:
    (manifest,), _ = land_from(world, lambda _: Answer(b'{"data": [7, {"id": 1}, "\\ud800"]}'))
    rows = world.rows(manifest)
    assert [reason(row) for row in rows] == ["is not a JSON object", None, "is not a JSON object"]
    assert (rows[0]["_rescued"]["text"], rows[1]["id"], manifest.malformed) == ("7", "1", 2)


def failing(times: int, answer: Answer) -> tuple[Script, list[int]]:
    """Fails so many times before it answers."""
    calls: list[int] = []

    def script(_: dict[str, str]) -> Answer:
        calls.append(1)
        return answer if len(calls) <= times else page({"data": [{"id": 1}]})

    return script, calls


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_failure_that_passes_is_tried_again(world: World, status: int) -> None:
    script, calls = failing(2, page({}, status))
    (manifest,), _ = land_from(world, script)
    assert (manifest.rows, len(calls)) == (1, 3)


def test_a_failure_that_stays_is_an_error_after_all_attempts(world: World) -> None:
    script, calls = failing(99, page({}, 500))
    error = refused(world, script)
    assert error.code == "LH2032"
    assert "3 times: it answered 500" in error.message
    assert len(calls) == 3


def test_a_refusal_is_not_tried_again(world: World) -> None:
    script, calls = failing(99, page({}, 404))
    assert refused(world, script).code == "LH2031"
    assert len(calls) == 1


@pytest.mark.parametrize("sent", [0, 9])
def test_a_hang_ends_with_the_read_timeout_and_is_tried_again(world: World, sent: int) -> None:
    script, calls = failing(1, Answer(b'{"data": []}', hang_after=sent))
    (manifest,), _ = land_from(world, script)
    assert (manifest.rows, len(calls)) == (1, 2)


def test_a_hang_that_stays_is_an_error(world: World) -> None:
    script, _ = failing(99, Answer(b'{"data": []}', hang_after=3))
    assert refused(world, script).code == "LH2032"


def test_a_service_that_is_not_there_is_an_error(world: World) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        world.connections["service"] = f"http://me:secret@127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(LakehouseError, match="LH2032") as caught:
            world.land(http_source())
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["nonsense", "ftp://127.0.0.1/"])
def test_a_connection_that_is_no_http_url_is_an_error(world: World, url: str) -> None:
    world.connections["service"] = url
    with pytest.raises(LakehouseError, match="LH2031"):
        world.land(http_source())


def test_pauses_grow_and_are_never_alike(world: World) -> None:
    pauses, _ = paused(world, lambda: page({}, 500), attempts=6)
    assert len(pauses) == 5
    for index, pause in enumerate(pauses):
        assert 0.5 * min(2**index, 4) <= pause <= min(2**index, 4)
    assert len(set(pauses)) == 5


def test_the_pause_that_the_server_asks_for_is_kept(world: World) -> None:
    pauses, _ = paused(world, lambda: page({}, 429, Retry_After="7"), attempts=2)
    assert pauses == [7.0]


def test_a_pause_beyond_the_total_is_not_begun(world: World) -> None:
    pauses, error = paused(world, lambda: page({}, 503, Retry_After="3600"), attempts=5)
    assert pauses == []
    assert "failed 1 time:" in error.message


def paused(world: World, answer: Callable[[], Answer], attempts: int) -> tuple[list[float], LakehouseError]:
    """The pauses of a landing that fails, without waiting for them."""
    pauses: list[float] = []
    patience = Patience(attempts=attempts, total=100, first_pause=1.0, longest_pause=4.0, sleep=pauses.append)
    with service(lambda _: answer()) as (url, _):
        world.connections["service"] = url
        context: LandingContext = replace(world.context(), patience=patience)
        with pytest.raises(LakehouseError) as caught:
            land(http_source(), context)
    return pauses, caught.value


@pytest.mark.parametrize(
    "script",
    [
        lambda query: page({"data": [{"id": query.get("after", "")}], "next": "same"}),
        lambda query: page({"data": [{"id": 1}], "next": query.get("after", "") + "x"}),
        lambda query: page({"data": [], "next": query.get("after", "") + "x"}),
        lambda query: page({"data": [{"id": query.get("after", "")}], "next": {"x": "y", "y": "x"}.get(query.get("after", ""), "x")}),
    ],
    ids=["same cursor", "same page", "empty pages", "cycle"],
)
def test_a_page_loop_is_an_error(world: World, script: Script) -> None:
    assert refused(world, script).code == "LH2035"


def test_a_counted_page_that_never_ends_is_an_error(world: World) -> None:
    source = http_source(pagination={"type": "page", "parameter": "page", "first": 0})
    assert refused(world, lambda _: page({"data": [{"id": 1}]}), source).code == "LH2035"


@pytest.mark.parametrize(
    "body", [b"", b"{", b"<html>", b'{"data": [NaN]}', b'{"data": [{"a": 1, "a": 2}]}', b'{"data": ["\xff"]}', b"[" * 100_000]
)
def test_invalid_json_is_an_error(world: World, body: bytes) -> None:
    assert refused(world, lambda _: Answer(body)).code == "LH2033"


def test_nothing_of_earlier_pages_is_landed(world: World) -> None:
    assert refused(world, lambda query: three_pages(query) if query.get("after") != "4" else Answer(b"{")).code == "LH2033"


def test_a_page_that_repeats_rows_lands_them_all(world: World) -> None:
    def script(query: dict[str, str]) -> Answer:
        start = int(query.get("after", "0"))
        return page({"data": [{"id": start}, {"id": start + 1}], "next": start + 1 if start < 3 else None})

    (manifest,), _ = land_from(world, script)
    assert ids(world, manifest) == ["0", "1", "1", "2", "2", "3", "3", "4"]


def test_a_path_that_is_no_json_path_is_an_error(world: World) -> None:
    assert refused(world, three_pages, http_source(records="$..data")).code == "LH2034"


WATERMARKED = http_source(watermark="t", lag=3 * 3600)


@pytest.mark.parametrize("inclusive", [True, False])
def test_the_watermark_moves_and_the_lag_is_read_again(world: World, inclusive: bool) -> None:
    (first,), asked = land_from(world, hourly(1, 5, 7, 9, inclusive=inclusive), WATERMARKED)
    assert isinstance(first.origin, RangeOrigin)
    assert (first.origin.from_, first.origin.to, first.rows) == (None, "2013-01-01T09:00:00Z", 4)
    assert all("since" not in query for query in asked)
    again, asked = land_from(world, hourly(1, 5, 7, 9, inclusive=inclusive), WATERMARKED)
    assert (again, asked[0]["since"]) == ([], "2013-01-01T06:00:00Z")
    (second,), _ = land_from(world, hourly(1, 5, 7, 8, 9, 10, inclusive=inclusive), WATERMARKED)
    assert isinstance(second.origin, RangeOrigin)
    assert [row["t"][11:13] for row in world.rows(second)] == ["07", "08", "09", "10"]
    assert (second.origin.from_, second.origin.to) == ("2013-01-01T06:00:00Z", "2013-01-01T10:00:00Z")
    assert land_from(world, hourly(1, 5, 7, 8, 9, 10, inclusive=inclusive), WATERMARKED)[0] == []


def test_no_record_since_the_watermark_is_nothing_new_only_if_the_lag_was_empty(world: World) -> None:
    land_from(world, hourly(9), WATERMARKED)
    (second,), _ = land_from(world, hourly(), WATERMARKED)
    assert isinstance(second.origin, RangeOrigin)
    assert (second.rows, second.origin.to) == (0, "2013-01-01T09:00:00Z")


def test_records_without_a_watermark_are_never_lost(world: World) -> None:
    rows: list[dict[str, Any]] = [{"t": None, "id": 1}, {"t": "2013-01-01T00:00:00Z", "id": 2}]
    (first,), _ = land_from(world, lambda _: page({"data": rows}), WATERMARKED)
    assert first.rows == 2
    assert land_from(world, lambda _: page({"data": rows}), WATERMARKED)[0] == []
    (second,), _ = land_from(world, lambda _: page({"data": [*rows, {"t": "never", "id": 3}]}), WATERMARKED)
    assert second.rows == 3


def test_a_column_that_is_no_watermark_is_an_error(world: World) -> None:
    assert refused(world, lambda _: page({"data": [{"t": "x"}]}), WATERMARKED).code == "LH2023"


def test_numbers_serve_as_watermark(world: World) -> None:
    source = http_source(watermark="id", lag=2)
    rows = [{"id": 9}, {"id": 10}]
    (first,), _ = land_from(world, lambda _: page({"data": rows}), source)
    assert isinstance(first.origin, RangeOrigin)
    assert first.origin.to == 10
    again, asked = land_from(world, lambda _: page({"data": rows}), source)
    assert (again, asked[0]["since"]) == ([], "8")


def test_without_a_watermark_an_unchanged_answer_is_nothing_new(world: World) -> None:
    assert len(land_from(world, three_pages)[0]) == 1
    assert land_from(world, three_pages)[0] == []
    (second,), _ = land_from(world, lambda _: page({"data": [{"id": 7}]}))
    assert second.sequence == 2


def test_drift_of_records(world: World) -> None:
    (manifest,), _ = land_from(world, lambda _: page({"data": [{"id": 1, "c": {"x": 1}}]}), http_source("id d"))
    assert world.rows(manifest)[0]["_rescued"]["columns"] == [("c", '{"x":1}')]
    assert (manifest.drift.unknown, manifest.drift.missing) == (("c",), ("d",))


def test_frozen_columns_land_nothing(world: World) -> None:
    assert refused(world, lambda _: page({"data": [{"id": 1, "c": 2}]}), http_source("id", "freeze")).code == "LH2019"
