"""Measures the lander: `python -m lakehouse_pipeline.landing.bench FILE.csv [COPIES]` prints one line of JSON."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa

from lakehouse_pipeline.landing.context import LandingContext
from lakehouse_pipeline.landing.land import land
from lakehouse_pipeline.schema.plan import FileSource


@dataclass(frozen=True)
class LanderSpeed:
    """What landing a CSV file took: processor time of all threads together, and the process's largest resident memory."""

    bytes: int
    rows: int
    cpu_seconds: float
    bytes_per_second: float
    peak_memory: int


def measure_lander(file: Path, copies: int = 1) -> LanderSpeed:
    """Lands the records of a CSV file `copies` times over as one file, in a process of its own."""
    command = [sys.executable, "-m", "lakehouse_pipeline.landing.bench", str(file), str(copies)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return LanderSpeed(**json.loads(answer.stdout))


def _measure(file: Path, copies: int) -> LanderSpeed:
    pa.set_cpu_count(1)
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        source = _source(file)
        context = LandingContext(workspace / "landing", lambda name: name, lambda _: None, workspace=workspace)
        size = _repeat(file, workspace / "flights.csv", copies)
        started = time.process_time()
        (manifest,) = land(source, context)
        seconds = time.process_time() - started
    # Linux counts in kilobytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    return LanderSpeed(size, manifest.rows, seconds, size / seconds, peak)


def _repeat(file: Path, target: Path, copies: int) -> int:
    with target.open("wb") as out:
        for copy in range(copies):
            with file.open("rb") as lines:
                if copy:
                    lines.readline()
                shutil.copyfileobj(lines, out)
    return target.stat().st_size


def _source(file: Path) -> FileSource:
    with file.open(encoding="utf-8") as lines:
        columns = lines.readline().strip().split(",")
    return FileSource.model_validate(
        {
            "kind": "files",
            "name": "flights",
            "domain": "bench",
            "table": "bronze.flights",
            "columns": columns,
            "drift": "rescue",
            "schedule": None,
            "connection": None,
            "path": "flights.csv",
            "format": {"type": "csv", "header": True, "delimiter": ",", "quote": '"', "encoding": "utf-8", "nullValue": "NA"},
        }
    )


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(_measure(Path(sys.argv[1]), int((sys.argv[2:] or ["1"])[0])))) + "\n")
