"""The experiments on the demo domain, each a function from a laboratory to results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse_bench.bytes_read import read_event_logs
from lakehouse_bench.laboratory import tell
from lakehouse_bench.pipeline_run import expect_published, run_pipeline
from lakehouse_bench.result import Result
from lakehouse_bench.sources import Sources
from lakehouse_bench.versions import table_versions
from lakehouse_bench.watched import MeasurementError
from lakehouse_pipeline.warm.record import end_staying

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lakehouse_bench.laboratory import Laboratory
    from lakehouse_bench.pipeline_run import PipelineRun

_MANY_YEARS = 10


def plain(lab: Laboratory) -> list[Result]:
    """The full load against a plain hand-written PySpark script that does the same."""
    full = lab.full_load(lab.years)
    home = lab.fresh_folder("plain")
    tell("the plain script")
    with full.sources.served() as connections:
        script = lab.workspace.python(["-m", "lakehouse_bench.plain", str(home)], connections)
    _expect_same_rows(lab, full.home, home)
    seconds = full.run.watched.seconds
    detail = f"{seconds:.1f} s against {script.seconds:.1f} s, the same rows ({full.run.steps})"
    measure = f"time of {lab.years} years to plain PySpark's"
    return [Result("plain", measure, seconds / script.seconds, "times", 1.8, detail=detail)]


def _expect_same_rows(lab: Laboratory, one: Path, other: Path) -> None:
    tell("comparing the rows")
    scratch = lab.fresh_folder("compare")
    folders = [str(one / "warehouse"), str(other / "warehouse"), str(scratch)]
    compared = lab.workspace.python(["-m", "lakehouse_bench.same_rows", *folders], {})
    if compared.lines:
        differences = "\n".join(line for _, line in compared.lines)
        raise MeasurementError(f"The plain script and the pipeline disagree:\n{differences}")


def month(lab: Laboratory) -> list[Result]:
    """One more month after all others, against one full load of everything."""
    return [result for years in dict.fromkeys([lab.years, 1]) for result in _one_more_month(lab, years)]


def _one_more_month(lab: Laboratory, years: int) -> list[Result]:
    full = lab.full_load(years)
    home, log = lab.fresh_folder(f"month-{years}"), lab.fresh_folder(f"month-{years}-log")
    late = _last_month(lab, home, years, {}, log)
    some = read_event_logs(log, home / "warehouse")
    everything = read_event_logs(full.event_log, full.home / "warehouse")
    time_told = f"{late.watched.seconds:.1f} s of {full.run.watched.seconds:.1f} s ({late.steps})"
    bytes_told = f"{some.counted / 1e6:.1f} MB ({some.largest}) of {everything.counted / 1e6:.1f} ({everything.largest})"
    time_limit, bytes_limit = (20.0, 12.0) if years >= _MANY_YEARS else (None, None)
    time_share = 100 * late.watched.seconds / full.run.watched.seconds
    bytes_share = 100 * some.counted / everything.counted
    after = f"after {years} {'year' if years == 1 else 'years'}, of a full load"
    return [
        Result("month", f"time of one more month {after}", time_share, "%", time_limit, detail=time_told),
        Result("month", f"bytes read from bronze and silver {after}", bytes_share, "%", bytes_limit, detail=bytes_told),
    ]


def _last_month(lab: Laboratory, home: Path, years: int, settings: Mapping[str, str], event_log: Path | None = None) -> PipelineRun:
    """The run that brings the last month, after one that brought all the others; Spark's event log is that of the last month alone."""
    sources = Sources(lab.fresh_folder(f"{home.name}-sources"), years)
    sources.prepare(but_the_last_month=True)
    tell(f"loading {years} years but for the last month")
    with sources.served() as connections:
        expect_published(run_pipeline(lab.workspace, lab.plan, home, {**connections, **settings}))
        sources.prepare()
        tell("the last month")
        return expect_published(run_pipeline(lab.workspace, lab.plan, home, {**connections, **settings}, event_log))


def warm(lab: Laboratory) -> list[Result]:
    """One more month on the Spark that the load before it left ready, against one full load of everything."""
    full = lab.full_load(lab.years)
    home = lab.fresh_folder(f"warm-{lab.years}")
    try:
        late = _last_month(lab, home, lab.years, {"LAKEHOUSE_WARM": "5"})
    finally:
        end_staying(home)
    if late.watched.java_started:
        raise MeasurementError("The last month started a Spark of its own.")
    share = 100 * late.watched.seconds / full.run.watched.seconds
    detail = f"{late.watched.seconds:.1f} s of {full.run.watched.seconds:.1f} s ({late.steps})"
    limit = 20.0 if lab.years >= _MANY_YEARS else None
    return [Result("warm", f"time of one more month after {lab.years} years, Spark warm, of a full load", share, "%", limit, detail=detail)]


def nothing(lab: Laboratory) -> list[Result]:
    """A run with nothing new."""
    full = lab.full_load(lab.years)
    before = table_versions(full.home / "warehouse")
    with full.sources.served() as connections:
        again = run_pipeline(lab.workspace, lab.plan, full.home, connections)
    after = table_versions(full.home / "warehouse")
    changed = sorted(table for table in before.keys() | after.keys() if before.get(table) != after.get(table))
    return [
        Result("nothing", "time of a run with nothing new", again.watched.seconds, "s", 3, detail=again.status),
        Result("nothing", "tables with a new version", len(changed), "tables", 0, detail=", ".join(changed)),
        Result("nothing", "JVMs started", int(again.watched.java_started), "JVMs", 0),
    ]


def growth(lab: Laboratory) -> list[Result]:
    """Ten times the rows."""
    small, large = lab.full_load(1), lab.full_load(_MANY_YEARS)
    before, beyond = (load.run.watched.seconds - load.run.startup_seconds for load in (small, large))
    start = small.run.startup_seconds
    detail = f"{beyond:.1f} s against {before:.1f} s, each without {start:.1f} s of start-up; driver heap 1 GB"
    peak = large.run.watched.peak_bytes / 2**30
    return [
        Result("growth", "time of ten times the rows beyond start-up", beyond / before, "times", 5, detail=detail),
        Result("growth", "largest resident memory, Python and JVM together", peak, "GiB"),
    ]
