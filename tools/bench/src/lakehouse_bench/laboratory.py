from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lakehouse_bench.pipeline_run import PipelineRun, expect_published, run_pipeline
from lakehouse_bench.sources import Sources

if TYPE_CHECKING:
    from pathlib import Path

    from lakehouse_bench.workspace import Workspace


@dataclass(frozen=True)
class FullLoad:
    """All years loaded by one run into an empty home."""

    sources: Sources
    home: Path
    event_log: Path
    run: PipelineRun


@dataclass
class Laboratory:
    """What the experiments share: full loads are made once for each number of years."""

    workspace: Workspace
    years: int
    platform: Path | None = None
    """The home of a platform that runs already."""
    _loads: dict[int, FullLoad] = field(default_factory=dict)

    @cached_property
    def plan(self) -> Path:
        """The plan of the workspace, compiled."""
        return self.workspace.compile(self.fresh_folder("plan"))

    def sources(self, years: int) -> Sources:
        """The sources of so many years, prepared."""
        sources = Sources(self.workspace.scratch / f"sources-{years}", years)
        sources.prepare()
        return sources

    def full_load(self, years: int) -> FullLoad:
        if years not in self._loads:
            sources = self.sources(years)
            home, log = self.fresh_folder(f"full-{years}"), self.fresh_folder(f"full-{years}-log")
            tell(f"loading {years} years at once")
            with sources.served() as connections:
                run = expect_published(run_pipeline(self.workspace, self.plan, home, connections, log))
            self._loads[years] = FullLoad(sources, home, log, run)
        return self._loads[years]

    def fresh_folder(self, name: str) -> Path:
        """A folder of this name that is not there yet, in one that is."""
        folder = self.workspace.scratch / name
        shutil.rmtree(folder, ignore_errors=True)
        return folder


def tell(text: str) -> None:
    """A line of progress for the reader; standard output is for the results."""
    sys.stderr.write(f"{text} …\n")
    sys.stderr.flush()
