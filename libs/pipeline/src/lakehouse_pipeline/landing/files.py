from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

import pyarrow as pa

from lakehouse_pipeline.landing.chunk import Chunk, Malformed
from lakehouse_pipeline.landing.commit import Slot, commit
from lakehouse_pipeline.landing.connection_of import connection_of
from lakehouse_pipeline.landing.decode_file import decode_file
from lakehouse_pipeline.landing.held import HeldError
from lakehouse_pipeline.landing.manifest import FileOrigin, Manifest
from lakehouse_pipeline.landing.notices import progress, warn
from lakehouse_pipeline.landing.storage import Storage, make_durable, open_output, remove_folder
from lakehouse_pipeline.landing.write_chunks import Written, write_chunks
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import FileSource, ParquetFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lakehouse_pipeline.landing.context import LandingContext


@dataclass(frozen=True)
class _Candidate:
    path: Path
    name: str
    size: int
    modified: str


class _ChangedError(Exception):
    """The file is being written while it is read."""


class _UnreadableError(Exception):
    """The operating system refuses to read the file."""


def land_files(source: FileSource, storage: Storage, manifests: list[Manifest], context: LandingContext) -> list[Manifest]:
    """Lands each file, and each version of it, that no batch holds yet, in the order of their paths."""
    versions = {manifest.origin.path: manifest.origin for manifest in manifests if isinstance(manifest.origin, FileOrigin)}
    folder = _folder(source, context)
    candidates = _candidates(source, folder)
    if not candidates and not manifests:
        warn(
            context.on_event,
            "LH2013",
            source.name,
            f"No file matches {source.path} in {folder}.",
            "Deliver one, or mend the source's path or connection.",
        )
    new = [candidate for candidate in candidates if not _is_version(candidate, versions.get(candidate.name))]
    total = sum(candidate.size for candidate in new)
    sequence = max((manifest.sequence for manifest in manifests), default=0) + 1
    landed: list[Manifest] = []
    done = 0
    for candidate in new:
        slot = Slot(storage, source, sequence + len(landed))
        manifest = _land_readable(slot, candidate, versions.get(candidate.name), context, done, total)
        if manifest is not None:
            landed.append(manifest)
        done += candidate.size
        progress(context.on_event, source.name, done, total, "bytes")
    return landed


def _folder(source: FileSource, context: LandingContext) -> Path:
    if source.connection is None:
        return Path(context.workspace)
    url = connection_of(source.name, source.connection, context)
    parts = urlsplit(url)
    if parts.scheme not in ("", "file") or parts.netloc not in ("", "localhost"):
        raise LakehouseError(
            "LH2010",
            source.name,
            f"Files cannot be read from the connection {source.connection}: {parts.scheme}://{parts.hostname or ''}.",
            "Give the connection a file:// URL.",
        )
    folder = Path(unquote(parts.path)) if parts.scheme == "file" else Path(context.workspace) / url
    if not folder.is_dir():
        raise LakehouseError(
            "LH2010",
            source.name,
            f"The connection {source.connection} names the folder {folder}, which does not exist.",
            "Create it, or mend the connection.",
        )
    return folder


def _candidates(source: FileSource, folder: Path) -> list[_Candidate]:
    """The files of the source. Names that begin with `.` or `_` are unfinished deliveries by convention."""
    found: list[_Candidate] = []
    for path in sorted(folder.glob(source.path)):
        if path.name.startswith((".", "_")):
            continue
        try:
            if path.is_file():
                state = path.stat()
                found.append(_Candidate(path, path.relative_to(folder).as_posix(), state.st_size, _modified(state)))
        except FileNotFoundError:
            continue
    return found


def _is_version(candidate: _Candidate, version: FileOrigin | None) -> bool:
    return version is not None and version.size == candidate.size and version.modified == candidate.modified


def _modified(state: os.stat_result) -> str:
    seconds, nanoseconds = divmod(state.st_mtime_ns, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, timezone.utc):%Y-%m-%dT%H:%M:%S}.{nanoseconds:09d}Z"


def _land_readable(
    slot: Slot[FileSource],
    candidate: _Candidate,
    version: FileOrigin | None,
    context: LandingContext,
    done: int,
    total: int,
) -> Manifest | None:
    """The manifest of the file's batch; None where it brings nothing new or cannot be read now."""
    try:
        with _open(candidate.path) as file:
            return _land_file(slot, candidate, file, version, context, done, total)
    except _UnreadableError as error:
        problem, fix = f"The file cannot be read: {error}.", "It is tried again in the next run."
    except _ChangedError:
        problem, fix = "The file changed while it was read.", "Nothing to do: the next run lands it once it has come to rest."
    remove_folder(slot.storage, slot.folder)
    warn(context.on_event, "LH2014", f"{slot.source.name} {candidate.name}", problem, fix)
    return None


def _land_file(
    slot: Slot[FileSource],
    candidate: _Candidate,
    file: BinaryIO,
    version: FileOrigin | None,
    context: LandingContext,
    done: int,
    total: int,
) -> Manifest | None:
    with _reading():
        before = os.fstat(file.fileno())
        digest = _digest(file)
    if version is not None and digest == version.sha256:
        return None
    origin = FileOrigin(kind="file", path=candidate.name, size=before.st_size, modified=_modified(before), sha256=digest)
    held: str | None = None
    try:
        written = write_chunks(slot.storage, slot.folder, slot.source, _watched(slot.source, candidate, file, context, done, total))
    except HeldError as error:
        _expect_unchanged(file, before)
        held = error.reason
        written = _hold(slot, candidate, file, held)
    _expect_unchanged(file, before)
    return commit(slot, context, origin, written, held)


def _watched(
    source: FileSource, candidate: _Candidate, file: BinaryIO, context: LandingContext, done: int, total: int
) -> Iterator[tuple[str, Chunk]]:
    chunks = decode_file(file, candidate.name, source)
    while True:
        with _reading():
            found = next(chunks, None)
        if found is None:
            return
        yield found
        progress(context.on_event, source.name, done + file.tell(), total, "bytes")


def _open(path: Path) -> BinaryIO:
    with _reading():
        return path.open("rb")


@contextmanager
def _reading() -> Iterator[None]:
    """Tells errors of the delivered file from those of the landing layer."""
    try:
        yield
    except OSError as error:
        raise _UnreadableError(error.strerror or str(error)) from error


def _hold(slot: Slot[FileSource], candidate: _Candidate, file: BinaryIO, reason: str) -> Written:
    """Keeps the file as it is, and one row that says why."""
    known = () if isinstance(slot.source.format, ParquetFormat) else slot.source.columns
    nothing = Chunk(
        columns={name: pa.array([], pa.string()) for name in known},
        rows=pa.array([], pa.int64()),
        malformed=[Malformed(1, reason, None)],
    )
    remove_folder(slot.storage, slot.folder)
    written = write_chunks(slot.storage, slot.folder, slot.source, [(candidate.name, nothing)])
    file.seek(0)
    with open_output(slot.storage, f"{slot.folder}/original") as target:
        shutil.copyfileobj(file, target)
    make_durable(slot.storage, f"{slot.folder}/original")
    return written


def _expect_unchanged(file: BinaryIO, before: os.stat_result) -> None:
    now = os.fstat(file.fileno())
    if (now.st_size, now.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise _ChangedError


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := file.read(1 << 20):
        digest.update(block)
    file.seek(0)
    return digest.hexdigest()
