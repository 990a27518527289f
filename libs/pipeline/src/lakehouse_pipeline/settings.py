"""What the platform tells its containers: settings by environment variables, secrets by files."""

from __future__ import annotations

import os
from pathlib import Path

from lakehouse_pipeline.problem import LakehouseError


def setting(name: str, default: str | None = None) -> str:
    """The value of an environment variable. Raises LakehouseError LH2111 where it is not set and has no default."""
    value = os.environ.get(name) or default
    if value is None:
        raise LakehouseError("LH2111", name, "the setting is missing.", f"Set the environment variable {name}.")
    return value


def secret(variable: str, default: str) -> str:
    """The one line in the file that `variable` names. Raises LakehouseError LH2111 where it cannot be read."""
    path = Path(setting(variable, default))
    try:
        return path.read_text(encoding="utf-8").removesuffix("\n")
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        message = f"the secret cannot be read from {path}: {reason}."
        raise LakehouseError("LH2111", variable, message, f"Put it there, or name its file with {variable}.") from None
