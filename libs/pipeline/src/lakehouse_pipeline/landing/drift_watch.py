from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse_pipeline.landing.drift import DriftPolicy, describe_drift
from lakehouse_pipeline.landing.held import HeldError
from lakehouse_pipeline.landing.manifest import Drift

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lakehouse_pipeline.landing.chunk import Chunk


class DriftWatch:
    """Collects the drift of a batch while it is read; under the policy freeze it raises HeldError."""

    def __init__(self, known: Sequence[str], policy: DriftPolicy) -> None:
        self._known = known
        self._policy = policy
        self._unknown: dict[str, None] = {}
        self._present: dict[str, set[str]] = {}

    def see(self, file: str, chunk: Chunk) -> None:
        """Takes note of a chunk's columns; `file` because each file of a batch may lack others."""
        self._unknown.update(dict.fromkeys(sorted(chunk.unknown)))
        if chunk.present or len(chunk.rows):
            self._present.setdefault(file, set()).update(chunk.present)
        if self._unknown:
            self._refuse(Drift(tuple(self._unknown)))

    def finish(self) -> Drift:
        """The drift of all chunks."""
        drift = Drift(tuple(self._unknown), _missing(self._known, self._present))
        if drift.unknown or drift.missing:
            self._refuse(drift)
        return drift

    def _refuse(self, drift: Drift) -> None:
        if self._policy == "freeze":
            raise HeldError(f"its columns drifted and the contract's policy is freeze: {describe_drift(drift)}")


def _missing(known: Sequence[str], present: Mapping[str, set[str]]) -> tuple[str, ...]:
    return tuple(name for name in known if any(name not in names for names in present.values()))
