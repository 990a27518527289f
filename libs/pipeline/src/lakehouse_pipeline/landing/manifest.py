from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel
from pydantic.dataclasses import dataclass as validated

from lakehouse_pipeline.problem import LakehouseError

WatermarkValue = str | int | float | None

_strict = ConfigDict(extra="forbid", alias_generator=to_camel, populate_by_name=True, serialize_by_alias=True)


@validated(frozen=True, config=_strict)
class FileOrigin:
    """The version of a file that a batch holds; `modified` has the file system's full precision."""

    kind: Literal["file"]
    path: str
    size: int
    modified: str
    sha256: str


@validated(frozen=True, config=_strict)
class RangeOrigin:
    """
    What an extraction covered: rows above `from` (None: from the beginning), the largest watermark seen is `to`.

    `fingerprint` is that of the rows which the next extraction reads again; rows that match it bring nothing new.
    """

    kind: Literal["range"]
    from_: Annotated[WatermarkValue, Field(alias="from")]
    to: WatermarkValue
    fingerprint: str


Origin = Annotated[FileOrigin | RangeOrigin, Field(discriminator="kind")]


@dataclass(frozen=True)
class Part:
    """A Parquet file of a batch."""

    path: str
    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True)
class LandedColumn:
    """A payload column and its Spark SQL type."""

    name: str
    type: str


@dataclass(frozen=True)
class Drift:
    """How the source's columns differ from those that the domain knows."""

    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@validated(frozen=True, config=_strict)
class Manifest:
    """What a batch holds. It is written last: a batch without it does not exist."""

    batch: str
    source: str
    sequence: int
    kind: Literal["files", "database", "http"]
    landed_at: str
    origin: Origin
    rows: int
    malformed: int
    held: str | None
    parts: tuple[Part, ...]
    columns: tuple[LandedColumn, ...]
    drift: Drift


_manifest = TypeAdapter(Manifest)


def parse_manifest(text: str | bytes, where: str = "manifest.json") -> Manifest:
    """The manifest that `text` describes; `where` is named in the error."""
    try:
        return _manifest.validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"]) or "the document"
        raise LakehouseError(
            "LH2001",
            where,
            f"The manifest is damaged: {place}: {first['msg']}.",
            "Restore the file from a backup. Without one remove the batch's folder: its source is then landed again.",
        ) from error


def render_manifest(manifest: Manifest) -> str:
    """The text of manifest.json."""
    return _manifest.dump_json(manifest, indent=2, by_alias=True).decode() + "\n"
