from __future__ import annotations

from collections.abc import Iterator

from lakehouse_pipeline.landing.chunk import Chunk, Malformed
from lakehouse_pipeline.landing.commit import Slot
from lakehouse_pipeline.landing.connection_of import connection_of
from lakehouse_pipeline.landing.context import LandingContext
from lakehouse_pipeline.landing.extraction import land_extraction
from lakehouse_pipeline.landing.http_client import HttpClient
from lakehouse_pipeline.landing.http_pages import http_pages
from lakehouse_pipeline.landing.http_window import HttpWindow
from lakehouse_pipeline.landing.json_document import as_json, as_text
from lakehouse_pipeline.landing.json_values import is_storable
from lakehouse_pipeline.landing.manifest import Manifest, RangeOrigin
from lakehouse_pipeline.landing.notices import progress
from lakehouse_pipeline.landing.record_columns import columns_of_records
from lakehouse_pipeline.landing.storage import Storage
from lakehouse_pipeline.schema.plan import HttpSource


def land_http(source: HttpSource, storage: Storage, manifests: list[Manifest], context: LandingContext) -> list[Manifest]:
    """Lands the records from the watermark less its lag on, or all of them where they changed, as one batch."""
    base = connection_of(source.name, source.connection, context)
    last = manifests[-1] if manifests else None
    reached = last.origin.to if last and isinstance(last.origin, RangeOrigin) else None
    window = HttpWindow(source, reached)
    client = HttpClient(source.name, base.rstrip("/") + "/" + source.path.lstrip("/"), context.patience)
    try:
        chunks = _chunks(source, client, window, context)
        return land_extraction(Slot(storage, source, last.sequence + 1 if last else 1), last, chunks, window.covered, context)
    finally:
        client.close()


def _chunks(source: HttpSource, client: HttpClient, window: HttpWindow, context: LandingContext) -> Iterator[tuple[str, Chunk]]:
    row = 1
    for page in http_pages(source, window.parameters, client.get):
        for record in page:
            window.see(record)
        yield source.path, _chunk(page, row, source)
        row += len(page)
        progress(context.on_event, source.name, row - 1, None, "rows")
    window.finish()


def _chunk(page: list[object], first_row: int, source: HttpSource) -> Chunk:
    records: list[dict[str, str | None]] = []
    rows: list[int] = []
    malformed: list[Malformed] = []
    for row, record in enumerate(page, first_row):
        members = {name: as_text(value) for name, value in record.items()} if isinstance(record, dict) else None
        if members is not None and is_storable(members):
            records.append(members)
            rows.append(row)
        else:
            reason = "is not a JSON object" if members is None else "holds half of a surrogate pair, which is no character"
            malformed.append(Malformed(row, reason, as_json(record).encode(errors="backslashreplace").decode()))
    return columns_of_records(records, rows, malformed, source.columns)
