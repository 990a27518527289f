from __future__ import annotations

from typing import TYPE_CHECKING

from lakehouse_pipeline.problem import LakehouseError

if TYPE_CHECKING:
    from lakehouse_pipeline.landing.context import LandingContext


def connection_of(source: str, connection: str, context: LandingContext) -> str:
    """The URL of a source's connection. An error about it, such as LH2107, names the source that cannot be read for it."""
    try:
        return context.resolve_connection(connection)
    except LakehouseError as error:
        raise LakehouseError(error.code, source, error.message, error.fix) from error
