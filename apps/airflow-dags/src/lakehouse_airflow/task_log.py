"""Task logs in the object store."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from airflow.configuration import conf

from lakehouse_airflow.object_store import StoreError, bucket, object_store, read_object

_FOLDER = "airflow"


class ObjectStoreTaskLog:
    """Keeps the log of each finished attempt in the bucket `logs`; the one on disk goes when it is there.

    As `airflow.logging.remote.RemoteLogIO` says.
    """

    @property
    def processors(self) -> tuple[Any, ...]:
        return ()

    def upload(self, path: os.PathLike[str] | str, ti: Any = None) -> None:  # noqa: ARG002
        """Called when an attempt has ended. Raises one of StoreError; then the log stays on disk, where the UI finds it too."""
        relative = Path(path)
        folder = Path(conf.get("logging", "base_log_folder"))
        file = folder / relative
        if not file.is_file():
            return
        key = key_of(file.relative_to(folder).as_posix())
        before = read_object("logs", key) or b""
        object_store().put_object(Bucket=bucket("logs"), Key=key, Body=before + file.read_bytes())
        file.unlink(missing_ok=True)

    def read(self, relative_path: str, ti: Any) -> tuple[list[str], list[str] | None]:  # noqa: ARG002
        """Where a log was looked for, and its text; None where it is not there."""
        key = key_of(relative_path)
        try:
            found = read_object("logs", key)
        except StoreError as error:
            return [f"The log could not be read from s3://{bucket('logs')}/{key}: {error}"], None
        return [f"s3://{bucket('logs')}/{key}"], None if found is None else [found.decode("utf-8", "replace")]


def key_of(relative: str) -> str:
    return f"{_FOLDER}/{relative}"
