"""The experiment on the whole platform, with Airflow, DQOps and Superset: what it takes while nobody asks anything of it."""

from __future__ import annotations

import time
from statistics import mean
from typing import TYPE_CHECKING

from lakehouse_bench.laboratory import tell
from lakehouse_bench.result import Result
from lakehouse_bench.running_platform import ask_engine, lakehouse, memory_of, running_platform

if TYPE_CHECKING:
    from pathlib import Path

    from lakehouse_bench.laboratory import Laboratory

_GIBIBYTE = 2**30
_MEBIBYTE = 2**20
_SAMPLES = 20
_SETTLING_SECONDS = 60


def whole(lab: Laboratory) -> list[Result]:
    """All parts from built images, idle with an applied plan; DQOps where its image is to be had."""
    without = () if ask_engine("images", "--quiet", "dqops/dqo") else ("dqops",)
    tell("bringing the whole platform up once, so that its images are there")
    with running_platform(lab, "whole-first", without):
        pass
    tell("bringing the whole platform up from built images")
    with running_platform(lab, "whole", without) as (home, started):
        lakehouse(lab, home, "apply")
        tell("leaving it alone")
        time.sleep(_SETTLING_SECONDS)
        memory = memory_of(lab, home)
        processor = _processor_of(home, "airflow-")
    airflow = sum(taken for service, taken in memory.items() if service.startswith("airflow-"))
    return [
        Result("whole", "time until all parts are healthy, from built images", started.seconds, "s", 240),
        Result("whole", "memory of all services, idle", sum(memory.values()) / _GIBIBYTE, "GiB", 8),
        Result("whole", "memory of Airflow, idle", airflow / _GIBIBYTE, "GiB", 1.3),
        Result("whole", "processor time of Airflow, idle", processor, "% of a core", 15),
        Result("whole", "memory of Superset, idle", memory["superset"] / _MEBIBYTE, "MiB", 700),
        *([] if without else [Result("whole", "memory of DQOps, idle", memory["dqops"] / _GIBIBYTE, "GiB", 1.2)]),
    ]


def _processor_of(home: Path, service: str) -> float:
    """Percent of one core that all containers whose service begins like this take together, over about a minute."""
    settings = (home / "platform" / "compose.env").read_text(encoding="utf-8").splitlines()
    project = next(line.partition("=")[2] for line in settings if line.startswith("COMPOSE_PROJECT_NAME="))
    names = [name for name in ask_engine("ps", "--format", "{{.Names}}").splitlines() if name.startswith(f"{project}_{service}")]
    return mean(sum(_percents(names)) for _ in range(_SAMPLES))


def _percents(containers: list[str]) -> list[float]:
    answer = ask_engine("stats", "--no-stream", "--format", "{{.CPUPerc}}", *containers)
    return [float(line.rstrip("%")) for line in answer.splitlines()]
