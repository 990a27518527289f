from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import Plan


def read_plan(path: str) -> Plan:
    """The plan in a file. Raises LakehouseError LH2106 where it is missing, damaged or of another version."""
    try:
        return Plan.model_validate_json(Path(path).read_bytes())
    except OSError as error:
        raise LakehouseError("LH2106", path, f"the plan cannot be read: {error.strerror}.", "Run ./lakehouse compile.") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise LakehouseError("LH2106", path, f"not a plan of this version: {place}: {first['msg']}.", "Run ./lakehouse compile.") from error
