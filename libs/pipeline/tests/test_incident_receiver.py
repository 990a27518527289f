"""The receiver over HTTP, as DQOps and a webhook meet it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
import requests
from ledgers import open_database, server  # noqa: F401
from postgresql import PostgresqlServer
from psycopg.conninfo import conninfo_to_dict

from lakehouse_pipeline.incident_receiver.server import incident_server
from lakehouse_pipeline.incident_receiver.telling import tell_all, webhook
from lakehouse_pipeline.incidents import Failure, list_incidents, note_verdict
from lakehouse_pipeline.ledger import Ledger, ledger_schema
from lakehouse_pipeline.sqlite_database import SqliteDatabase

# The fields of a message of DQOps 1.13.1 with values made up here, and one that it has not got, since others may come.
TOLD: Mapping[str, Any] = {
    "incident_id": "8a7f0c22-95a3-4b2e-a1a7-3f1f5f6e2d10",
    "connection": "lakehouse",
    "schema": "silver",
    "table": "orders",
    "of_a_later_version": 1,
    "first_seen": "2026-03-01T12:00:00Z",
    "last_seen": "2026-03-01T12:05:00Z",
    "quality_dimension": "Completeness",
    "check_category": "nulls",
    "highest_severity": 2,
    "failed_checks_count": 3,
    "status": "open",
    "text": "*New incident in silver.orders*",
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = Ledger(SqliteDatabase(tmp_path / "ledger.sqlite", ledger_schema()))
    yield opened
    opened.close()


@contextmanager
def serving(served: ThreadingHTTPServer) -> Iterator[str]:
    threading.Thread(target=served.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{served.server_address[1]}"
    served.shutdown()
    served.server_close()


@pytest.fixture
def url(ledger: Ledger) -> Iterator[str]:
    with serving(incident_server(ledger, "127.0.0.1", 0)) as found:
        yield found


def posted(url: str, **changes: Any) -> requests.Response:
    return requests.post(f"{url}/incidents", json={**TOLD, **changes}, timeout=5)


def test_an_incident_opens_is_acknowledged_and_resolved(url: str, ledger: Ledger) -> None:
    seen = []
    for status in ("open", "acknowledged", "resolved"):
        assert posted(url, status=status).status_code == 200
        [row] = list_incidents(ledger, standing_only=False)
        seen.append((row["status"], row["resolved_at"] is not None))
    assert seen == [("open", False), ("acknowledged", False), ("resolved", True)]
    assert (row["id"], row["source"], row["table_name"]) == (f"dqops/{TOLD['incident_id']}", "dqops", "silver.orders")
    assert (row["dimension"], row["severity"], row["failed_checks"]) == ("completeness", "error", 3)
    assert row["first_seen"] == "2026-03-01T12:00:00.000+00:00"
    assert list_incidents(ledger) == []


def test_a_warning_and_a_candidate_are_what_they_are(url: str, ledger: Ledger) -> None:
    assert posted(url, highest_severity=1, schema="staging", quality_dimension=None).ok
    [row] = list_incidents(ledger)
    assert (row["severity"], row["table_name"], row["dimension"]) == ("warning", "gold.orders", "other")


@pytest.mark.parametrize("changes", [{"status": "gone"}, {"table": ""}, {"highest_severity": 9}, {"first_seen": "yesterday"}])
def test_what_is_no_incident_is_refused_with_the_reason(url: str, ledger: Ledger, changes: dict[str, Any]) -> None:
    answer = posted(url, **changes)
    assert answer.status_code == 400
    assert next(iter(changes)) in answer.text
    assert list_incidents(ledger, standing_only=False) == []


def test_other_requests_are_refused(url: str) -> None:
    assert requests.get(f"{url}/health", timeout=5).status_code == 200
    assert requests.get(f"{url}/incidents", timeout=5).status_code == 404
    assert requests.post(f"{url}/", json={}, timeout=5).status_code == 404
    assert requests.post(f"{url}/incidents", data="<html>", timeout=5).status_code == 400
    assert requests.post(f"{url}/incidents", data=b" " * 1_000_001, timeout=5).status_code == 413


def test_the_service_writes_into_the_platforms_ledger_and_ends_when_it_is_asked_to(
    server: PostgresqlServer,  # noqa: F811
    tmp_path: Path,
) -> None:
    address = {name: str(value) for name, value in conninfo_to_dict(server.url("lakehouse", "lakehouse", "secret")).items()}
    (tmp_path / "password").write_text("secret\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "LAKEHOUSE_LEDGER_HOST": address["host"],
        "LAKEHOUSE_LEDGER_PORT": address["port"],
        "LAKEHOUSE_LEDGER_PASSWORD_FILE": str(tmp_path / "password"),
        "LAKEHOUSE_INCIDENT_PORT": str(port),
    }
    command = [sys.executable, "-m", "lakehouse_pipeline", "receive-incidents"]
    with subprocess.Popen(command, env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "listening" in process.stdout.readline()
        answer = posted(f"http://127.0.0.1:{port}")
        process.send_signal(signal.SIGTERM)
        said = process.stdout.read()
    assert process.returncode == 0
    assert answer.status_code == 200
    assert "silver.orders is open" in said
    database = open_database(address)
    assert [row["table_name"] for row in list_incidents(Ledger(database))] == ["silver.orders"]
    database.close()


class Hook(BaseHTTPRequestHandler):
    bodies: ClassVar[list[dict[str, Any]]] = []
    status: ClassVar[int] = 200

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if Hook.status == 200:
            Hook.bodies.append(body)
        self.send_response(Hook.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Standard error belongs to the tests."""


def test_each_state_is_passed_on_once_and_again_where_the_webhook_was_away(ledger: Ledger) -> None:
    late = Failure("silver.orders", "timeliness", "silver.orders/fresh", "it is late")
    Hook.bodies, Hook.status = [], 500
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), Hook)) as hook:
        tell = webhook(hook)
        note_verdict(ledger, "sales", "r1", ["silver.orders"], [late])
        assert tell_all(ledger, tell) == 0
        Hook.status = 200
        assert tell_all(ledger, tell) == 1
        note_verdict(ledger, "sales", "r2", ["silver.orders"], [late])
        assert tell_all(ledger, tell) == 0
        note_verdict(ledger, "sales", "r3", ["silver.orders"], [])
        assert tell_all(ledger, tell) == 1
        assert tell_all(ledger, tell) == 0
    assert [(body["status"], body["table_name"]) for body in Hook.bodies] == [("open", "silver.orders"), ("resolved", "silver.orders")]
    assert "silver.orders/fresh: it is late" in Hook.bodies[0]["text"]
    assert not webhook("http://127.0.0.1:1/")({"text": "nobody is there"})
