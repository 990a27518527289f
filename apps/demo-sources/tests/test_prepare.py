from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from demo_sources.__main__ import main
from demo_sources.faults import parse_faults
from demo_sources.months import months_between, parse_month
from demo_sources.package_data import read_text
from demo_sources.prepare import prepare

if TYPE_CHECKING:
    from pathlib import Path

KEY = ("time_hour", "carrier", "flight", "origin")


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def ledger(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "faults.json").read_text())
    return found


def records(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    return list(csv.reader(io.StringIO((gzip.decompress(raw) if path.suffix == ".gz" else raw).decode())))


def some(into: Path, first: str, last: str, seed: int = 7, faults: str = "default") -> Path:
    prepare(into, parse_month(first), parse_month(last), seed, parse_faults(faults))
    return into


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    first = digests(some(tmp_path / "first", "2013-01", "2013-02"))
    assert digests(some(tmp_path / "second", "2013-01", "2013-02")) == first
    other = digests(some(tmp_path / "other", "2013-01", "2013-02", seed=8))
    assert {name for name in first if name.startswith("flights/flights-2013-02.csv")} <= {
        name for name in first if other.get(name) != first[name]
    }


def test_a_month_does_not_depend_on_the_others(year: Path, tmp_path: Path) -> None:
    whole = digests(year)
    part = digests(some(tmp_path, "2013-01", "2013-06"))
    assert {name: digest for name, digest in part.items() if name.startswith("flights/")}.items() <= whole.items()


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    some(tmp_path, "2013-01", "2013-01")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    again = prepare(tmp_path, parse_month("2013-01"), parse_month("2013-01"), 7, parse_faults("default"))
    assert again.written == []
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before
    assert not [path for path in tmp_path.rglob("*") if path.name.endswith(".tmp")]


def test_what_is_left_when_the_faults_are_taken_away_is_the_package(year: Path) -> None:
    """Every true flight is delivered, and no fault takes the place of one."""
    true = list(csv.DictReader(io.StringIO(read_text("flights.csv"))))
    expected = {tuple(row[name] for name in KEY): row for row in true}
    assert len(expected) == len(true) == 336_776
    injected: Counter[str] = Counter()
    merged: dict[tuple[str, ...], dict[str, str]] = {}
    for entry in ledger(year)["files"]:
        if entry["delivery"] == "truncated":
            with pytest.raises(EOFError):
                records(year / entry["file"])
            continue
        header, *rows = records(year / entry["file"])
        assert len(rows) == entry["landedRows"]
        assert sum(entry["injected"].values()) < 0.01 * len(rows)
        seen: set[tuple[str, ...]] = set()
        for row in rows:
            kind = fault_of(row, header, seen)
            if kind is None:
                key = tuple(row[header.index(name)] for name in KEY)
                merged[key] = {**dict.fromkeys(["tailnum"], "NA"), **dict(zip(header, row, strict=True))}
            else:
                injected[kind] += 1
    assert merged == expected
    assert dict(injected) == {kind: count for kind, count in ledger(year)["injected"].items() if not kind.endswith("Files")}


def fault_of(row: list[str], header: list[str], seen: set[tuple[str, ...]]) -> str | None:
    if len(row) != len(header):
        return "comma"
    values = dict(zip(header, row, strict=True))
    if "NA" in (values["carrier"], values["flight"], values["origin"]):
        return "null"
    if values["flight"] == "abc":
        return "type"
    if values["carrier"] == "ZZ":
        return "carrier"
    if tuple(row) in seen:
        return "duplicate"
    seen.add(tuple(row))
    return None


def test_the_ledger_of_the_default_seed(year: Path) -> None:
    found = ledger(year)
    assert found["trueFlights"] == 336_776
    assert found["injected"] == {
        "carrier": 120,
        "comma": 120,
        "duplicate": 300,
        "null": 120,
        "type": 120,
        "lateFiles": 1,
        "renamedFiles": 1,
        "resentFiles": 1,
        "truncatedFiles": 1,
    }
    deliveries = Counter(entry["delivery"] for entry in found["files"])
    assert deliveries == {"month": 10, "late": 1, "renamed": 1, "resent": 1, "truncated": 1}
    assert {f"flights/{path.name}" for path in (year / "flights").iterdir()} == {entry["file"] for entry in found["files"]}


def test_late_and_corrected_files_have_names_behind_the_next_month(year: Path) -> None:
    names = sorted(path.name for path in (year / "flights").iterdir())
    for entry in ledger(year)["files"]:
        name = entry["file"].removeprefix("flights/")
        if entry["delivery"] in ("late", "resent"):
            following = next(other for other in names if other.startswith(f"flights-{parse_month(entry['month']).next}.csv"))
            assert name > following


def test_unknown_carriers_are_as_many_flights_as_rows(year: Path) -> None:
    """They wait for their parent one by one, so none may merge with another."""
    waiting = []
    for entry in ledger(year)["files"]:
        if entry["delivery"] != "truncated":
            header, *rows = records(year / entry["file"])
            waiting += [
                tuple(row[header.index(name)] for name in KEY)
                for row in rows
                if len(row) == len(header) and row[header.index("carrier")] == "ZZ"
            ]
    assert len(waiting) == len(set(waiting)) == 120


def test_without_faults_the_files_are_the_package(tmp_path: Path) -> None:
    some(tmp_path, "2013-02", "2013-03", faults="none")
    lines = [line for line in read_text("flights.csv").splitlines() if line.startswith(("2013,2,", "2013,3,"))]
    delivered = [",".join(row) for path in sorted((tmp_path / "flights").iterdir()) for row in records(path)[1:]]
    assert delivered == lines
    assert ledger(tmp_path)["injected"] == {}


def test_some_faults_alone(tmp_path: Path) -> None:
    some(tmp_path, "2013-02", "2013-02", faults="null,comma")
    assert ledger(tmp_path)["injected"] == {"comma": 10, "null": 10}


def test_years_are_repeated_with_their_dates_shifted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "prepare",
        "--into",
        str(tmp_path),
        "--years",
        "2",
        "--start-year",
        "2012",
        "--from",
        "2012-12",
        "--until",
        "2013-01",
        "--faults",
        "none",
    ]
    assert main(arguments) == 0
    assert "flights/flights-2012-12.csv" in json.loads(capsys.readouterr().out)["written"]
    header, *december = records(tmp_path / "flights" / "flights-2012-12.csv")
    assert {row[0] for row in december} == {"2012"}
    assert {row[header.index("time_hour")][:4] for row in december} == {"2012", "2013"}
    assert len(december) == 28_135
    weather = [json.loads(line) for line in (tmp_path / "weather.jsonl").read_text().splitlines()]
    assert {(row["year"], row["month"]) for row in weather} == {(2012, 12), (2013, 1)}
    assert [row["time_hour"] for row in weather] == sorted(row["time_hour"] for row in weather)


def test_the_database_holds_the_planes_that_have_flown(year: Path, tmp_path: Path) -> None:
    some(tmp_path, "2013-01", "2013-01")
    counts = []
    for folder in (tmp_path, year):
        with closing(sqlite3.connect(folder / "operations.db")) as database:
            counts.append(
                [
                    database.execute(f"select count(*), max(updated_at) from {table}").fetchone()
                    for table in ("airlines", "airports", "planes")
                ]
            )
    first, whole = counts
    assert whole == [(16, "2013-01-01T00:00:00Z"), (1458, "2013-01-01T00:00:00Z"), (3322, "2013-12-01T04:00:00Z")]
    assert first[2] == (2609, "2013-01-01T04:00:00Z")


def test_missing_values_are_null_in_the_database(year: Path) -> None:
    with closing(sqlite3.connect(year / "operations.db")) as database:
        assert database.execute("select count(*) from planes where year is null").fetchone() == (70,)
        assert database.execute("select distinct typeof(lat) from airports").fetchall() == [("real",)]


@pytest.mark.parametrize(
    "arguments",
    [
        ["--faults", "nonsense"],
        ["--from", "2013-13"],
        ["--until", "2014-01"],
        ["--from", "2013-05", "--until", "2013-04"],
        ["--from", "2012-12"],
    ],
)
def test_wrong_options_are_told(tmp_path: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prepare", "--into", str(tmp_path), *arguments]) == 2
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_months_run_over_the_turn_of_the_year() -> None:
    assert [str(month) for month in months_between(parse_month("2012-11"), parse_month("2013-02"))] == [
        "2012-11",
        "2012-12",
        "2013-01",
        "2013-02",
    ]
