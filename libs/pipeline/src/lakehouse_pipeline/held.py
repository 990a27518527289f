from __future__ import annotations

from collections.abc import Mapping

from lakehouse_pipeline.problem import LakehouseError

Holder = Mapping[str, object]
"""Who has the right to write a domain: run, host, process, since; owner and until where it is kept between tasks."""


class HeldError(LakehouseError):
    """LH2102: another one has the right to write a domain."""

    def __init__(self, domain: str, message: str, fix: str, holder: Holder) -> None:
        super().__init__("LH2102", domain, message, fix)
        self.holder = holder


def held(domain: str, holder: Holder) -> HeldError:
    """What another run is told that wants to write the domain too."""
    process = f" (process {holder['process']})" if holder.get("process") else ""
    run = f"run {holder.get('run') or 'unknown'} on {holder.get('host') or 'this machine'}{process}"
    since = holder.get("since") or "a moment ago"
    if holder.get("until"):
        return HeldError(
            domain,
            f"{run} has held the lock since {since} and keeps it for {holder.get('owner')}, until {holder['until']} at the latest.",
            "Wait until then, or until that one is done.",
            holder,
        )
    fix = "Wait until it ends, or stop it; the lock is freed by itself."
    return HeldError(domain, f"{run} has held the lock since {since}.", fix, holder)
