from __future__ import annotations

import hashlib
import json
from pathlib import Path

_NAME = ".prepared"


def is_stamped(folder: Path, options: dict[str, object]) -> bool:
    """Whether the folder is as this program left it when it was asked for the same."""
    stamp = folder / _NAME
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == _state(folder, options)


def write_stamp(folder: Path, options: dict[str, object]) -> None:
    """Says that all is prepared. A stamp that was written in part fits nothing."""
    (folder / _NAME).write_text(_state(folder, options), encoding="utf-8")


def _state(folder: Path, options: dict[str, object]) -> str:
    files = sorted(path for path in folder.rglob("[!.]*") if path.is_file())
    return json.dumps(
        {
            "program": _digest_of_program(),
            "options": options,
            "files": {str(path.relative_to(folder)): [path.stat().st_size, path.stat().st_mtime_ns] for path in files},
        }
    )


def _digest_of_program() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
