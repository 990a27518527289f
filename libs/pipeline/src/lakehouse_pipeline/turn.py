"""The right to write a domain for a command that a person gave: it waits for a scheduler's tasks, which come and go by themselves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from lakehouse_pipeline.events import Emit, step
from lakehouse_pipeline.held import HeldError

_LOOK_SECONDS = 1.0


@contextmanager
def hold_in_turn(hold: Callable[[], AbstractContextManager[object]], emit: Emit, domain: str) -> Iterator[None]:
    """Holds a domain by `hold`, once no task of a scheduler does.

    Raises LakehouseError LH2102 at once where another person's command holds it.
    """
    with ExitStack() as lock:
        owner = _scheduled_owner(lock, hold)
        if owner is not None:
            with step(emit, "wait", domain, f"for {owner}"):
                while owner is not None:
                    time.sleep(_LOOK_SECONDS)
                    owner = _scheduled_owner(lock, hold)
        yield


def _scheduled_owner(lock: ExitStack, hold: Callable[[], AbstractContextManager[object]]) -> str | None:
    """None where the domain is ours now, else for whom the scheduler has it."""
    try:
        lock.enter_context(hold())
    except HeldError as error:
        if not error.holder.get("owner"):
            raise
        return str(error.holder["owner"])
    return None
