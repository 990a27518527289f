from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from landing_world import database_source, file_source, http_source, things
from scripted_service import hourly, service

from lakehouse_pipeline.landing import FileOrigin, batch_writer, commit, files, list_manifests, zone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from landing_world import World

    from lakehouse_pipeline.landing import Manifest
    from lakehouse_pipeline.schema.plan import DatabaseSource, FileSource, HttpSource

SEAMS = [
    (batch_writer, "create_folder"),
    (batch_writer, "open_output"),
    (batch_writer, "make_durable"),
    (batch_writer, "remove_folder"),
    (commit, "publish"),
    (files, "open_output"),
    (files, "make_durable"),
    (files, "remove_folder"),
    (zone, "remove_folder"),
]


class KilledError(BaseException):
    """Passes every handler of errors, as a kill does."""


def deliver_files(world: World) -> FileSource:
    for name in ("a", "b", "c"):
        world.deliver(f"{name}.csv", "a,b\n1,2\n3\n")
    world.deliver("broken.csv", "x;y\n1;2\n")
    return file_source()


def fill_database(world: World) -> DatabaseSource:
    things(world, "(1, '2013-01-01')", "(2, '2013-01-02')")
    return database_source(watermark="updated_at", lag=60)


def content(world: World) -> list[object]:
    """Everything landed, but for times and the bytes that depend on none."""
    return [
        (
            manifest.batch,
            manifest.origin.path if isinstance(manifest.origin, FileOrigin) else manifest.origin,
            manifest.held,
            manifest.columns,
            [part.sha256 for part in manifest.parts],
            world.rows(manifest),
        )
        for manifest in list_manifests(world.landing, "things")
    ]


def kill_everywhere(
    world: World, tmp_path: Path, source: FileSource | DatabaseSource | HttpSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kills a landing before and after each of its steps; the next one must end where an undisturbed one does."""
    world.land(source)
    expected = content(world)
    assert expected
    world.landing.rename(tmp_path / "undisturbed")
    for moment in range(1000):
        killer = Killer(moment)
        with monkeypatch.context() as patch:
            for module, name in SEAMS:
                patch.setattr(module, name, killer.around(getattr(module, name)))
            world.on_event = killer.step
            try:
                world.land(source)
                survived = True
            except KilledError:
                survived = False
        world.on_event = None
        world.land(source)
        assert content(world) == expected, f"killed at step {moment}"
        assert world.land(source) == []
        world.landing.rename(tmp_path / f"killed-{moment}")
        if survived:
            assert moment > 4
            return
    pytest.fail("The landing never came to its end.")


class Killer:
    """Kills at the step of that number."""

    def __init__(self, moment: int) -> None:
        self._left = moment

    def step(self, _event: object = None) -> None:
        self._left -= 1
        if self._left < 0:
            raise KilledError

    def around(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """The function with a step before and after it."""

        def call(*arguments: Any) -> Any:
            self.step()
            result = real(*arguments)
            self.step()
            return result

        return call


def test_files(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_everywhere(world, tmp_path, deliver_files(world), monkeypatch)


def test_database(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kill_everywhere(world, tmp_path, fill_database(world), monkeypatch)


def test_http(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with service(hourly(1, 2, 3, 4, 5)) as (url, _):
        world.connections["service"] = url
        kill_everywhere(world, tmp_path, http_source(watermark="t", lag=60), monkeypatch)


CHILD = """
import json, sys
from pathlib import Path
from lakehouse_pipeline.landing import LandingContext, land
from lakehouse_pipeline.schema.plan import FileSource
root = Path(sys.argv[1])
source = FileSource.model_validate(json.loads(sys.argv[2]))
print("ready", flush=True)
land(source, LandingContext(root / "landing", str, lambda event: None, workspace=root))
print("done", flush=True)
"""


def test_kill_9(world: World, tmp_path: Path) -> None:
    for name in range(6):
        world.deliver(f"{name}.csv", "a,b\n" + f'{name},"x"\n' * 200_000)
    source = file_source()
    world.land(source)
    expected = summary(world)
    world.landing.rename(tmp_path / "undisturbed")
    chance = random.Random(7)
    killed = 0
    for _ in range(30):
        command = [sys.executable, "-c", CHILD, str(world.root), json.dumps(source.model_dump(by_alias=True))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            time.sleep(chance.uniform(0, 0.4))
            child.send_signal(signal.SIGKILL)
            if child.stdout.readline() == "done\n":
                break
            killed += 1
        if killed == 4:
            break
    assert killed
    world.land(source)
    assert summary(world) == expected
    assert world.folders() == [manifest.batch for manifest in list_manifests(world.landing, "things")]


def summary(world: World) -> list[object]:
    manifests: list[Manifest] = list_manifests(world.landing, "things")
    return [(manifest.batch, manifest.rows, [part.sha256 for part in manifest.parts]) for manifest in manifests]
