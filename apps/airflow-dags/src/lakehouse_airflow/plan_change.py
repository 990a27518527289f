"""Tells a domain's DAGs that a plan was applied which describes the domain otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from airflow.sdk import Asset
from airflow.triggers.base import BaseEventTrigger, TriggerEvent


class PlanChangeTrigger(BaseEventTrigger):
    """Fires once for each fingerprint of a domain's plan, also across restarts.

    The DAGs of a new plan bring a trigger with its fingerprint along, so nothing has to be looked at again and again.
    """

    def __init__(self, asset: str, fingerprint: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.asset = asset
        self.fingerprint = fingerprint

    def serialize(self) -> tuple[str, dict[str, Any]]:
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        return name, {"asset": self.asset, "fingerprint": self.fingerprint}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        assert self.asset_state_store is not None
        state = self.asset_state_store[Asset(self.asset)]
        if await state.aget("fingerprint") != self.fingerprint:
            yield TriggerEvent({"fingerprint": self.fingerprint})
            await state.aset("fingerprint", self.fingerprint)
        # A trigger that ends is started again.
        await asyncio.Event().wait()
