from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping

from lakehouse_pipeline.landing.json_document import as_json, parse_document, signature
from lakehouse_pipeline.landing.json_path import find
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.schema.plan import CursorPagination, HttpSource, NoPagination

_MOST_EMPTY_PAGES = 100


def http_pages(source: HttpSource, parameters: Mapping[str, str], get: Callable[[Mapping[str, str]], bytes]) -> Iterator[list[object]]:
    """The records of each page. A cursor or a page that comes again is a loop, which would never end: LakehouseError."""
    pagination = source.pagination
    asked = dict(parameters)
    cursors: set[str] = set()
    contents: set[bytes] = set()
    empty = 0
    number = 0 if isinstance(pagination, (NoPagination, CursorPagination)) else pagination.first
    while True:
        if not isinstance(pagination, (NoPagination, CursorPagination)):
            asked[pagination.parameter] = str(number)
        document = _parse(source, get(asked))
        records = _find(source, source.records, document)
        content = hashlib.sha256(signature(records).encode()).digest()
        empty = 0 if records else empty + 1
        if (records and content in contents) or empty > _MOST_EMPTY_PAGES:
            raise _loop(source, "a page came again" if records else f"{empty} pages in a row were empty")
        contents.add(content)
        yield records
        if isinstance(pagination, NoPagination) or (not isinstance(pagination, CursorPagination) and not records):
            return
        if isinstance(pagination, CursorPagination):
            cursor = _cursor(source, pagination, document)
            if cursor is None:
                return
            if cursor in cursors:
                raise _loop(source, f"the cursor `{cursor[:100]}` came again")
            cursors.add(cursor)
            asked[pagination.parameter] = cursor
        number += 1


def _parse(source: HttpSource, body: bytes) -> object:
    try:
        return parse_document(body)
    except ValueError as error:
        raise LakehouseError(
            "LH2033",
            source.name,
            f"A page of {source.path} is not valid JSON: {error}. Nothing is landed from it.",
            "Report it to the service's owner; the next run asks for the same range again.",
        ) from error


def _find(source: HttpSource, path: str, document: object) -> list[object]:
    try:
        return find(path, document)
    except ValueError as error:
        raise LakehouseError("LH2034", source.name, f"{error}.", "Mend the source's JSONPath.") from error


def _cursor(source: HttpSource, pagination: CursorPagination, document: object) -> str | None:
    found = _find(source, pagination.next, document)
    if not found or found[0] is None or found[0] == "" or found[0] is False:
        return None
    return str(found[0]) if isinstance(found[0], str) else as_json(found[0])


def _loop(source: HttpSource, what: str) -> LakehouseError:
    return LakehouseError(
        "LH2035",
        source.name,
        f"The pages of {source.path} do not end: {what}. Nothing is landed from it.",
        "Report it to the service's owner, or mend the source's pagination; the next run asks for the same range again.",
    )
