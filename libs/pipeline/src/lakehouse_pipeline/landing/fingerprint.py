from __future__ import annotations

import hashlib
from collections.abc import Iterable

_BITS = 128


class Fingerprint:
    """A digest of a bag of rows: their order does not matter, their number does."""

    def __init__(self, columns: Iterable[str]) -> None:
        """The columns that the domain knows belong to it: with others the same rows land differently."""
        self._sum = row_digest("\0".join(columns))

    def add(self, digest: int) -> None:
        """Counts a row in; see row_digest."""
        self._sum = (self._sum + digest) % (1 << _BITS)

    def hexadecimal(self) -> str:
        return f"{self._sum:0{_BITS // 4}x}"


def row_digest(row: str) -> int:
    """The digest of a row that is written in any way that tells different rows apart."""
    return int.from_bytes(hashlib.blake2b(row.encode(errors="surrogatepass"), digest_size=_BITS // 8).digest(), "big")
