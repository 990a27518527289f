"""Lands the CSV files of a folder once, on one core, and prints seconds and the largest memory as JSON.

Run as `python -m lakehouse_bench.land_once FOLDER TARGET`. Interpreter and imports are not measured.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

from lakehouse_pipeline.landing import LandingContext, land
from lakehouse_pipeline.schema.plan import CsvFormat, FileSource


def main(folder: str, target: str) -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with next(Path(folder).glob("*.csv")).open(encoding="utf-8") as file:
        columns = file.readline().strip().split(",")
    csv = CsvFormat(type="csv", header=True, delimiter=",", quote='"', encoding="utf-8", null_value="NA")
    source = FileSource(
        kind="files",
        name="flights",
        domain="flights",
        table="bronze.flights",
        columns=columns,
        drift="rescue",
        schedule=None,
        connection="here",
        path="*.csv",
        format=csv,
    )
    context = LandingContext(target, resolve_connection=lambda _: folder, on_event=lambda _: None)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    manifests = land(source, context)
    seconds = time.monotonic() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rows = sum(manifest.rows for manifest in manifests)
    answer = {"rows": rows, "seconds": seconds, "peakBytes": peak * 1024, "idleBytes": before * 1024}
    sys.stdout.write(json.dumps(answer) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
