from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lakehouse_airflow import file_arrival
from lakehouse_airflow.file_arrival import FileArrivalTrigger, digest_of
from lakehouse_airflow.plan_change import PlanChangeTrigger


class Store(dict[str, Any]):
    """What Airflow keeps of an asset."""

    async def aget(self, key: str) -> Any:
        return self.get(key)

    async def aset(self, key: str, value: Any) -> None:
        self[key] = value


def watching(trigger: Any, store: Store) -> Any:
    class Stores:
        def __getitem__(self, asset: Any) -> Store:
            assert asset.name == trigger.asset
            return store

    trigger.asset_state_store = Stores()
    return trigger


async def next_event(events: AsyncIterator[Any], seconds: float = 0.6) -> Any:
    """The next event, None where none comes."""
    try:
        return await asyncio.wait_for(anext(events), seconds)
    except asyncio.TimeoutError:
        return None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(file_arrival, "_POLL_SECONDS", 0.05)
    monkeypatch.setenv("LAKEHOUSE_CONNECTION_DROP", tmp_path.as_uri())
    return tmp_path


def files_of(store: Store) -> Any:
    return watching(FileArrivalTrigger(asset="orders files", connection="drop", path="in/*.csv"), store)


def test_a_file_that_arrives_or_changes_fires_once_it_has_come_to_rest(folder: Path) -> None:
    async def scenario() -> None:
        (folder / "in").mkdir()
        store = Store()
        assert await next_event(files_of(store).run()) is None
        (folder / "in/a.csv").write_text("1")
        (folder / "in/_b.csv").write_text("1")
        events = files_of(store).run()
        assert await next_event(events) is not None
        assert await next_event(events) is None
        events = files_of(store).run()
        (folder / "in/a.csv").write_text("12")
        assert await next_event(events) is not None

    asyncio.run(scenario())


def test_a_file_that_arrives_while_nobody_looks_fires_afterwards(folder: Path) -> None:
    async def scenario() -> None:
        (folder / "in").mkdir()
        (folder / "in/a.csv").write_text("1")
        store = Store()
        events = files_of(store).run()
        assert await next_event(events) is not None
        assert await next_event(events) is None
        # The triggerer is down.
        (folder / "in/b.csv").write_text("1")
        assert await next_event(files_of(store).run()) is not None

    asyncio.run(scenario())


def test_a_file_that_still_grows_does_not_fire(folder: Path) -> None:
    async def scenario() -> None:
        (folder / "in").mkdir()
        growing = folder / "in/a.csv"

        async def grow() -> None:
            for _ in range(30):
                with growing.open("a") as file:
                    file.write("1")
                await asyncio.sleep(0.02)

        events = files_of(Store()).run()
        grown = asyncio.create_task(grow())
        event = asyncio.create_task(anext(events))
        await grown
        assert not event.done()
        assert await asyncio.wait_for(event, 2) is not None

    asyncio.run(scenario())


def test_a_folder_that_is_not_there_yet_is_waited_for(folder: Path) -> None:
    async def scenario() -> None:
        store = Store()
        assert await next_event(files_of(store).run(), 0.3) is None
        (folder / "in").mkdir()
        (folder / "in/a.csv").write_text("1")
        assert await next_event(files_of(store).run()) is not None

    asyncio.run(scenario())


@given(st.dictionaries(st.from_regex(r"[a-z]{1,5}\.csv", fullmatch=True), st.binary(max_size=20), min_size=1))
def test_a_digest_is_of_the_files_whatever_the_order_they_came_in(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]
) -> None:
    one, other = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("other")
    for folder, names in ((one, list(files)), (other, list(reversed(files)))):
        for name in names:
            (folder / name).write_bytes(files[name])
            os.utime(folder / name, ns=(10, 10))

    assert digest_of(one, "*.csv") == digest_of(other, "*.csv")
    (other / "another.csv").write_bytes(b"")
    assert digest_of(one, "*.csv") != digest_of(other, "*.csv")


def test_a_trigger_is_made_again_of_what_airflow_stores() -> None:
    for trigger in (FileArrivalTrigger("orders files", None, "in/*"), PlanChangeTrigger("sales plan", "abc")):
        path, settings = trigger.serialize()
        assert path.rsplit(".", 1)[1] == type(trigger).__name__
        assert type(trigger)(**settings).serialize() == (path, settings)


def test_a_plan_fires_once_also_across_restarts() -> None:
    async def scenario() -> None:
        store = Store()
        events = watching(PlanChangeTrigger("sales plan", "abc"), store).run()
        assert (await next_event(events)).payload == {"fingerprint": "abc"}
        assert await next_event(events, 0.2) is None
        assert await next_event(watching(PlanChangeTrigger("sales plan", "abc"), store).run(), 0.2) is None
        assert await next_event(watching(PlanChangeTrigger("sales plan", "def"), store).run()) is not None

    asyncio.run(scenario())
