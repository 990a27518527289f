from __future__ import annotations

from datetime import datetime, timedelta

from lakehouse_pipeline.landing.extraction import Covered
from lakehouse_pipeline.landing.fingerprint import Fingerprint, row_digest
from lakehouse_pipeline.landing.json_document import Number, signature
from lakehouse_pipeline.landing.manifest import WatermarkValue
from lakehouse_pipeline.landing.timestamps import parse_timestamp
from lakehouse_pipeline.landing.watermark import less_lag
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import HttpSource

_FEW = 100_000

_Moment = datetime | float


class HttpWindow:
    """
    Follows the watermark through the records of an extraction.

    Records in the lag are told apart by their digests, because a service may send one twice or from the bound itself on.
    """

    def __init__(self, source: HttpSource, reached: WatermarkValue) -> None:
        watermark = source.watermark
        self._source = source
        self._largest: tuple[_Moment, str | int | float] | None = None
        self._recent: dict[_Moment | None, set[int]] = {}
        self._kept = 0
        self._prune_at = _FEW
        above = None
        if watermark is not None and reached is not None:
            above = less_lag(reached, watermark.lag_seconds, source.name, watermark.column)
        self._above = None if above is None else _moment(above)
        self.covered = Covered(above, reached, Fingerprint(source.columns), Fingerprint(source.columns))

    @property
    def parameters(self) -> dict[str, str]:
        """What to ask the service for."""
        if self._source.watermark is None or self.covered.above is None:
            return self._source.parameters
        return {**self._source.parameters, self._source.watermark.parameter: str(self.covered.above)}

    def see(self, record: object) -> None:
        """Takes note of a record."""
        digest = row_digest(signature(record))
        watermark = self._source.watermark
        if watermark is None:
            self.covered.read.add(digest)
            self.covered.read_again.add(digest)
            return
        value = _value(record.get(watermark.column)) if isinstance(record, dict) else None
        moment = None if value is None else _moment(value)
        if value is not None and moment is not None and (self._largest is None or _is_above(moment, self._largest[0])):
            self._largest = (moment, value)
        known = self._recent.setdefault(moment, set())
        if digest not in known:
            known.add(digest)
            self._kept += 1
            if moment is None or self._above is None or _is_above(moment, self._above):
                self.covered.read.add(digest)
            if self._kept > self._prune_at:
                self._prune()

    def finish(self) -> None:
        """Completes `covered` when the last record has been seen."""
        if self._source.watermark is None:
            return
        if self._largest is None and any(moment is None for moment in self._recent):
            raise LakehouseError(
                "LH2023",
                self._source.name,
                f"No record has a timestamp or number in {self._source.watermark.column}, which the source names as its watermark.",
                "Name a column of ISO 8601 timestamps or numbers, or leave the watermark out.",
            )
        self._prune()
        for digests in self._recent.values():
            for digest in digests:
                self.covered.read_again.add(digest)
        if self._largest is not None and (self._above is None or _is_above(self._largest[0], self._above)):
            self.covered.up_to = self._largest[1]

    def _prune(self) -> None:
        """Forgets records that lie before the lag."""
        if self._largest is None or self._source.watermark is None:
            return
        bound = _less(self._largest[0], self._source.watermark.lag_seconds)
        self._recent = {moment: digests for moment, digests in self._recent.items() if moment is None or _is_above(moment, bound)}
        self._kept = sum(len(digests) for digests in self._recent.values())
        self._prune_at = 2 * self._kept + _FEW


def _value(value: object) -> str | int | float | None:
    if isinstance(value, Number):
        return int(value) if value.lstrip("-").isdigit() else float(value)
    return value if isinstance(value, str) else None


def _moment(value: str | int | float) -> _Moment | None:
    if not isinstance(value, str):
        return float(value)
    try:
        return parse_timestamp(value)
    except ValueError:
        return None


def _is_above(moment: _Moment, bound: _Moment) -> bool:
    """Whether it comes later. Where a service mixes numbers and timestamps, the timestamps do."""
    if isinstance(moment, datetime) and isinstance(bound, datetime):
        return moment > bound
    if isinstance(moment, float) and isinstance(bound, float):
        return moment > bound
    return isinstance(moment, datetime)


def _less(moment: _Moment, seconds: int) -> _Moment:
    return moment - timedelta(seconds=seconds) if isinstance(moment, datetime) else moment - seconds
