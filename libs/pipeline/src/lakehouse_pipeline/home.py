from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lakehouse_pipeline.warehouse import Warehouse


@dataclass(frozen=True)
class Home:
    """The folder that holds all state of an embedded lakehouse."""

    path: Path

    @property
    def warehouse(self) -> Warehouse:
        return Warehouse(f"{self.path / 'warehouse'}/")

    @property
    def ledger(self) -> Path:
        return self.path / "state" / "ledger.sqlite"

    @property
    def scratch(self) -> Path:
        """Spark's shuffle and spill files; emptied at each start."""
        return self.path / "scratch"

    @property
    def locks(self) -> Path:
        return self.path / "locks"

    def lock(self, domain: str) -> Path:
        return self.locks / f"{domain}.lock"


def open_home(path: str) -> Home:
    """The home at `path`, with its folders made."""
    home = Home(Path(path).absolute())
    for folder in (home.path / "warehouse" / "landing", home.ledger.parent, home.locks, home.path / "logs"):
        folder.mkdir(parents=True, exist_ok=True)
    return home
