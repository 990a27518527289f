from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lakehouse_pipeline.landing.manifest import Drift

DriftPolicy = Literal["rescue", "freeze", "discard"]


_OWN = frozenset({"_source_file", "_source_row", "_rescued", "_batch_id", "_ingested_at"})


def match_columns(found: Iterable[str], known: Sequence[str]) -> dict[str, str]:
    """
    The known name of each column found that has one; where no column is known, each has its own.

    Names match without regard to case, as they do in Spark. Those of bronze's own columns are never a source's.
    """
    if not known:
        return {name: name for name in found if name.casefold() not in _OWN}
    folded = {name.casefold(): name for name in known}
    return {name: folded[name.casefold()] for name in found if name.casefold() in folded}


def describe_drift(drift: Drift) -> str:
    """Drift in words: `unknown column tail_number, missing column tailnum`."""
    return ", ".join(
        f"{word} column{'s' if len(names) > 1 else ''} {', '.join(names)}"
        for word, names in (("unknown", drift.unknown), ("missing", drift.missing))
        if names
    )


def propose_patch(drift: Drift, table: str) -> str:
    """What to change in the contract, or to tell the source's owner."""
    renamed = {name: similar[0] for name in drift.unknown if (similar := get_close_matches(name, drift.missing, 1))}
    lines = [f"`{new}` looks like the new name of `{old}`: let the model read both." for new, old in renamed.items()]
    added = [name for name in drift.unknown if name not in renamed]
    if added:
        lines.append(f"To keep them as columns, add to the properties of the silver contract that reads {table}:")
        lines.extend(f"  - name: {name}\n    logicalType: string\n    description: TO BE WRITTEN" for name in added)
    gone = [name for name in drift.missing if name not in renamed.values()]
    if gone:
        lines.append(f"Ask the source's owner about {', '.join(gone)}; the rows have null there.")
    return "\n".join(lines)
