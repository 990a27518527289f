from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from demo_sources.faults import parse_faults
from demo_sources.months import parse_month
from demo_sources.prepare import prepare

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole year with the faults of the default seed."""
    into = tmp_path_factory.mktemp("year")
    prepare(into, parse_month("2013-01"), parse_month("2013-12"), 7, parse_faults("default"))
    return into
