from __future__ import annotations

from pathlib import Path

import pytest

from lakehouse_pipeline.connections import connection_url
from lakehouse_pipeline.landing.connection_of import connection_of
from lakehouse_pipeline.landing.context import LandingContext
from lakehouse_pipeline.problem import LakehouseError


def test_a_missing_connection_names_the_source_that_needs_it(tmp_path: Path) -> None:
    environment = {"LAKEHOUSE_CONNECTIONS_FILE": str(tmp_path / "none")}
    context = LandingContext(tmp_path, lambda name: connection_url(name, environment), lambda _: None)
    with pytest.raises(LakehouseError, match=r"^LH2107 airlines: the connection operations_db is not .*LAKEHOUSE_CONNECTION_OPERATIONS_DB"):
        connection_of("airlines", "operations_db", context)
    environment["LAKEHOUSE_CONNECTION_OPERATIONS_DB"] = "sqlite:////x"
    assert connection_of("airlines", "operations_db", context) == "sqlite:////x"
