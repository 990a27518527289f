from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse_pipeline.landing.files import land_files
from lakehouse_pipeline.landing.storage import open_storage
from lakehouse_pipeline.landing.zone import read_manifests, remove_unfinished
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
    manifests = read_manifests(storage, source.name)
    remove_unfinished(storage, source.name, manifests)
    if isinstance(source, FileSource):
        return land_files(source, storage, manifests, context)
    raise NotImplementedError
