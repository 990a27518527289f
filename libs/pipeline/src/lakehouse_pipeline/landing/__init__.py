from __future__ import annotations

from lakehouse_pipeline.landing.context import LandingContext, Patience
from lakehouse_pipeline.landing.land import land
from lakehouse_pipeline.landing.manifest import (
    Drift,
    FileOrigin,
    LandedColumn,
    Manifest,
    Part,
    RangeOrigin,
    parse_manifest,
)
from lakehouse_pipeline.landing.zone import list_manifests

__all__ = [
    "Drift",
    "FileOrigin",
    "LandedColumn",
    "LandingContext",
    "Manifest",
    "Part",
    "Patience",
    "RangeOrigin",
    "land",
    "list_manifests",
    "parse_manifest",
]
