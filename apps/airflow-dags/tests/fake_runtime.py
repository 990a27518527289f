"""A runtime that does what a test says instead of any work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

_MAIN = """
import json, os, signal, sys, time
said = json.load(open({script!r}))
with open({calls!r}, "a") as calls:
    calls.write(json.dumps({{"arguments": sys.argv[1:], "environment": dict(os.environ)}}) + "\\n")
def stop(*_):
    # Whoever read what it prints may be gone.
    open({stopped!r}, "w").close()
    sys.exit(130)
signal.signal(signal.SIGTERM, stop)
for line in said["lines"]:
    print(line if isinstance(line, str) else json.dumps(line), flush=True)
time.sleep(said["seconds"])
sys.exit(said["code"])
"""


class FakeRuntime:
    """Stands in the place of `python -m lakehouse_pipeline` for child processes."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._script, self._calls, self.stopped = folder / "script.json", folder / "calls", folder / "stopped"
        package = folder / "lakehouse_pipeline"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        text = _MAIN.format(script=str(self._script), calls=str(self._calls), stopped=str(self.stopped))
        (package / "__main__.py").write_text(text)
        monkeypatch.setenv("LAKEHOUSE_RUNTIME_PATH", str(folder))

    def will(self, code: int = 0, lines: list[Any] | None = None, seconds: float = 0) -> None:
        self._script.write_text(json.dumps({"code": code, "lines": lines or [], "seconds": seconds}))

    def will_answer(self, **value: object) -> None:
        self.will(lines=[{"event": "result", "value": value}])

    @property
    def calls(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._calls.read_text().splitlines()] if self._calls.exists() else []


def problem(code: str, message: str) -> dict[str, str]:
    return {"event": "problem", "severity": "error", "code": code, "subject": "sales", "message": message, "fix": "Mend it."}
