"""How far Spark's work is, over Spark Connect."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Protocol

from lakehouse_pipeline.events import Emit, current_step

# A log that is followed by eye needs no more.
_PAUSE_SECONDS = 2.0


class Stage(Protocol):
    """What Spark Connect says of a stage of an operation."""

    @property
    def num_tasks(self) -> int: ...

    @property
    def num_completed_tasks(self) -> int: ...

    @property
    def num_bytes_read(self) -> int: ...

    @property
    def done(self) -> bool: ...


def progress_handler(emit: Emit, clock: Callable[[], float] = time.monotonic) -> Callable[..., None]:
    """Takes what the client hears from the server, in the thread that waits for it, and emits it now and then as progress of its step."""
    last: dict[tuple[str, str], float] = {}

    def handle(stages: Iterable[Stage] | None, inflight_tasks: int, operation_id: str | None, done: bool) -> None:  # noqa: ARG001
        at = current_step()
        known = list(stages or [])
        if at is None or done or not known or clock() - last.get(at, float("-inf")) < _PAUSE_SECONDS:
            return
        last[at] = clock()
        emit(
            {
                "event": "progress",
                "step": at[0],
                "subject": at[1],
                "done": sum(stage.num_completed_tasks for stage in known),
                "total": sum(stage.num_tasks for stage in known),
                "unit": "tasks",
                "detail": _detail(known),
            }
        )

    return handle


def _detail(stages: list[Stage]) -> str:
    """`stage 2 of 3, 14.0 MB read`; stages are those that the operation has begun so far."""
    ended = sum(stage.done for stage in stages)
    read = sum(stage.num_bytes_read for stage in stages) / 1e6
    return f"stage {min(ended + 1, len(stages))} of {len(stages)}, {read:.1f} MB read"
