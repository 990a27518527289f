from __future__ import annotations

import errno
import gzip
import lzma
import struct
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, BinaryIO, cast

from lakehouse_pipeline.landing.held import HeldError

if TYPE_CHECKING:
    from collections.abc import Iterator

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


@dataclass(frozen=True)
class Member:
    """A file inside of a delivered one, or that itself where it is no archive."""

    name: str | None
    stream: BinaryIO
    compressed: bool


def members(file: BinaryIO) -> Iterator[Member]:
    """What a plain, gzip or zip file holds, told by its first bytes. Each member is read before the next is asked for."""
    magic = file.read(4)
    file.seek(0)
    if magic.startswith(_GZIP):
        with gzip.GzipFile(fileobj=file) as stream:
            yield Member(None, cast("BinaryIO", stream), True)
    elif magic in _ZIP:
        yield from _zip_members(file)
    else:
        yield Member(None, file, False)


@contextmanager
def damage_is_held() -> Iterator[None]:
    """Turns what a damaged archive raises while it is read into HeldError."""
    try:
        yield
    except EOFError as error:
        raise HeldError("the compressed file is truncated") from error
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error) as error:
        raise HeldError(f"the compressed file is damaged: {error}") from error
    except OSError as error:
        # Decoders raise it without a number, or seek to where a damaged file sends them; any other comes from the operating system.
        if error.errno not in (None, errno.EINVAL):
            raise
        raise HeldError(f"the compressed file is damaged: {error}") from error


def _zip_members(file: BinaryIO) -> Iterator[Member]:
    with _archive(file) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not entry.filename.startswith("__MACOSX/")]
        if not entries:
            raise HeldError("the zip file holds no file")
        for entry in entries:
            with _open(archive, entry) as stream:
                yield Member(entry.filename, cast("BinaryIO", stream), True)


def _open(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> IO[bytes]:
    if entry.flag_bits & 0x1:
        raise HeldError(f"the zip file's member {entry.filename} is encrypted")
    with _broken_structure_is_held():
        return archive.open(entry)


def _archive(file: BinaryIO) -> zipfile.ZipFile:
    with _broken_structure_is_held():
        return zipfile.ZipFile(file)


@contextmanager
def _broken_structure_is_held() -> Iterator[None]:
    """zipfile believes the offsets, names and methods that it finds, and raises whatever comes of that."""
    try:
        yield
    except (ValueError, RuntimeError, OverflowError) as error:
        raise HeldError(f"the zip file is damaged, or compressed in a way that is not supported: {error}") from error
    except OSError as error:
        if error.errno not in (None, errno.EINVAL):
            raise
        raise HeldError(f"the zip file is damaged: {error}") from error
