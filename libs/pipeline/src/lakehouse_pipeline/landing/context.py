from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def _now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(frozen=True)
class Patience:
    """How long an HTTP source may let us wait, in seconds."""

    attempts: int = 5
    connect: float = 10.0
    read: float = 30.0
    total: float = 180.0
    """For one page, with all its attempts and pauses."""
    first_pause: float = 0.5
    """Before the second attempt; it doubles with each further one."""
    longest_pause: float = 30.0
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class LandingContext:
    """What the lander is handed."""

    landing_root: str | Path
    """Folder or URL of the landing layer."""
    resolve_connection: Callable[[str], str]
    """The URL of a named connection; raises LakehouseError where there is none."""
    on_event: Callable[[Mapping[str, object]], None]
    """Takes events of libs/plan/src/event.ts: progress and problem."""
    clock: Callable[[], datetime] = _now
    workspace: str | Path = "."
    """What the paths of file sources without a connection are relative to."""
    patience: Patience = field(default_factory=Patience)
