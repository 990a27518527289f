"""The experiment on what people feel who look at dashboards: on the platform that `--platform` names, or on one of its own."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from contextlib import closing, contextmanager
from statistics import median
from typing import TYPE_CHECKING

from pyhive import hive

from lakehouse_bench.laboratory import tell
from lakehouse_bench.result import Result
from lakehouse_bench.running_platform import ask_engine, lakehouse, running_platform
from lakehouse_bench.watched import MeasurementError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from lakehouse_bench.laboratory import Laboratory

_AGGREGATE = "select carrier, sum(flights), sum(on_time) from gold.daily_carrier_punctuality group by carrier"
_WARMING, _MEASURED = 3, 21
_PORT = re.compile(r"\$\{(LAKEHOUSE_PORT_\w+):-(\d+)\}")


def dashboards(lab: Laboratory) -> list[Result]:
    """The whole year of flights: queries over Thrift, dashboards in the browser, the import of all of them."""
    with _published_platform(lab) as home:
        plan = json.loads((home / "plan.json").read_text(encoding="utf-8"))
        settings = _settings(lab, home)
        tell("queries over Thrift")
        aggregate = _thrift_median(home, settings, _AGGREGATE)
        charts = {chart["title"]: chart for dashboard in plan["dashboards"] for chart in dashboard["charts"]}
        gold = {title: _plain(chart["sql"]) for title, chart in charts.items() if chart["table"].startswith("gold.")}
        seconds = {title: _thrift_median(home, settings, sql) for title, sql in gold.items()}
        slowest = max(seconds, key=lambda title: seconds[title])
        tell("dashboards in the browser")
        seen = _browse(lab, home, settings, [dashboard["name"] for dashboard in plan["dashboards"]])
        tell("imports into Superset")
        _bootstrap_seconds(lab, home, settings, LAKEHOUSE_DOMAINS=str(_without_dashboards(lab)))
        whole = _bootstrap_seconds(lab, home, settings)
        unchanged = _bootstrap_seconds(lab, home, settings)
    return [
        Result("dashboards", "an aggregate over a gold table through Thrift, warm", aggregate, "s", 0.25),
        Result("dashboards", "the slowest chart's query through Thrift, warm", seconds[slowest], "s", 1, detail=slowest),
        *(Result("dashboards", f"{name} complete in the browser, warm", taken, "s", 5) for name, taken in seen.items()),
        Result("dashboards", "import of all dashboards", whole, "s", 30),
        Result("dashboards", "import where nothing changed", unchanged, "s", 5),
    ]


@contextmanager
def _published_platform(lab: Laboratory) -> Iterator[Path]:
    if lab.platform is not None:
        yield lab.platform
        return
    tell("bringing up a platform, and a year of flights on it")
    with running_platform(lab, "dashboards", ("dqops",)) as (home, _):
        lakehouse(lab, home, "run", "flights", "--as-of", "2014-01-01T00:00:00Z")
        yield home


def _settings(lab: Laboratory, home: Path) -> dict[str, str]:
    """The platform's env file, and the ports of the compose file that it leaves as they are."""
    ports = dict(_PORT.findall((lab.workspace.root / "docker-compose.yaml").read_text(encoding="utf-8")))
    lines = (home / "platform" / "compose.env").read_text(encoding="utf-8").splitlines()
    return {**ports, **dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))}


def _secret(home: Path, name: str) -> str:
    return (home / "platform" / "secrets" / name).read_text(encoding="utf-8").strip()


def _plain(sql: str) -> str:
    """A query of the plan with the names of tables as they are: `${gold.x}` is gold.x."""
    return sql.replace("${", "").replace("}", "")


def _thrift_median(home: Path, settings: Mapping[str, str], sql: str) -> float:
    """Seconds of a query from the sending to the last row, in a session that is open, after a few that do not count."""
    port = int(settings["LAKEHOUSE_PORT_THRIFT"])
    with closing(hive.connect("127.0.0.1", port, username="bi", password=_secret(home, "thrift-bi"), auth="CUSTOM")) as connection:
        cursor = connection.cursor()
        taken = []
        for _ in range(_WARMING + _MEASURED):
            started = time.monotonic()
            cursor.execute(sql)
            cursor.fetchall()
            taken.append(time.monotonic() - started)
    return median(taken[_WARMING:])


def _browse(lab: Laboratory, home: Path, settings: Mapping[str, str], names: list[str]) -> dict[str, float]:
    """Seconds until all charts of each dashboard are drawn. Raises MeasurementError where one is not."""
    script = "apps/lakehouse-e2e/src/dashboards/measure.ts"
    command = [
        "node",
        "--conditions=@lakehouse/source",
        "--import",
        "tsx",
        script,
        f"http://127.0.0.1:{settings['LAKEHOUSE_PORT_SUPERSET']}",
    ]
    password = _secret(home, "superset-admin")
    done = subprocess.run([*command, "admin", *names], cwd=lab.workspace.root, input=password, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MeasurementError(f"the dashboards could not be opened: {done.stderr.strip()[-2000:]}")
    seen = [json.loads(line) for line in done.stdout.splitlines()]
    faults = [fault for dashboard in seen for fault in dashboard["faults"]]
    if faults:
        raise MeasurementError(f"charts are not drawn: {'; '.join(faults)}")
    return {dashboard["dashboard"]: float(dashboard["seconds"]) for dashboard in seen}


def _bootstrap_seconds(lab: Laboratory, home: Path, settings: Mapping[str, str], **variables: str) -> float:
    """Seconds that the container lives which brings Superset to the files."""
    since = time.time()
    lakehouse(lab, home, "bi", "apply", **variables)
    labels = {"project": settings["COMPOSE_PROJECT_NAME"], "service": "superset-bootstrap"}
    filters = [word for name, value in labels.items() for word in ("--filter", f"label=com.docker.compose.{name}={value}")]
    span = ["--since", f"{since:.3f}", "--until", f"{time.time():.3f}"]
    told = ask_engine("events", *span, *filters, "--filter", "event=start", "--filter", "event=die", "--format", "{{.TimeNano}}")
    moments = [int(line) for line in told.splitlines()]
    if len(moments) != 2:
        raise MeasurementError(f"the engine tells of {len(moments)} starts and ends of superset-bootstrap, not of one each.")
    return (max(moments) - min(moments)) / 1e9


def _without_dashboards(lab: Laboratory) -> Path:
    domains = lab.fresh_folder("no-dashboards")
    shutil.copytree(lab.workspace.root / "libs/domains", domains, ignore=shutil.ignore_patterns("dashboards"))
    return domains
