"""What a home knows of the process that stays warm for it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import psutil

_MODULE = "lakehouse_pipeline"


def record_file(home: Path) -> Path:
    return home / "warm.json"


def staying(home: Path) -> dict[str, object] | None:
    """The process that waits for the next call (process, since, minutes), or None where none does."""
    try:
        found = json.loads(record_file(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and _process(found) is not None else None


def end_staying(home: Path) -> bool:
    """Ends it, and waits until it and its JVM are gone; False where there is none."""
    found = staying(home)
    process = _process(found) if found else None
    if process is None:
        return False
    family = [process, *process.children(recursive=True)]
    process.terminate()
    psutil.wait_procs(family, timeout=30)
    return True


def _process(found: dict[str, object]) -> psutil.Process | None:
    number = found.get("process")
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(number if isinstance(number, int) else -1)
        # Its number may be another's by now.
        return process if _MODULE in process.cmdline() else None
    return None
