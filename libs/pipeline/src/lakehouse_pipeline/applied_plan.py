"""The plan that the platform runs: kept in the object store under its hash, named by a pointer that moves last."""

from __future__ import annotations

import json

from lakehouse_pipeline.landing.storage import create_folder, open_storage, publish, read_if_present
from lakehouse_pipeline.ledger_rows import now
from lakehouse_pipeline.plan_file import POINTER, parse_plan, plan_path
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import Plan
from lakehouse_pipeline.warehouse import Warehouse

_APPLY = "Run ./lakehouse apply."


def apply_plan(warehouse: Warehouse, plan: Plan, text: bytes) -> bool:
    """Uploads a plan and moves the pointer to it; false where it is there already."""
    ops = open_storage(warehouse.layer("ops"))
    path = plan_path(plan.hash)
    pointer = read_if_present(ops, POINTER)
    if pointer is not None and json.loads(pointer).get("hash") == plan.hash:
        return False
    create_folder(ops, "plans")
    publish(ops, path, text)
    publish(ops, POINTER, json.dumps({"hash": plan.hash, "path": path, "appliedAt": now()}).encode())
    return True


def read_applied_plan(warehouse: Warehouse, plan_hash: str | None = None) -> Plan:
    """The plan that is applied, or the one of that hash which was applied once.

    Raises LakehouseError LH2106 where there is none, or it is of another version.
    """
    ops = open_storage(warehouse.layer("ops"))
    if plan_hash is not None:
        where = f"{warehouse.layer('ops')}/{plan_path(plan_hash)}"
        text = read_if_present(ops, plan_path(plan_hash))
        if text is None:
            raise LakehouseError("LH2106", where, "no plan of this hash was ever applied.", _APPLY)
        return parse_plan(text, where, _APPLY)
    where = f"{warehouse.layer('ops')}/{POINTER}"
    pointer = read_if_present(ops, POINTER)
    text = read_if_present(ops, json.loads(pointer)["path"]) if pointer is not None else None
    if text is None:
        raise LakehouseError("LH2106", where, "no plan was applied yet.", _APPLY)
    return parse_plan(text, where, _APPLY)
