from __future__ import annotations

from collections.abc import Callable
from typing import cast

from pyspark.sql import DataFrame

from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import PythonModel


def load_function(model: PythonModel) -> Callable[..., DataFrame]:
    """The function of a Python model, from the source text that the plan carries.

    Raises LakehouseError LH2104 where the module cannot be run.
    """
    namespace: dict[str, object] = {"__name__": f"model:{model.file}"}
    try:
        exec(compile(model.source, model.file, "exec"), namespace)
        return cast("Callable[..., DataFrame]", namespace[model.function])
    except Exception as error:
        raise LakehouseError("LH2104", model.file, f"the model does not load: {error!r}.", "Mend the Python file.") from error
