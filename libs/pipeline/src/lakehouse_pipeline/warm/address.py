"""Where a warm Spark is found: by one home, one user, and one set of versions and settings."""

from __future__ import annotations

import hashlib
import json
import os
import stat
import tempfile
from pathlib import Path

# What a Spark is started with; a process that was started with other values cannot stand in for a new one.
_SETTINGS = (
    *("LAKEHOUSE_JARS", "LAKEHOUSE_DRIVER_MEMORY", "LAKEHOUSE_JAVA_OPTIONS", "LAKEHOUSE_SPARK_SETTINGS", "LAKEHOUSE_MASTER"),
    *("JAVA_HOME", "VIRTUAL_ENV"),
)


def identity(home: Path, python: str) -> str:
    """A digest of all that a process for `home` is made of: it changes with the code, the jars, the interpreter and the settings."""
    package = Path(__file__).parents[1]
    parts = {
        "user": os.getuid(),
        "home": str(home.resolve()),
        "python": [python, *_stamps(Path(python).resolve())],
        "code": [_stamps(path) for path in sorted(package.rglob("*")) if path.suffix in (".py", ".sql", ".properties")],
        "jars": [_stamps(path) for path in sorted(Path(os.environ.get("LAKEHOUSE_JARS") or os.devnull).glob("*.jar"))],
        "settings": {name: os.environ.get(name) for name in _SETTINGS},
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:24]


def _stamps(path: Path) -> list[object]:
    state = path.stat()
    return [str(path), state.st_size, state.st_mtime_ns]


def socket_path(name: str) -> Path | None:
    """The socket of the process of that identity, in a folder that only this user enters; None where another one made the folder.

    It lies in the folder for temporary files, since the path of a socket may have 107 bytes and a home's may be longer.
    """
    folder = Path(tempfile.gettempdir()) / f"lakehouse-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()
    is_ours = stat.S_ISDIR(state.st_mode) and state.st_uid == os.getuid() and stat.S_IMODE(state.st_mode) == 0o700
    return folder / f"{name}.sock" if is_ours else None
