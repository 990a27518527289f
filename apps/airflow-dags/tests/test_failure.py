from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from fake_runtime import FakeRuntime
from test_runtime_operator import context_of, operator_of

from lakehouse_airflow import failure
from lakehouse_airflow.runtime_operator import AuditFailedError


@contextmanager
def webhook() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    told: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", told
    server.shutdown()
    server.server_close()


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeRuntime:
    monkeypatch.setattr(failure, "_webhook", lambda: None)
    return FakeRuntime(tmp_path, monkeypatch)


def failed(error: Exception | None) -> dict[str, Any]:
    return {**context_of(), "task": operator_of(), "exception": error}


def test_a_failure_is_noted_in_the_ledger_of_its_run(runtime: FakeRuntime) -> None:
    runtime.will_answer(changed=True)

    failure.on_failure(failed(RuntimeError("the disk is full")))

    (call,) = runtime.calls
    words = call["arguments"]
    assert words[0] == "note-failure"
    assert words[words.index("--step") + 1] == "orders"
    assert words[words.index("--message") + 1] == "the disk is full"
    assert words[words.index("--run") + 1].startswith("20130301-123000-")


def test_a_failed_audit_has_said_so_itself_and_is_only_recorded(runtime: FakeRuntime) -> None:
    runtime.will_answer(changed=True)

    failure.on_failure(failed(AuditFailedError("check x failed")))

    assert [call["arguments"][0] for call in runtime.calls] == ["record"]


def test_a_task_that_was_killed_without_a_word_is_noted_too(runtime: FakeRuntime) -> None:
    runtime.will_answer(changed=True)

    failure.on_failure(failed(None))

    assert "the task ended without a word." in runtime.calls[0]["arguments"]


def test_a_webhook_is_told_and_its_absence_harms_nobody(runtime: FakeRuntime, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime.will(3)
    with webhook() as (url, told):
        monkeypatch.setattr(failure, "_webhook", lambda: url)
        failure.on_failure(failed(RuntimeError("no space")))
    failure.on_failure(failed(RuntimeError("no space")))

    assert told == [
        {
            "text": "sales__refine.orders failed: no space",
            "dag": "sales__refine",
            "run": "asset_triggered__1",
            "task": "orders",
            "message": "no space",
        }
    ]
