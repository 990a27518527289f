"""What `DESCRIBE TABLE` says: https://spark.apache.org/docs/latest/sql-ref-syntax-aux-describe-table.html"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Begins the section of a partitioned table, whose rows are columns that were listed before.
_PARTITIONS = "# Partition Information"


@dataclass(frozen=True)
class DescribedColumn:
    name: str
    type: str
    comment: str | None


@dataclass(frozen=True)
class DescribedTable:
    columns: Sequence[DescribedColumn]
    partitioned_by: Sequence[str]


def described_table(rows: Iterable[Sequence[str | None]]) -> DescribedTable:
    """Of rows (name, type, comment): the columns come first, then sections that begin with `#` or an empty name."""
    columns: list[DescribedColumn] = []
    partitions: list[str] = []
    section: str | None = None
    for name, kind, comment in rows:
        if not name or name.startswith("#"):
            # `# col_name` heads the rows of a section and begins none.
            section = section if name and name.startswith("# col_name") else name or ""
        elif section is None:
            columns.append(DescribedColumn(name, kind or "", comment or None))
        elif section == _PARTITIONS:
            partitions.append(name)
    return DescribedTable(columns, partitions)
