"""What the platform's containers are told, and what is said where it is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_plan import small_plan

from lakehouse_pipeline.applied_plan import apply_plan, read_applied_plan
from lakehouse_pipeline.connections import connection_url
from lakehouse_pipeline.object_store import ObjectStore
from lakehouse_pipeline.problem import LakehouseError
from lakehouse_pipeline.settings import secret, setting
from lakehouse_pipeline.warehouse import Warehouse


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("LAKEHOUSE_CONNECT", raising=False)
    with pytest.raises(LakehouseError, match="LH2111 LAKEHOUSE_CONNECT: the setting is missing"):
        setting("LAKEHOUSE_CONNECT")
    monkeypatch.setenv("LAKEHOUSE_CONNECT_TOKEN_FILE", str(tmp_path / "token"))
    with pytest.raises(LakehouseError, match=rf"LH2111 .*{tmp_path}/token: No such file"):
        secret("LAKEHOUSE_CONNECT_TOKEN_FILE", "/run/secrets/connect-token")


def test_a_secret_is_one_line_and_never_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("open sesame\n")
    monkeypatch.setenv("LAKEHOUSE_CONNECT_TOKEN_FILE", str(tmp_path / "token"))
    found = secret("LAKEHOUSE_CONNECT_TOKEN_FILE", "/run/secrets/connect-token")
    assert found == "open sesame"
    assert "sesame" not in repr(ObjectStore("http://minio:9000", "us-east-1", True, "pipeline", found))


def test_a_connection_is_looked_for_in_the_environment_then_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "connections"
    file.write_text(json.dumps({"operations_db": "postgresql://postgres/sources", "files": "file:///files"}))
    environment = {"LAKEHOUSE_CONNECTIONS_FILE": str(file), "LAKEHOUSE_CONNECTION_FILES": "file:///elsewhere"}
    assert connection_url("operations_db", environment) == "postgresql://postgres/sources"
    assert connection_url("files", environment) == "file:///elsewhere"
    with pytest.raises(LakehouseError, match=r"LH2107 weather_api: .*LAKEHOUSE_CONNECTION_WEATHER_API"):
        connection_url("weather_api", environment)
    file.write_text("{")
    with pytest.raises(LakehouseError, match=r"LH2107 .*is no JSON object"):
        connection_url("operations_db", environment)


def test_the_plan_that_was_applied_last_is_read(tmp_path: Path) -> None:
    warehouse = Warehouse(f"{tmp_path}/")
    with pytest.raises(LakehouseError, match=r"LH2106 .*no plan was applied yet"):
        read_applied_plan(warehouse)
    for fingerprint in ("orders-1", "orders-2"):
        plan = small_plan(fingerprint=fingerprint)
        text = plan.model_dump_json(by_alias=True).encode()
        assert apply_plan(warehouse, plan, text)
        assert not apply_plan(warehouse, plan, text)
    assert read_applied_plan(warehouse).hash == "plan-orders-2"
    assert len(list((tmp_path / "ops" / "plans").iterdir())) == 3


def test_a_plan_of_another_version_is_applied_anew(tmp_path: Path) -> None:
    warehouse = Warehouse(f"{tmp_path}/")
    plan = small_plan()
    apply_plan(warehouse, plan, b'{"version": 0}')
    with pytest.raises(LakehouseError, match=r"LH2106 .*not a plan of this version: .*\./lakehouse apply"):
        read_applied_plan(warehouse)


def test_a_prefix_goes_before_each_bucket() -> None:
    assert Warehouse("s3a://").location("silver.flights") == "s3a://silver/flights"
    assert Warehouse("s3a://acme-").candidate("run-1", "gold.daily") == "s3a://acme-staging/run-1/daily"
    assert Warehouse("s3a://acme-").landing == "s3a://acme-landing"
