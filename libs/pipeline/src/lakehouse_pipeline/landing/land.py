from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from lakehouse_pipeline.landing.database import land_database
from lakehouse_pipeline.landing.files import land_files
from lakehouse_pipeline.landing.http_source import land_http
from lakehouse_pipeline.landing.notices import warn
from lakehouse_pipeline.landing.storage import Storage, open_storage
from lakehouse_pipeline.landing.zone import read_manifests, remove_unfinished
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import DatabaseSource, FileSource, HttpSource

if TYPE_CHECKING:
    from lakehouse_pipeline.landing.context import LandingContext
    from lakehouse_pipeline.landing.manifest import Manifest


def land(source: FileSource | DatabaseSource | HttpSource, context: LandingContext) -> list[Manifest]:
    """
    Lands what is new in a source and returns the manifests of the new batches, in their sequence.

    Killed anywhere and called again it lands the same content. One caller at a time may land a source.
    """
    storage = open_storage(context.landing_root)
    try:
        manifests = read_manifests(storage, source.name)
        remove_unfinished(storage, source.name, manifests)
        landed = _land(source, storage, manifests, context)
    except OSError as error:
        with suppress(OSError):
            remove_unfinished(storage, source.name, read_manifests(storage, source.name))
        raise LakehouseError(
            "LH2002",
            source.name,
            f"The landing layer at {context.landing_root} cannot be written: {error.strerror or error}.",
            "Make room, or mend its permissions; what was landed stays, and the next run lands the rest.",
        ) from error
    _report_malformed(source.name, [manifest for manifest in landed if manifest.malformed and manifest.held is None], context)
    return landed


def _land(
    source: FileSource | DatabaseSource | HttpSource, storage: Storage, manifests: list[Manifest], context: LandingContext
) -> list[Manifest]:
    if isinstance(source, FileSource):
        return land_files(source, storage, manifests, context)
    if isinstance(source, DatabaseSource):
        return land_database(source, storage, manifests, context)
    return land_http(source, storage, manifests, context)


def _report_malformed(source: str, manifests: list[Manifest], context: LandingContext) -> None:
    if not manifests:
        return
    malformed = sum(manifest.malformed for manifest in manifests)
    rows = sum(manifest.rows for manifest in manifests)
    batches = ", ".join(manifest.batch for manifest in manifests[:5]) + (", …" if len(manifests) > 5 else "")
    warn(
        context.on_event,
        "LH2017",
        source,
        f"{malformed} of {rows} records in {batches} are malformed; they are kept with their reasons and their raw text.",
        "Look at them with `quarantine list` and have the source's owner deliver them again.",
    )
