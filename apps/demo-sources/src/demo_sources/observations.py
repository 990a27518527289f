from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Observations:
    """Weather observations as JSON texts in the order of their hours."""

    lines: list[str]
    hours: list[str]

    def page(self, after: int, limit: int, since: str | None, until: str | None) -> tuple[list[str], int | None]:
        """The observations behind position `after` from `since` on and before `until`, and the cursor of the next page."""
        first = max(after, bisect_left(self.hours, since) if since else 0)
        end = bisect_left(self.hours, until) if until else len(self.hours)
        last = min(first + limit, end)
        return self.lines[first:last], last if last < end else None


class ObservationFile:
    """The observations that `prepare` wrote, read again when it wrote new ones."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state: tuple[int, int] | None = None
        self._observations = Observations([], [])

    def current(self) -> Observations:
        state = self._path.stat()
        version = (state.st_mtime_ns, state.st_ino)
        if version != self._state:
            lines = self._path.read_text(encoding="utf-8").splitlines()
            self._observations = Observations(lines, [str(json.loads(line)["time_hour"]) for line in lines])
            self._state = version
        return self._observations
