"""The query server does not open where it would be open to all; it says so before Spark starts."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from query_server import GUARD, class_path

GOOD = "bi.secret=/run/secrets/thrift-bi\nbi.schemas=gold,ops\n"
EXTENSIONS = "io.delta.sql.DeltaSparkSessionExtension"
WRONG = {
    "no file": (None, "cannot be read"),
    "no users": ("", "names no user"),
    "no schemas": ("bi.secret=/run/secrets/thrift-bi", "does not say all of user bi"),
    "no secret": ("bi.schemas=gold", "does not say all of user bi"),
    "empty list": ("bi.secret=x\nbi.schemas= , ", "does not say all of user bi"),
    "unknown key": (GOOD + "bi.schema=gold", "has the key bi.schema"),
    "no name": (GOOD + "schemas=gold", "has the key schemas"),
    "name of a realm": ("bi@x.secret=x\nbi@x.schemas=gold", "has the key bi@x"),
}


def start(classes: Path, users: Path, *settings: str) -> subprocess.CompletedProcess[str]:
    command = ["java", *(f"-D{setting}" for setting in settings), "-cp", class_path(classes), f"{GUARD}.QueryServer"]
    environment = {**os.environ, "LAKEHOUSE_THRIFT_USERS": str(users)}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_list_of_users_is_refused(classes: Path, tmp_path: Path, text: str | None, said: str) -> None:
    users = tmp_path / "thrift-users.properties"
    if text is not None:
        users.write_text(text, encoding="utf-8")
    ended = start(classes, users)
    assert ended.returncode == 1
    assert f"LH4004 {users} {said}" in ended.stderr


@pytest.mark.parametrize(
    "settings",
    [
        (),
        (f"spark.sql.extensions={EXTENSIONS}",),
        (f"spark.sql.extensions={GUARD}.GuardExtensions,{EXTENSIONS}",),
        (f"spark.sql.extensions={EXTENSIONS},{GUARD}.GuardExtensions", "spark.sql.hive.thriftServer.singleSession=true"),
    ],
    ids=["no extension", "another extension", "not the last", "one session for all"],
)
def test_an_open_server_is_refused(classes: Path, tmp_path: Path, settings: tuple[str, ...]) -> None:
    users = tmp_path / "thrift-users.properties"
    users.write_text(GOOD, encoding="utf-8")
    ended = start(classes, users, *settings)
    assert ended.returncode == 1
    assert "LH4004" in ended.stderr
