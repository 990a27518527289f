from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import EndpointConnectionError

from lakehouse_airflow import task_log
from lakehouse_airflow.maintenance import old_files
from lakehouse_airflow.task_log import ObjectStoreTaskLog

LOG = "dag_id=sales__refine/run_id=r/task_id=orders/attempt=1.log"


class Logs(dict[str, bytes]):
    is_there = True

    def put_object(self, Bucket: str, Key: str, Body: bytes) -> None:  # noqa: N803
        assert Bucket == "logs"
        self._reach()
        self[Key] = Body

    def read(self, layer: str, key: str) -> bytes | None:
        assert layer == "logs"
        self._reach()
        return self.get(key)

    def _reach(self) -> None:
        if not self.is_there:
            raise EndpointConnectionError(endpoint_url="http://minio:9000")


@pytest.fixture
def logs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Logs:
    bucket = Logs()
    monkeypatch.setattr(task_log, "object_store", lambda: bucket)
    monkeypatch.setattr(task_log, "read_object", bucket.read)
    monkeypatch.setenv("AIRFLOW__LOGGING__BASE_LOG_FOLDER", str(tmp_path))
    return bucket


def write(folder: Path, text: str) -> Path:
    file = folder / LOG
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


@pytest.mark.usefixtures("logs")
def test_a_log_is_read_as_it_was_written_and_leaves_the_disk(tmp_path: Path) -> None:
    file = write(tmp_path, "one\ntwo\n")

    ObjectStoreTaskLog().upload(LOG)

    assert not file.exists()
    assert ObjectStoreTaskLog().read(LOG, None) == ([f"s3://logs/airflow/{LOG}"], ["one\ntwo\n"])


@pytest.mark.usefixtures("logs")
def test_an_attempt_that_waited_for_its_domain_keeps_all_it_said(tmp_path: Path) -> None:
    for text in ("locked\n", "locked\n", "done\n"):
        write(tmp_path, text)
        ObjectStoreTaskLog().upload(LOG)

    assert ObjectStoreTaskLog().read(LOG, None)[1] == ["locked\nlocked\ndone\n"]


def test_a_log_stays_on_the_disk_while_the_object_store_is_away(logs: Logs, tmp_path: Path) -> None:
    file = write(tmp_path, "one\n")
    logs.is_there = False

    with pytest.raises(EndpointConnectionError):
        ObjectStoreTaskLog().upload(LOG)

    assert file.exists()
    where, text = ObjectStoreTaskLog().read(LOG, None)
    assert "could not be read" in where[0]
    assert text is None


def test_retention_takes_old_files_alone(tmp_path: Path) -> None:
    import os

    old, young = write(tmp_path, "old"), tmp_path / "young.log"
    young.touch()
    os.utime(old, (1000, 1000))

    assert old_files(tmp_path, 2000) == [old]


def test_both_sides_of_airflow_find_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__LOGGING__LOGGING_CONFIG_CLASS", "lakehouse_airflow.log_config.LOGGING_CONFIG")
    from airflow.sdk.log import _load_logging_config, load_remote_log_handler

    _load_logging_config()
    found: Any = load_remote_log_handler()

    assert isinstance(found, ObjectStoreTaskLog)
