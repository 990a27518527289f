from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lakehouse_bench.bytes_read import EVENT_LOG_SETTINGS
from lakehouse_bench.watched import MeasurementError, Watched, own_environment, run_watched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Workspace:
    """The clone that is measured, and a folder for all that the measuring makes."""

    root: Path
    scratch: Path

    def lakehouse(self, *arguments: str) -> Watched:
        """Runs the command line as a user does."""
        return run_watched([str(self.root / "lakehouse"), *arguments], own_environment(), self.root)

    def compile(self, home: Path, *arguments: str) -> Path:
        """Compiles into `home` and returns the plan's file."""
        answer = self.lakehouse("compile", "--json", "--home", str(home), *arguments)
        file = json.loads("\n".join(line for _, line in answer.lines))["file"]
        if not isinstance(file, str):
            raise MeasurementError("The domains of this workspace do not compile; see ./lakehouse compile.")
        return Path(file)

    def python(self, arguments: Sequence[str], environment: Mapping[str, str], event_log: Path | None = None) -> Watched:
        """Runs a Python module with the Spark settings of the bench; with `event_log` Spark logs its work there."""
        settings = dict(EVENT_LOG_SETTINGS)
        if event_log is None:
            settings["spark.eventLog.enabled"] = "false"
        else:
            event_log.mkdir(parents=True)
            settings["spark.eventLog.dir"] = event_log.as_uri()
        lines = "\n".join(f"{name}={value}" for name, value in settings.items())
        changes = {**environment, "LAKEHOUSE_SPARK_SETTINGS": lines, "PYTHONUNBUFFERED": "1"}
        return run_watched([sys.executable, *arguments], own_environment(**changes), self.root)
