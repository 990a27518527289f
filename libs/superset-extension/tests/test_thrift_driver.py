"""Messages as Spark's Thrift Server sends them."""

from __future__ import annotations

import pytest

from lakehouse_superset.thrift_driver import plain_message

STACK = "\n\tat org.apache.spark.sql.hive.thriftserver.HiveThriftServerErrors$.runningQueryError(HiveThriftServerErrors.scala:43)\n"
HIVE = "org.apache.hive.service.cli.HiveSQLException: Error running query: "


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (
            f"{HIVE}[TABLE_OR_VIEW_NOT_FOUND] org.apache.spark.sql.catalyst.ExtendedAnalysisException: "
            "[TABLE_OR_VIEW_NOT_FOUND] The table or view `gold`.`absent` cannot be found. SQLSTATE: 42P01; line 1 pos 14;\n"
            f"'Project [*]\n+- 'UnresolvedRelation [gold, absent], [], false\n{STACK}",
            "[TABLE_OR_VIEW_NOT_FOUND] The table or view `gold`.`absent` cannot be found. SQLSTATE: 42P01; line 1 pos 14",
        ),
        (f"{HIVE}dev.lakehouse.guard.Refusal: LH4001 User bi may not see silver: no.{STACK}", "LH4001 User bi may not see silver: no."),
        (f"java.lang.OutOfMemoryError: Java heap space{STACK}", "Java heap space"),
        ("Error: nothing of Java's", "Error: nothing of Java's"),
    ],
)
def test_a_message_is_what_a_person_has_to_know(sent: str, said: str) -> None:
    assert plain_message(sent) == said
