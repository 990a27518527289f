from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from demo_sources.serve import parse_http_faults, weather_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@contextmanager
def serving(folder: Path, faults: str = "none", seed: int = 7) -> Iterator[str]:
    server = weather_server(folder, 0, seed, parse_http_faults(faults))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def get(url: str, path: str = "/observations", **query: str) -> dict[str, Any]:
    with _DIRECT.open(f"{url}{path}?{urlencode(query)}", timeout=5) as response:
        found: dict[str, Any] = json.load(response)
        return found


def status(url: str, path: str = "/observations", **query: str) -> int:
    try:
        get(url, path, **query)
    except urllib.error.HTTPError as error:
        return error.code
    return 200


def all_records(url: str, **query: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    answer = get(url, **query)
    records += answer["data"]
    while answer["next"] is not None:
        answer = get(url, **{**query, "after": answer["next"]})
        records += answer["data"]
    return records


def test_all_pages_together_are_the_file(year: Path) -> None:
    with serving(year) as url:
        records = all_records(url, limit="5000")
    assert records == [json.loads(line) for line in (year / "weather.jsonl").read_text().splitlines()]
    assert len(records) == 26_115


def test_since_and_until_choose_the_hours(year: Path) -> None:
    with serving(year) as url:
        records = all_records(url, since="2013-03-01T00:00:00Z", until="2013-03-01T03:00:00Z", limit="4")
    hours = [record["time_hour"] for record in records]
    assert sorted(set(hours)) == ["2013-03-01T00:00:00Z", "2013-03-01T01:00:00Z", "2013-03-01T02:00:00Z"]
    assert len(records) == 9


def test_numbers_are_numbers_and_missing_values_null(year: Path) -> None:
    with serving(year) as url:
        (record,) = get(url, limit="1")["data"]
    assert (record["origin"], record["temp"], record["wind_gust"]) == ("EWR", 39.02, None)


def test_a_failed_page_can_be_asked_for_again(year: Path) -> None:
    with serving(year) as url:
        assert [status(url, fault="error", after="5") for _ in range(2)] == [500, 200]
        assert [status(url, fault="busy", after="5") for _ in range(2)] == [429, 200]


def test_faults_of_a_seed_befall_the_same_pages(year: Path) -> None:
    def failures(seed: int) -> list[int]:
        with serving(year, "error", seed) as url:
            return [status(url, after=str(after)) for after in range(40)]

    assert failures(7) == failures(7)
    assert 2 < failures(7).count(500) < 38
    assert failures(7) != failures(8)


def test_loop_repeat_invalid_and_hang(year: Path) -> None:
    with serving(year) as url:
        assert get(url, fault="loop", after="5")["next"] == "5"
        data = get(url, fault="repeat", limit="3")["data"]
        assert (len(data), data[-1]) == (4, data[-2])
        with pytest.raises(json.JSONDecodeError):
            get(url, fault="invalid")
        with pytest.raises(TimeoutError):
            _DIRECT.open(f"{url}/observations?fault=hang", timeout=0.2)


def test_wrong_requests_are_refused(year: Path) -> None:
    with serving(year) as url:
        assert status(url, "/elsewhere") == 404
        assert status(url, after="x") == 400


def test_new_observations_are_served_at_once(tmp_path: Path) -> None:
    file = tmp_path / "weather.jsonl"
    file.write_text('{"time_hour": "1"}\n')
    with serving(tmp_path) as url:
        assert len(get(url)["data"]) == 1
        replacement = tmp_path / "new"
        replacement.write_text('{"time_hour": "1"}\n{"time_hour": "2"}\n')
        replacement.replace(file)
        assert len(get(url)["data"]) == 2


def test_the_command_line_prints_the_url_and_ends_when_interrupted(year: Path) -> None:
    command = [sys.executable, "-m", "demo_sources", "serve", "--from", str(year)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        url = json.loads(child.stdout.readline())["url"]
        assert url.startswith("http://127.0.0.1:")
        assert len(get(url, limit="2")["data"]) == 2
        child.send_signal(signal.SIGINT)
        assert child.wait(10) == 0


def test_a_folder_that_was_not_prepared_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="prepare"):
        weather_server(tmp_path, 0, 7, frozenset())


def test_unknown_faults_are_told() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        parse_http_faults("nonsense")
