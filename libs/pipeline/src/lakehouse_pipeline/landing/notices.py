from __future__ import annotations

from collections.abc import Callable, Mapping

OnEvent = Callable[[Mapping[str, object]], None]


def progress(on_event: OnEvent, subject: str, done: int, total: int | None, unit: str) -> None:
    """Says how far the landing of a source is."""
    on_event({"event": "progress", "step": "land", "subject": subject, "done": done, "total": total, "unit": unit})


def warn(on_event: OnEvent, code: str, subject: str, message: str, fix: str) -> None:
    """Says that something needs a person's attention though the run goes on."""
    on_event({"event": "problem", "severity": "warning", "code": code, "subject": subject, "message": message, "fix": fix})
