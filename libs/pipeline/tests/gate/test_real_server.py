"""The recordings against the real server, where LAKEHOUSE_TEST_DQOPS is the URL of one that checks the demo's tables."""

from __future__ import annotations

import os
from typing import Any

import requests
from recorded import recording

from lakehouse_pipeline.gate.client import DqopsClient
from lakehouse_pipeline.gate.dqops_gate import DqopsGate

URL = os.environ.get("LAKEHOUSE_TEST_DQOPS")


def forms(value: Any, path: str = "") -> set[str]:
    """Every name in a JSON value with the types that stand there: `checks.*.current_severity: str`."""
    if isinstance(value, dict):
        return set().union(*(forms(part, f"{path}.{name}") for name, part in value.items())) if value else {f"{path}: dict"}
    if isinstance(value, list):
        return set().union(*(forms(part, f"{path}[]") for part in value)) if value else {f"{path}: list"}
    return {f"{path}: {type(value).__name__}"}


def test_the_server_answers_in_the_form_that_was_recorded() -> None:
    if URL is None:
        return
    recorded = recording("passed")
    client = DqopsClient(URL)
    answers: dict[str, Any] = {}
    send = requests.Session.request

    def listening(session: requests.Session, method: str, url: str, **rest: Any) -> requests.Response:
        answer = send(session, method, url, **rest)
        path = url.removeprefix(URL or "")
        answers["/job" if path.startswith("/api/jobs/jobs/") else path] = answer.json()
        return answer

    client._session.request = listening.__get__(client._session)  # type: ignore[method-assign]
    plan = client.plan()
    assert plan is not None
    results = DqopsGate(client).judge("test-of-the-recordings", plan, recorded.table)
    assert all(result.passed for result in results)

    before = {**{entry["path"]: entry["answer"] for entry in recorded.exchanges}, "/job": recorded.job}
    for path, answer in answers.items():
        assert forms(answer) == forms(before[path]), path
