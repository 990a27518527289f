from __future__ import annotations


class HeldError(Exception):
    """A whole file cannot be read as its source says: it is kept aside with `reason`, and the run goes on."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
