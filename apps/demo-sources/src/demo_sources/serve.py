from __future__ import annotations

import json
import random
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import parse_qs, urlsplit

from demo_sources.observations import ObservationFile

HttpFault = Literal["error", "busy", "hang", "loop", "invalid", "repeat"]
HTTP_FAULTS: tuple[HttpFault, ...] = get_args(HttpFault)

_SHARE_OF_PAGES = 0.3
_LARGEST_PAGE = 5000


def parse_http_faults(text: str) -> frozenset[HttpFault]:
    """`none`, or kinds with commas between them."""
    names = set() if text == "none" else {name.strip() for name in text.split(",")}
    known = frozenset(fault for fault in HTTP_FAULTS if fault in names)
    if len(known) != len(names):
        raise ValueError(f"There is no fault {', '.join(sorted(names - known))}. Write none, or some of: {', '.join(HTTP_FAULTS)}.")
    return known


def serve(folder: Path, port: int, seed: int, faults: frozenset[HttpFault], host: str) -> None:
    """Serves until it is interrupted."""
    server = weather_server(folder, port, seed, faults, host)
    sys.stdout.write(json.dumps({"url": f"http://{host}:{server.server_address[1]}"}) + "\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


def weather_server(folder: Path, port: int, seed: int, faults: frozenset[HttpFault], host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """
    The weather API, not yet started: GET /observations?limit=&after=&since=&until= → {"data": [...], "next": cursor or null}.

    `faults` befall about a third of the pages, chosen by the seed; `?fault=` brings them about for one request.
    error and busy (500, 429) go away when a page is asked for again; hang, loop and invalid stay; repeat sends the last row twice.
    """
    path = folder / "weather.jsonl"
    if not path.is_file():
        raise FileNotFoundError(f"There is no {path}; write it with `python -m demo_sources prepare --into {folder}`.")
    observations = ObservationFile(path)
    failed: set[str] = set()
    lock = threading.Lock()

    def befalls(fault: HttpFault, page: str, asked: frozenset[str]) -> bool:
        if fault in asked:
            return True
        return fault in faults and random.Random(f"{seed}/{fault}/{page}").random() < _SHARE_OF_PAGES

    def fails_once(fault: HttpFault, page: str, asked: frozenset[str]) -> bool:
        with lock:
            if f"{fault}/{page}" in failed or not befalls(fault, page, asked):
                return False
            failed.add(f"{fault}/{page}")
            return True

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(url.query).items()}
            if url.path != "/observations":
                return self._answer(404, {"error": "There is only /observations here."})
            try:
                after, limit = int(query.get("after", "0")), int(query.get("limit", "1000"))
            except ValueError:
                return self._answer(400, {"error": "`after` is a cursor and `limit` a number."})
            asked = frozenset(query.get("fault", "").split(","))
            page = f"{after}/{query.get('since', '')}"
            if fails_once("error", page, asked):
                return self._answer(500, {"error": "injected"})
            if fails_once("busy", page, asked):
                return self._answer(429, {"error": "injected"}, {"Retry-After": "0"})
            if befalls("hang", page, asked):
                time.sleep(3600)
            data, following = observations.current().page(after, max(1, min(limit, _LARGEST_PAGE)), query.get("since"), query.get("until"))
            if befalls("repeat", page, asked) and data:
                data = [*data, data[-1]]
            cursor = str(after) if befalls("loop", page, asked) else None if following is None else str(following)
            body = f'{{"data": [{", ".join(data)}], "next": {json.dumps(cursor)}}}'.encode()
            return self._send(200, body[: len(body) // 2] if befalls("invalid", page, asked) else body, {})

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Requests are not logged: standard error belongs to the caller."""

        def _answer(self, status: int, value: object, headers: dict[str, str] | None = None) -> None:
            self._send(status, json.dumps(value).encode(), headers or {})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer((host, port), Handler)
    server.daemon_threads = True
    return server
