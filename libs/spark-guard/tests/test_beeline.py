"""hive-jdbc, by way of beeline."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from pyspark.sql.connect.session import SparkSession
from query_server import PASSWORDS, QueryServer, class_path

MAIN = "org.apache.hive.beeline.BeeLine"


def beeline(server: QueryServer, url: str, *statements: str, password: str = PASSWORDS["bi"]) -> tuple[int, str]:
    secret = server.folder / "beeline-password"
    Path(secret).write_text(password, encoding="utf-8")
    options = ["-u", f"jdbc:hive2://127.0.0.1:{server.thrift}/{url}", "-n", "bi", "-w", str(secret), "--force=true", "--outputformat=csv2"]
    command = ["java", "-cp", class_path(server.classes), MAIN, *options, *(part for text in statements for part in ("-e", text))]
    ended = subprocess.run(command, env=os.environ, cwd=server.folder, capture_output=True, text=True, timeout=180, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def test_beeline_reads_and_writes_nothing(server: QueryServer, connect: SparkSession) -> None:
    assert connect is not None
    statements = [
        "select concat('read ', name) as found from t",
        "select * from bronze.t",
        "insert into t values (2, 'x')",
        "!tables",
        "show schemas",
    ]
    _, said = beeline(server, "gold", *statements)
    assert "read gold" in said
    assert "LH4001 User bi may not see bronze.t" in said
    assert "LH4001 User bi may not run InsertIntoStatement" in said
    assert "of_gold" in said
    assert "bronze,t" not in said
    assert "silver" not in said


def test_beeline_is_told_why_it_may_not_connect(server: QueryServer) -> None:
    _, said = beeline(server, "gold?spark.sql.ansi.enabled=false", "select 1")
    assert "LH4003 The setting set:hiveconf:spark.sql.ansi.enabled was refused" in said
    _, said = beeline(server, "bronze", "select 1")
    assert "LH4001 User bi may not see schema bronze" in said
    _, said = beeline(server, "gold", "select 1", password="wrong")
    assert "Error validating the login" in said
