from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lakehouse_bench.laboratory import tell
from lakehouse_bench.result import Result
from lakehouse_bench.watched import MeasurementError

if TYPE_CHECKING:
    from pathlib import Path

    from lakehouse_bench.laboratory import Laboratory

_TABLES = 200
_COLUMNS = 20


def compiling(lab: Laboratory) -> list[Result]:
    """`./lakehouse compile` of many generated tables, half of them silver and half gold."""
    tell(f"compiling {_TABLES} tables")
    many, one = lab.fresh_folder("compile-many"), lab.fresh_folder("compile-one")
    _write_domain(many / "generated", _TABLES // 2)
    _write_domain(one / "generated", 1)
    cpu = {folder: _compile(lab, folder, expected) for folder, expected in ((many, _TABLES), (one, 2))}
    detail = f"the whole command; {cpu[one]:.2f} s of them for two tables"
    measure = f"CPU of compiling {_TABLES} tables of {_COLUMNS} columns"
    return [Result("compile", measure, cpu[many], "s", 2, detail=detail)]


def _compile(lab: Laboratory, folder: Path, expected: int) -> float:
    """CPU seconds of compiling the domains in `folder`."""
    home = lab.fresh_folder(f"{folder.name}-home")
    watched = lab.workspace.lakehouse("compile", "--domains", str(folder), "--home", str(home))
    plans = [json.loads(file.read_text(encoding="utf-8")) for file in (home / "plans").glob("*.json")]
    found = [len(plan["tables"]) for plan in plans]
    if found != [expected]:
        raise MeasurementError(f"{expected} tables were generated, the compiled plan has {found}.")
    return watched.cpu_seconds


def _write_domain(folder: Path, pairs: int) -> None:
    sources = "".join(
        f"  - name: source_{number}\n    kind: files\n    path: source_{number}/*.csv\n"
        f"    format: {{ type: csv, header: true }}\n    into: bronze.table_{number}\n"
        for number in range(pairs)
    )
    head = "domain: generated\nteam: bench\ndescription: Generated.\nowners: []\nsources:\n"
    _write(folder / "domain.yaml", head + sources)
    for number in range(pairs):
        silver, gold = f"table_{number}", f"totals_{number}"
        _write(folder / "contracts" / f"silver.{silver}.odcs.yaml", _contract("silver", silver, f"bronze.{silver}"))
        _write(folder / "contracts" / f"gold.{gold}.odcs.yaml", _contract("gold", gold, None))
        amounts = ",\n".join(f"  sum(t.amount_{position}) as amount_{position}" for position in range(1, _COLUMNS))
        model = f"select\n  t.id,\n{amounts}\nfrom silver.{silver} t\ngroup by t.id\n"
        _write(folder / "models" / f"gold.{gold}.sql", model)


def _contract(layer: str, table: str, origin: str | None) -> str:
    amounts = "".join(_amount(position) for position in range(1, _COLUMNS))
    custom = f"  - property: lakehouseLayer\n    value: {layer}\n"
    if origin is not None:
        custom += f"  - property: lakehouseOrigin\n    value: {origin}\n"
    return (
        f"apiVersion: v3.1.0\nkind: DataContract\nid: generated.{layer}.{table}\nversion: 1.0.0\nstatus: active\n"
        f"schema:\n  - name: {table}\n    properties:\n"
        "      - name: id\n        logicalType: integer\n        required: true\n        primaryKey: true\n"
        f"        primaryKeyPosition: 1\n        description: The key.\n{amounts}customProperties:\n{custom}"
    )


def _amount(position: int) -> str:
    text = f"      - name: amount_{position}\n        logicalType: integer\n        description: An amount.\n"
    if position % 5 == 0:
        text += "        quality:\n          - type: library\n            metric: nullValues\n            mustBe: 0\n"
    return text


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
