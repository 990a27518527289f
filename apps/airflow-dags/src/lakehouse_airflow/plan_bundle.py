"""The DAG bundle whose versions are the plans that were applied: their DAG files stand beside the plan that they read."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from airflow.dag_processing.bundles.base import BaseDagBundle

from lakehouse_airflow.applied_plan import AppliedPlan, applied_plan, plan_text
from lakehouse_airflow.current_plan import PLAN_FILE, PROBLEM_FILE
from lakehouse_airflow.pools import ensure_pools
from lakehouse_pipeline.plan_file import parse_plan

_NO_PLAN = "none"


class PlanBundle(BaseDagBundle):
    """DAG files of the image, and the plan that the pointer in the object store names.

    A version is called `<plan>.<code>`, and `<plan>.<code>.<problem>` where a newer plan cannot be used: then the DAGs stay
    those of the last good plan, which is kept on disk, and one file fails to import with the reason. A DAG run keeps the
    plan that it began with.
    """

    supports_versioning = True

    def __init__(self, *, dags: str, **settings: Any) -> None:
        """`dags`: the folder of the image's DAG files."""
        super().__init__(**settings)
        self._dags = Path(dags)
        self._current = self.version

    @property
    def path(self) -> Path:
        return Path(self.versions_dir) / (self._current or _NO_PLAN)

    def get_current_version(self) -> str | None:
        return self._current

    def initialize(self) -> None:
        with self.lock():
            if self.version is not None:
                self._write(self.version, None)
            else:
                self._current = self._last_good()
                self._write(self._current, None)
        super().initialize()

    def refresh(self) -> None:
        """Raises one of StoreError where the object store cannot be asked: the DAGs stay as they are."""
        with self.lock():
            applied = applied_plan()
            version, text = self._version_of(applied)
            if version == self._current and self.path.exists():
                return
            self._write(version, text, applied.problem)
            self._current = version
            for file in self.path.glob("*.py"):
                # By a fresh time Airflow sees that a file is to be read again.
                file.touch()
            if applied.problem is None and text is not None:
                _replace(self._pointer, version)
                ensure_pools([domain.name for domain in parse_plan(text, version).domains])

    @property
    def _pointer(self) -> Path:
        return Path(self.base_dir) / "last-good"

    def _last_good(self) -> str:
        """The version to begin with, before the object store was asked."""
        plan = self._pointer.read_text(encoding="utf-8").split(".")[0] if self._pointer.exists() else _NO_PLAN
        return f"{plan}.{self._code()}"

    def _version_of(self, applied: AppliedPlan) -> tuple[str, bytes | None]:
        if applied.problem is None:
            plan = _NO_PLAN if applied.hash is None else applied.hash
            return f"{plan}.{self._code()}", applied.text
        digest = hashlib.sha256(applied.problem.encode()).hexdigest()[:8]
        return f"{self._last_good()}.{digest}", None

    def _code(self) -> str:
        """A digest of the image's DAG files: another image reads them anew."""
        files = sorted(self._dags.glob("*.py"))
        return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()[:8]

    def _write(self, version: str, text: bytes | None, problem: str | None = None) -> None:
        """Makes the folder of a version where it is missing, all of it or nothing."""
        folder = Path(self.versions_dir) / version
        if folder.exists():
            return
        plan = version.split(".")[0]
        if text is None and plan != _NO_PLAN:
            text = self._kept(plan) or plan_text(plan)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as temporary:
            made = Path(temporary) / "version"
            made.mkdir()
            for file in self._dags.glob("*.py"):
                shutil.copyfile(file, made / file.name)
            if text is not None:
                (made / PLAN_FILE).write_bytes(text)
            if problem is not None:
                (made / PROBLEM_FILE).write_text(problem, encoding="utf-8")
            made.replace(folder)

    def _kept(self, plan: str) -> bytes | None:
        """A plan that another version on this disk holds."""
        for file in Path(self.versions_dir).glob(f"{plan}.*/{PLAN_FILE}"):
            return file.read_bytes()
        return None


def _replace(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_suffix(".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(file)
