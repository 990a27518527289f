"""The experiments on the images and on the platform without its optional parts."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from lakehouse_bench.laboratory import tell
from lakehouse_bench.result import Result
from lakehouse_bench.running_platform import image_size, lakehouse, memory_of, running_platform
from lakehouse_bench.sources import Sources
from lakehouse_bench.watched import MeasurementError, own_environment, run_watched

if TYPE_CHECKING:
    from pathlib import Path

    from lakehouse_bench.laboratory import Laboratory
    from lakehouse_bench.watched import Watched

_CLOCK = "2014-01-01T00:00:00Z"
_MEGABYTE = 10**6
_GIBIBYTE = 2**30
_SIZE_LIMITS = {"spark": 1300, "hive-metastore": 650, "minio": 350, "minio-init": 350, "airflow-dags": 900, "superset": 1100}
_PARTS = ("airflow", "dqops", "superset")
_RUN = ("run", "flights", "--as-of", _CLOCK)


def images(lab: Laboratory) -> list[Result]:
    """Building all images: from nothing where the engine has none of them, and with nothing to do."""
    results = []
    if not any(image_size(_ours(name)) for name in _SIZE_LIMITS):
        tell("building all images")
        results.append(Result("images", "time of all images from an empty engine", _build(lab).seconds / 60, "min", 25))
    else:
        tell("some images are there: bringing them up to date")
        _build(lab)
    tell("building images where nothing changed")
    results.append(Result("images", "time of a build with nothing to do", _build(lab).seconds, "s", 15))
    for name, limit in _SIZE_LIMITS.items():
        results.append(Result("images", f"size of {name}", image_size(_ours(name)) / _MEGABYTE, "MB", limit))
    return results


def platform(lab: Laboratory) -> list[Result]:
    """A small platform from its start to a published year, against the same year embedded."""
    tell("bringing the platform up once, so that its images are there")
    with running_platform(lab, "first", without=_PARTS):
        pass
    tell("bringing up a platform from built images")
    with running_platform(lab, "platform", without=_PARTS) as (home, started):
        idle = sum(memory_of(lab, home).values())
        tell("a year of flights on the platform")
        full = lakehouse(lab, home, *_RUN)
        tell("the same with nothing new")
        unchanged = lakehouse(lab, home, *_RUN)
        tell("one changed model")
        lakehouse(lab, home, "apply")
        applied = lakehouse(lab, home, "apply", LAKEHOUSE_DOMAINS=str(_with_a_changed_model(lab)))
    embedded = _embedded_year(lab)
    detail = f"{full.seconds:.1f} s against {embedded.seconds:.1f} s, both from the command line"
    return [
        Result("platform", "time until healthy, from built images", started.seconds, "s", 90),
        Result("platform", "memory of all services before the first query", idle / _GIBIBYTE, "GiB", 3.5),
        Result("platform", "time of a year to that embedded", full.seconds / embedded.seconds, "times", 2, detail=detail),
        Result("platform", "time of a warm run with nothing new", unchanged.seconds, "s", 15),
        Result("platform", "time of apply with one changed model, warm", applied.seconds, "s", 15),
    ]


def _ours(name: str) -> str:
    return f"lakehouse/{name}:dev"


def _build(lab: Laboratory) -> Watched:
    command = ["npx", "nx", "run-many", "-t", "image"]
    return run_watched(command, own_environment(NX_DAEMON="false"), lab.workspace.root)


def _with_a_changed_model(lab: Laboratory) -> Path:
    domains = lab.fresh_folder("domains")
    shutil.copytree(lab.workspace.root / "libs/domains", domains)
    model = domains / "flights/models/gold.route_performance.sql"
    text = model.read_text(encoding="utf-8")
    changed = text.replace("arr_delay < 15", "arr_delay < 16")
    if changed == text:
        raise MeasurementError(f"{model.name} has no rule of 15 minutes any more: name another change here.")
    model.write_text(changed, encoding="utf-8")
    return domains


def _embedded_year(lab: Laboratory) -> Watched:
    sources = Sources(lab.fresh_folder("year-sources"), 1, faults=True)
    sources.prepare()
    home = lab.fresh_folder("embedded")
    lakehouse(lab, home, "apply")
    tell("the same year embedded")
    with sources.served() as connections:
        return lakehouse(lab, home, *_RUN, **connections)
