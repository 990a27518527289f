"""What clients ask for without SQL, as `!tables` of beeline or the browser of a BI tool does: it passes no analysis."""

from __future__ import annotations

import pytest
from thrift_client import Session

ALL = (None, "", "%", ".*", "GO%|%", "____%")


def schemas_of(rows: object, column: int) -> set[str]:
    assert isinstance(rows, list)
    return {row[column] for row in rows}


@pytest.mark.parametrize("pattern", ALL)
def test_everything_means_what_the_user_sees(bi: Session, dqops: Session, pattern: str | None) -> None:
    for session, seen in ((bi, {"gold", "ops"}), (dqops, {"gold", "ops", "silver", "staging"})):
        if pattern == "____%":
            seen = {schema for schema in seen if len(schema) >= 4}
        assert schemas_of(session.ask("Schemas", schemaName=pattern), 0) == seen
        assert schemas_of(session.ask("Tables", schemaName=pattern, tableName="%"), 1) == seen
        assert schemas_of(session.ask("Columns", schemaName=pattern, tableName="of%"), 1) == {"gold"}
        assert schemas_of(session.ask("Functions", schemaName=pattern, functionName="abs"), 1) == seen


@pytest.mark.parametrize("pattern", ["bronze", "br%", "BRONZE", "quarantine", "global_temp", "default", "nowhere", "-"])
def test_what_a_user_may_not_see_is_not_there(bi: Session, dqops: Session, pattern: str) -> None:
    for session in (bi, dqops):
        assert session.ask("Schemas", schemaName=pattern) == []
        assert session.ask("Tables", schemaName=pattern, tableName="%") == []
        assert session.ask("Columns", schemaName=pattern, tableName="%") == []
        assert session.ask("Functions", schemaName=pattern, functionName="%") == []


def test_a_pattern_finds_tables_and_columns(bi: Session) -> None:
    found = bi.ask("Tables", schemaName="go_d", tableName="%", tableTypes=["VIEW"])
    assert {row[2] for row in found} == {"of_gold", "of_bronze"}
    assert [row[3] for row in bi.ask("Columns", schemaName="gold", tableName="of_gold")] == ["name"]


def test_keys_are_none(bi: Session) -> None:
    assert bi.ask("PrimaryKeys", schemaName="bronze", tableName="t") == []
    assert bi.ask("CrossReference", parentSchemaName="bronze", parentTableName="t") == []
