from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lakehouse_bench.watched import MeasurementError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lakehouse_bench.watched import Watched
    from lakehouse_bench.workspace import Workspace


@dataclass(frozen=True)
class PipelineRun:
    """A run of the pipeline as a user starts it: a process of its own."""

    watched: Watched
    events: tuple[tuple[float, dict[str, Any]], ...]

    @property
    def status(self) -> str:
        return next((str(event["status"]) for _, event in self.events if event["event"] == "runFinished"), "")

    @property
    def startup_seconds(self) -> float:
        """Until the run began, and the start of Spark: what does not depend on the data."""
        begun = next((second for second, event in self.events if event["event"] == "runStarted"), 0.0)
        return begun + self.step_seconds("start")

    def step_seconds(self, step: str) -> float:
        """Seconds of all steps of a name."""
        finished = [event for _, event in self.events if event["event"] == "stepFinished"]
        return sum(float(event["seconds"]) for event in finished if event["step"] == step)

    @property
    def steps(self) -> str:
        """Seconds of each step, in words."""
        names = dict.fromkeys(event["step"] for _, event in self.events if event["event"] == "stepFinished")
        return ", ".join(f"{name} {self.step_seconds(name):.1f}" for name in names)


def run_pipeline(
    workspace: Workspace, plan: Path, home: Path, connections: Mapping[str, str], event_log: Path | None = None
) -> PipelineRun:
    """Runs the flights domain."""
    arguments = ["-m", "lakehouse_pipeline", "run", "--plan", str(plan), "--home", str(home), "--domain", "flights"]
    watched = workspace.python(arguments, connections, event_log)
    events = tuple((second, json.loads(line)) for second, line in watched.lines if line.startswith("{"))
    return PipelineRun(watched, events)


def expect_published(run: PipelineRun) -> PipelineRun:
    """The run, which must have published: another one measures nothing."""
    if run.status != "published":
        raise MeasurementError(f"The run ended as {run.status!r} instead of publishing:\n{run.watched.errors[-3000:]}")
    return run
