from __future__ import annotations

import hashlib
import io
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from lakehouse_pipeline.landing.frame import landing_schema
from lakehouse_pipeline.landing.manifest import Part
from lakehouse_pipeline.landing.storage import Storage, create_folder, make_durable, open_output, remove_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from typing_extensions import Buffer

PART_BYTES = 256 * 1024 * 1024
# Small tables are collected up to this size, because each row group costs its readers a seek.
ROW_GROUP_BYTES = 16 * 1024 * 1024
# What is let go before it has this size was never written anywhere.
_HELD_BACK_BYTES = 1024 * 1024


class BatchWriter:
    """Writes the parts of one batch, in constant memory. What it wrote counts only once the batch's manifest stands."""

    def __init__(self, storage: Storage, folder: str, payload: pa.Schema) -> None:
        self.schema = landing_schema(payload)
        self.payload = payload
        self.rows = 0
        self._storage = storage
        self._folder = folder
        self._parts: list[Part] = []
        self._part: _PartWriter | None = None
        remove_folder(storage, folder)
        create_folder(storage, folder)

    def write(self, table: pa.Table) -> None:
        if self._part is not None and self._part.sink.written > PART_BYTES:
            self._close_part()
        if self._part is None:
            self._part = _PartWriter(self._storage, f"{self._folder}/part-{len(self._parts):05d}.parquet", self.schema)
        self._part.write(table)
        self.rows += table.num_rows

    def finish(self) -> tuple[Part, ...]:
        """Closes the batch's files. There is always one, so that a reader of an empty batch finds its schema."""
        if self._part is None and not self._parts:
            self.write(self.schema.empty_table())
        self._close_part()
        make_durable(self._storage, self._folder)
        return tuple(self._parts)

    def close(self) -> None:
        """Lets go of a part that was not finished."""
        if self._part is not None:
            self._part.abandon()
            self._part = None

    def _close_part(self) -> None:
        if self._part is not None:
            self._parts.append(self._part.finish())
            self._part = None


class _PartWriter:
    def __init__(self, storage: Storage, path: str, schema: pa.Schema) -> None:
        self._storage = storage
        self._path = path
        self._rows = 0
        self._waiting: list[pa.Table] = []
        self._waiting_bytes = 0
        self.sink = _HashingSink(partial(open_output, storage, path))
        self._parquet = pq.ParquetWriter(pa.PythonFile(self.sink, mode="w"), schema, compression="zstd")

    def write(self, table: pa.Table) -> None:
        self._waiting.append(table)
        self._waiting_bytes += table.nbytes
        self._rows += table.num_rows
        if self._waiting_bytes >= ROW_GROUP_BYTES:
            self._flush()

    def finish(self) -> Part:
        self._flush()
        self._parquet.close()
        self.sink.close()
        make_durable(self._storage, self._path)
        return Part(self._path.rsplit("/", 1)[1], self._rows, self.sink.written, self.sink.hash.hexdigest())

    def _flush(self) -> None:
        if self._waiting:
            self._parquet.write_table(pa.concat_tables(self._waiting))
        self._waiting, self._waiting_bytes = [], 0

    def abandon(self) -> None:
        """Lets go of the file; nobody will read it."""
        self.sink.abandon()
        with suppress(OSError, pa.ArrowException):
            self._parquet.close()
        # Else the writer would try again when it is collected, and complain of the closed file.
        self._parquet.is_open = False
        with suppress(OSError):
            self.sink.close()


class _HashingSink(io.RawIOBase):
    """A file that hashes what is written to it. It is made when there is something worth writing, or it is closed."""

    def __init__(self, create: Callable[[], pa.NativeFile]) -> None:
        self.hash = hashlib.sha256()
        self.written = 0
        self._create = create
        self._file: pa.NativeFile | None = None
        self._held_back = bytearray()
        self._ended = False

    @property
    def closed(self) -> bool:
        return self._ended

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        content = memoryview(data)
        self.hash.update(content)
        self.written += content.nbytes
        if self._file is None and self.written <= _HELD_BACK_BYTES:
            self._held_back += content
        else:
            self._open().write(content)
        return content.nbytes

    def tell(self) -> int:
        return self.written

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        if not self._ended:
            self._ended = True
            self._open().close()

    def abandon(self) -> None:
        """Closes it without making it, where it was not made yet."""
        if self._file is None:
            self._ended = True

    def _open(self) -> pa.NativeFile:
        if self._file is None:
            self._file = self._create()
            self._file.write(self._held_back)
            self._held_back = bytearray()
        return self._file
