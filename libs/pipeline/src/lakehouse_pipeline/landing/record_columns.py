from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from lakehouse_pipeline.landing.chunk import Chunk, Malformed
from lakehouse_pipeline.landing.drift import match_columns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def columns_of_records(
    records: Sequence[Mapping[str, str | None]],
    rows: Sequence[int],
    malformed: Sequence[Malformed],
    known: Sequence[str],
) -> Chunk:
    """A chunk of text records of which each may have keys of its own. Where no column is known, every key is one."""
    found = dict.fromkeys(key for record in records for key in record)
    matched = match_columns(found, known)
    # A record may spell a known name in two ways; the later spelling is then a column of its own.
    spellings: dict[str, str] = {}
    for spelling, name in matched.items():
        if name not in spellings or spelling == name:
            spellings[name] = spelling
    taken = set(spellings.values())
    unknown = [key for key in found if key not in taken]
    return Chunk(
        columns={name: pa.array([record.get(key) for record in records], pa.string()) for name, key in spellings.items()},
        rows=pa.array(rows, pa.int64()),
        malformed=malformed,
        rescued=[_values_of(record, unknown) for record in records] if unknown else None,
        unknown=frozenset(unknown),
        present=frozenset(spellings),
    )


def _values_of(record: Mapping[str, str | None], names: Sequence[str]) -> dict[str, str] | None:
    if len(record) < len(names):
        wanted = set(names)
        values = {name: value for name, value in record.items() if name in wanted and value is not None}
    else:
        values = {name: value for name in names if (value := record.get(name)) is not None}
    return values or None
