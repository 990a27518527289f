from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, BinaryIO

from lakehouse_pipeline.landing.held import HeldError
from lakehouse_pipeline.problem import LakehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK_BYTES = 4 * 1024 * 1024
_BINARY_SAMPLE = 64 * 1024
BYTE_ORDER_MARK = "\ufeff".encode()
_MARK = 0xD800


def utf8_blocks(stream: BinaryIO, encoding: str, subject: str) -> Iterator[bytes]:
    """The text of a stream as UTF-8 in blocks, without a byte order mark; bytes that its encoding forbids stay invalid UTF-8."""
    codec = _text_codec(encoding, subject)
    blocks = _read(stream) if codec == "utf-8" else _transcode(stream, codec)
    first = next(blocks, b"").removeprefix(BYTE_ORDER_MARK)
    if b"\0" in first[:_BINARY_SAMPLE]:
        raise HeldError(f"it is a binary file or not in {encoding}: there are zero bytes in its beginning")
    yield first
    yield from blocks


def readable(raw: bytes) -> str:
    """The text of bytes of which some may not be UTF-8; those are written as \\xNN."""
    return raw.decode("utf-8", errors="lakehouse.escape")


def _read(stream: BinaryIO) -> Iterator[bytes]:
    while block := stream.read(BLOCK_BYTES):
        yield block


def _text_codec(encoding: str, subject: str) -> str:
    try:
        "".encode(encoding)
        name = codecs.lookup(encoding).name
    except LookupError as error:
        raise LakehouseError(
            "LH2011",
            subject,
            f"There is no text encoding `{encoding}`.",
            "Write a name that Python knows in the source's format, such as utf-8, cp1252 or utf-16.",
        ) from error
    return "utf-8" if name == "utf-8-sig" else name


def _transcode(stream: BinaryIO, codec: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(codec)(errors="lakehouse.mark")
    for block in _read(stream):
        yield decoder.decode(block).encode("utf-8", errors="surrogatepass")
    yield decoder.decode(b"", final=True).encode("utf-8", errors="surrogatepass")


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Stands for each undecodable byte with a surrogate, which UTF-8 forbids."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(_MARK + byte) for byte in error.object[error.start : error.end]), error.end


def _escape(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    marked = error.object[error.start : error.start + 3]
    if len(marked) == 3 and marked[0] == 0xED and 0xA0 <= marked[1] <= 0xA3 and 0x80 <= marked[2] <= 0xBF:
        return f"\\x{ord(marked.decode('utf-8', 'surrogatepass')) - _MARK:02x}", error.start + 3
    return f"\\x{error.object[error.start]:02x}", error.start + 1


codecs.register_error("lakehouse.mark", _mark)
codecs.register_error("lakehouse.escape", _escape)
