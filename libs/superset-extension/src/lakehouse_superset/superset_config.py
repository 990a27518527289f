"""Superset's configuration: https://superset.apache.org/docs/configuration/configuring-superset. What is not said here is its default."""

from __future__ import annotations

import logging
import os
from copy import deepcopy
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from sqlglot import Dialects
from superset.config import TALISMAN_CONFIG as _DEFAULT_TALISMAN

from lakehouse_superset.colors import CATEGORICAL, SEQUENTIAL

_SECRETS = Path(os.environ.get("SECRETS_FOLDER", "/run/secrets"))
_STATE = Path(os.environ["SUPERSET_HOME"])
_DAY = 24 * 60 * 60

# It tells each statement.
logging.getLogger("pyhive").setLevel(logging.WARNING)


def _secret(name: str) -> str:
    return (_SECRETS / name).read_text(encoding="utf-8").rstrip("\n")


SECRET_KEY = _secret("superset-secret-key")
SQLALCHEMY_DATABASE_URI = (
    f"postgresql+psycopg2://superset:{quote(_secret('postgres-superset'), safe='')}@{os.environ['SUPERSET_DATABASE']}/superset"
)
SQLALCHEMY_ENGINE_OPTIONS = {"pool_pre_ping": True}
# Nobody makes guest tokens: a server that is started anew forgets the key.
GUEST_TOKEN_JWT_SECRET = token_hex()

# One process serves, so files do for what several would need a Redis for.
CACHE_CONFIG, DATA_CACHE_CONFIG, FILTER_STATE_CACHE_CONFIG, EXPLORE_FORM_DATA_CACHE_CONFIG = (
    {"CACHE_TYPE": "FileSystemCache", "CACHE_DIR": str(_STATE / "cache" / name), "CACHE_DEFAULT_TIMEOUT": seconds, "CACHE_THRESHOLD": files}
    for name, seconds, files in (
        ("metadata", _DAY, 2_000),
        # Answers from gold are kept by release, for a day (apps/superset-bootstrap). Those from ops, and from what users
        # made of both, are a minute old at most: runs are recorded after their release.
        ("data", 60, 5_000),
        ("filters", 90 * _DAY, 5_000),
        ("forms", 7 * _DAY, 2_000),
    )
)

SQLGLOT_DIALECTS_EXTENSIONS = {"lakehouse": Dialects.SPARK}
PREFERRED_DATABASES = ["Lakehouse"]
# Below what gunicorn gives a request.
SQLLAB_TIMEOUT = SUPERSET_WEBSERVER_TIMEOUT = 110
SQL_MAX_ROW = 50_000

FEATURE_FLAGS = {"DASHBOARD_RBAC": True, "ALERT_REPORTS": False}
EXTRA_CATEGORICAL_COLOR_SCHEMES = [CATEGORICAL]
EXTRA_SEQUENTIAL_COLOR_SCHEMES = SEQUENTIAL
# Metadata may name no file of the web.
DATASET_IMPORT_ALLOWED_DATA_URLS: list[str] = []

RATELIMIT_ENABLED = True
RATELIMIT_STORAGE_URI = "memory://"
# A dashboard asks for all its charts at once; the limit of logins is Superset's own.
RATELIMIT_APPLICATION = "500 per second"

# Pages load nothing from elsewhere.
TALISMAN_ENABLED = True
TALISMAN_CONFIG = deepcopy(_DEFAULT_TALISMAN)
TALISMAN_CONFIG["content_security_policy"] |= {
    "connect-src": ["'self'"],
    "font-src": ["'self'"],
    "img-src": ["'self'", "blob:", "data:"],
    "style-src": ["'self'", "'unsafe-inline'"],
}
SESSION_COOKIE_SAMESITE = "Lax"
