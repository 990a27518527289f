"""The plan that was applied, as `./lakehouse apply` leaves it in the object store."""

from __future__ import annotations

import json
from dataclasses import dataclass

from lakehouse_airflow.object_store import bucket, read_object
from lakehouse_pipeline.plan_file import POINTER, parse_plan, plan_path
from lakehouse_pipeline.problem import LakehouseError

_FIX = "Run ./lakehouse apply."


@dataclass(frozen=True)
class AppliedPlan:
    """`hash` and `text` are None where no plan was applied yet; `problem` says why the one that was cannot be used."""

    hash: str | None = None
    text: bytes | None = None
    problem: str | None = None


def applied_plan() -> AppliedPlan:
    """What the pointer names. Raises one of StoreError where the object store cannot be asked."""
    pointer = read_object("ops", POINTER)
    try:
        return AppliedPlan() if pointer is None else _named_plan(pointer)
    except LakehouseError as error:
        return AppliedPlan(problem=str(error))


def plan_text(plan_hash: str) -> bytes:
    """A plan that was applied once. Raises LakehouseError LH2106 where it is missing, or one of StoreError."""
    path = plan_path(plan_hash)
    text = read_object("ops", path)
    if text is None:
        raise _unusable(_address(path), "the plan of this DAG run is gone.")
    return text


def _named_plan(pointer: bytes) -> AppliedPlan:
    try:
        named = json.loads(pointer)
        wanted, path = str(named["hash"]), str(named["path"])
    except (ValueError, KeyError, TypeError):
        raise _unusable(_address(POINTER), "the pointer is damaged.") from None
    text = read_object("ops", path)
    if text is None:
        raise _unusable(_address(POINTER), f"the plan {path} that it names is missing.")
    plan = parse_plan(text, _address(path), _FIX)
    if plan.hash != wanted:
        raise _unusable(_address(POINTER), f"{path} holds another plan, {plan.hash}.")
    return AppliedPlan(wanted, text)


def _address(path: str) -> str:
    return f"s3://{bucket('ops')}/{path}"


def _unusable(address: str, message: str) -> LakehouseError:
    return LakehouseError("LH2106", address, message, _FIX)
