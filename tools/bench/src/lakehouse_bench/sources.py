from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lakehouse_bench.watched import own_environment, run_watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FIRST_YEAR = 2013


@dataclass(frozen=True)
class Sources:
    """The sources of the flights domain in a folder; with `faults` those of the demo."""

    folder: Path
    years: int
    faults: bool = False

    def prepare(self, *, but_the_last_month: bool = False) -> None:
        """Writes them as they stand at the end of all years, or a month before it; what is there already stays."""
        until = f"{_FIRST_YEAR + self.years - 1}-{11 if but_the_last_month else 12}"
        options = ["--into", str(self.folder), "--years", str(self.years), "--until", until, *([] if self.faults else ["--faults", "none"])]
        run_watched([sys.executable, "-m", "demo_sources", "prepare", *options], own_environment(), self.folder.parent)

    def months(self) -> list[Path]:
        """The files of flights, one a month."""
        return sorted((self.folder / "flights").iterdir())

    @contextmanager
    def served(self) -> Iterator[dict[str, str]]:
        """Serves the weather for the time of the block, and gives the connections of all sources as environment."""
        command = [sys.executable, "-m", "demo_sources", "serve", "--from", str(self.folder)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                assert server.stdout is not None
                url = json.loads(server.stdout.readline())["url"]
                yield {
                    "LAKEHOUSE_CONNECTION_FLIGHT_FILES": self.folder.as_uri(),
                    "LAKEHOUSE_CONNECTION_OPERATIONS_DB": f"sqlite:///{self.folder / 'operations.db'}",
                    "LAKEHOUSE_CONNECTION_WEATHER_API": url,
                }
            finally:
                server.terminate()
