from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import psycopg
import pytest
from postgresql import postgresql_server
from test_prepare import digests

from demo_sources.__main__ import main
from demo_sources.deliver import Delivered, deliver
from demo_sources.faults import parse_faults
from demo_sources.months import parse_month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from postgresql import PostgresqlServer

TABLES = ("airlines", "airports", "planes")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresqlServer]:
    with postgresql_server(tmp_path_factory.mktemp("server")) as started:
        yield started


@pytest.fixture
def url(server: PostgresqlServer) -> str:
    """An empty database."""
    address = server.url("sources", "sources", "p@ss")
    with psycopg.connect(address) as connection:
        connection.execute("drop owned by sources cascade")
    return address


def until(into: Path, last: str, url: str | None, seed: int = 7, faults: str = "default") -> Delivered:
    return deliver(into, parse_month("2013-01"), parse_month(last), seed, parse_faults(faults), url)


def in_sqlite(into: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(into / "operations.db")) as database:
        found = {table: database.execute(f"select * from {table}").fetchall() for table in TABLES}
    return {
        table: sorted((*row[:-1], datetime.fromisoformat(row[-1].replace("Z", "+00:00"))) for row in rows) for table, rows in found.items()
    }


def in_postgresql(url: str, columns: str = "*") -> dict[str, list[tuple[Any, ...]]]:
    with psycopg.connect(url) as database:
        return {table: sorted(database.execute(f"select {columns} from {table}").fetchall()) for table in TABLES}


def test_postgresql_holds_the_rows_of_the_sqlite_file(url: str, tmp_path: Path) -> None:
    counts = []
    for month in ("2013-01", "2013-02", "2013-12"):
        counts.append(until(tmp_path, month, url).loaded)
        assert in_postgresql(url) == in_sqlite(tmp_path)
    assert counts == [4083, 214, 499]
    assert [len(rows) for rows in in_postgresql(url).values()] == [16, 1458, 3322]


def test_rows_that_are_right_are_not_touched(url: str, tmp_path: Path) -> None:
    until(tmp_path, "2013-01", url)
    versions = in_postgresql(url, "xmin::text, ctid::text")
    again = until(tmp_path, "2013-01", url)
    assert (again.loaded, again.prepared) == (0, None)
    assert in_postgresql(url, "xmin::text, ctid::text") == versions


def test_what_was_changed_by_hand_is_mended(url: str, tmp_path: Path) -> None:
    until(tmp_path, "2013-01", url)
    with psycopg.connect(url) as connection:
        connection.execute("update planes set seats = null where tailnum = 'N10156'")
        connection.execute("delete from airlines where carrier = 'AA'")
        connection.execute("insert into airports (faa, updated_at) values ('XXX', now())")
    assert until(tmp_path, "2013-01", url).loaded == 3
    assert in_postgresql(url) == in_sqlite(tmp_path)


def test_files_that_are_not_as_they_were_are_mended(tmp_path: Path) -> None:
    until(tmp_path, "2013-02", None)
    before = digests(tmp_path)
    (tmp_path / "weather.jsonl").unlink()
    (tmp_path / "flights" / "flights-2013-01.csv").write_text("shorter")
    mended = until(tmp_path, "2013-02", None).prepared
    assert mended is not None
    assert sorted(mended.written) == ["flights/flights-2013-01.csv", "weather.jsonl"]
    assert visible(digests(tmp_path)) == visible(before)


def visible(files: dict[str, str]) -> dict[str, str]:
    """All but what `deliver` keeps for itself."""
    return {name: digest for name, digest in files.items() if not name.startswith(".")}


def test_what_was_delivered_is_not_taken_back(url: str, tmp_path: Path) -> None:
    until(tmp_path, "2013-03", url)
    before = digests(tmp_path)
    assert (str(until(tmp_path, "2013-01", url).until), digests(tmp_path)) == ("2013-03", before)


def test_a_folder_of_another_seed_is_refused(tmp_path: Path) -> None:
    until(tmp_path, "2013-01", None)
    with pytest.raises(ValueError, match=r"filled with seed 7; ask for the same"):
        until(tmp_path, "2013-02", None, seed=8)
    with pytest.raises(ValueError, match="filled with faults"):
        until(tmp_path, "2013-02", None, faults="none")


def test_killed_anywhere_and_begun_again_it_delivers_the_same(url: str, tmp_path: Path) -> None:
    until(tmp_path / "clean", "2013-03", None)
    command = [
        sys.executable,
        "-m",
        "demo_sources",
        "deliver",
        "--into",
        str(tmp_path / "killed"),
        "--until",
        "2013-03",
        "--postgresql",
        url,
    ]
    started = time.monotonic()
    subprocess.run([*command[:5], str(tmp_path / "measured"), *command[6:]], check=True, stdout=subprocess.DEVNULL)
    whole = time.monotonic() - started
    with psycopg.connect(url) as connection:
        connection.execute("drop owned by sources cascade")
    chance = random.Random(7)
    for _ in range(8):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
            time.sleep(whole * chance.random())
            child.kill()
    (tmp_path / "killed" / "flights").mkdir(parents=True, exist_ok=True)
    (tmp_path / "killed" / "flights" / ".flights-2013-01.csv.1.tmp").write_bytes(b"half")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert visible(digests(tmp_path / "killed")) == visible(digests(tmp_path / "clean"))
    assert in_postgresql(url) == in_sqlite(tmp_path / "clean")


def test_one_command_delivers_and_serves(url: str, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@ss\n")
    place = url.partition("@")[2]
    environment = {
        **os.environ,
        "DEMO_INTO": str(tmp_path / "into"),
        "DEMO_UNTIL": "2013-01",
        "DEMO_POSTGRESQL": f"postgresql://sources@{place}?passwordFile={tmp_path / 'password'}",
    }
    with running([sys.executable, "-m", "demo_sources", "run"], environment) as child:
        assert child.stdout is not None
        done = json.loads(child.stdout.readline())
        assert (done["until"], done["loaded"]) == ("2013-01", 4083)
        address = json.loads(child.stdout.readline())["url"]
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{address}/observations?limit=1", timeout=5) as answer:
            assert len(json.load(answer)["data"]) == 1
        subprocess.run([sys.executable, "-m", "demo_sources", "deliver", "--until", "2013-02"], check=True, env=environment)
        assert len(in_postgresql(url)["planes"]) == 2609 + 214
        child.send_signal(signal.SIGINT)
        assert child.wait(10) == 0


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process that does not outlive the test."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        try:
            yield child
        finally:
            child.kill()


def test_a_database_that_is_not_there_is_told_without_the_password(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("demo_sources.postgresql_operations._PATIENCE", 0.0)
        options = ["--into", str(tmp_path), "--until", "2013-01", "--postgresql", "postgresql://sources:mystery@127.0.0.1:1/sources"]
        assert main(["deliver", *options]) == 2
    told = capsys.readouterr().err
    assert "127.0.0.1" in told
    assert "mystery" not in told
