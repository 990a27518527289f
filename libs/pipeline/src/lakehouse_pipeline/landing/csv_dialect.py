from __future__ import annotations

from dataclasses import dataclass

LONGEST_RECORD = 128 * 1024 * 1024


@dataclass(frozen=True)
class Dialect:
    """How a CSV file is written, as UTF-8 bytes."""

    delimiter: bytes
    quote: bytes
    null_value: bytes | None
    longest_record: int = LONGEST_RECORD
    """A quotation that has not ended after so many bytes is taken for a stray quote."""


def wrong_width(found: int, expected: int) -> str:
    """Why a record with another number of fields is malformed."""
    return f"has {found} field{'s' if found != 1 else ''} instead of {expected}"
