"""An HTTP service that answers what a test scripts."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Answer:
    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    """Sends so many bytes, then waits until the test ends."""
    hang_after: int | None = None


Script = Callable[[dict[str, str]], Answer]


def page(value: object, status: int = 200, **headers: str) -> Answer:
    return Answer(json.dumps(value).encode(), status, {name.replace("_", "-"): text for name, text in headers.items()})


@contextmanager
def service(script: Script) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The URL of the service, and the queries that it was asked."""
    asked: list[dict[str, str]] = []
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = dict(parse_qsl(urlsplit(self.path).query))
            asked.append(query)
            answer = script(query)
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body[: answer.hang_after])
            if answer.hang_after is not None:
                self.wfile.flush()
                ended.wait(10)

        def log_message(self, *_: object) -> None:
            """Standard error belongs to the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


def hourly(*hours: int, inclusive: bool = True) -> Script:
    """A record for each hour, from `since` on or behind it, in pages of two."""

    def script(query: dict[str, str]) -> Answer:
        times = [f"2013-01-01T{hour:02d}:00:00Z" for hour in sorted(hours)]
        since = query.get("since", "")
        chosen = [time for time in times if time > since or (inclusive and time == since)]
        start = int(query.get("after", "0"))
        rows = [{"t": time, "v": 1} for time in chosen[start : start + 2]]
        return page({"data": rows, "next": start + 2 if start + 2 < len(chosen) else None})

    return script
