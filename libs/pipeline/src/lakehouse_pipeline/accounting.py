from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields

from lakehouse_pipeline.problem import LakehouseError


@dataclass(frozen=True)
class Accounting:
    """What became of the rows that a step read; `read` is the sum of all others (the law of conservation)."""

    read: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    superseded_in_batch: int = 0
    superseded_by_target: int = 0
    quarantined: int = 0
    waiting: int = 0

    @property
    def merged(self) -> int:
        return self.inserted + self.updated

    @property
    def accounted(self) -> int:
        return int(sum(asdict(self).values())) - self.read

    def as_event(self) -> dict[str, int]:
        """With the names of the event schema."""
        return {_camel(name): value for name, value in asdict(self).items()}


def total(accountings: Iterable[Accounting]) -> Accounting:
    """The sum, field by field."""
    rows = list(accountings)
    return Accounting(**{field.name: sum(getattr(row, field.name) for row in rows) for field in fields(Accounting)})


def require_conservation(table: str, batch: str, accounting: Accounting) -> None:
    """Raises LakehouseError LH2103 where a row was lost or counted twice."""
    if accounting.accounted != accounting.read:
        raise LakehouseError(
            "LH2103",
            table,
            f"batch {batch}: {accounting.read} rows were read but {accounting.accounted} accounted for ({asdict(accounting)}).",
            "Nothing was written. This is a fault of the program; report it.",
        )


def require_all_read(table: str, batch: str, ingested: int, accounting: Accounting) -> None:
    """Raises LakehouseError LH2103 where another number of rows was read than bronze has of the batch."""
    if accounting.read != ingested:
        raise LakehouseError(
            "LH2103",
            table,
            f"batch {batch}: bronze has {ingested} rows of it but {accounting.read} came to be judged.",
            "Nothing was written. Where a Python model refines the table, let it neither drop nor add rows.",
        )


def _camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
