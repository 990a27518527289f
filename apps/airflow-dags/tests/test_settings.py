from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lakehouse_airflow.airflow_settings import airflow_environment, without_secrets

GIVEN = {"AIRFLOW_DATABASE": "postgres:5432", "AIRFLOW_API": "http://airflow-api-server:8080", "AIRFLOW_PARALLELISM": "3"}


@given(st.text(alphabet="0123456789abcdef", min_size=48, max_size=48), st.text(alphabet="0123456789abcdef", min_size=48, max_size=48))
def test_what_a_new_program_is_given_holds_no_secret_and_nothing_made_of_one(password: str, key: str) -> None:
    environment = airflow_environment(GIVEN, {"postgres-airflow": password, "airflow-key": key}.__getitem__)
    public = without_secrets(environment)

    assert password not in "".join(public.values())
    hidden = {environment[name] for name in environment.keys() - public.keys()}
    assert len(hidden) == 4
    assert len(base64.urlsafe_b64decode(environment["AIRFLOW__CORE__FERNET_KEY"])) == 32
    assert len(environment["AIRFLOW__API_AUTH__JWT_SECRET"]) >= 64


def test_the_same_secrets_make_the_same_keys_and_others_make_others() -> None:
    def keys(key: str) -> list[str]:
        environment = airflow_environment(GIVEN, {"postgres-airflow": "p", "airflow-key": key}.__getitem__)
        return [environment[name] for name in ("AIRFLOW__CORE__FERNET_KEY", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET")]

    assert keys("one") == keys("one")
    assert not set(keys("one")) & set(keys("other"))
    assert len(set(keys("one"))) == 3


def test_the_environment_may_say_otherwise_but_for_secrets() -> None:
    stated = {**GIVEN, "AIRFLOW__CORE__PARALLELISM": "7", "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": "sqlite://"}

    environment = airflow_environment(stated, lambda name: name)

    assert environment["AIRFLOW__CORE__PARALLELISM"] == "7"
    assert environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"] == "postgresql+psycopg2://airflow:postgres-airflow@postgres:5432/airflow"
    assert environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://airflow-api-server:8080/execution/"


def test_airflow_takes_all_of_them(tmp_path: Path) -> None:
    environment = airflow_environment(GIVEN, lambda name: name)
    home = {"AIRFLOW_HOME": str(tmp_path), "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(tmp_path)}
    asked = "import airflow; from airflow.configuration import conf; print(conf.get('core', 'parallelism'))"

    told = subprocess.run([sys.executable, "-c", asked], env={**environment, **home}, capture_output=True, text=True, check=False)

    assert (told.returncode, told.stdout.splitlines()[-1:]) == (0, ["3"]), told.stderr
