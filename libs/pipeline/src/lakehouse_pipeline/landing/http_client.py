from __future__ import annotations

import ipaddress
import random
import time
from collections.abc import Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests

from lakehouse_pipeline.landing.context import Patience
from lakehouse_pipeline.problem import LakehouseError

_LARGEST_BODY = 256 * 1024 * 1024


class _TemporaryError(Exception):
    """Trying again may help; `pause` is what the server asked for."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


class HttpClient:
    """Gets pages, and tries again where that may help."""

    def __init__(self, source: str, url: str, patience: Patience) -> None:
        self._source = source
        self._url = url
        self._patience = patience
        self._session = requests.Session()
        # A proxy of the environment cannot reach this machine's own loopback addresses.
        self._session.trust_env = not _is_loopback(urlsplit(url).hostname or "")

    def close(self) -> None:
        self._session.close()

    def get(self, parameters: Mapping[str, str]) -> bytes:
        """The body of the answer; LakehouseError where there is none in time, or the server refuses."""
        patience = self._patience
        deadline = time.monotonic() + patience.total
        attempt = 1
        while True:
            try:
                return self._attempt(parameters, deadline)
            except _TemporaryError as error:
                pause = error.pause if error.pause is not None else _pause(attempt, patience)
                if attempt >= patience.attempts or time.monotonic() + pause > deadline:
                    raise LakehouseError(
                        "LH2032",
                        self._source,
                        f"{_shown(self._url)} failed {attempt} time{'s' if attempt > 1 else ''}: {error}. Nothing is landed from it.",
                        "Make sure that the service answers; the next run asks for the same range again.",
                    ) from error
                patience.sleep(pause)
                attempt += 1

    def _attempt(self, parameters: Mapping[str, str], deadline: float) -> bytes:
        try:
            with self._session.get(
                self._url,
                params=dict(parameters),
                timeout=(self._patience.connect, self._patience.read),
                headers={"Accept": "application/json"},
                stream=True,
            ) as response:
                if response.status_code == 429 or response.status_code >= 500:
                    raise _TemporaryError(f"it answered {response.status_code}", _retry_after(response.headers.get("Retry-After")))
                if response.status_code != 200:
                    raise LakehouseError(
                        "LH2031",
                        self._source,
                        f"{_shown(self._url)} answered {response.status_code} {response.reason}.",
                        "Mend the source's path, parameters or connection.",
                    )
                return self._body(response, deadline)
        except (requests.ConnectionError, requests.Timeout, requests.exceptions.ChunkedEncodingError) as error:
            raise _TemporaryError(type(error).__name__) from error
        except requests.RequestException as error:
            raise LakehouseError(
                "LH2031",
                self._source,
                f"{_shown(self._url)} cannot be asked: {type(error).__name__}.",
                "Mend the source's connection: a URL that begins with http:// or https://.",
            ) from error

    def _body(self, response: requests.Response, deadline: float) -> bytes:
        """Reads in pieces, because the read timeout alone lets a server send a byte now and then for ever."""
        body = bytearray()
        for piece in response.iter_content(1 << 16):
            body += piece
            if time.monotonic() > deadline:
                raise _TemporaryError("its answer took too long")
            if len(body) > _LARGEST_BODY:
                raise LakehouseError(
                    "LH2031",
                    self._source,
                    f"{_shown(self._url)} sent a page of more than {_LARGEST_BODY} bytes.",
                    "Ask for smaller pages in the source's parameters.",
                )
        return bytes(body)


def _pause(attempt: int, patience: Patience) -> float:
    """Doubles with each attempt; the random part keeps many clients from coming back together."""
    longest = min(patience.first_pause * 2.0 ** (attempt - 1), patience.longest_pause)
    return longest * random.uniform(0.5, 1.0)


def _retry_after(text: str | None) -> float | None:
    """The seconds that a Retry-After header asks for: a number or a date."""
    if text is None:
        return None
    if text.strip().isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return max(0.0, (aware - datetime.now(timezone.utc)).total_seconds())


def _shown(url: str) -> str:
    """The URL without what may be secret in it."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
