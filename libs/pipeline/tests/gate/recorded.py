"""What a DQOps server answered once, and a server that answers it again.

Recorded from DQOps 1.13.1 over the demo's tables; texts are cut at 300 characters.
"""

from __future__ import annotations

import copy
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

EXCHANGES = Path(__file__).parent / "exchanges"


@dataclass
class Recording:
    """The exchanges of one gate over `table`, in their order; each answer a JSON value, or a text that is none."""

    table: str
    plan: str
    exchanges: list[dict[str, Any]]

    def answer(self, ending: str, method: str = "GET") -> Any:
        """The last answer to a request whose path ends so; changing it changes what is replayed."""
        return self.exchange(ending, method)["answer"]

    def exchange(self, ending: str, method: str = "GET") -> dict[str, Any]:
        return [entry for entry in self.exchanges if entry["method"] == method and entry["path"].endswith(ending)][-1]

    @property
    def job(self) -> dict[str, Any]:
        """The ended job."""
        found: list[dict[str, Any]] = [entry["answer"] for entry in self.exchanges if entry["path"].startswith("/api/jobs/jobs/")]
        return found[-1]

    @property
    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = self.answer("/status")
        return found

    @property
    def spec(self) -> dict[str, Any]:
        found: dict[str, Any] = self.answer(f"/tables/{self.table.split('.')[1]}")["spec"]
        return found


def recording(name: str) -> Recording:
    """`passed`, `failed`, `errors` or `unknown`; a copy of its own."""
    return Recording(**copy.deepcopy(json.loads((EXCHANGES / f"{name}.json").read_text(encoding="utf-8"))))


@dataclass
class Replay:
    url: str
    asked: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def replayed(recorded: Recording, before: Callable[[int], None] = lambda _: None) -> Iterator[Replay]:
    """A server that answers each request as it was answered; the last answer to a request is repeated, an unknown one is 404.

    `before` is called with the number of each request before it is answered.
    """
    left: dict[str, list[dict[str, Any]]] = {}
    for entry in recorded.exchanges:
        left.setdefault(_key(entry["method"], entry["path"], entry["query"]), []).append(entry)
    replay = Replay("")

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            parts = urlsplit(self.path)
            query = dict(parse_qsl(parts.query))
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            replay.asked.append({"method": self.command, "path": parts.path, "query": query, "body": json.loads(body or b"null")})
            before(len(replay.asked))
            known = {name: value for name, value in query.items() if name != "jobBusinessKey"}
            answers = left.get(_key(self.command, parts.path, known), [])
            unknown: dict[str, Any] = {"status": 404, "answer": ""}
            entry = answers.pop(0) if len(answers) > 1 else answers[0] if answers else unknown
            content = entry["answer"] if isinstance(entry["answer"], str) else json.dumps(entry["answer"])
            self.send_response(entry["status"])
            self.send_header("Content-Length", str(len(content.encode())))
            self.end_headers()
            self.wfile.write(content.encode())

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def do_DELETE(self) -> None:
            self._answer()

        def log_message(self, *_: object) -> None:
            """Standard error belongs to the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    replay.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield replay
    finally:
        server.shutdown()
        server.server_close()


def _key(method: str, path: str, query: dict[str, str]) -> str:
    return json.dumps([method, path, query], sort_keys=True)
