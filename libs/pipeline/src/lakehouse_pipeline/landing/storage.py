from __future__ import annotations

import os
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pyarrow import NativeFile, fs

from lakehouse_pipeline.object_store import SCHEME, arrow_filesystem, in_object_store

_AT_ONCE = 16


@dataclass(frozen=True)
class Storage:
    """A folder of a file system; all paths are relative to `base`."""

    filesystem: fs.FileSystem
    base: str

    def path(self, relative: str) -> str:
        return f"{self.base}/{relative}" if relative else self.base


def open_storage(location: str | Path) -> Storage:
    """The storage at a local path, in the object store, or at another URL that Arrow knows."""
    text = str(location)
    if in_object_store(text):
        return Storage(arrow_filesystem(), text.removeprefix(SCHEME).rstrip("/"))
    if "://" in text:
        filesystem, base = fs.FileSystem.from_uri(text)
        return Storage(filesystem, base.rstrip("/"))
    return Storage(fs.LocalFileSystem(), str(Path(text).absolute()))


def list_folders(storage: Storage, relative: str) -> list[str]:
    """Names of the folders in a folder, sorted; none where it does not exist."""
    selector = fs.FileSelector(storage.path(relative), allow_not_found=True)
    return sorted(info.base_name for info in storage.filesystem.get_file_info(selector) if info.type == fs.FileType.Directory)


def read_if_present(storage: Storage, relative: str) -> bytes | None:
    """The bytes of a small file, or None where it does not exist."""
    if storage.filesystem.get_file_info(storage.path(relative)).type != fs.FileType.File:
        return None
    with storage.filesystem.open_input_stream(storage.path(relative)) as stream:
        return bytes(stream.read())


def read_all(storage: Storage, relatives: Sequence[str]) -> list[bytes | None]:
    """Small files, None for each that does not exist; many at once where each of them is asked for over the network."""
    if isinstance(storage.filesystem, fs.LocalFileSystem):
        return [read_if_present(storage, relative) for relative in relatives]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(partial(read_if_present, storage), relatives))


def create_folder(storage: Storage, relative: str) -> None:
    """Makes a folder where folders are made; in an object store they are but parts of names."""
    if isinstance(storage.filesystem, fs.LocalFileSystem):
        storage.filesystem.create_dir(storage.path(relative), recursive=True)


def remove_folder(storage: Storage, relative: str) -> None:
    """Removes a folder with all it holds; does nothing where it does not exist."""
    if storage.filesystem.get_file_info(storage.path(relative)).type == fs.FileType.Directory:
        storage.filesystem.delete_dir(storage.path(relative))


def open_output(storage: Storage, relative: str) -> NativeFile:
    return storage.filesystem.open_output_stream(storage.path(relative))


def make_durable(storage: Storage, relative: str) -> None:
    """Waits until a written file, or a folder's list of names, would survive a power failure."""
    if isinstance(storage.filesystem, fs.LocalFileSystem):
        _synchronise(storage.path(relative))


def publish(storage: Storage, relative: str, content: bytes) -> None:
    """Writes a small file so that a reader sees all of it or nothing. An object store's put is so by itself."""
    target = storage.path(relative)
    if not isinstance(storage.filesystem, fs.LocalFileSystem):
        with storage.filesystem.open_output_stream(target) as stream:
            stream.write(content)
        return
    temporary = f"{target}.{uuid.uuid4().hex}.tmp"
    with Path(temporary).open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(target)
    _synchronise(str(Path(target).parent))


def _synchronise(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
