from __future__ import annotations

from typing import TYPE_CHECKING

from deltalake import DeltaTable

if TYPE_CHECKING:
    from pathlib import Path


def table_versions(warehouse: Path) -> dict[str, int]:
    """The version of every Delta table under a warehouse."""
    folders = sorted(log.parent for log in warehouse.rglob("_delta_log"))
    return {str(folder.relative_to(warehouse)): DeltaTable(str(folder)).version() for folder in folders}
