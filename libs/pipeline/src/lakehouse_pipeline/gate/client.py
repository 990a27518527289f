"""DQOps' REST API. It has no login: whoever reaches the server may do all, so it is reached only from within the platform."""

from __future__ import annotations

from typing import Literal, TypeVar
from urllib.parse import quote

import requests
from pydantic import BaseModel, TypeAdapter, ValidationError

from lakehouse_pipeline.gate.answers import CheckErrors, CheckResults, Job, QueuedJob, TableStatus

CONNECTION = "lakehouse"

CheckKind = Literal["profiling", "monitoring"]
"""Checks that the gate starts, or those of each day."""

_Model = TypeVar("_Model", bound=BaseModel)
_SECONDS = (3.05, 30)


class GateError(Exception):
    """Why the gate cannot judge, as a sentence."""


class MissingError(GateError):
    """The server does not know what it was asked for."""


class DqopsClient:
    """Asks one DQOps server. Every method raises GateError where the answer is none that can be used."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._session = requests.Session()
        # The server is a neighbour in the platform's own network, which no proxy reaches.
        self._session.trust_env = False

    def plan(self) -> str | None:
        """The hash of the plan that the server's files were rendered from."""
        connection = self._object("GET", f"/api/connections/{CONNECTION}")
        properties = _dict(_dict(connection.get("spec")).get("advanced_properties"))
        plan = properties.get("plan")
        return plan if isinstance(plan, str) else None

    def table(self, table: str) -> dict[str, object]:
        """A table's specification with all its checks."""
        answer = self._object("GET", _path(table))
        if answer.get("yaml_parsing_error"):
            reason = str(answer["yaml_parsing_error"]).splitlines()[0]
            raise GateError(f"the server cannot read its file of {table}: {reason}. Run ./lakehouse apply.")
        return _dict(answer.get("spec"))

    def run_checks(self, table: str, key: str, kind: CheckKind = "profiling") -> int:
        """Queues the checks of exactly one table and returns the job's id; `key` finds the job again."""
        # An unknown name in the filter is ignored, and the job then runs every check of the server.
        filters = {"connection": CONNECTION, "fullTableName": table, "enabled": True, "checkType": kind}
        if kind == "monitoring":
            filters["timeScale"] = "daily"
        body = {"check_search_filters": filters, "collect_error_samples": False}
        answer = self._send("POST", "/api/jobs/runchecks", {"wait": "false", "jobBusinessKey": key}, body)
        return _parse(QueuedJob, answer).job.job_id

    def job(self, job: int | str) -> Job:
        """A job by its id or its key."""
        try:
            return _parse(Job, self._send("GET", f"/api/jobs/jobs/{quote(str(job), safe='')}"))
        except MissingError:
            raise MissingError("the server forgot the job, so it was restarted. Run the domain again.") from None

    def cancel(self, job: int) -> None:
        self._send("DELETE", f"/api/jobs/jobs/{job}")

    def status(self, table: str, kind: CheckKind = "profiling") -> TableStatus:
        """The newest result of each check of a table."""
        wanted = {name: str(name == kind).lower() for name in ("profiling", "monitoring", "partitioned")}
        parameters = {**wanted, **({"checkTimeScale": "daily"} if kind == "monitoring" else {})}
        return _parse(TableStatus, self._send("GET", f"{_path(table)}/status", parameters))

    def results(self, table: str, column: str | None, check: str) -> list[CheckResults]:
        return self._details(CheckResults, table, column, check, "results")

    def errors(self, table: str, column: str | None, check: str) -> list[CheckErrors]:
        return self._details(CheckErrors, table, column, check, "errors")

    def _details(self, model: type[_Model], table: str, column: str | None, check: str, what: str) -> list[_Model]:
        of_column = f"/columns/{quote(column, safe='')}" if column else ""
        answer = self._send("GET", f"{_path(table)}{of_column}/profiling/{what}", {"checkName": check})
        try:
            return TypeAdapter(list[model]).validate_json(answer)  # type: ignore[valid-type]
        except ValidationError as error:
            raise _unreadable(error) from None

    def _object(self, method: str, path: str) -> dict[str, object]:
        try:
            return TypeAdapter(dict[str, object]).validate_json(self._send(method, path))
        except ValidationError as error:
            raise _unreadable(error) from None

    def _send(self, method: str, path: str, parameters: dict[str, str] | None = None, body: object = None) -> bytes:
        try:
            answer = self._session.request(method, f"{self._url}{path}", params=parameters, json=body, timeout=_SECONDS)
        except requests.RequestException as error:
            raise GateError(f"{self._url} does not answer ({type(error).__name__}). See ./lakehouse logs dqops.") from error
        if answer.status_code == 404:
            raise MissingError(f"the server knows no {path}. Run ./lakehouse apply.")
        if not answer.ok:
            raise GateError(f"{method} {path} answered {answer.status_code} {answer.reason}. See ./lakehouse logs dqops.")
        return answer.content


def _parse(model: type[_Model], answer: bytes) -> _Model:
    try:
        return model.model_validate_json(answer)
    except ValidationError as error:
        raise _unreadable(error) from None


def _unreadable(error: ValidationError) -> GateError:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "it"
    return GateError(f"the answer cannot be used: {place}: {first['msg']}. The gate knows DQOps 1.13.")


def _dict(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _path(table: str) -> str:
    schema, name = table.split(".", 1)
    return f"/api/connections/{CONNECTION}/schemas/{quote(schema, safe='')}/tables/{quote(name, safe='')}"
