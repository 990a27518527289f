from __future__ import annotations

import os
from collections.abc import Mapping

from lakehouse_pipeline.problem import LakehouseError


def connection_url(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """The URL of a named connection: `operations_db` → `$LAKEHOUSE_CONNECTION_OPERATIONS_DB`."""
    variable = f"LAKEHOUSE_CONNECTION_{name.upper()}"
    url = environment.get(variable)
    if not url:
        raise LakehouseError(
            "LH2107",
            name,
            f"the connection is not configured; looked in the environment variable {variable}, then in connections.yaml for {name!r}.",
            f"Add a line to connections.yaml, `{name}: <url>`, or set {variable}.",
        )
    return url
