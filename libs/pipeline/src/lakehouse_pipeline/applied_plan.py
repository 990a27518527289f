"""The plan that the platform runs: kept in the object store under its hash, named by a pointer that moves last."""

from __future__ import annotations

import json
import re

from lakehouse_pipeline.landing.storage import create_folder, open_storage, publish, read_if_present
from lakehouse_pipeline.ledger import now
from lakehouse_pipeline.plan_file import parse_plan
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.warehouse import Warehouse

POINTER = "plans/current.json"


def apply_plan(warehouse: Warehouse, plan: Plan, text: bytes) -> bool:
    """Uploads a plan and moves the pointer to it; false where it is there already."""
    ops = open_storage(warehouse.layer("ops"))
    path = f"plans/{re.sub(r'[^A-Za-z0-9._-]', '-', plan.hash)}.json"
    pointer = read_if_present(ops, POINTER)
    if pointer is not None and json.loads(pointer).get("hash") == plan.hash:
        return False
    create_folder(ops, "plans")
    publish(ops, path, text)
    publish(ops, POINTER, json.dumps({"hash": plan.hash, "path": path, "appliedAt": now()}).encode())
    return True


def read_applied_plan(warehouse: Warehouse) -> Plan:
    """Raises LakehouseError LH2106 where no plan was applied yet, or the one that was is of another version."""
    ops = open_storage(warehouse.layer("ops"))
    where = f"{warehouse.layer('ops')}/{POINTER}"
    pointer = read_if_present(ops, POINTER)
    text = read_if_present(ops, json.loads(pointer)["path"]) if pointer is not None else None
    if text is None:
        raise LakehouseError("LH2106", where, "no plan was applied yet.", "Run ./lakehouse apply.")
    return parse_plan(text, where)
