"""HTTP: `POST /incidents` takes what DQOps tells, `GET /health` says whether the ledger answers."""

from __future__ import annotations

import logging
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from pydantic import ValidationError

from lakehouse_pipeline.incident_receiver.notification import Notification, incident_row
from lakehouse_pipeline.incidents import put_incident
from lakehouse_pipeline.ledger import Ledger
from lakehouse_pipeline.ledger_rows import now
from lakehouse_pipeline.problem import LakehouseError

PORT = 8091
_LOG = logging.getLogger(__name__)
_MOST_BYTES = 1_000_000


def incident_server(ledger: Ledger, address: str, port: int) -> ThreadingHTTPServer:
    """The server, bound and not serving yet."""

    class Handler(BaseHTTPRequestHandler):
        # Of a sender that says nothing more.
        timeout = 30

        def do_GET(self) -> None:
            if self.path != "/health":
                self._answer(404, "POST /incidents, GET /health")
                return
            try:
                ledger.rows("select 1 as one")
                self._answer(200, "healthy")
            except LakehouseError as error:
                self._answer(503, str(error))

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length") or ""
            if self.path != "/incidents":
                self._answer(404, "POST /incidents")
            elif not length.isdigit() or int(length) > _MOST_BYTES:
                self._answer(413, f"a message of at most {_MOST_BYTES} bytes is taken")
            else:
                self._take(self.rfile.read(int(length)))

        def _take(self, body: bytes) -> None:
            try:
                row = incident_row(Notification.model_validate_json(body), now())
            except ValidationError as error:
                first = error.errors(include_url=False, include_input=False)[0]
                place = ".".join(str(part) for part in first["loc"]) or "the body"
                self._answer(400, f"no incident of DQOps 1.13: {place}: {first['msg']}")
                return
            except ValueError as error:
                self._answer(400, f"no incident of DQOps 1.13: {error}")
                return
            try:
                put_incident(ledger, row)
            except LakehouseError as error:
                self._answer(503, str(error))
                return
            _LOG.info("%s: %s is %s", row[0], row[3], row[6])
            self._answer(200, "noted")

        def _answer(self, status: int, text: str) -> None:
            content = f"{text}\n".encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_request(self, code: object = "-", size: object = "-") -> None:
            """Of each request only what came of it is printed; health checks would fill the log."""

    server = ThreadingHTTPServer((address, port), Handler)
    server.daemon_threads = True
    return server
