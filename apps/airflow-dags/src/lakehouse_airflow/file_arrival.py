"""Watches the folder of a file source, so that a file is ingested when it arrives."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from airflow.sdk import Asset
from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from lakehouse_pipeline.connections import connection_url
from lakehouse_pipeline.problem import LakehouseError

_POLL_SECONDS = 3.0


class FileArrivalTrigger(BaseEventTrigger):
    """Fires when the files of a source are no longer those of the last time, also where that was before a restart.

    A folder is looked through rather than watched by the kernel: its notifications do not cross volumes and network shares.
    """

    def __init__(self, asset: str, connection: str | None, path: str) -> None:
        """`asset`: the name of the asset that is watched; `connection`: names a folder, None is the workspace; `path`: a glob in it."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.asset = asset
        self.connection = connection
        self.path = path

    def serialize(self) -> tuple[str, dict[str, Any]]:
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        return name, {"asset": self.asset, "connection": self.connection, "path": self.path}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        seen = await self._stored()
        while True:
            found = await asyncio.to_thread(self._look)
            if found is not None and found != seen:
                # A file that still grows is different each time: it is ingested once it has come to rest.
                await asyncio.sleep(_POLL_SECONDS)
                if await asyncio.to_thread(self._look) != found:
                    continue
                if found or seen is not None:
                    yield TriggerEvent({"files": found})
                seen = found
                await self._store(found)
            await asyncio.sleep(_POLL_SECONDS)

    def _look(self) -> str | None:
        """A digest of the files that are there, empty without files, None where their folder cannot be read."""
        try:
            return digest_of(folder_of(self.connection), self.path)
        except (LakehouseError, OSError) as error:
            self.log.warning("%s: cannot look for files: %s", self.asset, error)
            return None

    async def _stored(self) -> str | None:
        assert self.asset_state_store is not None
        found = await self.asset_state_store[Asset(self.asset)].aget("files")
        return found if isinstance(found, str) else None

    async def _store(self, digest: str) -> None:
        assert self.asset_state_store is not None
        await self.asset_state_store[Asset(self.asset)].aset("files", digest)


def folder_of(connection: str | None) -> Path:
    """The folder that a connection names, as the lander reads it; without one the workspace.

    Raises LakehouseError LH2107 where it is not configured.
    """
    workspace = Path(os.environ.get("LAKEHOUSE_WORKSPACE", "."))
    if connection is None:
        return workspace
    url = connection_url(connection)
    parts = urlsplit(url)
    return Path(unquote(parts.path)) if parts.scheme == "file" else workspace / url


def digest_of(folder: Path, path: str) -> str:
    """A digest of the names, sizes and times of the files that match a glob, empty without files.

    Unfinished deliveries (`.x`, `_x`) do not count.
    """
    states = sorted(_states(folder, path))
    return hashlib.sha256("\n".join(states).encode()).hexdigest() if states else ""


def _states(folder: Path, path: str) -> Iterator[str]:
    for file in folder.glob(path):
        if file.name.startswith((".", "_")):
            continue
        try:
            state = file.stat()
        except FileNotFoundError:
            continue
        yield f"{file.relative_to(folder)}\t{state.st_size}\t{state.st_mtime_ns}"
