from __future__ import annotations

import re
import sys
from pathlib import Path

from pydantic import ValidationError

from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import Plan

POINTER = "plans/current.json"
"""Names the plan that the platform runs; in the bucket `ops`, as all plans that were applied."""


def plan_path(plan_hash: str) -> str:
    """Where a plan lies that was applied."""
    return f"plans/{re.sub(r'[^A-Za-z0-9._-]', '-', plan_hash)}.json"


def read_plan(path: str) -> Plan:
    """The plan in a file. Raises LakehouseError LH2106 where it is missing, damaged or of another version."""
    return parse_plan(read_plan_text(path), path)


def read_plan_text(path: str) -> bytes:
    """What a plan's file holds; `-` is standard input."""
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise LakehouseError("LH2106", path, f"the plan cannot be read: {error.strerror}.", "Run ./lakehouse compile.") from error


def parse_plan(text: bytes, place: str, fix: str = "Run ./lakehouse compile.") -> Plan:
    """The plan that a text holds; `place` is where it was found, `fix` brings one of this version there. Raises LakehouseError LH2106."""
    try:
        return Plan.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        message = f"not a plan of this version: {'.'.join(str(part) for part in first['loc'])}: {first['msg']}."
        raise LakehouseError("LH2106", place, message, fix) from error
