from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from lakehouse_pipeline.landing.chunk import Chunk
from lakehouse_pipeline.landing.commit import Slot, commit
from lakehouse_pipeline.landing.context import LandingContext
from lakehouse_pipeline.landing.fingerprint import Fingerprint
from lakehouse_pipeline.landing.held import HeldError
from lakehouse_pipeline.landing.manifest import Manifest, RangeOrigin, WatermarkValue
from lakehouse_pipeline.landing.storage import remove_folder
from lakehouse_pipeline.landing.write_chunks import write_if_wanted
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import DatabaseSource, HttpSource

AnyExtracted = TypeVar("AnyExtracted", bound=DatabaseSource | HttpSource)


@dataclass
class Covered:
    """What an extraction covered; it is complete once its chunks have been read to their end."""

    above: WatermarkValue
    """Rows above it were read; None: all rows."""
    up_to: WatermarkValue
    read: Fingerprint
    """Of the rows that the last extraction had in its lag too, and of newer ones."""
    read_again: Fingerprint
    """Of the rows in the lag, which the next extraction reads again."""


def land_extraction(
    slot: Slot[AnyExtracted], last: Manifest | None, chunks: Iterable[tuple[str, Chunk]], covered: Covered, context: LandingContext
) -> list[Manifest]:
    """Lands an extraction unless it brought nothing but what the last one had. Nothing of it stays where it fails."""
    try:
        written = write_if_wanted(slot.storage, slot.folder, slot.source, chunks, lambda: not _is_known(last, covered))
    except HeldError as error:
        remove_folder(slot.storage, slot.folder)
        raise LakehouseError(
            "LH2019",
            slot.source.name,
            f"Nothing is landed: {error.reason}.",
            "Mend the source, or bring the contract in line with it; the next run reads the same range again.",
        ) from error
    except Exception:
        remove_folder(slot.storage, slot.folder)
        raise
    if written is None:
        remove_folder(slot.storage, slot.folder)
        return []
    origin = RangeOrigin(kind="range", from_=covered.above, to=covered.up_to, fingerprint=covered.read_again.hexadecimal())
    return [commit(slot, context, origin, written, None)]


def _is_known(last: Manifest | None, covered: Covered) -> bool:
    return last is not None and isinstance(last.origin, RangeOrigin) and last.origin.fingerprint == covered.read.hexadecimal()
