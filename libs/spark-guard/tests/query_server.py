"""Compiles the guard and starts a query server: Thrift and Connect in one JVM, as the product does."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyspark

GUARD = "dev.lakehouse.guard"
SOURCES = Path(__file__).parents[1] / "src/main/java"
# Whoever sees one of these got through.
SECRETS = {"environment": "canary-of-the-environment", "setting": "canary-of-a-setting"}
PASSWORDS = {"bi": "the-password-of-bi", "dqops": "the-password-of-dqops"}
SCHEMAS = {"bi": "gold,ops", "dqops": "silver,staging,gold,ops"}


@dataclass(frozen=True)
class QueryServer:
    thrift: int
    connect: int
    folder: Path
    classes: Path


def javac() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("javac", path=f"{home}/bin") if home else shutil.which("javac")


def class_path(classes: Path) -> str:
    return os.pathsep.join([str(classes), f"{os.environ['LAKEHOUSE_JARS']}/*", f"{Path(pyspark.__file__).parent}/jars/*"])


def compile_guard(classes: Path) -> None:
    compiler = javac()
    assert compiler is not None
    files = [str(file) for file in SOURCES.rglob("*.java")]
    command = [compiler, "--release", "17", "-proc:none", "-Xlint:none", "-Werror", "-d", str(classes), "-cp", class_path(classes)]
    subprocess.run([*command, *files], check=True)


def write_users(folder: Path) -> Path:
    """The users of the product, and one whose secret is not there."""
    lines = [f"nosecret.secret={folder / 'absent'}", "nosecret.schemas=gold"]
    for user, password in PASSWORDS.items():
        secret = folder / f"thrift-{user}"
        secret.write_text(f"{password}\n", encoding="utf-8")
        lines += [f"{user}.secret={secret}", f"{user}.schemas={SCHEMAS[user]}"]
    empty = folder / "empty"
    empty.write_text("\n", encoding="utf-8")
    lines += [f"empty.secret={empty}", "empty.schemas=gold"]
    users = folder / "thrift-users.properties"
    users.write_text("\n".join(lines), encoding="utf-8")
    return users


def settings(server: QueryServer) -> Mapping[str, str]:
    return {
        "spark.driver.memory": "1g",
        "spark.driver.extraClassPath": class_path(server.classes),
        "spark.driver.extraJavaOptions": "-XX:+UseParallelGC -XX:TieredStopAtLevel=1 -Dderby.stream.error.file=/dev/null",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.plugins": "org.apache.spark.sql.connect.SparkConnectPlugin",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(server.connect),
        "spark.sql.extensions": f"io.delta.sql.DeltaSparkSessionExtension,{GUARD}.GuardExtensions",
        "spark.sql.catalog.spark_catalog": "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": str(server.folder / "warehouse"),
        "spark.local.dir": str(server.folder / "scratch"),
        "spark.hadoop.lakehouse.canary": SECRETS["setting"],
        "spark.sql.shuffle.partitions": "1",
        "spark.databricks.delta.snapshotPartitions": "1",
        "spark.ui.enabled": "false",
    }


@contextmanager
def running(folder: Path, classes: Path) -> Iterator[QueryServer]:
    server = QueryServer(free_port(), free_port(), folder, classes)
    environment = {
        **os.environ,
        "SPARK_HOME": str(Path(pyspark.__file__).parent),
        "HIVE_SERVER2_THRIFT_BIND_HOST": "127.0.0.1",
        "HIVE_SERVER2_THRIFT_PORT": str(server.thrift),
        "LAKEHOUSE_THRIFT_USERS": str(write_users(folder)),
        "LAKEHOUSE_CANARY": SECRETS["environment"],
    }
    options = [part for name, value in settings(server).items() for part in ("--conf", f"{name}={value}")]
    submit = [f"{environment['SPARK_HOME']}/bin/spark-submit", "--master", "local[2]", "--class", f"{GUARD}.QueryServer"]
    log = folder / "log"
    with log.open("w") as file:
        process = subprocess.Popen([*submit, *options, "spark-internal"], cwd=folder, env=environment, stdout=file, stderr=file)
    try:
        for port in (server.thrift, server.connect):
            wait_for(port, process, log)
        yield server
    finally:
        process.kill()
        process.wait()


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    sys.stderr.write(log.read_text(encoding="utf-8")[-5000:])
    raise AssertionError(f"the query server did not open port {port}; its log is above")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
