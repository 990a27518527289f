from __future__ import annotations

import errno
import os
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import pytest
from landing_world import file_source, path_of

from lakehouse_pipeline.landing import batch_writer, files, list_manifests
from lakehouse_pipeline.landing.decode_file import decode_file
from lakehouse_pipeline.landing.storage import open_output
from lakehouse_pipeline.problem import LakehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from landing_world import World
    from pyarrow import NativeFile

    from lakehouse_pipeline.landing import Manifest
    from lakehouse_pipeline.landing.chunk import Chunk
    from lakehouse_pipeline.landing.storage import Storage
    from lakehouse_pipeline.schema.plan import FileSource


def paths(manifests: list[Manifest]) -> list[str]:
    return [path_of(manifest) for manifest in manifests]


def test_files_land_in_the_order_of_their_paths_as_numbered_batches(world: World) -> None:
    for name in ("c.csv", "a.csv", "b.csv"):
        world.deliver(name, "a,b\n1,2\n")
    landed = world.land(file_source())
    assert paths(landed) == ["in/a.csv", "in/b.csv", "in/c.csv"]
    assert [manifest.batch for manifest in landed] == ["things-000001", "things-000002", "things-000003"]
    assert list_manifests(world.landing, "things") == landed


def test_nothing_new_lands_nothing_and_reads_no_file(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.deliver("a.csv", "a,b\n1,2\n")
    world.land(file_source())
    monkeypatch.setattr(files, "_digest", lambda _file: pytest.fail("The file was read."))
    assert world.land(file_source()) == []
    assert world.folders() == ["things-000001"]


def test_a_touched_file_is_not_new(world: World) -> None:
    path = world.deliver("a.csv", "a,b\n1,2\n")
    world.land(file_source())
    os.utime(path, (1, 1))
    assert world.land(file_source()) == []
    assert world.folders() == ["things-000001"]


def test_a_changed_file_under_an_old_name_is_a_new_version(world: World) -> None:
    path = world.deliver("a.csv", "a,b\n1,2\n")
    (first,) = world.land(file_source())
    world.deliver("a.csv", "a,b\n1,3\n")
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1))
    (second,) = world.land(file_source())
    assert paths([first]) == paths([second])
    assert (second.sequence, world.payload(first), world.payload(second)) == (2, [("1", "2")], [("1", "3")])
    assert world.land(file_source()) == []


def test_the_same_bytes_under_another_name_are_another_delivery(world: World) -> None:
    world.deliver("a.csv", "a,b\n1,2\n")
    world.land(file_source())
    world.deliver("b.csv", "a,b\n1,2\n")
    assert paths(world.land(file_source())) == ["in/b.csv"]


def test_names_of_unfinished_deliveries_are_left_alone(world: World) -> None:
    for name in (".a.csv.tmp", "_a.csv", "a.csv"):
        world.deliver(name, "a,b\n1,2\n")
    assert paths(world.land(file_source())) == ["in/a.csv"]


def test_a_file_that_grows_while_it_is_read_is_left_for_the_next_run(world: World) -> None:
    path = world.deliver("a.csv", "a,b\n" + "1,2\n" * 1_200_000)
    world.deliver("z.csv", "a,b\n1,2\n")
    growing = [True]

    def grow(event: Mapping[str, object]) -> None:
        if event["event"] == "progress" and growing:
            growing.clear()
            with path.open("a") as file:
                file.write("3,4\n")

    world.on_event = grow
    assert paths(world.land(file_source())) == ["in/z.csv"]
    assert world.problems() == ["LH2014"]
    assert world.folders() == ["things-000001"]
    (manifest,) = world.land(file_source())
    assert manifest.rows == 1_200_001


def test_a_file_that_is_still_being_written_is_not_held_for_what_it_lacks(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    path = world.deliver("a.csv", "")
    real = decode_file

    def write_then_decode(_file: BinaryIO, name: str, source: FileSource) -> Iterator[tuple[str, Chunk]]:
        path.write_text("a,b\n1,2\n")
        return real(BytesIO(b""), name, source)

    with monkeypatch.context() as patch:
        patch.setattr(files, "decode_file", write_then_decode)
        assert world.land(file_source()) == []
    assert world.problems() == ["LH2014"]
    assert world.payload(world.land(file_source())[0]) == [("1", "2")]


def test_a_file_that_vanishes_before_it_is_read_harms_no_other(world: World) -> None:
    path = world.deliver("b.csv", "a,b\n1,2\n")
    world.deliver("a.csv", "a,b\n1,2\n")
    world.deliver("c.csv", "a,b\n1,2\n")
    world.on_event = lambda _event: path.unlink(missing_ok=True)
    assert paths(world.land(file_source())) == ["in/a.csv", "in/c.csv"]
    assert world.problems() == ["LH2014"]
    assert world.folders() == ["things-000001", "things-000002"]


def test_a_file_that_vanishes_while_it_is_read_is_landed_whole(world: World) -> None:
    """An open file keeps its bytes."""
    path = world.deliver("a.csv", "a,b\n" + "1,2\n" * 1_200_000)
    world.on_event = lambda _event: path.unlink(missing_ok=True)
    (manifest,) = world.land(file_source())
    assert manifest.rows == 1_200_000


def test_a_file_that_fails_while_it_is_read_harms_no_other(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.deliver("a.csv", "a,b\n1,2\n")
    world.deliver("b.csv", "a,b\n1,2\n")
    real = decode_file

    def fail(file: BinaryIO, path: str, source: FileSource) -> Iterator[tuple[str, Chunk]]:
        yield from real(file, path, source)
        if path == "in/a.csv":
            raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(files, "decode_file", fail)
    assert paths(world.land(file_source())) == ["in/b.csv"]
    assert "Input/output error" in world.problem("LH2014")["message"]


def test_a_full_disk_is_one_clear_error_and_the_next_run_lands_the_rest(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.csv", "b.csv"):
        world.deliver(name, "a,b\n1,2\n")
    with monkeypatch.context() as patch:
        real = open_output

        def full(storage: Storage, relative: str) -> NativeFile:
            if "000002" in relative:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(storage, relative)

        patch.setattr(batch_writer, "open_output", full)
        with pytest.raises(LakehouseError, match=r"LH2002.*No space left"):
            world.land(file_source())
    assert world.folders() == ["things-000001"]
    assert paths(world.land(file_source())) == ["in/b.csv"]


def test_garbage_of_a_killed_run_is_removed_and_its_sequence_used_again(world: World) -> None:
    world.deliver("a.csv", "a,b\n1,2\n")
    garbage = world.landing / "things" / "things-000001"
    garbage.mkdir(parents=True)
    (garbage / "part-00007.parquet").write_bytes(b"half")
    (manifest,) = world.land(file_source())
    assert manifest.batch == "things-000001"
    assert sorted(path.name for path in garbage.iterdir()) == ["manifest.json", "part-00000.parquet"]


def test_a_source_whose_name_begins_like_another_keeps_to_itself(world: World) -> None:
    other = world.landing / "things" / "things-more-000001"
    other.mkdir(parents=True)
    world.deliver("a.csv", "a,b\n1,2\n")
    world.land(file_source())
    assert other.is_dir()


def test_no_file_at_all_is_said(world: World) -> None:
    assert world.land(file_source()) == []
    assert world.problems() == ["LH2013"]


def test_a_connection_gives_the_folder(world: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("with space")
    (folder / "in").mkdir()
    (folder / "in" / "a.csv").write_text("a,b\n1,2\n")
    world.connections["share"] = folder.as_uri()
    source = file_source().model_copy(update={"connection": "share"})
    assert paths(world.land(source)) == ["in/a.csv"]


def test_a_relative_connection_starts_from_the_workspace(world: World) -> None:
    world.deliver("in/a.csv", "a,b\n1,2\n")
    world.connections["share"] = "in"
    assert paths(world.land(file_source().model_copy(update={"connection": "share"}))) == ["in/a.csv"]


@pytest.mark.parametrize("url", ["file:///no/such/folder", "ftp://host/folder"])
def test_a_connection_without_a_folder_is_an_error(world: World, url: str) -> None:
    world.connections["share"] = url
    with pytest.raises(LakehouseError, match="LH2010"):
        world.land(file_source().model_copy(update={"connection": "share"}))
