from __future__ import annotations

from dataclasses import dataclass
from datetime import timezone
from typing import TYPE_CHECKING, Generic, TypeVar

from lakehouse_pipeline.landing.drift import describe_drift, propose_patch
from lakehouse_pipeline.landing.manifest import FileOrigin, Manifest, RangeOrigin, render_manifest
from lakehouse_pipeline.landing.notices import warn
from lakehouse_pipeline.landing.storage import Storage, publish
from lakehouse_pipeline.landing.zone import batch_name
from lakehouse_pipeline.schema.plan import DatabaseSource, FileSource, HttpSource

if TYPE_CHECKING:
    from lakehouse_pipeline.landing.context import LandingContext
    from lakehouse_pipeline.landing.write_chunks import Written

AnySource = TypeVar("AnySource", bound=FileSource | DatabaseSource | HttpSource)


@dataclass(frozen=True)
class Slot(Generic[AnySource]):
    """The place of the batch that comes next."""

    storage: Storage
    source: AnySource
    sequence: int

    @property
    def folder(self) -> str:
        return f"{self.source.name}/{batch_name(self.source.name, self.sequence)}"


def commit(
    slot: Slot[AnySource], context: LandingContext, origin: FileOrigin | RangeOrigin, written: Written, held: str | None
) -> Manifest:
    """Writes the manifest, by which the batch comes to exist, and says what a person should know of the batch."""
    source = slot.source
    manifest = Manifest(
        batch=batch_name(source.name, slot.sequence),
        source=source.name,
        sequence=slot.sequence,
        kind=source.kind,
        landed_at=context.clock().astimezone(timezone.utc).isoformat(),
        origin=origin,
        rows=written.rows,
        malformed=written.malformed,
        held=held,
        parts=written.parts,
        columns=written.columns,
        drift=written.drift,
    )
    publish(slot.storage, f"{slot.folder}/manifest.json", render_manifest(manifest).encode())
    _report(manifest, source, context)
    return manifest


def _report(manifest: Manifest, source: FileSource | DatabaseSource | HttpSource, context: LandingContext) -> None:
    origin = manifest.origin
    where = f"{source.name} {origin.path}" if isinstance(origin, FileOrigin) else source.name
    if manifest.held is not None:
        warn(
            context.on_event,
            "LH2016",
            where,
            f"The file is held: {manifest.held}.",
            f"Deliver it again in the form that source {source.name} declares; "
            f"the original is kept as {manifest.batch}/original in the landing layer.",
        )
    if (manifest.drift.unknown or manifest.drift.missing) and source.drift == "rescue":
        warn(
            context.on_event,
            "LH2018",
            where,
            f"The columns drifted: {describe_drift(manifest.drift)}. Unknown values are kept in _rescued.",
            propose_patch(manifest.drift, source.table),
        )
