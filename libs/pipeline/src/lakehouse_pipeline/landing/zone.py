from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lakehouse_pipeline.landing.manifest import Manifest, parse_manifest
from lakehouse_pipeline.landing.storage import Storage, list_folders, open_storage, read_all, remove_folder

if TYPE_CHECKING:
    from pathlib import Path


def list_manifests(landing_root: str | Path, source: str) -> list[Manifest]:
    """The manifests of all batches of a source, in their sequence."""
    return read_manifests(open_storage(landing_root), source)


def read_manifests(storage: Storage, source: str) -> list[Manifest]:
    """Like list_manifests, on an open storage."""
    paths = [f"{source}/{batch}/manifest.json" for batch in _batches(storage, source)]
    found = zip(paths, read_all(storage, paths), strict=True)
    manifests = [parse_manifest(text, storage.path(relative)) for relative, text in found if text is not None]
    return sorted(manifests, key=lambda manifest: manifest.sequence)


def remove_unfinished(storage: Storage, source: str, manifests: list[Manifest]) -> None:
    """Removes what killed runs left: batch folders without a manifest."""
    finished = {manifest.batch for manifest in manifests}
    for batch in _batches(storage, source):
        if batch not in finished:
            remove_folder(storage, f"{source}/{batch}")


def batch_name(source: str, sequence: int) -> str:
    return f"{source}-{sequence:06d}"


def _batches(storage: Storage, source: str) -> list[str]:
    name = re.compile(re.escape(source) + r"-\d{6,}")
    return [folder for folder in list_folders(storage, source) if name.fullmatch(folder)]
