from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from landing_world import database_source, file_source, things

from lakehouse_pipeline.landing import list_manifests, parse_manifest
from lakehouse_pipeline.problem import LakehouseError

if TYPE_CHECKING:
    from landing_world import World


def test_the_manifest_says_what_lies_beside_it(world: World) -> None:
    path = world.deliver("a.csv", "a,b\n1,2\n3\n")
    (manifest,) = world.land(file_source())
    folder = world.landing / "things" / manifest.batch
    written = json.loads((folder / "manifest.json").read_text())
    part = (folder / "part-00000.parquet").read_bytes()
    assert written == {
        "batch": "things-000001",
        "source": "things",
        "sequence": 1,
        "kind": "files",
        "landedAt": "2013-01-01T00:00:00+00:00",
        "origin": {
            "kind": "file",
            "path": "in/a.csv",
            "size": 10,
            "modified": written["origin"]["modified"],
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        },
        "rows": 2,
        "malformed": 1,
        "held": None,
        "parts": [{"path": "part-00000.parquet", "rows": 2, "bytes": len(part), "sha256": hashlib.sha256(part).hexdigest()}],
        "columns": [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}],
        "drift": {"unknown": [], "missing": []},
    }
    assert parse_manifest((folder / "manifest.json").read_text()) == manifest


def test_the_range_of_an_extraction(world: World) -> None:
    things(world, "(1, '2013-01-01')")
    (manifest,) = world.land(database_source(watermark="updated_at"))
    written = json.loads((world.landing / "things" / manifest.batch / "manifest.json").read_text())
    assert written["origin"] == {"kind": "range", "from": None, "to": "2013-01-01", "fingerprint": written["origin"]["fingerprint"]}
    assert list_manifests(world.landing, "things") == [manifest]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"batch": 1}'])
def test_a_damaged_manifest_is_named(world: World, text: str) -> None:
    world.deliver("a.csv", "a,b\n1,2\n")
    (manifest,) = world.land(file_source())
    (world.landing / "things" / manifest.batch / "manifest.json").write_text(text)
    with pytest.raises(LakehouseError, match=r"LH2001 .*things-000001/manifest\.json"):
        world.land(file_source())


def test_a_source_that_never_landed_has_no_manifests(world: World) -> None:
    assert list_manifests(world.landing, "things") == []
