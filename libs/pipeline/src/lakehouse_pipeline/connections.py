from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from lakehouse_pipeline.problem import LakehouseError

_FILE = "/run/secrets/connections"


def connection_url(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """The URL of a named connection: `operations_db` → `$LAKEHOUSE_CONNECTION_OPERATIONS_DB`, else its entry in the connections file.

    It may hold a password, so it never appears in a message.
    """
    variable = f"LAKEHOUSE_CONNECTION_{name.upper()}"
    file = Path(environment.get("LAKEHOUSE_CONNECTIONS_FILE", _FILE))
    url = environment.get(variable) or _listed(file).get(name)
    if not url:
        raise LakehouseError(
            "LH2107",
            name,
            f"the connection {name} is not configured; looked in the environment variable {variable}, then in connections.yaml.",
            f"Add a line to connections.yaml, `{name}: <url>`, or set {variable}, and run it again.",
        )
    return url


def _listed(file: Path) -> dict[str, str]:
    """The connections in a file of JSON, by their names; none where there is no file."""
    try:
        found = json.loads(file.read_bytes()) if file.exists() else {}
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or not all(isinstance(url, str) for url in found.values()):
        raise LakehouseError(
            "LH2107", str(file), "is no JSON object of names and URLs.", "Mend it, or run ./lakehouse up, which writes it."
        )
    return found
